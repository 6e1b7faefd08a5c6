"""What a reply repeats of our own mail is left out where that is certain; otherwise every word stays.

Certain means that a mail program wrote a line that says who wrote what follows, that nothing but the quote follows, and
that the quote is of our mail: it names the case or one of our addresses. The secret of the status page always goes.
"""

import re

from contacts import status
from contacts.inbound.addresses import own_senders
from contacts.mails import note_marker
from contacts.models import Enquiry

_WROTE = re.compile(r"(am|on) .{3,300} (schrieb|wrote)\b.{0,200}:|.{1,200} (schrieb am|wrote on) .{3,200}:", re.I)
_ORIGINAL = re.compile(r"-{3,20} ?(ursprüngliche nachricht|original message|originalnachricht) ?-{3,20}", re.I)
_FIELDS = {
    "from": re.compile(r"\*?(von|from) ?:\*?.{3,}", re.I),
    "sent": re.compile(r"\*?(gesendet|datum|sent|date) ?:\*?.{3,}", re.I),
    "to": re.compile(r"\*?(an|to) ?:\*?.{3,}", re.I),
    "subject": re.compile(r"\*?(betreff|subject) ?:\*?.{3,}", re.I),
}
_RULE = re.compile(r"_{10,}|-{10,}")
_QUOTED = re.compile(r"[>|]")
_LONGEST_LINE = 500
_NOTE_LINES = 12  # of the note with the link, as mail programs may have broken it
_SECRET_PATH = re.compile(r"(vorgang(?:/|%2f))[\w%=\-]{20,200}", re.I)
_HIDDEN = "…"
_LINK = re.compile(rf"vorgang(?:/|%2f){_HIDDEN}", re.IGNORECASE)  # once its secret is gone


def without_our_mail(text: str, enquiry: Enquiry) -> str:
    """Return what the sender wrote; the whole text when nothing would be left of it.

    All that we write to senders ends in the link: what stands below it without a mark is theirs again.
    """
    text = without_secrets(text, enquiry)
    lines = text.split("\n")
    start = _start_of_quote(lines, enquiry)
    kept = [*_without_note(lines[:start]), *_below_the_link(lines[start:])]
    return "\n".join(kept).strip() or text


def without_secrets(text: str, enquiry: Enquiry | None = None) -> str:
    """Return the text without the secret of any status page, also where a mail program broke the address in two."""
    token = status.token_for(enquiry) if enquiry else ""
    if token:
        text = re.sub(r"[\s>=]*".join(map(re.escape, token)), _HIDDEN, text)
    return _SECRET_PATH.sub(rf"\1{_HIDDEN}", text)


def _start_of_quote(lines: list[str], enquiry: Enquiry) -> int:
    """Return at which line the quote of our mail begins; behind the last line when there is none."""
    last = _last_line_of_ours(lines, enquiry)
    tail = _start_of_tail(lines)
    for at in range(last + 1):
        if at >= tail or _introduces(lines, at, tail) or _is_head_of_mail(lines, at):
            return at
    return len(lines)


def _last_line_of_ours(lines: list[str], enquiry: Enquiry) -> int:
    marks = [enquiry.reference.casefold(), *own_senders()]
    ours = (n for n in reversed(range(len(lines))) if any(mark in lines[n].casefold() for mark in marks))
    return next(ours, -1)


def _start_of_tail(lines: list[str]) -> int:
    """Return from where on there is nothing but quoted lines; behind the last line when it is not quoted."""
    said = [n for n, line in enumerate(lines) if line.strip()]
    tail = len(lines)
    for n in reversed(said):
        if not _QUOTED.match(lines[n].lstrip()):
            break
        tail = n
    return tail


def _introduces(lines: list[str], at: int, tail: int) -> bool:
    """Whether a line says who wrote when, and only the quote follows. Mail programs break such a line."""
    near = [_bare(line) for line in lines[at:tail] if line.strip()] if tail - at <= 6 and tail < len(lines) else []
    said = " ".join(near)
    return 0 < len(near) <= 3 and len(said) <= _LONGEST_LINE and bool(_WROTE.fullmatch(said))


def _is_head_of_mail(lines: list[str], at: int) -> bool:
    """Whether a mail is repeated from here on with its head, as Outlook does."""
    line = _bare(lines[at])
    if _ORIGINAL.fullmatch(line) or _RULE.fullmatch(line):
        return _has_fields(lines, at + 1)
    return bool(_FIELDS["from"].fullmatch(line)) and _has_fields(lines, at)


def _below_the_link(quote: list[str]) -> list[str]:
    """Return the lines below the last link in a quote, if one of them is not quoted."""
    last = next((n for n in reversed(range(len(quote))) if _LINK.search(quote[n])), len(quote))
    below = quote[last + 1 :]
    return below if any(line.strip() and not _QUOTED.match(line.lstrip()) for line in below) else []


def _bare(line: str) -> str:
    return line.strip()[:_LONGEST_LINE]


def _has_fields(lines: list[str], start: int) -> bool:
    """Whether the next lines are the head of a mail as Outlook repeats it: who, when or to whom, about what."""
    near = [_bare(line) for line in lines[start : start + 8]]
    found = {name for name, field in _FIELDS.items() if any(field.fullmatch(line) for line in near)}
    return {"from", "subject"} <= found and bool({"sent", "to"} & found)


def _without_note(lines: list[str]) -> list[str]:
    """Leave out our note with the link, from its marker to the address; what stands below is the sender's."""
    marker = note_marker()
    kept: list[str] = []
    at = 0
    while at < len(lines):
        if lines[at].lstrip("> |\t").strip() == marker:
            near = range(at, min(at + _NOTE_LINES, len(lines)))
            end = next((n for n in near if _LINK.search(lines[n])), None)
            if end is not None:
                at = end + 1
                continue
        kept.append(lines[at])
        at += 1
    return kept
