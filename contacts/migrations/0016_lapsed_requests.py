from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0015_new_link_mail"),
    ]

    operations = [
        migrations.AlterField(
            model_name="erasurerequest",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "wartet auf Zustimmung"),
                    ("approved", "genehmigt, wird ausgeführt"),
                    ("done", "ausgeführt"),
                    ("refused", "abgelehnt"),
                    ("lapsed", "verfallen, niemand hat entschieden"),
                ],
                default="open",
                max_length=8,
                verbose_name="Stand",
            ),
        ),
    ]
