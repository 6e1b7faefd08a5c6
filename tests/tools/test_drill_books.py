"""The books of the fault drill: they balance when nothing happened, and notice everything that must not happen."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.mails import status_note
from contacts.status import issue
from tests.contacts.factories import EnquiryFactory
from tools.drill.books import Balance, balance
from tools.drill.ledger import Delivered, Ledger, Queued, Stored
from tools.drill.mailserver import Moody
from tools.drill.senders import PER_NETWORK, make_messages

OFFICE = "amt@buero.example"


def honest_ledger(count: int = 3) -> Ledger:
    """Return the books of a quiet day."""
    ledger = Ledger(OFFICE, sent=make_messages(count, seed=7))
    for number, message in enumerate(ledger.sent):
        reference = f"SE-2026-ABCD-{2222 + number}"
        message.reference = reference
        secret = f"geheim-{number}"
        digest = hashlib.sha256(secret.encode()).hexdigest()
        ledger.stored.append(Stored(reference, message.kind, message.text, message.email, digest))
        link = f"\nIhre Statusseite:\nhttps://amt.example/kontakt/vorgang/{secret}/\n"
        for kind, to, body in (
            ("office", OFFICE, "Nachricht:\n> " + message.text.replace("\n", "\n> ") + "\n"),
            ("acknowledgement", message.email, "Ihre Nachricht ist angekommen.\n"),
        ):
            mail = Queued(f"<{number}-{kind}@example.org>", reference, kind, to, f"Anfrage {reference}", body, "sent")
            ledger.queued.append(mail)
            sent = body + link if kind == "acknowledgement" else body
            ledger.delivered.append(Delivered(mail.message_id, (to,), mail.subject, sent))
    return ledger


def again(mail: Delivered, **changes) -> Delivered:
    return replace(mail, **changes)


def test_a_quiet_day_balances():
    result = balance(honest_ledger())

    assert result == Balance(sent=3, confirmed=3, stored=3, delivered=3, duplicates=0, explained=0, lost=0, problems=())
    assert (result.holds, result.last_line) == (True, "sent 3 confirmed 3 stored 3 delivered 3 duplicates 0 lost 0")


@pytest.mark.django_db
def test_the_site_adds_the_link_as_the_books_expect_it():
    ledger = honest_ledger(1)
    enquiry = EnquiryFactory(email=ledger.sent[0].email)
    issue(enquiry)
    ledger.stored[0] = replace(ledger.stored[0], status_digest=enquiry.status_digest)
    ledger.delivered[1] = again(ledger.delivered[1], body=ledger.queued[1].body + status_note(enquiry))

    assert balance(ledger).problems == ()


def give_the_link_of_another(ledger):
    first, second = ledger.delivered[1], ledger.delivered[3]
    body = first.body.replace("geheim-0", "geheim-1")
    ledger.delivered[1] = again(first, body=body)
    assert second.body.count("geheim-1") == 1


def give_no_link(ledger):
    ledger.delivered[1] = again(ledger.delivered[1], body=ledger.queued[1].body)


def tell_the_office_the_link(ledger):
    link = ledger.delivered[1].body.removeprefix(ledger.queued[1].body)
    ledger.delivered[0] = again(ledger.delivered[0], body=ledger.delivered[0].body + link)


def lose_a_row(ledger):
    del ledger.stored[0]


def lose_a_row_with_its_mails(ledger):
    reference = ledger.stored.pop(0).reference
    ledger.queued = [mail for mail in ledger.queued if mail.reference != reference]
    ledger.delivered = [mail for mail in ledger.delivered if reference not in mail.subject]


def lose_a_mail_that_is_called_sent(ledger):
    del ledger.delivered[0]


def lose_a_confirmation(ledger):
    del ledger.queued[1], ledger.delivered[1]


def leave_a_mail_waiting(ledger):
    ledger.queued[0] = replace(ledger.queued[0], state="pending")
    del ledger.delivered[0]


def store_twice(ledger):
    ledger.stored.append(replace(ledger.stored[0], reference="SE-2026-WXYZ-9999"))


def swap_two_texts(ledger):
    first, second, *_rest = ledger.stored
    ledger.stored[:2] = [replace(first, text=second.text), replace(second, text=first.text)]


def swap_two_mails(ledger):
    first, second = ledger.delivered[0], ledger.delivered[2]
    ledger.delivered[0] = again(first, body=second.body)
    ledger.delivered[2] = again(second, body=first.body)


def show_another_reference(ledger):
    ledger.sent[0].reference = ledger.sent[1].reference


def change_a_word(ledger):
    ledger.stored[0] = replace(ledger.stored[0], text=ledger.stored[0].text.replace("Nachricht", "Nachrichten"))


def cut_a_mail(ledger):
    ledger.delivered[0] = again(ledger.delivered[0], body=ledger.delivered[0].body[:-5])


def send_to_somebody_else(ledger):
    ledger.delivered[1] = again(ledger.delivered[1], to=(ledger.sent[1].email,))


def send_to_one_more(ledger):
    ledger.delivered[1] = again(ledger.delivered[1], to=(ledger.sent[0].email, ledger.sent[1].email))


def send_under_two_names(ledger):
    mail = replace(ledger.queued[0], message_id="<anders@example.org>")
    ledger.queued.append(mail)
    ledger.delivered.append(again(ledger.delivered[0], message_id=mail.message_id))


def deliver_what_nobody_wrote(ledger):
    ledger.delivered.append(again(ledger.delivered[0], message_id="<fremd@example.org>"))


def store_what_nobody_sent(ledger):
    ledger.stored.append(Stored("SE-2026-WXYZ-9999", "question", "Woher kommt das?", "x@example.org"))


def send_twice_without_a_reason(ledger):
    ledger.delivered.append(ledger.delivered[0])


def let_too_many_in(ledger):
    ledger.complaints.append("Von 21 Nachrichten aus einem Netz wurde nicht genau die letzte abgewiesen")


def write_words_into_the_log(ledger):
    ledger.log = f"ERROR: duplicate key (email)=({ledger.sent[0].email})"


def let_words_into_the_confirmation_of_another(ledger):
    words = f"Es schrieb auch jemand: {ledger.sent[1].text}"
    ledger.queued[1] = replace(ledger.queued[1], body=words)
    ledger.delivered[1] = again(ledger.delivered[1], body=words)


SINS = [
    give_the_link_of_another,
    give_no_link,
    tell_the_office_the_link,
    lose_a_row,
    lose_a_row_with_its_mails,
    lose_a_mail_that_is_called_sent,
    lose_a_confirmation,
    leave_a_mail_waiting,
    store_twice,
    swap_two_texts,
    swap_two_mails,
    show_another_reference,
    change_a_word,
    cut_a_mail,
    send_to_somebody_else,
    send_to_one_more,
    send_under_two_names,
    deliver_what_nobody_wrote,
    store_what_nobody_sent,
    send_twice_without_a_reason,
    let_too_many_in,
    write_words_into_the_log,
    let_words_into_the_confirmation_of_another,
]


@pytest.mark.parametrize("sin", SINS, ids=lambda sin: sin.__name__)
def test_books_notice(sin):
    ledger = honest_ledger()

    sin(ledger)

    assert not balance(ledger).holds


@pytest.mark.parametrize("sin", [lose_a_row_with_its_mails, lose_a_mail_that_is_called_sent, lose_a_confirmation])
def test_what_does_not_reach_everybody_is_lost(sin):
    ledger = honest_ledger()

    sin(ledger)

    assert (balance(ledger).lost, balance(ledger).delivered) == (1, 2)


def test_double_after_the_server_fell_silent_is_explained():
    ledger = honest_ledger()
    ledger.delivered.append(ledger.delivered[0])
    ledger.delivered[0] = again(ledger.delivered[0], answered=False)

    result = balance(ledger)

    assert (result.holds, result.duplicates, result.explained) == (True, 1, 1)


@pytest.mark.parametrize(("kills", "holds"), [(0, False), (1, False), (2, True)])
def test_doubles_are_bounded_by_the_kills(kills, holds):
    ledger = honest_ledger()
    ledger.delivered.extend(ledger.delivered[:2])
    ledger.faults.loop_kills = kills

    assert balance(ledger).holds is holds


def test_unconfirmed_message_may_be_stored_but_then_it_is_delivered():
    ledger = honest_ledger()
    ledger.sent[0].reference = ""
    assert balance(ledger).holds

    del ledger.delivered[0]

    assert not balance(ledger).holds


def test_unconfirmed_message_may_be_missing():
    ledger = honest_ledger()
    lose_a_row_with_its_mails(ledger)
    ledger.sent[0].reference = ""

    result = balance(ledger)

    assert (result.holds, result.confirmed, result.stored, result.lost) == (True, 2, 2, 0)


@given(count=st.integers(1, 60), seed=st.integers(0, 10_000))
def test_messages_can_be_told_apart_and_drawn_again(count, seed):
    messages = make_messages(count, seed)

    assert messages == make_messages(count, seed)
    assert len({message.token for message in messages}) == len({message.email for message in messages}) == count
    assert max(_per_network(messages).values()) <= PER_NETWORK


def _per_network(messages) -> dict[str, int]:
    counts: dict[str, int] = {}
    for message in messages:
        network = message.network.rpartition("." if "." in message.network else "::")[0]
        counts[network] = counts.get(network, 0) + 1
    return counts


def test_mail_server_draws_the_same_faults_from_the_same_seed_and_none_when_calm(tmp_path):
    draws = [[moody.draw() for _ in range(2000)] for moody in (Moody(tmp_path / name, 5, 1) for name in ("a", "b"))]
    calm = Moody(tmp_path / "c", 5, 1)
    calm.calm = True

    assert draws[0] == draws[1]
    assert set(draws[0]) == {"", "refusal", "stall", "hang_up"}
    assert {calm.draw() for _ in range(2000)} == {""}
