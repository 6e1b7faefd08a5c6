"""Factories of the contact room."""

import factory
from django.utils import timezone

from contacts.deadlines import due_day
from contacts.intake import new_reference
from contacts.models import BarrierReportPage, ContactPage, Enquiry, EnquirySubject, OutboxMessage, ProcessingPurpose
from tests.factories import BasePageFactory, start_page


class ContactPageFactory(BasePageFactory):
    class Meta:
        model = ContactPage

    title = "Kontakt"
    slug = "kontakt"


class BarrierReportPageFactory(BasePageFactory):
    class Meta:
        model = BarrierReportPage

    title = "Barriere melden"
    slug = "barriere-melden"


class SubjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EnquirySubject

    name = factory.Sequence(lambda n: f"Betreff {n}")
    slug = factory.Sequence(lambda n: f"betreff-{n}")
    locale = factory.LazyFunction(lambda: start_page().locale)


def purpose_of(kind: str) -> ProcessingPurpose:
    """Return the version in force, which migrations wrote; after a test that emptied all tables, a new first one."""
    said = {"purpose": "Wir antworten.", "legal_basis": "DSGVO", "recipients": "Das Amt.", "voluntariness": "Frei."}
    periods = {"retention_days": 183, "retention_from": "nach Abschluss"}
    found = ProcessingPurpose.objects.filter(key=kind).order_by("version").last()
    return found or ProcessingPurpose.objects.create(key=kind, **said, **periods)


def new_version(before: ProcessingPurpose, **changes) -> ProcessingPurpose:
    """Return the version after `before`, saved, with what changes."""
    kept = ["key", "purpose", "legal_basis", "recipients", "voluntariness", "retention_days", "retention_from"]
    said = {name: getattr(before, name) for name in kept}
    return ProcessingPurpose.objects.create(**said | {"valid_from": before.valid_from} | changes)


class EnquiryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Enquiry

    reference = factory.LazyFunction(lambda: new_reference("SE"))
    submission_key = factory.Sequence(lambda n: f"schluessel-{n}")
    purpose = factory.LazyAttribute(lambda enquiry: purpose_of(enquiry.kind))
    message = "Wann beginnt der Umbau?"
    email = "frage@example.org"
    kind = Enquiry.Kind.QUESTION
    created_at = factory.LazyFunction(timezone.now)
    due_on = factory.LazyAttribute(lambda enquiry: due_day(timezone.localdate(enquiry.created_at), barrier=False))


class BarrierReportFactory(EnquiryFactory):
    kind = Enquiry.Kind.BARRIER
    reference = factory.LazyFunction(lambda: new_reference("BF"))
    message = "Der Film hat keine Untertitel."
    due_on = factory.LazyAttribute(lambda report: due_day(timezone.localdate(report.created_at), barrier=True))


class OutboxFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OutboxMessage

    enquiry = factory.SubFactory(EnquiryFactory)
    kind = OutboxMessage.Kind.OFFICE
    to = "stadterneuerung@stadtdo.de"
    subject = "Anfrage"
    body_text = "Wann beginnt der Umbau?\n"
