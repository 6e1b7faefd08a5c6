"""An address that somebody asks about is in the answer and nowhere else."""

import io
import logging

import pytest
from django.apps import apps
from django.core.cache import cache

from contacts.models import ContactPage, Enquiry
from tests import factories
from tests.kataster.address_support import INSIDE, PATH, area, ask, house

pytestmark = pytest.mark.django_db

TYPED = "Qxzgasse 77"  # found nowhere else
SQUARE = "E5-9"


def everything_stored() -> str:
    """Return all rows of all tables but the directory of addresses itself."""
    directory = {"areas.street", "areas.address", "areas.addressdelivery"}
    models = [model for model in apps.get_models() if model._meta.label_lower not in directory]
    return "\n".join(str(list(model._base_manager.values())) for model in models)


def everything_cached() -> str:
    return str({key: cache._cache[key] for key in cache._cache})


@pytest.fixture
def log():
    """All that any logger says, down to the statements sent to the database."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.mark.parametrize("typed", [TYPED, "qxzgasse", "Qxzgase 77", "Qxzgasse 79"])
def test_an_address_leaves_no_trace(client, check_page, log, typed):
    area("Nordstadt")
    house("Qxzgasse", INSIDE, number=77)
    client.get(PATH)  # the first visit to a fresh site stores the office's settings
    stored = everything_stored()
    log.truncate(0)

    response = ask(client, typed)
    client.post(f"{PATH}vorschlaege/", {"adresse": typed}, headers={"Sec-Fetch-Site": "same-origin"})

    assert response.status_code == 200
    assert "Qxz" in response.text
    assert "Location" not in response
    assert dict(response.cookies) == {}
    assert response["Cache-Control"] == "private, no-store"
    assert "qxz" not in str(response.headers).lower()
    assert "qxz" not in log.getvalue().lower()
    assert "qxz" not in everything_cached().lower()
    assert everything_stored() == stored
    title = response.text.partition("<title>")[2].partition("</title>")[0]
    assert "qxz" not in title.lower()  # browsers keep titles
    links = [part.partition('"')[0] for part in response.text.split('href="')[1:]]
    assert [link for link in links if "qxz" in link.lower()] == []


def test_a_place_that_was_pointed_at_leaves_no_trace(client, check_page, log):
    area("Nordstadt")
    client.get(PATH)  # the first visit to a fresh site stores the office's settings
    stored = everything_stored()
    log.truncate(0)

    response = client.post(PATH, {"feld": SQUARE}, headers={"Sec-Fetch-Site": "same-origin"})

    assert SQUARE in response.text
    assert SQUARE not in log.getvalue()
    assert SQUARE not in everything_cached()
    assert everything_stored() == stored


def test_a_question_opens_the_form_and_stores_nothing(client, check_page, home_page):
    page = area("Nordstadt")
    factories.index_page(ContactPage, "kontakt", "Kontakt")
    data = {"beginnen": "1", "zu": page.pk, "message": f"Es geht um diese Adresse: {TYPED}"}

    response = client.post("/kontakt/", data, headers={"Sec-Fetch-Site": "same-origin"})

    assert response.status_code == 200
    assert response.context["form"]["message"].value() == f"Es geht um diese Adresse: {TYPED}\n\n"
    assert response.context["form"]["zu"].value() == str(page.pk)
    assert not response.context["form"].is_bound
    assert response["Cache-Control"] == "private, no-store"
    assert Enquiry.objects.count() == 0
