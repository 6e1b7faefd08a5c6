"""Vacancies: what must be said, and that everything closes by itself at 23:59 in Berlin."""

import datetime as dt
import json
import re
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from jobs.models import DISABILITY_SENTENCE, DIVERSITY_SENTENCE, EQUALITY_SENTENCE, JobIndexPage
from stadterneuerung.base.dates import today
from tests import factories

pytestmark = pytest.mark.django_db

DEADLINE = dt.date(2026, 11, 24)
LAST_MINUTE = "2026-11-24 23:59"
MIDNIGHT = "2026-11-25 00:00"


@pytest.fixture
def clock(monkeypatch):
    def set_clock(text: str) -> None:
        moment = dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(dt.UTC)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_clock


@pytest.fixture
def vacancy(home_page):
    return factories.VacancyPageFactory(title="Stadtplaner*in", deadline=DEADLINE)


def json_ld(html: str) -> list[dict]:
    return [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]


def posting_in(html: str) -> dict | None:
    return next((data for data in json_ld(html) if data["@type"] == "JobPosting"), None)


@pytest.mark.parametrize(("now", "is_open"), [(LAST_MINUTE, True), (MIDNIGHT, False)])
@pytest.mark.parametrize("path", ["/stellen/", "/", "/sitemap.xml", "/suche/?q=stadtplaner"])
def test_vacancy_leaves_every_list_at_midnight(client, clock, vacancy, path, now, is_open):
    from stadterneuerung.home.models import SearchPage

    factories.index_page(SearchPage, "suche", "Suche")
    clock(now)

    assert (vacancy.url in client.get(path).content.decode()) == is_open


def test_last_minute_can_still_apply(client, clock, vacancy):
    clock(LAST_MINUTE)

    html = client.get(vacancy.url).content.decode()

    assert "nur noch heute" in html
    assert "Bewerbungsfrist abgelaufen" not in html
    assert vacancy.apply_url in html
    assert posting_in(html)["validThrough"] == "2026-11-24T23:59:59+01:00"


def test_after_the_deadline_the_page_says_so_and_offers_nothing(client, clock, settings, vacancy):
    settings.SITE_PREVIEW = False
    clock(MIDNIGHT)

    html = client.get(vacancy.url).content.decode()

    assert "Bewerbungsfrist abgelaufen" in html
    assert '<meta name="robots" content="noindex, nofollow">' in html
    assert vacancy.apply_url not in html
    assert posting_in(html) is None


def test_open_vacancy_may_be_indexed(client, clock, settings, vacancy):
    settings.SITE_PREVIEW = False
    clock(LAST_MINUTE)

    assert 'name="robots"' not in client.get(vacancy.url).content.decode()


def test_offset_of_summer_time(clock, vacancy):
    clock(LAST_MINUTE)
    vacancy.deadline = dt.date(2027, 7, 1)

    [data] = vacancy.structured_data()

    assert data["validThrough"] == "2027-07-01T23:59:59+02:00"


def test_posting_writes_links_out_and_escapes_plain_text(vacancy):
    area = factories.AreaPageFactory(slug="hoerde")
    vacancy.teaser = "Planen & bauen <für alle>."
    vacancy.tasks = f'<p>Planen in <a linktype="page" id="{area.pk}">Hörde</a>.</p>'
    vacancy.deadline = today()

    [data] = vacancy.structured_data()

    start = '<p>Planen &amp; bauen &lt;für alle&gt;.</p><p>Planen in <a href="/gebiete/hoerde/">Hörde</a>.</p>'
    assert data["description"].startswith(start)


@pytest.mark.parametrize("sentence", [EQUALITY_SENTENCE, DISABILITY_SENTENCE, DIVERSITY_SENTENCE], ids=range(3))
def test_fixed_sentences_stand_while_one_can_apply(client, clock, vacancy, sentence):
    clock(LAST_MINUTE)

    assert str(sentence) in client.get(vacancy.url).content.decode()


def test_gender_note_is_written_once():
    plain = factories.VacancyPageFactory(title="Planer*in")
    noted = factories.VacancyPageFactory(title="Planer*in (m/w/d)")

    assert (plain.full_title, noted.full_title) == ("Planer*in (m/w/d)", "Planer*in (m/w/d)")


def test_imported_record_may_have_gaps(client):
    page = factories.VacancyPageFactory(
        deadline=dt.date(2025, 11, 24), grade="", hours="", tasks="", requirements="", benefits="", apply_url=""
    )

    html = client.get(page.url).content.decode()

    assert page.publication_errors() == {}
    assert "Ihre Aufgaben" not in html
    assert "Umfang" not in html


def test_open_record_names_each_gap():
    page = factories.VacancyPageFactory()
    for name in ("grade", "hours", "tasks", "requirements", "benefits", "apply_url"):
        setattr(page, name, "")
    page.start_on, page.is_fixed_term = None, True

    assert set(page.publication_errors()) == {
        "grade",
        "hours",
        "tasks",
        "requirements",
        "benefits",
        "apply_url",
        "start_on",
        "fixed_term_reason",
    }


def test_example_says_that_nobody_can_apply(client):
    page = factories.VacancyPageFactory(is_example=True)

    html = client.get(page.url).content.decode()

    assert "Beispiel – kein echtes Angebot" in html
    assert page.apply_url not in html
    assert json_ld(html) == []


def test_without_vacancies_the_list_says_so_and_leads_on(client, home_page):
    factories.index_page(JobIndexPage, "stellen", "Stellen")
    factories.VacancyPageFactory(live=False)

    html = client.get("/stellen/").content.decode()

    assert "Im Moment ist keine Stelle ausgeschrieben." in html
    assert 'href="/amt/"' in html


def test_earliest_deadline_comes_first(client):
    for days in (20, 5, 10):
        factories.VacancyPageFactory(title=str(days), deadline=today() + dt.timedelta(days=days))

    assert [page.title for page in client.get("/stellen/").context["page_obj"]] == ["5", "10", "20"]


@pytest.mark.parametrize("count", [1, 30])
def test_number_of_queries(client, django_assert_num_queries, count):
    for _ in range(count):
        factories.VacancyPageFactory(responsible_unit=factories.UnitFactory())
    client.get("/stellen/")

    with django_assert_num_queries(6):
        client.get("/stellen/")
