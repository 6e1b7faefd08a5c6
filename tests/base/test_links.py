"""Links in rich text: one query for all of a page, never to a page that is not there."""

import pytest
from wagtail.models import Locale
from wagtail.rich_text import expand_db_html

from stadterneuerung.base.links import known_links, linked_ids
from tests.factories import AreaPageFactory, ProjectPageFactory, StandardPageFactory
from tests.pages import cost

pytestmark = pytest.mark.django_db


def link(page, words="dorthin") -> str:
    return f'<a linktype="page" id="{page.pk}">{words}</a>'


def test_all_links_of_a_page_cost_one_query(client):
    projects = [ProjectPageFactory() for _ in range(3)]
    targets = [*projects, AreaPageFactory()]
    plain = StandardPageFactory(body=[("text", "<p>Kein Link.</p>")] * 2)
    linking = StandardPageFactory(body=[("text", f"<p>{link(target)}</p>") for target in targets])

    assert cost(client, linking.url) == cost(client, plain.url) + 1


def test_links_of_pages_are_found_and_those_to_files_left_out():
    target = AreaPageFactory()
    body = f'<p>{link(target)} <a linktype="document" id="99999">Plan</a> <a id="{target.pk}" linktype="page">x</a></p>'
    page = StandardPageFactory(body=[("text", body)])

    assert linked_ids(page) == {target.pk}


def test_words_stay_where_their_page_is_gone_or_withdrawn():
    withdrawn = AreaPageFactory()
    withdrawn.unpublish()

    assert expand_db_html(link(withdrawn)) == "<a>dorthin</a>"
    assert expand_db_html('<a linktype="page" id="99999">dorthin</a>') == "<a>dorthin</a>"
    assert expand_db_html('<a linktype="page" id="unsinn">dorthin</a>') == "<a>dorthin</a>"


def test_link_leads_to_the_page_in_the_language_of_the_reader(client, home_page):
    target, page = StandardPageFactory(slug="ziel"), StandardPageFactory(slug="quelle")
    page.body = [("text", link(target))]
    page.save_revision().publish()
    english = Locale.objects.create(language_code="en")
    for original in (home_page, target, page):
        original.refresh_from_db()
        original.copy_for_translation(english).save_revision().publish()

    assert 'href="/ziel/"' in client.get("/quelle/").content.decode()
    assert 'href="/en/ziel/"' in client.get("/en/quelle/").content.decode()


def test_nothing_is_remembered_beyond_a_request(client):
    target = StandardPageFactory(slug="alt")
    page = StandardPageFactory(body=[("text", link(target))])
    client.get(page.url)
    client.get("/robots.txt")

    assert known_links.get() is None

    target.slug = "neu"
    target.save_revision().publish()
    assert 'href="/neu/"' in client.get(page.url).content.decode()
