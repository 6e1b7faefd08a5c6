import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0001_initial"),
        ("base", "0002_search_extensions"),
    ]

    operations = [
        migrations.CreateModel(
            name="AddressDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("official", "amtlich"),
                            ("demo", "Auswahl zum Zeigen"),
                            ("synthetic", "erfunden, nur für Messungen"),
                        ],
                        max_length=10,
                        verbose_name="Art",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="Quelle")),
                ("licence", models.CharField(blank=True, max_length=120, verbose_name="Lizenz")),
                ("as_of", models.DateField(verbose_name="Stand")),
                ("imported_at", models.DateTimeField(auto_now_add=True, verbose_name="eingelesen am")),
                ("kept", models.PositiveIntegerField(default=0, verbose_name="Adressen")),
                ("skipped", models.PositiveIntegerField(default=0, verbose_name="andere Gemeinden")),
                ("refused", models.PositiveIntegerField(default=0, verbose_name="nicht lesbare Zeilen")),
            ],
            options={
                "verbose_name": "Adresslieferung",
                "verbose_name_plural": "Adresslieferungen",
                "ordering": ["-imported_at"],
            },
        ),
        migrations.AddField(
            model_name="areageometry",
            name="checksum",
            field=models.CharField(default="", editable=False, max_length=64, verbose_name="Prüfsumme"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="areageometry",
            name="decided_on",
            field=models.DateField(blank=True, null=True, verbose_name="beschlossen am"),
        ),
        migrations.AddField(
            model_name="areageometry",
            name="decision_body",
            field=models.CharField(
                blank=True, help_text="Etwa „Rat der Stadt Dortmund“.", max_length=120, verbose_name="Gremium"
            ),
        ),
        migrations.AddField(
            model_name="areageometry",
            name="decision_document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="base.customdocument",
                verbose_name="Beschlussdokument",
            ),
        ),
        migrations.AddField(
            model_name="areageometry",
            name="hectares",
            field=models.FloatField(default=0.0, editable=False, verbose_name="Hektar"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="areageometry",
            name="licence",
            field=models.CharField(
                blank=True,
                choices=[
                    ("dl-zero-de/2.0", "Datenlizenz Deutschland – Zero – Version 2.0"),
                    ("dl-by-de/2.0", "Datenlizenz Deutschland – Namensnennung – Version 2.0"),
                    ("cc-zero", "Creative Commons Zero 1.0"),
                    ("cc-by/4.0", "Creative Commons Namensnennung 4.0"),
                ],
                max_length=20,
                verbose_name="Lizenz",
            ),
        ),
        migrations.AlterField(
            model_name="areageometry",
            name="decision",
            field=models.CharField(
                blank=True, help_text="Was beschlossen wurde, mit Drucksache.", max_length=200, verbose_name="Beschluss"
            ),
        ),
        migrations.AlterField(
            model_name="areageometry",
            name="geojson",
            field=models.JSONField(
                help_text="Polygon oder MultiPolygon in Längen und Breiten (EPSG:4326).",
                verbose_name="Umriss (GeoJSON)",
            ),
        ),
        migrations.CreateModel(
            name="Street",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality", models.CharField(max_length=8, verbose_name="Gemeindeschlüssel")),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                ("key", models.CharField(db_index=True, max_length=120, verbose_name="Schlüssel")),
            ],
            options={
                "verbose_name": "Straße",
                "verbose_name_plural": "Straßen",
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("municipality", "key"), name="areas_street_once")],
            },
        ),
        migrations.CreateModel(
            name="Address",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="Hausnummer")),
                ("suffix", models.CharField(blank=True, max_length=10, verbose_name="Zusatz")),
                ("lon", models.FloatField(verbose_name="Länge")),
                ("lat", models.FloatField(verbose_name="Breite")),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addresses",
                        to="areas.addressdelivery",
                        verbose_name="Lieferung",
                    ),
                ),
                (
                    "street",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addresses",
                        to="areas.street",
                        verbose_name="Straße",
                    ),
                ),
            ],
            options={
                "verbose_name": "Adresse",
                "verbose_name_plural": "Adressen",
                "ordering": ["street", "number", "suffix"],
                "constraints": [
                    models.UniqueConstraint(fields=("street", "number", "suffix"), name="areas_address_once")
                ],
            },
        ),
    ]
