import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kataster", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="MapBackground",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="Name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("xyz", "Kacheln (XYZ)"), ("wms", "WMS")],
                        default="wms",
                        max_length=3,
                        verbose_name="Art",
                    ),
                ),
                (
                    "url",
                    models.CharField(
                        help_text="WMS: die Adresse vor dem Fragezeichen. Kacheln: mit {z}, {x} und {y} an ihrer Stelle.",
                        max_length=500,
                        verbose_name="Adresse",
                    ),
                ),
                (
                    "layers",
                    models.CharField(
                        blank=True,
                        help_text="Nur für WMS: Namen der Layer, durch Komma getrennt.",
                        max_length=300,
                        verbose_name="Ebenen",
                    ),
                ),
                (
                    "image_format",
                    models.CharField(
                        choices=[("image/png", "PNG"), ("image/jpeg", "JPEG"), ("image/webp", "WebP")],
                        default="image/png",
                        help_text="Nur für WMS.",
                        max_length=10,
                        verbose_name="Bildformat",
                    ),
                ),
                (
                    "attribution",
                    models.CharField(
                        help_text="Wie ihn die Lizenz verlangt; er steht immer auf der Karte.",
                        max_length=200,
                        verbose_name="Quellenvermerk",
                    ),
                ),
                ("attribution_url", models.URLField(blank=True, verbose_name="Verweis des Quellenvermerks")),
                ("licence", models.CharField(blank=True, max_length=200, verbose_name="Lizenz")),
                (
                    "max_zoom",
                    models.PositiveSmallIntegerField(
                        default=18,
                        help_text="0 bis 20; 18 zeigt einzelne Häuser.",
                        validators=[django.core.validators.MaxValueValidator(20)],
                        verbose_name="größte Zoomstufe",
                    ),
                ),
                ("is_active", models.BooleanField(default=False, verbose_name="auf der Karte zeigen")),
            ],
            options={
                "verbose_name": "Kartenhintergrund",
                "verbose_name_plural": "Kartenhintergründe",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_active", True)),
                        fields=("is_active",),
                        name="kataster_background_one_active",
                        violation_error_message="Die Karte zeigt schon einen anderen Hintergrund. Schalten Sie ihn zuerst aus.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("max_zoom__lte", 20)),
                        name="kataster_background_zoom_in_range",
                        violation_error_message="Die größte Zoomstufe liegt zwischen 0 und 20.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("attribution", ""), _negated=True),
                        name="kataster_background_has_attribution",
                        violation_error_message="Ohne Quellenvermerk darf der Hintergrund nicht gezeigt werden.",
                    ),
                ],
            },
        ),
    ]
