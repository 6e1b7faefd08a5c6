"""Lists: short addresses, unknown filter values, pages that do not exist."""

import pytest

from tests.factories import AreaPageFactory, TopicFactory


@pytest.fixture
def areas(home_page):
    return [
        AreaPageFactory(title="Hörde", slug="hoerde", kind="conversion"),
        AreaPageFactory(title="Nordstadt", slug="nordstadt", kind="social_cohesion"),
    ]


def titles(response) -> list[str]:
    return [page.title for page in response.context["page_obj"]]


def test_empty_fields_of_a_form_are_dropped_from_the_address(client, areas):
    response = client.get("/gebiete/?art=&bezirk=hoerde&thema=")

    assert response.status_code == 302
    assert response.headers["Location"] == "/gebiete/?bezirk=hoerde"


def test_filter_by_kind(client, areas):
    response = client.get("/gebiete/?art=conversion")

    assert titles(response) == ["Hörde"]
    assert response.context["is_filtered"]


def test_filter_by_topic_offers_only_topics_in_use(client, areas):
    used, _unused = TopicFactory(slug="gruen"), TopicFactory(slug="laut")
    areas[0].topics.add(used)
    areas[0].save()

    response = client.get("/gebiete/?thema=gruen")

    assert titles(response) == ["Hörde"]
    assert list(response.context["filter_form"].fields["thema"].queryset) == [used]


@pytest.mark.parametrize("name", ["art", "thema"])
def test_unknown_choice_is_answered_in_our_own_words(client, areas, name):
    form = client.get(f"/gebiete/?{name}=gibt-es-nicht").context["filter_form"]

    assert form.errors == {name: ["Diese Auswahl gibt es hier nicht. Sie grenzt deshalb nichts ein."]}


@pytest.mark.parametrize("query", ["art=unbekannt", "thema=gibt-es-nicht", "art=%00x", "seite=999", "seite=abc", "x=1"])
def test_nonsense_is_answered_with_the_list(client, areas, query):
    response = client.get(f"/gebiete/?{query}")

    assert response.status_code in {200, 400}
    if response.status_code == 200:
        assert titles(response) == ["Hörde", "Nordstadt"]
