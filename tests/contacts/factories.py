"""Factories of the contact room."""

import factory

from contacts.intake import new_reference
from contacts.models import BarrierReport, BarrierReportPage, ContactPage, Enquiry, EnquirySubject, OutboxMessage
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


class BarrierReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BarrierReport

    reference = factory.LazyFunction(lambda: new_reference("BF"))
    submission_key = factory.Sequence(lambda n: f"meldung-{n}")
    description = "Der Film hat keine Untertitel."


class OutboxFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OutboxMessage

    enquiry = factory.SubFactory(EnquiryFactory)
    kind = OutboxMessage.Kind.OFFICE
    to = "stadterneuerung@stadtdo.de"
    subject = "Anfrage"
    body_text = "Wann beginnt der Umbau?\n"
