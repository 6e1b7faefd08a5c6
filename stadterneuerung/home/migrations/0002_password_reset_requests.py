import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PasswordResetRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="E-Mail-Adresse")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="gestellt")),
                (
                    "next_attempt_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="nächster Versuch"),
                ),
            ],
            options={
                "verbose_name": "Anfrage nach einem neuen Passwort",
                "verbose_name_plural": "Anfragen nach einem neuen Passwort",
            },
        ),
    ]
