import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import stadterneuerung.base.fields
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
            name="MapPage",
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
                "verbose_name": "Karte",
            },
            bases=("wagtailcore.page",),
        ),
    ]
