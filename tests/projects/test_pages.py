"""What the pages of projects, offers and participation say, what they leave out, and what they cost."""

import datetime as dt

import pytest
from wagtail.models import Page

from projects.models import FundingIndexPage, FundingNotice, Milestone, ProjectDocument, ProjectFigure, ProjectIndexPage
from projects.models import ProjectGalleryImage as Photo
from stadterneuerung.base.dates import today
from tests import factories
from tests.html import read
from tests.pages import cost, document, leaves_files_open, photo, restrict

pytestmark = pytest.mark.django_db


def titles(pages) -> list[str]:
    return [page.title for page in pages]


def full_project(children: int):
    """Return a project that has `children` of everything a project can have."""
    project = factories.ProjectPageFactory(slug="voll", image=photo("Kopf"), aims="<p>Ziele.</p>")
    programme = factories.ProgrammeFactory()
    for number in range(children):
        area = factories.AreaPageFactory()
        factories.AreaGeometryFactory(area=area)
        project.areas.add(area)
        project.service_points.add(factories.ServicePointFactory())
        project.milestones.add(Milestone(title=f"Schritt {number}", date=dt.date(2020 + number % 9, 1, 1)))
        project.figures.add(ProjectFigure(label="Bäume", value=str(number), as_of="2024", source="Amt"))
        project.funding_notices.add(FundingNotice(programme=programme, from_eu=True, period="2021-2027"))
        project.documents.add(ProjectDocument(document=document(f"Plan {number}")))
        project.gallery.add(Photo(image=photo(f"Bild {number}")))
        factories.FundingOfferPageFactory(project=project)
        for related in (
            factories.ParticipationPageFactory(),
            factories.NewsPageFactory(),
            factories.EventPageFactory(),
        ):
            related.projects.add(project)
            related.save()
    project.save()
    return project


@leaves_files_open
@pytest.mark.parametrize("children", [1, 3])
def test_a_project_with_everything_costs_the_same_for_one_and_many(client, home_page, children):
    full_project(children)

    assert cost(client, "/projekte/voll/") == 13


@leaves_files_open
@pytest.mark.parametrize("items", [1, 3])
@pytest.mark.parametrize(
    ("factory", "address", "queries"),
    [
        (factories.ProjectPageFactory, "/projekte/", 10),
        (factories.FundingOfferPageFactory, "/foerderung/", 9),
        (factories.ParticipationPageFactory, "/beteiligung/", 7),
    ],
)
def test_lists_cost_the_same_for_one_and_many(client, home_page, factory, address, queries, items):
    for _number in range(items):
        factory(image=photo())

    assert cost(client, address) == queries


@pytest.mark.parametrize("items", [1, 3])
def test_milestones_of_cards_without_a_picture_are_loaded_together(client, home_page, items):
    for _number in range(items):
        factories.ProjectPageFactory()

    assert cost(client, "/projekte/") == 10


def test_list_of_projects_leaves_out_drafts_and_restricted_pages(client, home_page):
    factories.ProjectPageFactory(title="Öffentlich")
    factories.ProjectPageFactory(title="Entwurf", live=False)
    restrict(factories.ProjectPageFactory(title="Intern"))

    response = client.get("/projekte/")

    assert titles(response.context["page_obj"]) == ["Öffentlich"]


def test_a_restricted_section_hides_what_lies_below(client, home_page):
    factories.ProjectPageFactory()
    restrict(ProjectIndexPage.objects.get())

    response = client.get("/")

    assert response.context["projects"] == []


def test_project_shows_only_published_pages_around_it(client, home_page):
    project = factories.ProjectPageFactory(slug="park")
    for title, live in (("Öffentlich", True), ("Entwurf", False), ("Intern", True)):
        factories.FundingOfferPageFactory(title=title, live=live, project=project)
        for factory in (factories.ParticipationPageFactory, factories.NewsPageFactory, factories.EventPageFactory):
            page = factory(title=title, live=live)
            page.projects.add(project)
            page.save()
    for page in Page.objects.filter(title="Intern"):
        restrict(page)

    context = client.get("/projekte/park/").context

    names = ("offers", "participations", "news", "upcoming_events")
    assert {name: titles(context[name]) for name in names} == {name: ["Öffentlich"] for name in names}


def test_dates_of_a_project_are_parted_by_the_clock(client, home_page):
    project = factories.ProjectPageFactory(slug="park")
    for days in (-9, -2, 2, 9):
        event = factories.EventPageFactory(title=str(days))
        event.starts_at += dt.timedelta(days=days - 7)
        event.projects.add(project)
        event.save()

    context = client.get("/projekte/park/").context

    assert (titles(context["upcoming_events"]), titles(context["past_events"])) == (["2", "9"], ["-2", "-9"])


def test_support_by_the_eu_stands_between_title_and_state(client, home_page):
    project = factories.ProjectPageFactory(slug="park", aims="<p>Ein Park.</p>", start_on=dt.date(2020, 1, 1))
    notice = FundingNotice(programme=factories.ProgrammeFactory(name="EFRE"), from_eu=True, period="2014-2020")
    project.funding_notices.add(notice)
    project.save()

    text = read(client.get("/projekte/park/")).text

    wording = "Investition in unsere Zukunft"
    assert text.index(project.teaser) < text.index(wording) < text.index("Stand nicht bestätigt")


def test_a_project_without_eu_money_shows_no_emblem(client, home_page):
    factories.ProjectPageFactory(slug="park")

    assert "EU-Emblem" not in client.get("/projekte/park/").content.decode()


def test_an_expected_date_that_passed_in_silence_is_not_called_done(client, home_page):
    project = factories.ProjectPageFactory(slug="park")
    project.milestones.add(Milestone(title="Baubeginn", date=dt.date(2021, 1, 1), precision="year", tentative=True))
    project.save()

    text = read(client.get("/projekte/park/")).text

    assert "voraussichtlich 2021 · noch nicht bestätigt" in text


def test_the_question_button_names_the_project(client, home_page):
    project = factories.ProjectPageFactory(slug="park")

    assert f'href="/kontakt/?zu={project.pk}"' in client.get("/projekte/park/").content.decode()


def test_filters_narrow_the_list_and_say_when_nothing_is_left(client, home_page):
    factories.ProjectPageFactory(title="Läuft", start_on=dt.date(2020, 1, 1), end_on=dt.date(2999, 1, 1))
    factories.ProjectPageFactory(title="Geplant", start_on=dt.date(2998, 1, 1))

    running = client.get("/projekte/?status=running")
    nothing = client.get("/projekte/?status=completed")

    assert titles(running.context["page_obj"]) == ["Läuft"]
    assert "Zu dieser Auswahl gibt es keinen Eintrag." in read(nothing).text


@pytest.mark.parametrize("query", ["status=quatsch", "seite=-3", "seite=abc", "gebiet=%00x", "thema=nein&programm=1'"])
def test_nonsense_in_the_address_never_breaks_a_list(client, home_page, query):
    factories.ProjectPageFactory()

    assert client.get(f"/projekte/?{query}").status_code in (200, 400)


def test_offer_says_its_state_its_amount_and_that_there_is_no_claim(client, home_page):
    factories.FundingOfferPageFactory(
        slug="hof", percent=50, cap=20000, amount_source="Richtlinie", runs_until=dt.date(2999, 12, 31),
        runs_until_source="Richtlinie",
    )  # fmt: skip

    text = read(client.get("/foerderung/hof/")).text

    for words in ("offen", "bis zu 50 % der Kosten", "20.000 €", "Läuft bis 31. Dezember 2999.", "kein Rechtsanspruch",
                  "Das Angebot gilt in ganz Dortmund."):  # fmt: skip
        assert words in text


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({}, "Uns liegt keine aktuelle Bestätigung vor"),
        ({"runs_until": dt.date(2020, 12, 31)}, "Lief bis 31. Dezember 2020."),
        ({"closed_on": dt.date(2021, 3, 1)}, "Geschlossen seit 1. März 2021."),
    ],
)
def test_offer_never_says_more_than_is_known(client, home_page, dates, words):
    factories.FundingOfferPageFactory(slug="hof", **dates)

    text = read(client.get("/foerderung/hof/")).text

    assert words in text
    assert "Ein fester Betrag ist hier nicht genannt." in text
    assert "Erst fragen, dann bauen" not in text


def test_offers_that_are_open_stand_first(client, home_page):
    factories.FundingOfferPageFactory(title="A geschlossen", closed_on=dt.date(2021, 1, 1))
    factories.FundingOfferPageFactory(title="B unbestätigt")
    factories.FundingOfferPageFactory(title="C offen", confirmed_on=today())

    assert titles(client.get("/foerderung/").context["page_obj"]) == ["C offen", "B unbestätigt", "A geschlossen"]


def test_programmes_are_told_with_predecessors_and_source(client, home_page):
    factories.index_page(FundingIndexPage, "foerderung", "Förderung")
    factories.ProgrammeFactory(
        name="Sozialer Zusammenhalt", since="2020", predecessors="Soziale Stadt", source="foerderdatenbank.de"
    )

    text = read(client.get("/foerderung/")).text

    for words in ("Sozialer Zusammenhalt", "seit 2020", "Soziale Stadt", "foerderdatenbank.de"):
        assert words in text


def test_participation_without_a_result_is_ended_and_no_more(client, home_page):
    page = factories.ParticipationPageFactory(
        slug="mitreden", starts_on=dt.date(2023, 1, 1), ends_on=dt.date(2023, 2, 1)
    )

    assert "Ein Ergebnis liegt hier noch nicht vor." in read(client.get(page.url)).text


def test_participation_with_a_result_is_completed(client, home_page):
    page = factories.ParticipationPageFactory(
        starts_on=dt.date(2023, 1, 1), ends_on=dt.date(2023, 2, 1), result="<p>Mehr Bänke.</p>"
    )

    text = read(client.get(page.url)).text

    assert "abgeschlossen" in text
    assert "Mehr Bänke." in text


def test_participation_links_only_published_subjects(client, home_page):
    page = factories.ParticipationPageFactory(slug="mitreden")
    page.projects.add(
        factories.ProjectPageFactory(title="Offen"), factories.ProjectPageFactory(title="Neu", live=False)
    )
    page.areas.add(factories.AreaPageFactory(title="Nord"), factories.AreaPageFactory(title="Fern", live=False))
    page.save()

    context = client.get("/beteiligung/mitreden/").context

    assert (titles(context["projects"]), titles(context["areas"])) == (["Offen"], ["Nord"])


def test_preview_of_a_project_that_was_never_saved(home_page):
    index = factories.index_page(ProjectIndexPage, "projekte", "Projekte")
    project = factories.ProjectPageFactory.build(slug="neu")
    project.path, project.depth = index.path + "0009", index.depth + 1

    response = project.make_preview_request(preview_mode=project.default_preview_mode)

    assert response.status_code == 200


def test_an_amount_says_what_it_is_a_part_of_and_no_date_that_nobody_confirmed(client, home_page):
    offer = factories.FundingOfferPageFactory(
        percent=90, percent_of="der Materialkosten", amount_source="Richtlinie", runs_until=dt.date(2999, 6, 30)
    )

    text = read(client.get(offer.url)).text

    assert "bis zu 90 % der Materialkosten" in text
    assert "2999" not in text


def test_an_offer_with_a_budget_does_not_ask_to_inquire_about_the_amount(home_page):
    offer = factories.FundingOfferPageFactory(city_wide=True, budget_note="15.000 Euro")

    assert offer.picture.context["label"] == ""


def test_restricted_pages_are_named_nowhere(client, home_page):
    area = factories.AreaPageFactory(title="Internes Gebiet")
    project = factories.ProjectPageFactory(title="Internes Projekt")
    offer = factories.FundingOfferPageFactory(project=project, areas=[area], city_wide=False)
    factories.ProjectPageFactory(areas=[area])
    quarter = factories.AreaPageFactory(part_of=area)
    study = factories.StudyPageFactory(area=area)
    restrict(area)
    restrict(project)

    for address in (offer.url, quarter.url, study.url, "/projekte/", "/foerderung/"):
        assert "Intern" not in client.get(address).content.decode(), address
