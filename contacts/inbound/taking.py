"""A mail becomes part of its case, or a new one: in one transaction, and the same mail once.

Nothing here sends a mail back to a machine: what is automatic, comes from a list, reports a delivery, or comes from a
mailbox of the office becomes at most an internal step or a silent case in quarantine. What does not reach a unit goes
to the office instead, and is tried again after the longest pause (`reports.take`): mails of ours to ourselves.
"""

import contextlib
import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext

from contacts import additions
from contacts.inbound import judging, limits, matching, reports
from contacts.inbound.files import keep_files
from contacts.inbound.judging import Sort
from contacts.inbound.letters import Letter
from contacts.inbound.links import without_secrets
from contacts.inbound.matching import Match
from contacts.inbound.own_mails import reference_of_ours
from contacts.inbound.quotes import without_our_mail
from contacts.intake import store, too_many_links
from contacts.models import Attachment, Enquiry, EnquiryEvent
from contacts.routing import Topic
from contacts.text import header_text

TAKEN_FOLDER, REVIEW_FOLDER = "Übernommen", "Zu prüfen"


@dataclass(frozen=True)
class Taken:
    """What became of a mail: the number of its case, if it has one, and the folder in which it lies from now on."""

    reference: str = ""
    folder: str = TAKEN_FOLDER


@dataclass(frozen=True)
class _Content:
    """What is stored of a mail, and what is said about the rest."""

    files: list[Attachment]
    left: str
    folder: str


def take(letter: Letter, kept_until: dt.date, today: dt.date) -> Taken:
    """Store a mail, unless it is stored already. `kept_until`: when it will be deleted in the mailbox."""
    if reference := reference_of(letter.key):
        return Taken(reference, folder_once_taken(letter, kept_until, today))
    sort = judging.sort_of(letter)
    if sort is Sort.OWN:
        return Taken(reference_of_ours(letter))
    # Of what a machine sent, files stay where they are.
    if sort is Sort.REPORT:
        return _take_report(letter, _content(letter, kept_until, today, keep=False))
    match = matching.find(letter)
    if sort is Sort.AUTOMATIC:
        return _take_automatic(letter, match, _content(letter, kept_until, today, keep=False))
    # Pictures are decoded before the transaction begins: with SQLite, it would keep everybody else from writing.
    return _take_personal(letter, match, _content(letter, kept_until, today))


def reference_of(key: str) -> str:
    """Return the case in which the mail with this key is stored; empty when it is not."""
    stored = Enquiry.objects.filter(submission_key=key).values_list("reference", flat=True)
    step = EnquiryEvent.objects.filter(submission_key=key).values_list("enquiry__reference", flat=True)
    return stored.first() or step.first() or ""


def folder_once_taken(letter: Letter, kept_until: dt.date, today: dt.date) -> str:
    """Return where a mail goes that was stored when a round was killed before it was moved: what may hold something
    that was not taken over must not be deleted at once.
    """
    is_late = bool(letter.files) and kept_until <= today
    return REVIEW_FOLDER if letter.is_too_large or letter.is_cut or is_late else TAKEN_FOLDER


def _take_report(letter: Letter, content: _Content) -> Taken:
    report = reports.report_of(letter)
    mail = reports.mail_of(letter, report)
    if mail is None:
        return _quarantine(letter, "Bericht eines Mailservers, der keine unserer Mails nennt", content)
    reports.take(mail, report, letter.key)
    return Taken(mail.enquiry.reference if mail.enquiry else "")


def _take_automatic(letter: Letter, match: Match | None, content: _Content) -> Taken:
    if match is not None:
        text = _shortened(without_our_mail(letter.text, match.enquiry))
        with contextlib.suppress(additions.Gone):  # erased since it was found
            said = header_text(f"automatische Antwort: {letter.subject}", 80)
            detail = "; ".join(filter(None, [said, content.left]))
            additions.note(match.enquiry, text, [], letter.key, detail=detail)
            return Taken(match.enquiry.reference, content.folder)
    return _quarantine(letter, "automatische Mail", content)


def _take_personal(letter: Letter, match: Match | None, content: _Content) -> Taken:
    if match is not None:
        with contextlib.suppress(additions.Gone):  # erased since it was found
            _add(letter, match, content)
            return Taken(match.enquiry.reference, content.folder)
    if judging.is_from_the_office(letter):
        return _quarantine(letter, "von einem Postfach des Amts, ohne Bezug zu einem Vorgang", content)
    if judging.is_from_nobody(letter):
        return _quarantine(letter, "automatische Mail", content)
    if limits.is_too_many(letter.email):
        return _quarantine(letter, "zu viele Mails in kurzer Zeit", content, email=letter.email)
    text = without_secrets(letter.text)
    reasons = [judging.suspicion_of(letter), *too_many_links(text, letter.subject, letter.name)]
    enquiry = _enquiry(letter, suspicion=", ".join(filter(None, reasons)), email=letter.email)
    stored = store(enquiry, Topic(), files=content.files, detail=content.left)
    return Taken(stored.reference, content.folder)


def _add(letter: Letter, match: Match, content: _Content) -> None:
    is_sender = match.is_from_sender(letter)
    who = header_text(letter.senders, 30) or "ohne Absender"
    text = _shortened(without_our_mail(letter.text, match.enquiry)) or _placeholder(letter)
    if match.is_internal and not is_sender:
        detail = "; ".join(filter(None, [f"Mail von {who}", content.left]))
        additions.note(match.enquiry, text, content.files, letter.key, detail=detail)
        return
    source = "per Mail" if is_sender else f"per Mail von anderer Adresse ({who})"
    additions.add(
        match.enquiry,
        text,
        content.files,
        letter.key,
        source=source,
        detail="; ".join(filter(None, [source, content.left])),
        # Whoever answers a mail that was meant for the office has it from there; its words may stand in the answer.
        is_public=is_sender and not match.is_internal,
    )


def _quarantine(letter: Letter, why: str, content: _Content, *, email: str = "") -> Taken:
    """Keep a mail where somebody may look at it. No mail leaves, and without an address none ever will."""
    enquiry = _enquiry(letter, suspicion=why, email=email)
    stored = store(enquiry, Topic(), files=content.files, detail=content.left, silent=True)
    return Taken(stored.reference, content.folder)


def _enquiry(letter: Letter, *, suspicion: str, email: str = "") -> Enquiry:
    head = [f"Betreff: {header_text(letter.subject, 250) or '(ohne Betreff)'}"]
    if not email and letter.senders:
        head.append(f"Von: {header_text(letter.senders, 300)}")
    text = _shortened(without_secrets(letter.text)) or _placeholder(letter)
    return Enquiry(
        channel=Enquiry.Channel.MAIL,
        submission_key=letter.key,
        name=header_text(letter.name, 120),
        email=email,
        message="\n".join([*head, "", text]),
        suspicion=suspicion[:200],
    )


def _content(letter: Letter, kept_until: dt.date, today: dt.date, *, keep: bool = True) -> _Content:
    """Keep the files, and say what is not taken over and where it can be found."""
    if letter.is_too_large:
        size = settings.INBOUND["max_bytes"] // 1024**2
        return _Content(
            [], f"nur der Kopf: Die Mail ist größer als {size} MB und liegt im Ordner „{REVIEW_FOLDER}“", REVIEW_FOLDER
        )
    files, refused = keep_files(letter.files) if keep else ([], [file.name for file in letter.files])
    names = [f"„{header_text(name, 30)}“" for name in refused]
    if len(letter.text) > settings.INBOUND["max_characters"]:
        names.insert(0, "das Ende des Textes")
    if letter.is_cut:
        return _Content(files, f"nicht vollständig gelesen; die Mail liegt im Ordner „{REVIEW_FOLDER}“", REVIEW_FOLDER)
    if not names:
        return _Content(files, "", TAKEN_FOLDER)
    more = {0: "", 1: " und eine weitere Datei"}.get(len(names[2:]), f" und {len(names[2:])} weitere Dateien")
    said = ", ".join(names[:2]) + more
    if kept_until <= today:  # it came long ago and would be deleted at once
        return _Content(files, f"nicht übernommen: {said}; die Mail liegt im Ordner „{REVIEW_FOLDER}“", REVIEW_FOLDER)
    where = f"die Mail liegt bis {kept_until:%d.%m.} im Ordner „{TAKEN_FOLDER}“"
    return _Content(files, f"nicht übernommen: {said}; {where}", TAKEN_FOLDER)


def _shortened(text: str) -> str:
    most = settings.INBOUND["max_characters"]
    if len(text) <= most:
        return text
    return f"{text[:most].rstrip()}\n\n[{gettext('Hier endet, was von dem langen Text übernommen ist.')}]"


def _placeholder(letter: Letter) -> str:
    return gettext("(Mail zu groß, um sie hier zu zeigen)") if letter.is_too_large else gettext("(ohne Text)")
