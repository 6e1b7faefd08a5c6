"""What enquiries were about and how they came: one query, folded into subjects, ways in and areas."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, QuerySet

from contacts.models import Enquiry

NO_SUBJECT = "ohne Betreff"


class Facet(NamedTuple):
    """So many enquiries of one kind, subject, page and way in. `subject_key` is the same in all languages."""

    kind: str
    channel: str
    page: int | None
    subject_key: UUID | None
    subject: str | None
    words: str  # the subject as it was called when somebody chose it
    language: str | None
    count: int


def facets(enquiries: QuerySet) -> list[Facet]:
    columns = [
        "kind",
        "channel",
        "page_id",
        "subject__translation_key",
        "subject__name",
        "subject_name",
        "subject__locale__language_code",
    ]
    return [Facet(*row) for row in enquiries.order_by().values_list(*columns).annotate(count=Count("pk"))]


def by_subject(found: Iterable[Facet]) -> Counter[str]:
    """Return name of the subject → count. Translations count as one, a deleted subject by the name it had."""
    rows = sorted(found, key=lambda facet: facet.language == "de")
    names = {facet.subject_key: facet.subject for facet in rows if facet.subject_key}  # German comes last and stays
    counts: Counter[str] = Counter()
    for facet in rows:
        if facet.kind == Enquiry.Kind.BARRIER:
            name = Enquiry.Kind.BARRIER.label
        else:
            name = names.get(facet.subject_key) or facet.words or NO_SUBJECT
        counts[name] += facet.count
    return counts


def by_channel(found: Iterable[Facet]) -> dict[str, int]:
    """Return German name of the way in → count, for all of them."""
    counts: Counter[str] = Counter()
    for facet in found:
        counts[facet.channel] += facet.count
    return {channel.label: counts[channel.value] for channel in Enquiry.Channel}


def by_page(found: Iterable[Facet]) -> Counter[int | None]:
    counts: Counter[int | None] = Counter()
    for facet in found:
        counts[facet.page] += facet.count
    return counts
