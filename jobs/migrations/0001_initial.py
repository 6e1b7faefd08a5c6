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
            name="JobIndexPage",
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
                "verbose_name": "Übersicht der Stellen",
            },
            bases=(stadterneuerung.base.listing.ListingMixin, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="VacancyPage",
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
                ("gender_note", models.CharField(default="(m/w/d)", max_length=20, verbose_name="Geschlechterzusatz")),
                ("grade", models.CharField(blank=True, max_length=80, verbose_name="Entgelt- oder Besoldungsgruppe")),
                (
                    "hours",
                    models.CharField(
                        blank=True, help_text="Etwa „39 Stunden in der Woche“.", max_length=80, verbose_name="Umfang"
                    ),
                ),
                ("part_time_possible", models.BooleanField(default=True, verbose_name="Teilzeit möglich")),
                ("is_fixed_term", models.BooleanField(default=False, verbose_name="befristet")),
                (
                    "fixed_term_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="Grund und Dauer der Befristung"),
                ),
                ("start_on", models.DateField(blank=True, null=True, verbose_name="Beginn")),
                (
                    "start_note",
                    models.CharField(
                        blank=True, help_text="Etwa „sofort“.", max_length=80, verbose_name="Beginn in Worten"
                    ),
                ),
                (
                    "deadline",
                    models.DateField(
                        help_text="Bis 23:59 Uhr dieses Tages.", null=True, verbose_name="Bewerbungsschluss"
                    ),
                ),
                ("tasks", wagtail.fields.RichTextField(blank=True, verbose_name="Aufgaben")),
                ("requirements", wagtail.fields.RichTextField(blank=True, verbose_name="Das bringen Sie mit")),
                ("requirements_desired", wagtail.fields.RichTextField(blank=True, verbose_name="Das wäre gut")),
                ("benefits", wagtail.fields.RichTextField(blank=True, verbose_name="Das bieten wir")),
                ("apply_url", models.URLField(blank=True, verbose_name="Adresse der Bewerbung")),
                ("place", models.CharField(default="Dortmund", max_length=120, verbose_name="Arbeitsort")),
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
                "verbose_name": "Stelle",
                "verbose_name_plural": "Stellen",
            },
            bases=("wagtailcore.page",),
        ),
    ]
