"""What the filters of news and events offer: all by which they find something, and nothing that is not public."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_list_offers_areas_of_news_and_of_their_projects(client):
    own, of_project, draft, _unused = (
        factories.AreaPageFactory(title=title, slug=title.lower(), live=title != "C") for title in "ABCD"
    )
    factories.NewsPageFactory(areas=[own], projects=[factories.ProjectPageFactory(areas=[of_project, draft])])

    form = client.get("/aktuelles/?gebiet=b").context["filter_form"]

    assert form.fields["gebiet"].choices == [("", "alle Gebiete"), ("a", "A"), ("b", "B")]
    assert form.cleaned_data["gebiet"] == "b"


def test_list_offers_areas_of_events_and_of_their_projects(client):
    own, of_project, draft, _unused = (
        factories.AreaPageFactory(title=title, slug=title.lower(), live=title != "C") for title in "ABCD"
    )
    project = factories.ProjectPageFactory(areas=[of_project, draft])
    factories.EventPageFactory(title="Fest", areas=[own], projects=[project])

    response = client.get("/termine/?gebiet=b")

    assert list(response.context["filter_form"].fields["gebiet"].queryset) == [own, of_project]
    assert [page.title for page in response.context["page_obj"]] == ["Fest"]
