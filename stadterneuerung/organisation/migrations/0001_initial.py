import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import modelsearch.index
import uuid
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    # The framework's migrations come first: run later, each would render all our models anew.
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("sessions", "0001_initial"),
        ("simple_translation", "0001_initial"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("users", "0001_initial"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailsearch", "0010_add_text_fields"),
        ("wagtailsearchpromotions", "0008_query_verbose_name"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrganisationUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "key",
                    models.SlugField(
                        help_text="Kurzname für Adressen und Importe, etwa „citymanagement“.", verbose_name="Schlüssel"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("office", "Amt"),
                            ("department", "Abteilung"),
                            ("staff_unit", "Stabsstelle"),
                            ("project_group", "Projektgruppe"),
                            ("team", "Team"),
                        ],
                        max_length=20,
                        verbose_name="Art",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        help_text="Leer lassen, solange die Bezeichnung nicht feststeht.",
                        max_length=160,
                        verbose_name="Bezeichnung",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Reihenfolge")),
                ("summary", models.CharField(blank=True, max_length=200, verbose_name="Aufgabe in einem Satz")),
                ("tasks", wagtail.fields.RichTextField(blank=True, verbose_name="Aufgaben")),
                ("mailbox", models.EmailField(blank=True, max_length=254, verbose_name="Funktionspostfach")),
                (
                    "mailbox_confirmed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="Postfach bestätigt am"),
                ),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="Telefon")),
                (
                    "head_name",
                    models.CharField(
                        blank=True, help_text="Nur beim Amt selbst.", max_length=120, verbose_name="Leitung"
                    ),
                ),
                ("head_since", models.DateField(blank=True, null=True, verbose_name="Leitung seit")),
                ("as_of", models.DateField(default=django.utils.timezone.localdate, verbose_name="Stand")),
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
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="organisation.organisationunit",
                        verbose_name="gehört zu",
                    ),
                ),
            ],
            options={
                "verbose_name": "Organisationseinheit",
                "verbose_name_plural": "Organisationseinheiten",
                "ordering": ["position", "pk"],
                "abstract": False,
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Konto",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="organisation.organisationunit",
                        verbose_name="Einheit",
                    ),
                ),
            ],
            options={
                "verbose_name": "Zuordnung",
                "verbose_name_plural": "Zuordnungen von Konten",
            },
        ),
        migrations.CreateModel(
            name="ServicePoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("key", models.SlugField(verbose_name="Schlüssel")),
                ("name", models.CharField(max_length=160, verbose_name="Name")),
                ("operator", models.CharField(blank=True, max_length=160, verbose_name="Träger")),
                ("summary", models.CharField(blank=True, max_length=200, verbose_name="Was es hier gibt")),
                ("street", models.CharField(blank=True, max_length=120, verbose_name="Straße und Hausnummer")),
                ("postcode", models.CharField(blank=True, max_length=5, verbose_name="Postleitzahl")),
                ("city", models.CharField(default="Dortmund", max_length=80, verbose_name="Ort")),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="Breitengrad")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="Längengrad")),
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
                (
                    "languages",
                    models.CharField(
                        blank=True, help_text="Mit Komma getrennt.", max_length=200, verbose_name="Sprachen"
                    ),
                ),
                ("mailbox", models.EmailField(blank=True, max_length=254, verbose_name="E-Mail")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="Telefon")),
                (
                    "hours_note",
                    models.CharField(blank=True, max_length=200, verbose_name="Hinweis zu den Öffnungszeiten"),
                ),
                ("closed_since", models.DateField(blank=True, null=True, verbose_name="geschlossen seit")),
                ("as_of", models.DateField(default=django.utils.timezone.localdate, verbose_name="Stand")),
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
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="service_points",
                        to="organisation.organisationunit",
                        verbose_name="zuständige Einheit",
                    ),
                ),
            ],
            options={
                "verbose_name": "Anlaufstelle",
                "verbose_name_plural": "Anlaufstellen",
                "ordering": ["name"],
                "abstract": False,
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="OpeningHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Montag"),
                            (1, "Dienstag"),
                            (2, "Mittwoch"),
                            (3, "Donnerstag"),
                            (4, "Freitag"),
                            (5, "Samstag"),
                            (6, "Sonntag"),
                        ],
                        verbose_name="Wochentag",
                    ),
                ),
                ("opens", models.TimeField(verbose_name="von")),
                ("closes", models.TimeField(verbose_name="bis")),
                (
                    "service_point",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hours",
                        to="organisation.servicepoint",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("first_day", models.DateField(verbose_name="erster Tag")),
                ("last_day", models.DateField(verbose_name="letzter Tag")),
                ("reason", models.CharField(blank=True, max_length=120, verbose_name="Anlass")),
                (
                    "service_point",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="closures",
                        to="organisation.servicepoint",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="organisationunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("head_name", ""), ("kind", "office"), _connector="OR"),
                name="organisation_head_only_of_office",
                violation_error_message="Nur das Amt selbst nennt eine Leitung mit Namen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisationunit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "office"), ("parent__isnull", True)),
                    models.Q(("kind", "office"), _negated=True),
                    _connector="OR",
                ),
                name="organisation_office_has_no_parent",
                violation_error_message="Das Amt steht an der Spitze und gehört zu keiner anderen Einheit.",
            ),
        ),
        migrations.AlterUniqueTogether(
            name="organisationunit",
            unique_together={("key", "locale"), ("translation_key", "locale")},
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("user", "unit"), name="organisation_membership_once"),
        ),
        migrations.AlterUniqueTogether(
            name="servicepoint",
            unique_together={("key", "locale"), ("translation_key", "locale")},
        ),
        migrations.AddConstraint(
            model_name="openinghours",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes__gt", models.F("opens"))),
                name="organisation_hours_close_after_opening",
                violation_error_message="Das Ende muss nach dem Beginn liegen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="closure",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))),
                name="organisation_closure_ends_after_start",
                violation_error_message="Der letzte Tag darf nicht vor dem ersten liegen.",
            ),
        ),
    ]
