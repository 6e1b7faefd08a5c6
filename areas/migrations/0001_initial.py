import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import stadterneuerung.base.fields
import stadterneuerung.base.listing
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("base", "0001_initial"),
        ("organisation", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="AreaIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "teaser",
                    models.CharField(
                        help_text="Ein Satz, der sagt, worum es geht. Steht auf Karten und in der Suche.",
                        max_length=200,
                        verbose_name="Kurztext",
                    ),
                ),
                ("body", stadterneuerung.base.fields.BodyField(blank=True, verbose_name="Inhalt")),
                (
                    "as_of",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        help_text="Wann der Inhalt zuletzt geprüft wurde.",
                        verbose_name="Stand",
                    ),
                ),
                (
                    "synonyms",
                    models.CharField(
                        blank=True,
                        help_text="Wörter, unter denen man die Seite auch finden soll.",
                        max_length=250,
                        verbose_name="Suchwörter",
                    ),
                ),
                (
                    "is_example",
                    models.BooleanField(
                        default=False,
                        help_text="Nur zum Zeigen; wird als Beispiel gekennzeichnet und vor dem Start gelöscht.",
                        verbose_name="Beispiel",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="base.customimage",
                        verbose_name="Foto",
                    ),
                ),
                (
                    "responsible_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.organisationunit",
                        verbose_name="zuständige Einheit",
                    ),
                ),
                (
                    "topics",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="+", to="base.topic", verbose_name="Themen"
                    ),
                ),
            ],
            options={
                "verbose_name": "Übersicht der Gebiete",
            },
            bases=(stadterneuerung.base.listing.ListingMixin, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="AreaPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "teaser",
                    models.CharField(
                        help_text="Ein Satz, der sagt, worum es geht. Steht auf Karten und in der Suche.",
                        max_length=200,
                        verbose_name="Kurztext",
                    ),
                ),
                ("body", stadterneuerung.base.fields.BodyField(blank=True, verbose_name="Inhalt")),
                (
                    "as_of",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        help_text="Wann der Inhalt zuletzt geprüft wurde.",
                        verbose_name="Stand",
                    ),
                ),
                (
                    "synonyms",
                    models.CharField(
                        blank=True,
                        help_text="Wörter, unter denen man die Seite auch finden soll.",
                        max_length=250,
                        verbose_name="Suchwörter",
                    ),
                ),
                (
                    "is_example",
                    models.BooleanField(
                        default=False,
                        help_text="Nur zum Zeigen; wird als Beispiel gekennzeichnet und vor dem Start gelöscht.",
                        verbose_name="Beispiel",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("redevelopment", "Sanierungsgebiet"),
                            ("conversion", "Stadtumbaugebiet"),
                            ("social_cohesion", "Gebiet des Sozialen Zusammenhalts"),
                            ("preparatory", "Untersuchungsgebiet"),
                            ("concept", "Konzeptgebiet"),
                            ("quarter", "Quartier"),
                        ],
                        max_length=20,
                        verbose_name="Art des Gebiets",
                    ),
                ),
                ("legal_basis", models.CharField(blank=True, max_length=160, verbose_name="Rechtsgrundlage")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="beschlossen am")),
                ("in_force_from", models.DateField(blank=True, null=True, verbose_name="in Kraft seit")),
                ("lifted_on", models.DateField(blank=True, null=True, verbose_name="aufgehoben am")),
                (
                    "district",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("innenstadt-west", "Innenstadt-West"),
                            ("innenstadt-nord", "Innenstadt-Nord"),
                            ("innenstadt-ost", "Innenstadt-Ost"),
                            ("eving", "Eving"),
                            ("scharnhorst", "Scharnhorst"),
                            ("brackel", "Brackel"),
                            ("aplerbeck", "Aplerbeck"),
                            ("hoerde", "Hörde"),
                            ("hombruch", "Hombruch"),
                            ("luetgendortmund", "Lütgendortmund"),
                            ("huckarde", "Huckarde"),
                            ("mengede", "Mengede"),
                        ],
                        max_length=20,
                        verbose_name="Stadtbezirk",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="base.customimage",
                        verbose_name="Foto",
                    ),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="quarters",
                        to="areas.areapage",
                        verbose_name="liegt in",
                    ),
                ),
                (
                    "responsible_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.organisationunit",
                        verbose_name="zuständige Einheit",
                    ),
                ),
                (
                    "service_points",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="areas", to="organisation.servicepoint", verbose_name="Anlaufstellen"
                    ),
                ),
                (
                    "topics",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="+", to="base.topic", verbose_name="Themen"
                    ),
                ),
            ],
            options={
                "verbose_name": "Gebiet",
                "verbose_name_plural": "Gebiete",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="AreaGeometry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="gültig ab")),
                ("geojson", models.JSONField(verbose_name="Umriss (GeoJSON)")),
                (
                    "accuracy_m",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Leer nur bei amtlichen, parzellenscharfen Umrissen.",
                        null=True,
                        verbose_name="Lagefehler in Metern",
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="Quelle")),
                ("decision", models.CharField(blank=True, max_length=200, verbose_name="Beschluss")),
                ("bbox_west", models.FloatField(editable=False)),
                ("bbox_south", models.FloatField(editable=False)),
                ("bbox_east", models.FloatField(editable=False)),
                ("bbox_north", models.FloatField(editable=False)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="geometries",
                        to="areas.areapage",
                        verbose_name="Gebiet",
                    ),
                ),
            ],
            options={
                "verbose_name": "Umriss",
                "verbose_name_plural": "Umrisse",
                "ordering": ["area", "-valid_from"],
            },
        ),
        migrations.CreateModel(
            name="AreaFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("label", models.CharField(max_length=120, verbose_name="Was")),
                (
                    "value",
                    models.CharField(
                        help_text="In deutscher Schreibweise, etwa „17,291 Mio.“", max_length=60, verbose_name="Wert"
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=30, verbose_name="Einheit")),
                (
                    "as_of",
                    models.CharField(help_text="Datum oder Jahr der Quelle", max_length=40, verbose_name="Stand"),
                ),
                ("source", models.CharField(max_length=200, verbose_name="Quelle")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="Hinweis")),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="figures", to="areas.areapage"
                    ),
                ),
            ],
            options={
                "verbose_name": "Zahl",
                "verbose_name_plural": "Zahlen",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StudyIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "teaser",
                    models.CharField(
                        help_text="Ein Satz, der sagt, worum es geht. Steht auf Karten und in der Suche.",
                        max_length=200,
                        verbose_name="Kurztext",
                    ),
                ),
                ("body", stadterneuerung.base.fields.BodyField(blank=True, verbose_name="Inhalt")),
                (
                    "as_of",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        help_text="Wann der Inhalt zuletzt geprüft wurde.",
                        verbose_name="Stand",
                    ),
                ),
                (
                    "synonyms",
                    models.CharField(
                        blank=True,
                        help_text="Wörter, unter denen man die Seite auch finden soll.",
                        max_length=250,
                        verbose_name="Suchwörter",
                    ),
                ),
                (
                    "is_example",
                    models.BooleanField(
                        default=False,
                        help_text="Nur zum Zeigen; wird als Beispiel gekennzeichnet und vor dem Start gelöscht.",
                        verbose_name="Beispiel",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="base.customimage",
                        verbose_name="Foto",
                    ),
                ),
                (
                    "responsible_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.organisationunit",
                        verbose_name="zuständige Einheit",
                    ),
                ),
                (
                    "topics",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="+", to="base.topic", verbose_name="Themen"
                    ),
                ),
            ],
            options={
                "verbose_name": "Übersicht der Quartiersanalysen",
            },
            bases=(stadterneuerung.base.listing.ListingMixin, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="StudyPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "teaser",
                    models.CharField(
                        help_text="Ein Satz, der sagt, worum es geht. Steht auf Karten und in der Suche.",
                        max_length=200,
                        verbose_name="Kurztext",
                    ),
                ),
                ("body", stadterneuerung.base.fields.BodyField(blank=True, verbose_name="Inhalt")),
                (
                    "as_of",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        help_text="Wann der Inhalt zuletzt geprüft wurde.",
                        verbose_name="Stand",
                    ),
                ),
                (
                    "synonyms",
                    models.CharField(
                        blank=True,
                        help_text="Wörter, unter denen man die Seite auch finden soll.",
                        max_length=250,
                        verbose_name="Suchwörter",
                    ),
                ),
                (
                    "is_example",
                    models.BooleanField(
                        default=False,
                        help_text="Nur zum Zeigen; wird als Beispiel gekennzeichnet und vor dem Start gelöscht.",
                        verbose_name="Beispiel",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Jahr des Abschlusses, wenn bekannt.", null=True, verbose_name="Jahr"
                    ),
                ),
                ("year_source", models.CharField(blank=True, max_length=200, verbose_name="Quelle des Jahres")),
                ("method", wagtail.fields.RichTextField(blank=True, verbose_name="Vorgehen")),
                ("findings", wagtail.fields.RichTextField(blank=True, verbose_name="Ergebnisse")),
                ("recommendations", wagtail.fields.RichTextField(blank=True, verbose_name="Empfehlungen")),
                ("outline", models.JSONField(blank=True, null=True, verbose_name="Umriss (GeoJSON)")),
                (
                    "outline_accuracy_m",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="Lagefehler in Metern"),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="studies",
                        to="areas.areapage",
                        verbose_name="Gebiet",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="base.customimage",
                        verbose_name="Foto",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="base.customdocument",
                        verbose_name="Bericht",
                    ),
                ),
                (
                    "responsible_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.organisationunit",
                        verbose_name="zuständige Einheit",
                    ),
                ),
                (
                    "topics",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="+", to="base.topic", verbose_name="Themen"
                    ),
                ),
            ],
            options={
                "verbose_name": "Quartiersanalyse",
                "verbose_name_plural": "Quartiersanalysen",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.AddConstraint(
            model_name="areapage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lifted_on__isnull", True),
                    ("in_force_from__isnull", True),
                    ("lifted_on__gte", models.F("in_force_from")),
                    _connector="OR",
                ),
                name="areas_area_lifted_after_start",
                violation_error_message="Die Aufhebung kann nicht vor dem Inkrafttreten liegen.",
            ),
        ),
        migrations.AddIndex(
            model_name="areageometry",
            index=models.Index(
                fields=["bbox_west", "bbox_east", "bbox_south", "bbox_north"], name="areas_geometry_bbox"
            ),
        ),
        migrations.AddConstraint(
            model_name="areageometry",
            constraint=models.UniqueConstraint(
                fields=("area", "valid_from"),
                name="areas_geometry_one_per_day",
                violation_error_message="Für diesen Tag gibt es schon einen Umriss des Gebiets.",
            ),
        ),
    ]
