import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import stadterneuerung.base.fields
import wagtail.contrib.routable_page.models
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("base", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("organisation", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailcore", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessibilityPage",
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
                    "conformance",
                    models.CharField(
                        choices=[
                            ("not_assessed", "noch nicht bewertet"),
                            ("partial", "teilweise vereinbar"),
                            ("not", "nicht vereinbar"),
                            ("full", "vollständig vereinbar"),
                        ],
                        default="not_assessed",
                        max_length=14,
                        verbose_name="Stand der Vereinbarkeit",
                    ),
                ),
                ("assessed_on", models.DateField(blank=True, null=True, verbose_name="bewertet am")),
                ("assessed_by", models.CharField(blank=True, max_length=160, verbose_name="bewertet durch")),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[("self", "Selbstbewertung"), ("third", "Bewertung durch Dritte")],
                        max_length=6,
                        verbose_name="Methode",
                    ),
                ),
                ("created_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="erstellt am")),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="zuletzt überprüft am")),
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
                "verbose_name": "Erklärung zur Barrierefreiheit",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="AccessibilityDefect",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("part", models.CharField(max_length=160, verbose_name="Was")),
                ("description", models.TextField(verbose_name="Worin die Barriere besteht")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("non_compliant", "nicht mit den Anforderungen vereinbar"),
                            ("burden", "unverhältnismäßige Belastung"),
                            ("out_of_scope", "nicht vom Geltungsbereich erfasst"),
                        ],
                        default="non_compliant",
                        max_length=13,
                        verbose_name="Grund",
                    ),
                ),
                ("alternative", models.CharField(blank=True, max_length=250, verbose_name="Alternative")),
                ("until", models.CharField(blank=True, max_length=80, verbose_name="Behebung bis")),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="defects", to="home.accessibilitypage"
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HomePage",
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
                    "claim",
                    models.CharField(
                        help_text="Die große Zeile der Startseite.", max_length=120, verbose_name="Leitsatz"
                    ),
                ),
                (
                    "tasks_heading",
                    models.CharField(
                        default="Was möchten Sie tun?", max_length=80, verbose_name="Überschrift der Aufgaben"
                    ),
                ),
                (
                    "projects_heading",
                    models.CharField(
                        default="Daran arbeiten wir", max_length=80, verbose_name="Überschrift der Projekte"
                    ),
                ),
                (
                    "map_heading",
                    models.CharField(default="Wo wir arbeiten", max_length=80, verbose_name="Überschrift der Karte"),
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
                "verbose_name": "Startseite",
                "verbose_name_plural": "Startseiten",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="ImprintPage",
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
                "verbose_name": "Impressum",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="LoadedContent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=255, unique=True)),
                ("object_id", models.PositiveBigIntegerField()),
                ("source", models.CharField(max_length=64)),
                ("state", models.CharField(max_length=64)),
                ("loaded_at", models.DateTimeField(auto_now=True)),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
            ],
            options={
                "verbose_name": "Geladener Inhalt",
                "verbose_name_plural": "Geladene Inhalte",
            },
        ),
        migrations.CreateModel(
            name="OfficePage",
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
                ("introduction", wagtail.fields.RichTextField(verbose_name="Einleitung")),
                (
                    "contacts_heading",
                    models.CharField(
                        default="Ihre Ansprechpartner*innen im Amt", max_length=120, verbose_name="Überschrift Kontakt"
                    ),
                ),
                (
                    "projects_heading",
                    models.CharField(
                        default="Projekte der Stadterneuerung", max_length=120, verbose_name="Überschrift Projekte"
                    ),
                ),
                (
                    "highlight_heading",
                    models.CharField(blank=True, max_length=120, verbose_name="Überschrift Schwerpunkt"),
                ),
                ("highlight_text", wagtail.fields.RichTextField(blank=True, verbose_name="Schwerpunkt")),
                (
                    "themes_heading",
                    models.CharField(default="Themen", max_length=120, verbose_name="Überschrift Themen"),
                ),
                (
                    "highlight_page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="Seite zum Schwerpunkt",
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
                "verbose_name": "Seite des Amts",
                "verbose_name_plural": "Seiten des Amts",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="OfficeCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "heading",
                    models.CharField(
                        blank=True, help_text="Leer: Titel der Seite.", max_length=120, verbose_name="Überschrift"
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        blank=True, help_text="Leer: Kurztext der Seite.", max_length=300, verbose_name="Text"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="Seite",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cards", to="home.officepage"
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OfficeTheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "heading",
                    models.CharField(
                        blank=True, help_text="Leer: Titel der Seite.", max_length=120, verbose_name="Überschrift"
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        blank=True, help_text="Leer: Kurztext der Seite.", max_length=300, verbose_name="Text"
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="themes", to="home.officepage"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="Seite",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrgChartPage",
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
                "verbose_name": "Organigramm",
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="PlainLanguagePage",
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
                ("content", wagtail.fields.RichTextField(verbose_name="Text")),
                ("checked_by", models.CharField(blank=True, max_length=160, verbose_name="geprüft durch")),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="geprüft am")),
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
                "verbose_name": "Leichte Sprache",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="PrivacyPage",
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
                "verbose_name": "Datenschutz",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="SearchPage",
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
                "verbose_name": "Suche",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="SignLanguagePage",
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
                ("duration", models.CharField(blank=True, max_length=20, verbose_name="Dauer")),
                ("transcript", wagtail.fields.RichTextField(blank=True, verbose_name="Text des Films")),
                (
                    "film",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="base.customdocument",
                        verbose_name="Film (MP4)",
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
                "verbose_name": "Gebärdensprache",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="StandardPage",
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
                "verbose_name": "Textseite",
                "verbose_name_plural": "Textseiten",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="UnitPage",
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
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.organisationunit",
                        verbose_name="Einheit",
                    ),
                ),
            ],
            options={
                "verbose_name": "Seite einer Einheit",
                "verbose_name_plural": "Seiten der Einheiten",
            },
            bases=("wagtailcore.page",),
        ),
    ]
