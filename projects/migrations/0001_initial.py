import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import stadterneuerung.base.fields
import stadterneuerung.base.listing
import uuid
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("areas", "0001_initial"),
        ("base", "0001_initial"),
        ("organisation", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="FundingIndexPage",
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
                "verbose_name": "Übersicht der Förderangebote",
            },
            bases=(stadterneuerung.base.listing.ListingMixin, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="FundingProgramme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("key", models.SlugField(verbose_name="Kürzel")),
                ("name", models.CharField(max_length=200, verbose_name="Name")),
                ("since", models.CharField(blank=True, max_length=20, verbose_name="seit")),
                ("until", models.CharField(blank=True, max_length=20, verbose_name="bis")),
                ("predecessors", models.CharField(blank=True, max_length=250, verbose_name="Vorläufer")),
                ("givers", models.CharField(blank=True, max_length=200, verbose_name="Geber")),
                ("summary", models.CharField(blank=True, max_length=250, verbose_name="Worum es geht")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="Quelle")),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "Förderprogramm",
                "verbose_name_plural": "Förderprogramme",
                "ordering": ["name"],
                "abstract": False,
                "unique_together": {("key", "locale"), ("translation_key", "locale")},
            },
        ),
        migrations.CreateModel(
            name="FundingOfferPage",
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
                    "audience",
                    models.CharField(
                        choices=[
                            ("owners", "Eigentümer*innen"),
                            ("residents", "Bewohner*innen"),
                            ("groups", "Vereine und Initiativen"),
                            ("businesses", "Gewerbe"),
                        ],
                        max_length=12,
                        verbose_name="Zielgruppe",
                    ),
                ),
                ("who", models.TextField(verbose_name="Wer kann Geld bekommen?")),
                ("what", models.TextField(verbose_name="Was wird gefördert?")),
                (
                    "percent",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="Anteil in Prozent"
                    ),
                ),
                ("percent_is_maximum", models.BooleanField(default=True, verbose_name="Anteil ist ein Höchstsatz")),
                (
                    "cap",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=10, null=True, verbose_name="Höchstbetrag in Euro"
                    ),
                ),
                (
                    "fixed_amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=10, null=True, verbose_name="Festbetrag in Euro"
                    ),
                ),
                (
                    "minimum_cost",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=10, null=True, verbose_name="Mindestkosten in Euro"
                    ),
                ),
                ("budget_note", models.CharField(blank=True, max_length=200, verbose_name="Mittel im Ganzen")),
                ("amount_source", models.CharField(blank=True, max_length=200, verbose_name="Quelle der Beträge")),
                ("apply_before_start", models.BooleanField(default=True, verbose_name="vor Beginn beantragen")),
                ("runs_until", models.DateField(blank=True, null=True, verbose_name="läuft bis")),
                (
                    "runs_until_source",
                    models.CharField(blank=True, max_length=200, verbose_name="Quelle des Enddatums"),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="geschlossen seit")),
                (
                    "confirmed_on",
                    models.DateField(
                        blank=True,
                        help_text="Gilt zwölf Monate; danach „Stand unbestätigt“.",
                        null=True,
                        verbose_name="als offen bestätigt am",
                    ),
                ),
                ("city_wide", models.BooleanField(default=False, verbose_name="gilt in ganz Dortmund")),
                ("mailbox", models.EmailField(blank=True, max_length=254, verbose_name="Postfach des Angebots")),
                (
                    "areas",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="offers", to="areas.areapage", verbose_name="Gebiete"
                    ),
                ),
                (
                    "guideline",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="base.customdocument",
                        verbose_name="Richtlinie",
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
                    "service_point",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="offers",
                        to="organisation.servicepoint",
                        verbose_name="Anlaufstelle",
                    ),
                ),
                (
                    "topics",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="+", to="base.topic", verbose_name="Themen"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="offers",
                        to="projects.fundingprogramme",
                        verbose_name="Programm",
                    ),
                ),
            ],
            options={
                "verbose_name": "Förderangebot",
                "verbose_name_plural": "Förderangebote",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="OfferStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("title", models.CharField(max_length=120, verbose_name="Schritt")),
                ("text", wagtail.fields.RichTextField(blank=True, verbose_name="Erläuterung")),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="projects.fundingofferpage",
                    ),
                ),
            ],
            options={
                "verbose_name": "Schritt",
                "verbose_name_plural": "Schritte",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ParticipationIndexPage",
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
                "verbose_name": "Übersicht der Beteiligungen",
            },
            bases=(stadterneuerung.base.listing.ListingMixin, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="ProjectIndexPage",
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
                "verbose_name": "Übersicht der Projekte",
            },
            bases=(stadterneuerung.base.listing.ListingMixin, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="ProjectPage",
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
                ("start_on", models.DateField(blank=True, null=True, verbose_name="Beginn")),
                (
                    "start_precision",
                    models.CharField(
                        choices=[("day", "Tag"), ("month", "Monat"), ("season", "Jahreszeit"), ("year", "Jahr")],
                        default="day",
                        max_length=6,
                        verbose_name="Genauigkeit",
                    ),
                ),
                ("start_tentative", models.BooleanField(default=False, verbose_name="voraussichtlich")),
                (
                    "end_on",
                    models.DateField(
                        blank=True, help_text="Letzter Tag des genannten Zeitraums.", null=True, verbose_name="Ende"
                    ),
                ),
                (
                    "end_precision",
                    models.CharField(
                        choices=[("day", "Tag"), ("month", "Monat"), ("season", "Jahreszeit"), ("year", "Jahr")],
                        default="day",
                        max_length=6,
                        verbose_name="Genauigkeit",
                    ),
                ),
                ("end_tentative", models.BooleanField(default=False, verbose_name="voraussichtlich")),
                (
                    "status_by_hand",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("planned", "geplant"),
                            ("running", "läuft"),
                            ("completed", "abgeschlossen"),
                            ("handed_over", "übergeben"),
                        ],
                        max_length=11,
                        verbose_name="Status von Hand",
                    ),
                ),
                ("status_reason", models.CharField(blank=True, max_length=250, verbose_name="Grund und Quelle dafür")),
                ("status_as_of", models.DateField(blank=True, null=True, verbose_name="Stand des Status")),
                ("aims", wagtail.fields.RichTextField(blank=True, verbose_name="Ziele")),
                ("results", wagtail.fields.RichTextField(blank=True, verbose_name="Ergebnisse")),
                ("take_part", wagtail.fields.RichTextField(blank=True, verbose_name="Mitmachen")),
                ("place", models.CharField(blank=True, max_length=160, verbose_name="Ort")),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="Breitengrad")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="Längengrad")),
                ("outline", models.JSONField(blank=True, null=True, verbose_name="eigener Umriss (GeoJSON)")),
                (
                    "outline_accuracy_m",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="Lagefehler in Metern"),
                ),
                (
                    "dot_count",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Etwa geförderte Gärten; ersetzt das Bild ohne Ort.",
                        null=True,
                        verbose_name="Anzahl im Punktebild",
                    ),
                ),
                ("dot_label", models.CharField(blank=True, max_length=60, verbose_name="was die Punkte zählen")),
                ("dot_note", models.CharField(blank=True, max_length=120, verbose_name="Stand und Quelle dazu")),
                (
                    "areas",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="projects", to="areas.areapage", verbose_name="Gebiete"
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
                    "service_points",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        related_name="projects",
                        to="organisation.servicepoint",
                        verbose_name="Anlaufstellen",
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
                "verbose_name": "Projekt",
                "verbose_name_plural": "Projekte",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="ProjectGalleryImage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("caption", models.CharField(blank=True, max_length=250, verbose_name="Bildunterschrift")),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="base.customimage",
                        verbose_name="Bild",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="gallery", to="projects.projectpage"
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProjectFigure",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="figures", to="projects.projectpage"
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
            name="ProjectDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("note", models.CharField(blank=True, max_length=160, verbose_name="Hinweis")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="base.customdocument",
                        verbose_name="Dokument",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="documents", to="projects.projectpage"
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ParticipationPage",
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
                ("is_formal", models.BooleanField(default=False, verbose_name="förmliches Verfahren")),
                ("legal_basis", models.CharField(blank=True, max_length=160, verbose_name="Rechtsgrundlage")),
                ("starts_on", models.DateField(null=True, verbose_name="von")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, help_text="Leer, wenn das Ende nicht bekannt ist.", null=True, verbose_name="bis"
                    ),
                ),
                ("formats", wagtail.fields.RichTextField(blank=True, verbose_name="Wie man sich beteiligt")),
                (
                    "result",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="Erst mit Ergebnis gilt das Verfahren als abgeschlossen.",
                        verbose_name="Ergebnis",
                    ),
                ),
                ("handling", wagtail.fields.RichTextField(blank=True, verbose_name="Was daraus wird")),
                (
                    "areas",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="participations", to="areas.areapage", verbose_name="Gebiete"
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
                (
                    "projects",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="participations", to="projects.projectpage", verbose_name="Projekte"
                    ),
                ),
            ],
            options={
                "verbose_name": "Beteiligung",
                "verbose_name_plural": "Beteiligungen",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("title", models.CharField(max_length=160, verbose_name="Was")),
                ("date", models.DateField(verbose_name="Wann")),
                (
                    "precision",
                    models.CharField(
                        choices=[("day", "Tag"), ("month", "Monat"), ("season", "Jahreszeit"), ("year", "Jahr")],
                        default="day",
                        max_length=6,
                        verbose_name="Genauigkeit",
                    ),
                ),
                ("tentative", models.BooleanField(default=False, verbose_name="voraussichtlich")),
                ("text", models.CharField(blank=True, max_length=300, verbose_name="Erläuterung")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="Quelle")),
                (
                    "change_reason",
                    models.CharField(
                        blank=True,
                        help_text="Pflicht, wenn Sie ein veröffentlichtes Datum ändern.",
                        max_length=200,
                        verbose_name="Grund der Änderung",
                    ),
                ),
                ("history", models.JSONField(blank=True, default=list, editable=False, verbose_name="Frühere Angaben")),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="milestones",
                        to="projects.projectpage",
                    ),
                ),
            ],
            options={
                "verbose_name": "Meilenstein",
                "verbose_name_plural": "Meilensteine",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="fundingofferpage",
            name="project",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="offers",
                to="projects.projectpage",
                verbose_name="Projekt",
            ),
        ),
        migrations.CreateModel(
            name="FundingNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("from_eu", models.BooleanField(default=False, verbose_name="EU")),
                ("from_federal", models.BooleanField(default=False, verbose_name="Bund")),
                ("from_state", models.BooleanField(default=False, verbose_name="Land NRW")),
                ("from_city", models.BooleanField(default=False, verbose_name="Stadt Dortmund")),
                (
                    "period",
                    models.CharField(
                        blank=True,
                        choices=[("2014-2020", "2014–2020"), ("2021-2027", "2021–2027")],
                        max_length=9,
                        verbose_name="Förderperiode der EU",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="Betrag in Euro"
                    ),
                ),
                ("amount_as_of", models.CharField(blank=True, max_length=40, verbose_name="Stand des Betrags")),
                (
                    "share_percent",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="Anteil in Prozent"
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="Quelle")),
                (
                    "mandatory_sentence",
                    models.TextField(
                        blank=True,
                        help_text="Wortlaut aus dem Zuwendungsbescheid. Leer, solange er nicht vorliegt.",
                        verbose_name="Pflichttext",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="projects.fundingprogramme",
                        verbose_name="Programm",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="funding_notices",
                        to="projects.projectpage",
                    ),
                ),
            ],
            options={
                "verbose_name": "Förderhinweis",
                "verbose_name_plural": "Förderhinweise",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="projectpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("start_on__isnull", True),
                    ("end_on__isnull", True),
                    ("end_on__gte", models.F("start_on")),
                    _connector="OR",
                ),
                name="projects_project_ends_after_start",
                violation_error_message="Das Ende kann nicht vor dem Beginn liegen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="participationpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("starts_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="projects_participation_ends_after_start",
                violation_error_message="Das Ende kann nicht vor dem Beginn liegen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundingofferpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("percent__isnull", True), models.Q(("percent__gt", 0), ("percent__lte", 100)), _connector="OR"
                ),
                name="projects_offer_percent_in_range",
                violation_error_message="Der Anteil liegt zwischen 0 und 100 Prozent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundingnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("share_percent__isnull", True), models.Q(("source", ""), _negated=True), _connector="OR"
                ),
                name="projects_notice_share_has_source",
                violation_error_message="Ein Anteil darf nur mit Quelle stehen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundingnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount__isnull", True),
                    models.Q(models.Q(("source", ""), _negated=True), models.Q(("amount_as_of", ""), _negated=True)),
                    _connector="OR",
                ),
                name="projects_notice_amount_has_source",
                violation_error_message="Ein Betrag darf nur mit Stand und Quelle stehen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundingnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_eu", False), models.Q(("period", ""), _negated=True), _connector="OR"),
                name="projects_notice_eu_has_period",
                violation_error_message="Bei EU-Mitteln bitte die Förderperiode wählen; sie bestimmt den Wortlaut.",
            ),
        ),
    ]
