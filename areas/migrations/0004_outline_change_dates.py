from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0003_measure_outlines"),
    ]

    operations = [
        migrations.AddField(
            model_name="areageometry",
            name="changed_at",
            field=models.DateTimeField(auto_now=True, null=True, verbose_name="geändert am"),
        ),
    ]
