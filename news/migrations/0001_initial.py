import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import stadterneuerung.base.dates
import stadterneuerung.base.fields
import stadterneuerung.base.listing
import wagtail.contrib.routable_page.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("areas", "0001_initial"),
        ("base", "0001_initial"),
        ("organisation", "0001_initial"),
        ("projects", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="EventIndexPage",
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
                "verbose_name": "Übersicht der Termine",
            },
            bases=(
                stadterneuerung.base.listing.ListingMixin,
                wagtail.contrib.routable_page.models.RoutablePageMixin,
                "wagtailcore.page",
            ),
        ),
        migrations.CreateModel(
            name="EventSeriesPage",
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
                "verbose_name": "Veranstaltungsreihe",
                "verbose_name_plural": "Veranstaltungsreihen",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="NewsIndexPage",
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
                "verbose_name": "Übersicht der Nachrichten",
            },
            bases=(
                stadterneuerung.base.listing.ListingMixin,
                wagtail.contrib.routable_page.models.RoutablePageMixin,
                "wagtailcore.page",
            ),
        ),
        migrations.CreateModel(
            name="NewsPage",
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
                ("date", models.DateField(default=stadterneuerung.base.dates.today, verbose_name="Datum")),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        help_text="Wenn die Nachricht auf einer anderen beruht.",
                        max_length=200,
                        verbose_name="Quelle",
                    ),
                ),
                (
                    "areas",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="news", to="areas.areapage", verbose_name="Gebiete"
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
                    "projects",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="news", to="projects.projectpage", verbose_name="Projekte"
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
                "verbose_name": "Nachricht",
                "verbose_name_plural": "Nachrichten",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="EventPage",
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
                ("starts_at", models.DateTimeField(null=True, verbose_name="Beginn")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="Ende")),
                (
                    "all_day",
                    models.BooleanField(
                        default=False,
                        help_text="Die Uhrzeit ist nicht bekannt oder gilt nicht.",
                        verbose_name="ohne Uhrzeit",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=160, verbose_name="Ort")),
                ("address", models.CharField(blank=True, max_length=160, verbose_name="Anschrift")),
                (
                    "step_free",
                    models.CharField(
                        choices=[
                            ("yes", "stufenlos zugänglich"),
                            ("partly", "teilweise stufenlos zugänglich"),
                            ("no", "nicht stufenlos zugänglich"),
                            ("unknown", "Angaben zum Zugang folgen"),
                        ],
                        default="unknown",
                        max_length=10,
                        verbose_name="Zugang",
                    ),
                ),
                ("access_note", models.CharField(blank=True, max_length=200, verbose_name="Hinweis zum Zugang")),
                ("registration", models.CharField(blank=True, max_length=200, verbose_name="Anmeldung")),
                ("registration_until", models.DateField(blank=True, null=True, verbose_name="Anmeldung bis")),
                ("cost", models.CharField(blank=True, max_length=80, verbose_name="Kosten")),
                ("is_cancelled", models.BooleanField(default=False, verbose_name="abgesagt")),
                ("moved_from", models.DateTimeField(blank=True, null=True, verbose_name="verlegt vom")),
                (
                    "change_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="Grund der Absage oder Verlegung"),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="Quelle")),
                (
                    "areas",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="events", to="areas.areapage", verbose_name="Gebiete"
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
                    "projects",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="events", to="projects.projectpage", verbose_name="Projekte"
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
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="news.eventseriespage",
                        verbose_name="Reihe",
                    ),
                ),
            ],
            options={
                "verbose_name": "Termin",
                "verbose_name_plural": "Termine",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True),
                            ("starts_at__isnull", True),
                            ("ends_at__gte", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="news_event_ends_after_start",
                        violation_error_message="Das Ende kann nicht vor dem Beginn liegen.",
                    )
                ],
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, "wagtailcore.page"),
        ),
    ]
