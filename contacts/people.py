"""All that is held about somebody, found by what they can tell us: address, telephone, name or number of a case."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from django.db.models import Q
from django.utils.crypto import salted_hmac

from contacts.models import Enquiry, EnquiryEvent, ErasureRequest, OutboxMessage

NAME = "Name"
FEWEST_DIGITS = 6  # shorter ones stand in texts as dates and amounts


@dataclass(frozen=True)
class Wanted:
    """What is looked for; at least one of the four is given. It is never stored, only its digest."""

    email: str = ""
    phone: str = ""
    name: str = ""
    reference: str = ""

    @property
    def digest(self) -> str:
        """Return a value that tells nothing without our secret key, and is the same for the same question."""
        said = "\x00".join([self.email.casefold(), digits(self.phone), self.name.casefold(), self.reference.upper()])
        return salted_hmac("contacts.people", said, algorithm="sha256").hexdigest()

    @property
    def ways(self) -> list[Callable[[Iterable[str]], Q]]:
        """Return for each thing that is looked for: names of fields → whether it stands within one of them."""
        words = [word for word in (self.email, self.phone, self.name, self.reference) if word]
        found = [partial(_contains, word) for word in words]
        if len(number := digits(self.phone)) >= FEWEST_DIGITS:
            found.append(partial(_contains_number, number))
        return found


@dataclass
class Found:
    """A case and where it shows the person. `own`: its sender is the one who is looked for, by more than the name."""

    enquiry: Enquiry
    own: bool = False
    places: list[str] = field(default_factory=list)


def digits(phone: str) -> str:
    """Return a telephone number as people may write it differently: "+49 231 1" and "0231/1" are the same."""
    national = re.sub(r"^(00|\+)49|^0", "", re.sub(r"[^0-9+]", "", phone))
    return national.replace("+", "")


def find(wanted: Wanted) -> list[Found]:
    """Return the cases, the person's own first, then namesakes' and those whose words mention what is looked for."""
    found: dict[int, Found] = {}

    def note(place: str, keys: Iterable[int], *, own: bool = False) -> None:
        for key in keys:
            row = found.setdefault(key, Found(enquiry=Enquiry(pk=key)))
            row.own = row.own or own
            if place not in row.places:
                row.places.append(place)

    held = Enquiry.objects.filter(erased_at=None)
    for place, matching in _own(held, wanted):
        note(place, matching, own=place != NAME)  # others may have the same name
    for place, matching in _mentions(held, wanted):
        note(place, matching)
    for enquiry in held.filter(pk__in=found).select_related("purpose"):
        found[enquiry.pk].enquiry = enquiry
    return sorted(found.values(), key=lambda row: (not row.own, row.enquiry.created_at))


def _own(held, wanted: Wanted) -> Iterable[tuple[str, Iterable[int]]]:
    if wanted.email:
        yield "E-Mail-Adresse", held.filter(_any_case("email__iexact", wanted.email)).values_list("pk", flat=True)
    if wanted.name:
        yield NAME, held.filter(_any_case("name__iexact", wanted.name)).values_list("pk", flat=True)
    if wanted.reference:
        yield "Vorgangsnummer", held.filter(reference__iexact=wanted.reference).values_list("pk", flat=True)
    if number := digits(wanted.phone):
        rows = held.exclude(phone="").values_list("pk", "phone")
        yield "Telefon", [pk for pk, phone in rows if digits(phone) == number]


def _mentions(held, wanted: Wanted) -> Iterable[tuple[str, Iterable[int]]]:
    for within in wanted.ways:
        texts = ("name", "phone", "message", "wanted_alternative", "url")
        yield "Text der Nachricht", held.filter(within(texts)).values_list("pk", flat=True)
        yield "Grund der Aussetzung", held.filter(within(["hold_reason"])).values_list("pk", flat=True)
        events = EnquiryEvent.objects.filter(within(["text", "detail"]), enquiry__in=held)
        yield "Vermerk oder Antwort", events.values_list("enquiry_id", flat=True)
        mails = OutboxMessage.objects.filter(within(["to", "reply_to", "subject", "body_text"]))
        yield "Mail", mails.filter(enquiry__in=held).values_list("enquiry_id", flat=True)
        requests = ErasureRequest.objects.filter(within(["note"]), enquiries__in=held)
        yield "Vermerk eines Löschantrags", requests.values_list("enquiries", flat=True)


def _contains(word: str, names: Iterable[str]) -> Q:
    either = Q(pk=None)
    for name in names:
        either |= _any_case(f"{name}__icontains", word)
    return either


def _contains_number(number: str, names: Iterable[str]) -> Q:
    """Find a telephone number in a text, whatever people put between its digits."""
    pattern = "[^0-9]{0,3}".join(number) + "([^0-9]|$)"
    either = Q(pk=None)
    for name in names:
        either |= Q(**{f"{name}__regex": pattern})
    return either


def _any_case(look_up: str, word: str) -> Q:
    """Compare without regard to case: SQLite knows that of ASCII letters alone, so "Ö" and "ö" are both asked for."""
    either = Q(pk=None)
    for form in {word, word.lower(), word.upper(), word.title()}:
        either |= Q(**{look_up: form})
    return either
