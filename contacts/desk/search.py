"""Finding enquiries by the words in them: every word typed has to begin a word of the message, its sender or a note.

Upper case and umlauts make no difference: "mueller" finds "Müller" and the other way round. PostgreSQL answers from two
full-text indexes (migration `0006_b_search`), SQLite reads the rows; both say the same.
"""

import re

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
    """Return those of `enquiries` that hold each word of `text`; all of them when it has no words."""
    for word in words_of(text):
        # A union, not an "or": then each half is answered by its own index.
        in_messages = Enquiry.objects.filter(_begins(word, SEARCHED)).order_by().values("pk")
        in_events = EnquiryEvent.objects.filter(_begins(word, ["text"])).order_by().values("enquiry_id")
        enquiries = enquiries.filter(pk__in=in_messages.union(in_events))
    return enquiries


def _begins(word: str, columns) -> Q:
    if connection.vendor == "postgresql":
        words = Func(*map(F, columns), function="contacts_words")
        return Q(_Matches(words, SearchQuery(f"{word}:*", config="simple", search_type="raw")))
    pattern = r"(?<![^\W_])" + re.escape(word)
    for letter, letters in FOLDED.items():
        pattern = pattern.replace(letters, f"(?:{letters}|{letter})")
    either = Q()
    for column in columns:
        either |= Q(**{f"{column}__iregex": pattern})
    return either


class _Matches(Func):
    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()
