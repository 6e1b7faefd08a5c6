from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0014_audit_plural"),
    ]

    operations = [
        migrations.AlterField(
            model_name="outboxmessage",
            name="kind",
            field=models.CharField(
                choices=[
                    ("office", "an das Amt"),
                    ("unit", "an die Einheit"),
                    ("acknowledgement", "Eingangsbestätigung"),
                    ("answer", "Antwort"),
                    ("new_link", "neuer Link"),
                    ("digest", "Tagesübersicht"),
                    ("test", "Testmail"),
                ],
                max_length=15,
                verbose_name="Art",
            ),
        ),
    ]
