"""Forms that are stale, altered, from elsewhere, or sent once more."""

from datetime import timedelta
from unittest import mock

import pytest
from django.utils import timezone

from contacts import status, status_acts
from contacts.erasure import erase
from contacts.models import Enquiry, EnquiryEvent, OutboxMessage
from contacts.models.pages import STAMP_FIELD
from contacts.views import FORM_NAME
from stadterneuerung.base.http import issue_stamp
from tests.contacts.hostile.ways import ACTS, PUBLIC, way

pytestmark = pytest.mark.django_db

NAMES = {"contact": "contactpage", "barrier": "barrierreportpage"} | dict.fromkeys(["addition", *ACTS], FORM_NAME)


def stamp_from(hours: float, form: str) -> str:
    with mock.patch.object(timezone, "now", return_value=timezone.now() + timedelta(hours=hours)):
        return issue_stamp(form)


def altered(stamp: str, place: int) -> str:
    return stamp[:place] + ("A" if stamp[place] != "A" else "B") + stamp[place + 1 :]


def bad_stamps(name: str) -> dict[str, str]:
    good = issue_stamp(NAMES[name])
    return {
        "of another form": issue_stamp("barrierreportpage" if name == "contact" else "contactpage"),
        "13 hours old": stamp_from(-13, NAMES[name]),
        "other time, same mark": altered(good, 5),
        "other mark": altered(good, len(good) - 5),
        "without its mark": good.rpartition(":")[0],
        "twice": good + good,
        "empty": "",
        "control characters": "\x00\r\n",
        "long": "a" * 100_000,
    }


@pytest.mark.parametrize("name", [*PUBLIC, *ACTS])
@pytest.mark.parametrize("kind", bad_stamps("contact"))
def test_stamp_that_does_not_hold(home_page, name, kind):
    there = way(name)
    before = (Enquiry.objects.count(), EnquiryEvent.objects.count())

    response = there.send(**{STAMP_FIELD: bad_stamps(name)[kind]})

    assert response.status_code == 422
    assert (Enquiry.objects.count(), EnquiryEvent.objects.count()) == before
    assert not Enquiry.objects.exclude(erased_at=None).exists()
    assert not there.text or response.context["form"][there.text].value() == "Gruß"


@pytest.mark.parametrize("name", PUBLIC)
def test_stamp_from_the_future_is_that_of_a_clock_and_loses_nothing(home_page, name):
    """Nobody can forge one: it was issued before our clock was put right. It looks too quick and is looked at."""
    there = way(name)

    response = there.send(**{STAMP_FIELD: stamp_from(2, NAMES[name])})

    assert response.status_code == 303
    assert Enquiry.objects.last().is_suspicious == (name != "addition")


@pytest.mark.parametrize("name", PUBLIC)
def test_same_form_with_the_same_text_is_one_and_with_another_text_another(home_page, name):
    there = way(name)
    before = (Enquiry.objects.count(), EnquiryEvent.objects.count())

    codes = [there.send(**{there.text: words}).status_code for words in ("Gruß", "Gruß", "Gruß ", "Noch ein Gruß")]

    more = (Enquiry.objects.count() - before[0], EnquiryEvent.objects.count() - before[1])
    assert codes == [303] * 4
    assert more == ((0, 2) if name == "addition" else (2, 2))


@pytest.mark.parametrize("name", ["contact", "barrier"])
def test_who_withdraws_goes_back_and_sends_again_has_sent_a_new_message(home_page, name):
    """What was deleted stays deleted; nothing is kept by which the same words could be recognised."""
    there = way(name)
    there.send()
    first = Enquiry.objects.get()
    old = status.path_for(first)
    status_acts.withdraw(first)
    OutboxMessage.objects.all().delete()

    response = there.send()

    first.refresh_from_db()
    second = Enquiry.objects.exclude(pk=first.pk).get()
    assert (response.status_code, first.message, first.email, first.is_barrier) == (303, "", "", name == "barrier")
    assert (second.message, second.erased_at, second.reference != first.reference) == ("Gruß", None, True)
    assert OutboxMessage.objects.exclude(enquiry=second).count() == 0
    assert there.client.get(old).status_code == 404


@pytest.mark.parametrize("name", ["addition", *ACTS])
@pytest.mark.parametrize("end", ["withdrawn", "erased", "renewed"])
def test_nothing_at_an_old_link_is_done_once_more(home_page, name, end):
    there = way(name)
    enquiry = Enquiry.objects.get()
    if end == "withdrawn":
        status_acts.withdraw(enquiry)
    elif end == "erased":
        erase(enquiry, reason="Frist abgelaufen")
    else:
        status_acts.renew(enquiry)
    before = (EnquiryEvent.objects.count(), OutboxMessage.objects.count())

    codes = [there.send().status_code for _ in range(2)]

    assert codes == [404, 404]
    assert (EnquiryEvent.objects.count(), OutboxMessage.objects.count()) == before
    assert (Enquiry.objects.get().message == "") == (end != "renewed")


@pytest.mark.parametrize("name", ["addition", *ACTS])
def test_case_that_is_erased_between_look_and_act(home_page, name, monkeypatch):
    there = way(name)
    act = {"addition": "add"}.get(name, name)
    real = getattr(status_acts, act)

    def too_late(enquiry, *args):
        erase(Enquiry.objects.get(), reason="Frist abgelaufen")
        return real(enquiry, *args)

    monkeypatch.setattr(status_acts, act, too_late)

    response = there.send()

    assert response.status_code == 404
    assert (Enquiry.objects.get().message, Enquiry.objects.get().events.filter(kind="added").count()) == ("", 0)
