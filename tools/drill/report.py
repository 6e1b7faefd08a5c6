"""The table at the end of a drill."""

from collections import Counter

from tools.drill.books import Balance
from tools.drill.ledger import Ledger


def show(result: Balance, ledger: Ledger, database: str, seed: int, seconds: float) -> None:
    """Print what was done, what came of it and what does not balance; the last line is for machines."""
    faults = ledger.faults
    unconfirmed = [message for message in ledger.sent if not message.confirmed]
    kept = {row.text for row in ledger.stored}
    answers = Counter(answer for message in ledger.sent for answer in message.answers)
    rows = [
        ("Datenbank", database),
        ("Startwert (--seed)", seed),
        ("Sekunden", f"{seconds:.0f}"),
        ("Nachrichten gesendet", result.sent),
        ("… bestätigt", result.confirmed),
        ("… unbestätigt, aber gespeichert", sum(message.text in kept for message in unconfirmed)),
        ("… noch einmal abgesendet", sum(max(message.tries - 1, 0) for message in ledger.sent)),
        ("Fehler, die Absendende sahen", ", ".join(f"{count} × {what}" for what, count in answers.most_common()) or 0),
        ("gespeichert", result.stored),
        ("vollständig zugestellt", result.delivered),
        ("Mails im Postausgang", len(ledger.queued)),
        ("Mails angenommen", len(ledger.delivered)),
        ("Doppel mit gleicher Message-ID", result.duplicates),
        ("… nach Abbruch hinter DATA", result.explained),
        ("Webprozesse getötet", faults.web_kills),
        ("Versand getötet", faults.loop_kills),
        ("Datenbank neu gestartet", faults.database_restarts),
        ("Mailserver: abgewiesen", faults.refusals),
        ("Mailserver: zu langsam", faults.stalls),
        ("Mailserver: aufgelegt vor der Annahme", faults.hang_ups),
        ("Mailserver: nach der Annahme verstummt", sum(not mail.answered for mail in ledger.delivered)),
        ("verloren", result.lost),
    ]
    width = max(len(name) for name, _value in rows)
    print()
    for name, value in rows:
        print(f"{name:<{width}}  {value}")
    for problem in result.told():
        print(f"✗ {problem}")
    print(result.last_line)
