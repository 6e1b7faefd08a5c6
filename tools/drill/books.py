"""Do the books balance? What was confirmed is stored once and delivered, with its own words, to the right people."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tools.drill.ledger import Delivered, Ledger, Queued, Sent, Stored, tokens_in

_SHOWN = 20  # problems that are printed
# The end of a mail to a sender (`contacts.mails.status_note`): an empty line, words, and the link with its secret.
_LINK = re.compile(r"\n(?:[^\n]+\n)+\S+/kontakt/vorgang/([\w=-]+)/\n\Z")


@dataclass(frozen=True)
class Balance:
    """Numbers of messages; duplicates are mails that were taken once more. `problems` are German sentences."""

    sent: int
    confirmed: int
    stored: int
    delivered: int
    duplicates: int
    explained: int  # duplicates of mails whose answer the server swallowed
    lost: int
    problems: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.problems and not self.lost

    @property
    def last_line(self) -> str:
        return (
            f"sent {self.sent} confirmed {self.confirmed} stored {self.stored} delivered {self.delivered} "
            f"duplicates {self.duplicates} lost {self.lost}"
        )

    def told(self) -> list[str]:
        more = len(self.problems) - _SHOWN
        return [*self.problems[:_SHOWN], *([f"… und {more} weitere"] if more > 0 else [])]


def balance(ledger: Ledger) -> Balance:
    stored = _by_token(ledger.stored)
    arrived = _arrived(ledger)
    whole = [message for message in ledger.sent if _is_whole(message, stored, arrived, ledger.office)]
    confirmed = [message for message in ledger.sent if message.confirmed]
    extra = Counter(mail.message_id for mail in ledger.delivered)
    swallowed = Counter(mail.message_id for mail in ledger.delivered if not mail.answered)
    duplicates = {message_id: count - 1 for message_id, count in extra.items() if count > 1}
    explained = sum(min(count, swallowed[message_id]) for message_id, count in duplicates.items())
    problems = [
        *ledger.complaints,
        *_problems_of_storing(ledger, stored),
        *_problems_of_the_outbox(ledger),
        *_problems_of_delivery(ledger),
        *_problems_of_doubles(ledger),
        *_problems_of_the_log(ledger),
    ]
    unexplained = sum(duplicates.values()) - explained
    if unexplained > ledger.faults.loop_kills:
        kills = ledger.faults.loop_kills
        problems.append(
            f"{unexplained} Doppel ohne Abbruch hinter DATA, aber der Versand wurde nur {kills}-mal getötet"
        )
    return Balance(
        sent=len(ledger.sent),
        confirmed=len(confirmed),
        stored=sum(message.token in stored for message in ledger.sent),
        delivered=len(whole),
        duplicates=sum(duplicates.values()),
        explained=explained,
        lost=len(confirmed) - sum(message.confirmed for message in whole),
        problems=tuple(problems),
    )


def _by_token(rows: list[Stored]) -> dict[str, list[Stored]]:
    found = defaultdict(list)
    for row in rows:
        for token in tokens_in(row.text):
            found[token].append(row)
    return found


def _arrived(ledger: Ledger) -> dict[str, list[Delivered]]:
    """Return reference → mails that were taken about it, by the Message-ID that the outbox knows."""
    references = {row.message_id: row.reference for row in ledger.queued}
    found = defaultdict(list)
    for mail in ledger.delivered:
        found[references.get(mail.message_id)].append(mail)
    return found


def unquoted(body: str) -> str:
    """Return a mail to the office with the sender's words as they were sent, without the mark before each line."""
    return re.sub(r"^> ?", "", body, flags=re.MULTILINE)


def _is_whole(message: Sent, stored: dict, arrived: dict, office: str) -> bool:
    """Whether a message is stored and both its mails were taken: the words to the office, a confirmation to its sender.

    This looks at what was sent and what came out at the other end, whatever the outbox says about it.
    """
    if message.token not in stored:
        return False
    mails = arrived[stored[message.token][0].reference]
    words = any(mail.to == (office,) and message.text in unquoted(mail.body) for mail in mails)
    confirmation = any(mail.to == (message.email,) and mail.subject for mail in mails)
    return words and confirmation


def _problems_of_storing(ledger: Ledger, stored: dict[str, list[Stored]]) -> Iterator[str]:
    known = {message.token: message for message in ledger.sent}
    for message in ledger.sent:
        rows = stored.get(message.token, [])
        if message.confirmed and not rows:
            yield f"{message.token}: bestätigt, aber nicht gespeichert"
        if len(rows) > 1:
            yield f"{message.token}: {len(rows)}-mal gespeichert"
        if message.confirmed and rows and message.reference != rows[0].reference:
            yield f"{message.token}: gezeigt wurde {message.reference}, gespeichert ist {rows[0].reference}"
    for row in ledger.stored:
        token = next(iter(tokens_in(row.text)), "")
        message = known.get(token)
        if message is None:
            yield f"{row.reference}: gespeichert, aber von niemandem gesendet"
        elif (row.text, row.email, row.kind) != (message.text, message.email, message.kind):
            yield f"{row.reference}: anders gespeichert als gesendet"


def _problems_of_the_outbox(ledger: Ledger) -> Iterator[str]:
    words = {row.reference: row for row in ledger.stored}
    mails = defaultdict(Counter)
    for row in ledger.queued:
        mails[row.reference][row.to] += 1
        if row.state != "sent":
            yield f"{row.message_id}: steht am Ende auf „{row.state}“"
    for reference, row in words.items():
        if mails[reference] != Counter([ledger.office, row.email]):
            yield f"{reference}: Mails an {dict(mails[reference])}"


def _problems_of_delivery(ledger: Ledger) -> Iterator[str]:
    queued = {row.message_id: row for row in ledger.queued}
    words = {row.reference: row for row in ledger.stored}
    for mail in ledger.delivered:
        row = queued.get(mail.message_id)
        if row is None:
            yield f"{mail.message_id}: zugestellt, aber nicht im Postausgang"
        elif problem := _problem_of_mail(mail, row, words.get(row.reference)):
            yield f"{mail.message_id}: {problem}"
    taken = {mail.message_id for mail in ledger.delivered}
    for row in ledger.queued:
        if row.message_id not in taken:
            yield f"{row.message_id}: nie zugestellt"


def _problem_of_mail(mail: Delivered, row: Queued, enquiry: Stored | None) -> str:
    if mail.to != (row.to,):
        return f"an {mail.to} statt an {row.to}"
    if enquiry is None:
        return "gehört zu keiner gespeicherten Nachricht"
    body, secret = _apart_from_link(mail.body)
    if (mail.subject, body) != (row.subject, row.body):
        return "anderer Inhalt als im Postausgang"
    if row.kind == "acknowledgement" and hashlib.sha256(secret.encode()).hexdigest() != enquiry.status_digest:
        return "führt nicht zur Statusseite dieser Nachricht"
    if row.kind != "acknowledgement" and secret:
        return "verrät die Statusseite"
    if tokens_in(mail.body) - tokens_in(enquiry.text):
        return "enthält Worte einer anderen Nachricht"
    if enquiry.reference not in mail.subject:
        return "nennt den Vorgang nicht"
    return ""


def _apart_from_link(body: str) -> tuple[str, str]:
    """Return a mail as it is stored, and the secret of the link that was added when it was sent; empty without one."""
    found = _LINK.search(body)
    return (body[: found.start()], found[1]) if found else (body, "")


def _problems_of_the_log(ledger: Ledger) -> Iterator[str]:
    """Logs never hold people's words or addresses, whatever went wrong."""
    for message in ledger.sent:
        if message.token in ledger.log:  # it stands in the words and in the address
            yield f"{message.token}: Worte oder Adresse stehen im Protokoll"


def _problems_of_doubles(ledger: Ledger) -> Iterator[str]:
    """The same words to the same address under two Message-IDs: nobody could tell that they are one mail."""
    seen = defaultdict(set)
    for mail in ledger.delivered:
        seen[mail.to, mail.subject, mail.body].add(mail.message_id)
    for (to, _subject, _body), message_ids in seen.items():
        if len(message_ids) > 1:
            yield f"{', '.join(sorted(message_ids))}: dieselbe Mail an {to} unter {len(message_ids)} Kennungen"
