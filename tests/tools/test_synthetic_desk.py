"""Invented enquiries for measurements: the same for the same seed, marked, with as many open ones as promised."""

import random

import pytest

from contacts.desk.search import matching
from contacts.models import Enquiry
from stadterneuerung.users.models import User
from tests.contacts.factories import SubjectFactory
from tests.factories import UnitFactory
from tools import synthetic_desk


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - nothing secret


def test_the_same_seed_gives_the_same_messages():
    first, second = (list(synthetic_desk.messages(50, seeded(7))) for _ in range(2))

    assert first == second
    assert all(text.startswith(synthetic_desk.MARK) for text in first)


@pytest.mark.parametrize("count", [20, 100, 999])
def test_the_rare_word_is_as_rare_in_many_as_in_few(count):
    found = [text for text in synthetic_desk.messages(count, seeded(1)) if synthetic_desk.RARE_WORD in text]

    assert len(found) == synthetic_desk.RARE_COUNT


@pytest.mark.django_db
def test_a_small_desk(home_page):
    User.objects.create_user("konto")
    UnitFactory()
    SubjectFactory()

    synthetic_desk.build(50)

    assert Enquiry.objects.count() == 50
    assert Enquiry.objects.not_closed().count() == 50 * synthetic_desk.OPEN_SHARE
    assert matching(Enquiry.objects.all(), synthetic_desk.RARE_WORD).count() == synthetic_desk.RARE_COUNT
    assert {event.kind for event in Enquiry.objects.filter(state="closed").first().events.all()} == {
        "received",
        "taken",
        "noted",
        "closed",
    }
