"""What a reply repeats of our own mail is left out where that is certain; otherwise every word stays.

Certain is what stands there as we sent it in this case, from its first word to its last: an answer written into a quote
makes it another text. The line that says who wrote it goes along if it names us. The secret of the status page always
goes.
"""

import re
import unicodedata
from email.utils import parseaddr

from django.conf import settings

from contacts.inbound.addresses import own_senders
from contacts.inbound.links import HIDDEN, without_secrets
from contacts.mails import status_note
from contacts.models import Enquiry
from contacts.text import clean_lines

_WROTE = re.compile(r"(am|on) .{3,300} (schrieb|wrote)\b.{0,200}:|.{1,200} (schrieb am|wrote on) .{3,200}:", re.I)
_ORIGINAL = re.compile(
    r"-{3,20} ?(ursprüngliche nachricht|original message|originalnachricht) ?-{3,20}|_{10,}|-{10,}", re.I
)
_FIELDS = {
    "from": re.compile(r"\*?(von|from) ?:\*?.{3,}", re.I),
    "sent": re.compile(r"\*?(gesendet|datum|sent|date) ?:\*?.{3,}", re.I),
    "to": re.compile(r"\*?(an|to) ?:\*?.{3,}", re.I),
    "subject": re.compile(r"\*?(betreff|subject) ?:\*?.{3,}", re.I),
    "other": re.compile(r"\*?(cc|kopie|antwort an|reply-to|wichtigkeit|importance|priorität|priority) ?:\*?.*", re.I),
}
_MOST_FIELDS = 8
_LONGEST_LINE = 500
_MOST_LINES_OF_WROTE = 3  # mail programs break it
_MARKS = re.compile(r"^[>|\s]+")  # of quotes, at the beginning of a line
# Mail programs repeat an address in angle brackets, and filters write their own around it.
_STATUS_PAGE = re.compile(rf"(<?https?://[^\s<>]{{0,300}}vorgang(/|%2f){HIDDEN}[^\s<>]{{0,300}}>? ?)+", re.I)
_TWICE = re.compile(r"(?<!\S)(\S{4,300}) ?<(?:mailto:)?\1>")


def without_our_mail(text: str, enquiry: Enquiry) -> str:
    """Return what the sender wrote; the whole text when nothing would be left of it."""
    text = without_secrets(text, enquiry)
    lines = text.split("\n")
    numbers = [number for number, line in enumerate(lines) if _unquoted(line)]
    said = [_unquoted(lines[number]) for number in numbers]
    words = [_squeezed(line) for line in said]
    ours = _our_mails(enquiry)
    left_out: set[int] = set()
    at = 0
    while at < len(said):
        end = _end_of_mail(words, at, ours)
        if end > at:
            left_out.update(range(numbers[_start_of_head(said, at)], numbers[end - 1] + 1))
        at = max(end, at + 1)
    return "\n".join(line for number, line in enumerate(lines) if number not in left_out).strip() or text


def _our_mails(enquiry: Enquiry) -> list[str]:
    """Return all that we sent in this case as it is compared, longest first: with the note, without it, the note."""
    note = without_secrets(status_note(enquiry), enquiry)
    bodies = enquiry.outbox.values_list("body_text", flat=True)
    texts = {_words_of(text) for body in bodies for text in (body + note, body, note)}
    return sorted(texts - {""}, key=len, reverse=True)


def _end_of_mail(words: list[str], at: int, ours: list[str]) -> int:
    """Return the place behind a mail of ours that is repeated from `at` on, however its lines are broken; else `at`."""
    for mail in ours:
        end, length = at, 0
        while length < len(mail) and end < len(words) and mail.startswith(words[end], length):
            length += len(words[end])
            end += 1
        if length == len(mail):
            return end
    return at


def _start_of_head(said: list[str], at: int) -> int:
    """Return where it begins to be told that what follows is from us; `at` when that is not said."""
    for start in range(at - 1, max(at - 1 - _MOST_LINES_OF_WROTE, -1), -1):
        wrote = " ".join(said[start:at])
        if len(wrote) <= _LONGEST_LINE and _WROTE.fullmatch(wrote) and _names_us(wrote):
            return start
    return _start_of_fields(said, at)


def _start_of_fields(said: list[str], at: int) -> int:
    """Return where the head of a mail of ours begins as Outlook repeats it: who, when or to whom, about what."""
    found: set[str] = set()
    for start in range(at - 1, max(at - 1 - _MOST_FIELDS, -1), -1):
        name = next((name for name, field in _FIELDS.items() if field.fullmatch(said[start][:_LONGEST_LINE])), "")
        found.add(name)
        if name == "from":
            if not ("subject" in found and {"sent", "to"} & found and _names_us(said[start])):
                return at
            return start - 1 if start and _ORIGINAL.fullmatch(said[start - 1]) else start
        if not name:
            return at
    return at


def _names_us(line: str) -> bool:
    """Whether our mails leave in the name, or from the address, that stands in a line."""
    name = parseaddr(settings.DEFAULT_FROM_EMAIL)[0].casefold()
    addresses = re.findall(r"[^\s<>\[\]():,;]+@[^\s<>\[\]():,;]+", line.casefold())
    return bool(own_senders().intersection(addresses)) or bool(name and name in line.casefold())


def _words_of(text: str) -> str:
    return "".join(_squeezed(_unquoted(line)) for line in clean_lines(text).split("\n"))


def _unquoted(line: str) -> str:
    return _MARKS.sub("", line).rstrip()


def _squeezed(line: str) -> str:
    """Return a line as it is compared: no blanks, no address of a status page, none that a mail program doubled."""
    short = _TWICE.sub(r"\1", _STATUS_PAGE.sub(HIDDEN, line))
    return unicodedata.normalize("NFC", "".join(short.split()))
