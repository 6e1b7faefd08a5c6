"""Rows of before: barrier reports become enquiries of their kind, states and days are those of the desk."""

import datetime as dt

from django.db import migrations
from django.utils import timezone

from contacts.deadlines import due_day
from contacts.text import is_mail_address

STATES = {"in_progress": "taken", "done": "closed"}


def at_noon(day: dt.date | None) -> dt.datetime | None:
    """A report knew only the day of its answer."""
    return day and timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def convert_enquiries(apps, schema_editor):
    for enquiry in apps.get_model("contacts", "Enquiry").objects.iterator():
        enquiry.state = STATES.get(enquiry.state, enquiry.state)
        enquiry.closed_at = enquiry.done_at
        enquiry.due_on = due_day(timezone.localdate(enquiry.created_at), barrier=False)
        enquiry.save()


def convert_reports(apps, schema_editor):
    Enquiry, Outbox = apps.get_model("contacts", "Enquiry"), apps.get_model("contacts", "OutboxMessage")
    for report in apps.get_model("contacts", "BarrierReport").objects.iterator():
        is_mail = is_mail_address(report.contact)
        received, answered = timezone.localdate(report.created_at), at_noon(report.answered_at)
        enquiry = Enquiry.objects.create(
            kind="barrier",
            reference=report.reference,
            created_at=report.created_at,
            submission_key=report.submission_key,
            privacy_version=report.privacy_version,
            is_suspicious=report.is_suspicious,
            suspicion=report.suspicion,
            message=report.description,
            url=report.url,
            wanted_alternative=report.wanted_alternative,
            email=report.contact if is_mail else "",
            phone="" if is_mail else report.contact,
            state="closed" if answered else "taken" if report.interim_at else "new",
            due_on=due_day(received, barrier=True, interim=bool(report.interim_at)),
            interim_at=report.interim_at,
            first_answer_at=answered,
            closed_at=answered,
            ombuds_named=report.ombuds_named,
        )
        Outbox.objects.filter(barrier_report=report).update(enquiry=enquiry, barrier_report=None)


def write_first_events(apps, schema_editor):
    Event = apps.get_model("contacts", "EnquiryEvent")
    rows = apps.get_model("contacts", "Enquiry").objects.values_list("pk", "created_at").iterator()
    Event.objects.bulk_create([Event(enquiry_id=pk, kind="received", at=at) for pk, at in rows], batch_size=500)


def write_first_rules(apps, schema_editor):
    """The order that held before there were rules; editors put their own above it."""
    Rule = apps.get_model("contacts", "RoutingRule")
    for position, target, name in [
        (100, "page", "Projekt oder Seite"),
        (110, "area", "Gebiet"),
        (120, "subject", "Betreff"),
    ]:
        Rule.objects.create(position=position, target=target, name=name)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_desk")]

    operations = [
        migrations.RunPython(convert_enquiries, migrations.RunPython.noop),
        migrations.RunPython(convert_reports, migrations.RunPython.noop),
        migrations.RunPython(write_first_events, migrations.RunPython.noop),
        migrations.RunPython(write_first_rules, migrations.RunPython.noop),
    ]
