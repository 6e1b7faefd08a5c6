"""A task of a few tries, switched on; solutions of it, and faults that come between."""

import errno

import pytest
from django.db import OperationalError
from django.utils import timezone

from contacts import proof_of_work, status
from contacts.models.pages import STAMP_FIELD
from contacts.proof_of_work import SOLUTION_FIELD
from stadterneuerung.base.http import FormStamp, read_stamp
from stadterneuerung.base.models import SiteSettings
from tests.contacts.conftest import stamp_for
from tests.contacts.factories import EnquiryFactory

NONCE = "gBq4b0mSxJr2Wc8y"


@pytest.fixture
def easy(settings):
    """A task of some twenty tries."""
    settings.PUBLIC_FORMS = settings.PUBLIC_FORMS | {"work_bits": 4, "work_rounds": 10, "wait_seconds": 20}


@pytest.fixture
def switched_on(home_page, easy):
    switch(True)


@pytest.fixture
def enquiry(home_page):
    enquiry = EnquiryFactory(name="Frieda Beispiel")
    status.issue(enquiry)
    enquiry.save()
    return enquiry


def switch(on: bool) -> None:
    facts = SiteSettings.load()
    facts.proof_of_work = on
    facts.save()


def solve(nonce: str, *, wrong: bool = False) -> str:
    """Return the first number that solves the task, or the first that does not."""
    stamp = FormStamp(nonce, timezone.now(), False)
    return next(str(n) for n in range(10_000) if proof_of_work._solves(stamp, str(n)) is not wrong)


def solved(page, *, wrong: bool = False) -> dict:
    """Return the hidden fields of a form that was open for a minute while the browser worked."""
    stamp = stamp_for(page)
    nonce = read_stamp(page._meta.model_name, stamp).nonce
    return {STAMP_FIELD: stamp, SOLUTION_FIELD: solve(nonce, wrong=wrong)}


def hidden_in(response) -> dict:
    """Return the hidden fields of a form that came back, as a browser without JavaScript sends them."""
    return {STAMP_FIELD: response.context["stamp"], SOLUTION_FIELD: ""}


def request_to_wait(span: str) -> dict:
    return {
        "title": "Bitte noch einmal absenden",
        "text": f"Ihre Angaben stehen unten. Bitte warten Sie etwa {span} und senden Sie das Formular dann noch "
        "einmal ab.",
    }


def add(client, enquiry, data: dict):
    return client.post(status.path_for(enquiry), data, headers={"Sec-Fetch-Site": "same-origin"})


def fail(*args, **kwargs):
    raise OperationalError("weg")


@pytest.fixture
def full_disk(monkeypatch):
    def add(*args, **kwargs):
        raise OSError(errno.ENOSPC, "voll")

    with monkeypatch.context() as broken:
        broken.setattr(proof_of_work.cache, "add", add)
        yield broken
