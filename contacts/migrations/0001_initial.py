import contacts.models.outbox
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import stadterneuerung.base.fields
import datetime
import uuid
import wagtail.contrib.routable_page.models
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("base", "0001_initial"),
        ("organisation", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailcore", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="BarrierReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(editable=False, max_length=20, unique=True, verbose_name="Vorgangsnummer"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_index=True, default=django.utils.timezone.now, editable=False, verbose_name="eingegangen"
                    ),
                ),
                (
                    "submission_key",
                    models.CharField(
                        editable=False, max_length=64, unique=True, verbose_name="Schlüssel der Absendung"
                    ),
                ),
                (
                    "privacy_version",
                    models.DateField(
                        default=datetime.date(2026, 11, 22),
                        editable=False,
                        verbose_name="Datenschutzhinweis vom",
                    ),
                ),
                ("is_suspicious", models.BooleanField(default=False, editable=False, verbose_name="verdächtig")),
                (
                    "suspicion",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="Grund des Verdachts"),
                ),
                ("url", models.CharField(blank=True, max_length=500, verbose_name="Seite mit der Barriere")),
                ("description", models.TextField(verbose_name="Beschreibung")),
                ("wanted_alternative", models.TextField(blank=True, verbose_name="gewünschte Alternative")),
                ("contact", models.CharField(blank=True, max_length=200, verbose_name="Kontakt")),
                ("interim_at", models.DateField(blank=True, null=True, verbose_name="Zwischennachricht am")),
                ("answered_at", models.DateField(blank=True, null=True, verbose_name="beantwortet am")),
                ("ombuds_named", models.BooleanField(default=False, verbose_name="Antwort nennt die Ombudsstelle")),
            ],
            options={
                "verbose_name": "Barrieremeldung",
                "verbose_name_plural": "Barrieremeldungen",
                "ordering": ["-created_at", "-pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("answered_at__isnull", True), ("ombuds_named", True), _connector="OR"),
                        name="contacts_barrier_answer_names_ombuds",
                        violation_error_message="Die Antwort muss auf das Ombudsverfahren hinweisen (BITVNRW § 5).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("description", ""), _negated=True), name="contacts_barrier_has_description"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BarrierReportPage",
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
                ("next_steps", wagtail.fields.RichTextField(blank=True, verbose_name="Nach dem Absenden")),
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
                "verbose_name": "Barriere melden",
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="ContactPage",
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
                ("next_steps", wagtail.fields.RichTextField(blank=True, verbose_name="Nach dem Absenden")),
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
                "verbose_name": "Kontakt",
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="EnquirySubject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", models.CharField(max_length=120, verbose_name="Bezeichnung")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Für Adressen, etwa /kontakt/?betreff=foerderung.", verbose_name="Kurzname"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Reihenfolge")),
                ("active", models.BooleanField(default=True, verbose_name="wird angeboten")),
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
                        related_name="enquiry_subjects",
                        to="organisation.organisationunit",
                        verbose_name="zuständige Einheit",
                    ),
                ),
            ],
            options={
                "verbose_name": "Betreff",
                "verbose_name_plural": "Betreffe",
                "ordering": ["position", "name"],
                "abstract": False,
                "unique_together": {("slug", "locale"), ("translation_key", "locale")},
            },
        ),
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(editable=False, max_length=20, unique=True, verbose_name="Vorgangsnummer"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_index=True, default=django.utils.timezone.now, editable=False, verbose_name="eingegangen"
                    ),
                ),
                (
                    "submission_key",
                    models.CharField(
                        editable=False, max_length=64, unique=True, verbose_name="Schlüssel der Absendung"
                    ),
                ),
                (
                    "privacy_version",
                    models.DateField(
                        default=datetime.date(2026, 11, 22),
                        editable=False,
                        verbose_name="Datenschutzhinweis vom",
                    ),
                ),
                ("is_suspicious", models.BooleanField(default=False, editable=False, verbose_name="verdächtig")),
                (
                    "suspicion",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="Grund des Verdachts"),
                ),
                ("subject_name", models.CharField(blank=True, max_length=120, verbose_name="Betreff")),
                ("page_title", models.CharField(blank=True, max_length=255, verbose_name="Seite")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="Name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-Mail")),
                ("message", models.TextField(verbose_name="Nachricht")),
                (
                    "state",
                    models.CharField(
                        choices=[("new", "neu"), ("in_progress", "in Arbeit"), ("done", "erledigt")],
                        db_index=True,
                        default="new",
                        max_length=12,
                        verbose_name="Stand",
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="erledigt am")),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="Seite",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="enquiries",
                        to="organisation.organisationunit",
                        verbose_name="Einheit",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.enquirysubject",
                        verbose_name="Betreff",
                    ),
                ),
            ],
            options={
                "verbose_name": "Anfrage",
                "verbose_name_plural": "Anfragen",
                "ordering": ["-created_at", "-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("office", "an das Amt"),
                            ("unit", "an die Einheit"),
                            ("acknowledgement", "Eingangsbestätigung"),
                            ("test", "Testmail"),
                        ],
                        max_length=15,
                        verbose_name="Art",
                    ),
                ),
                ("to", models.EmailField(max_length=254, verbose_name="an")),
                ("reply_to", models.EmailField(blank=True, max_length=254, verbose_name="Antwort an")),
                ("subject", models.CharField(max_length=250, verbose_name="Betreff")),
                ("body_text", models.TextField(verbose_name="Text")),
                (
                    "message_id",
                    models.CharField(
                        default=contacts.models.outbox.new_message_id,
                        editable=False,
                        max_length=200,
                        unique=True,
                        verbose_name="Message-ID",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="angelegt")),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "wartet"), ("sent", "gesendet"), ("failed", "aufgegeben")],
                        default="pending",
                        max_length=7,
                        verbose_name="Stand",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="Versuche")),
                (
                    "next_attempt_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="nächster Versuch"),
                ),
                ("claimed_until", models.DateTimeField(blank=True, null=True, verbose_name="in Arbeit bis")),
                ("last_error", models.CharField(blank=True, max_length=200, verbose_name="letzter Fehler")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="gesendet")),
                (
                    "barrier_report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outbox",
                        to="contacts.barrierreport",
                        verbose_name="Barrieremeldung",
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outbox",
                        to="contacts.enquiry",
                        verbose_name="Anfrage",
                    ),
                ),
            ],
            options={
                "verbose_name": "ausgehende Mail",
                "verbose_name_plural": "Postausgang",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", False), ("state", "done")),
                    models.Q(models.Q(("state", "done"), _negated=True), ("done_at__isnull", True)),
                    _connector="OR",
                ),
                name="contacts_enquiry_done_has_date",
                violation_error_message="Erledigt ist eine Anfrage genau dann, wenn ein Datum dazu steht.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(("message", ""), _negated=True), name="contacts_enquiry_has_message"
            ),
        ),
        migrations.AddIndex(
            model_name="outboxmessage",
            index=models.Index(
                condition=models.Q(("state", "pending")), fields=["next_attempt_at"], name="contacts_outbox_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("barrier_report__isnull", True), ("enquiry__isnull", True), ("kind", "test")),
                    models.Q(
                        models.Q(("kind", "test"), _negated=True),
                        ("barrier_report__isnull", True),
                        ("enquiry__isnull", False),
                    ),
                    models.Q(
                        models.Q(("kind", "test"), _negated=True),
                        ("barrier_report__isnull", False),
                        ("enquiry__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="contacts_outbox_has_one_cause",
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                    _connector="OR",
                ),
                name="contacts_outbox_sent_has_date",
            ),
        ),
    ]
