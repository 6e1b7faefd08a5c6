from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("base", "0002_search_extensions")]

    operations = [
        migrations.AddField(
            model_name="sitesettings",
            name="proof_of_work",
            field=models.BooleanField(
                default=False,
                help_text="Für Zeiten, in denen Programme massenhaft Nachrichten schicken; sonst bitte ausgeschaltet lassen. "
                "Der Browser löst beim Ausfüllen eine Rechenaufgabe; das dauert meist wenige Sekunden und kostet "
                "etwas Akku. Ohne JavaScript kommt das Formular einmal zurück und lässt sich nach kurzer Wartezeit "
                "absenden. Gespeichert wird nur ein Prüfwert der Nachricht, höchstens zwölf Stunden lang.",
                verbose_name="Zusätzlicher Schutz der Formulare",
            ),
        ),
    ]
