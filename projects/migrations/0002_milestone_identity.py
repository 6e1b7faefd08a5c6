import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="fundingofferpage",
            name="percent_of",
            field=models.CharField(default="der Kosten", max_length=60, verbose_name="Anteil wovon"),
        ),
        migrations.AddField(
            model_name="milestone",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AlterField(
            model_name="milestone",
            name="change_reason",
            field=models.CharField(
                blank=True,
                help_text="Pflicht, wenn Sie ein veröffentlichtes Datum ändern; bei jeder Änderung neu.",
                max_length=200,
                verbose_name="Grund der Änderung",
            ),
        ),
    ]
