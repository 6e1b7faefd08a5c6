"""Factories of the contact room."""

import factory
from django.utils import timezone

from contacts.deadlines import due_day
from contacts.intake import new_reference
from contacts.models import BarrierReportPage, ContactPage, Enquiry, EnquirySubject, OutboxMessage
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


class EnquiryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Enquiry

    reference = factory.LazyFunction(lambda: new_reference("SE"))
    submission_key = factory.Sequence(lambda n: f"schluessel-{n}")
    message = "Wann beginnt der Umbau?"
    email = "frage@example.org"
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
