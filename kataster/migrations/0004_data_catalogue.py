import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import stadterneuerung.base.fields
import wagtail.contrib.routable_page.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("base", "0002_search_extensions"),
        ("kataster", "0003_address_check"),
        ("organisation", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="DataCataloguePage",
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
                    "licence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("dl-zero-de/2.0", "Datenlizenz Deutschland – Zero – Version 2.0"),
                            ("dl-by-de/2.0", "Datenlizenz Deutschland – Namensnennung – Version 2.0"),
                            ("cc-zero", "Creative Commons Zero 1.0"),
                            ("cc-by/4.0", "Creative Commons Namensnennung 4.0"),
                        ],
                        help_text="Leer lassen, solange sie nicht entschieden ist; dann steht dort „noch nicht festgelegt“.",
                        max_length=20,
                        verbose_name="Lizenz der Daten",
                    ),
                ),
                (
                    "attribution",
                    models.CharField(
                        blank=True,
                        help_text="Wie die Quelle zu nennen ist, wenn die Lizenz es verlangt.",
                        max_length=200,
                        verbose_name="Namensnennung",
                    ),
                ),
                (
                    "contributor_id",
                    models.CharField(
                        blank=True,
                        help_text="Die Adresse, die GovData der Stadt zuteilt; sie beginnt mit http://dcat-ap.de/def/contributors/",
                        max_length=200,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^http://dcat\\-ap\\.de/def/contributors/[A-Za-z0-9_-]+$",
                                "Die Kennung beginnt mit http://dcat-ap.de/def/contributors/ und endet mit dem Namen, den GovData zuteilt.",
                            )
                        ],
                        verbose_name="Kennung bei GovData",
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
                "verbose_name": "Offene Daten",
                "verbose_name_plural": "Seiten mit offenen Daten",
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, "wagtailcore.page"),
        ),
    ]
