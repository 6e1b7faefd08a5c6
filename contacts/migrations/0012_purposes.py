"""Purposes and periods get versions; the first ones say what the settings and the notice said before."""

import datetime as dt

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.db.models import Q

import stadterneuerung.base.dates

FIRST_DAY = dt.date(2026, 11, 22)
RECIPIENTS = (
    "Das Amt für Stadterneuerung und die zuständige Einheit. Eine Weitergabe an andere Stellen oder in Länder außerhalb "
    "der EU ist nicht vorgesehen."
)
FIRST = {
    "question": {
        "purpose": "Ihre Angaben dienen nur dazu, Ihre Nachricht zu bearbeiten und zu beantworten.",
        "legal_basis": "Art. 6 Abs. 1 Buchst. e DSGVO mit § 3 DSG NRW",
        "recipients": RECIPIENTS,
        "voluntariness": "Nötig ist nur die Nachricht. Name und E-Mail-Adresse sind freiwillig.",
        "retention_days": 183,
        "retention_from": "nach Abschluss Ihres Anliegens",
    },
    "barrier": {
        "purpose": "Ihre Angaben dienen nur dazu, die Barriere zu beseitigen und Ihnen zu antworten.",
        "legal_basis": "Art. 6 Abs. 1 Buchst. e DSGVO mit § 3 DSG NRW, § 10b BGG NRW",
        "recipients": RECIPIENTS,
        "voluntariness": "Nötig ist nur die Beschreibung. Alles andere ist freiwillig.",
        "retention_days": 731,
        "retention_from": "nach Abschluss Ihrer Meldung",
    },
}


def write_first_versions(apps, schema_editor):
    """One version for each day that enquiries name: what was promised then is not known to differ."""
    Purpose, Enquiry = apps.get_model("contacts", "ProcessingPurpose"), apps.get_model("contacts", "Enquiry")
    for key, said in FIRST.items():
        kept = Enquiry.objects.filter(kind=key)
        days = {FIRST_DAY, *kept.values_list("privacy_version", flat=True)}
        for number, day in enumerate(sorted(days), start=1):
            version = Purpose.objects.create(key=key, version=number, valid_from=day, **said)
            kept.filter(privacy_version=day).update(purpose=version)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0011_citizen_side")]

    operations = [
        migrations.CreateModel(
            name="ProcessingPurpose",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(choices=[("question", "Anfragen"), ("barrier", "Barrieremeldungen")], max_length=8, verbose_name="Zweck")),
                ("version", models.PositiveSmallIntegerField(editable=False, verbose_name="Fassung")),
                ("valid_from", models.DateField(default=stadterneuerung.base.dates.today, help_text="Nicht rückwirkend: frühestens heute.", verbose_name="gilt ab")),
                ("purpose", models.CharField(help_text="Ein Satz; er steht am Formular.", max_length=300, verbose_name="wozu")),
                ("legal_basis", models.CharField(max_length=300, verbose_name="Rechtsgrundlage")),
                ("recipients", models.TextField(verbose_name="wer es liest")),
                ("voluntariness", models.CharField(max_length=300, verbose_name="Pflicht und Wahl")),
                ("retention_days", models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3660)], verbose_name="Aufbewahrung in Tagen")),
                ("retention_from", models.CharField(help_text="Ergänzt „… Tage“, zum Beispiel: nach Abschluss Ihres Anliegens.", max_length=120, verbose_name="gezählt ab")),
                ("archive_duty", models.BooleanField(default=False, help_text="Nach der Frist wartet der Vorgang, bis das Amt ihn freigibt oder die Zeit für das Archiv um ist.", verbose_name="vor dem Löschen dem Stadtarchiv anbieten")),
                ("archive_days", models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(366)], verbose_name="Zeit für das Archiv in Tagen")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="angelegt")),
            ],
            options={
                "verbose_name": "Zweck und Frist",
                "verbose_name_plural": "Zwecke und Fristen",
                "ordering": ["key", "-version"],
                "default_permissions": ("view", "add"),
                "constraints": [
                    models.UniqueConstraint(fields=["key", "version"], name="contacts_purpose_version"),
                    models.CheckConstraint(condition=Q(("retention_days__gte", 1)), name="contacts_purpose_keeps_a_day"),
                    models.CheckConstraint(condition=Q(Q(("archive_days__gte", 1), ("archive_duty", True)), Q(("archive_days", 0), ("archive_duty", False)), _connector="OR"), name="contacts_purpose_archive_has_time", violation_error_message="Wird dem Stadtarchiv angeboten, braucht es dafür Tage – sonst bitte 0."),
                ],
            },
        ),
        migrations.AddField(
            model_name="enquiry",
            name="purpose",
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="enquiries", to="contacts.processingpurpose", verbose_name="Zweck und Frist"),
        ),
        migrations.RunPython(write_first_versions, migrations.RunPython.noop),
    ]
