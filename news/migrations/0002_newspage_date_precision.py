from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("news", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="newspage",
            name="date_precision",
            field=models.CharField(
                choices=[("day", "Tag"), ("month", "Monat"), ("season", "Jahreszeit"), ("year", "Jahr")],
                default="day",
                help_text="Wenn die Quelle den Tag nicht nennt. Sortiert wird trotzdem nach dem Datum.",
                max_length=6,
                verbose_name="Genauigkeit",
            ),
        ),
    ]
