"""Finding enquiries by the words in them: every word typed has to begin a word there.

Upper case and umlauts make no difference: "mueller" finds "Müller" and the other way round. PostgreSQL answers from two
full-text indexes (migration `0006_b_search`), SQLite reads the rows; both say the same.
"""

import re

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import BooleanField, F, Func, Q

from contacts.models import Enquiry, EnquiryEvent
from contacts.models.enquiries import EnquiryQuerySet

MOST_WORDS = 8
# The order is that of the index.
SEARCHED = ("reference", "name", "email", "phone", "message", "wanted_alternative")
FOLDED = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
_SEPARATORS = re.compile(r"[\W_]+")


def words_of(text: str) -> list[str]:
    """Return the words to be searched for, in lower case, without umlauts, each once."""
    folded = text.lower()
    for letter, letters in FOLDED.items():
        folded = folded.replace(letter, letters)
    return list(dict.fromkeys(word for word in _SEPARATORS.split(folded) if word))[:MOST_WORDS]


def matching(enquiries: EnquiryQuerySet, text: str) -> EnquiryQuerySet:
    """Return those of `enquiries` of which one text (the message with its sender, or one note) holds all words.

    Without a word in `text` that is all of them.
    """
    words = words_of(text)
    if not words:
        return enquiries
    in_messages = Enquiry.objects.filter(_hold(words, SEARCHED)).order_by().values("pk")
    in_events = EnquiryEvent.objects.filter(_hold(words, ["text"])).order_by().values("enquiry_id")
    if connection.vendor == "postgresql":
        # Arrays, not subqueries: how many rows a word brings is guessed far too high, and all rows would be read.
        return enquiries.filter(
            Q(_IsAny(F("pk"), ArraySubquery(in_messages))) | Q(_IsAny(F("pk"), ArraySubquery(in_events)))
        )
    return enquiries.filter(Q(pk__in=in_messages) | Q(pk__in=in_events))


def _hold(words: list[str], columns) -> Q:
    if connection.vendor == "postgresql":
        query = SearchQuery(" & ".join(f"{word}:*" for word in words), config="simple", search_type="raw")
        return Q(_Matches(Func(*map(F, columns), function="contacts_words"), query))
    held = Q()
    for word in words:
        pattern = r"(?<![^\W_])" + re.escape(word)
        for letter, letters in FOLDED.items():
            pattern = pattern.replace(letters, f"(?:{letters}|{letter})")
        either = Q()
        for column in columns:
            either |= Q(**{f"{column}__iregex": pattern})
        held &= either
    return held


class _Matches(Func):
    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()


class _IsAny(Func):
    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()
