from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0010_figures"),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="digest",
            # No picture could be sent before; there are no rows to fill.
            field=models.CharField(default="", editable=False, max_length=64, verbose_name="Prüfwert des Inhalts"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="enquiryevent",
            name="submission_key",
            field=models.CharField(
                editable=False, max_length=64, null=True, unique=True, verbose_name="Schlüssel der Absendung"
            ),
        ),
    ]
