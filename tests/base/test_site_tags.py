"""Tags that every template may use: navigation, breadcrumb, languages, badges, pagination, structured data."""

import json
import re
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.models import Locale

from stadterneuerung.base.pictures import Picture, Status
from tests.factories import StandardPageFactory


@pytest.fixture
def show(rf):
    """Render template source as a page at `path` would."""

    def render(source: str, path: str = "/", **context) -> str:
        request = rf.get(path, SERVER_NAME="localhost")
        return Template("{% load form_tags site_tags %}" + source).render(Context({"request": request, **context}))

    return render


def menu_page(title: str, slug: str, **fields):
    return StandardPageFactory(title=title, slug=slug, show_in_menus=True, **fields)


def test_navigation_lists_live_menu_pages_in_tree_order(home_page, show):
    menu_page("Projekte", "projekte")
    menu_page("Kontakt", "kontakt")
    StandardPageFactory(title="Impressum", slug="impressum", show_in_menus=False)
    menu_page("Entwurf", "entwurf", live=False)

    html = show("{% main_navigation %}")

    row = html.split("</ul>")[0]
    assert re.findall(r'href="([^"]*)"[^>]*>([^<]*)</a>', row) == [("/projekte/", "Projekte"), ("/kontakt/", "Kontakt")]


def test_navigation_leaves_out_pages_further_down(home_page, show):
    index = menu_page("Projekte", "projekte")
    menu_page("Grüner Ring", "gruener-ring", parent=index)

    assert "Grüner Ring" not in show("{% main_navigation %}")


@pytest.mark.parametrize(
    ("path", "mark"), [("/projekte/", 'aria-current="page"'), ("/projekte/hafen/", 'aria-current="true"')]
)
def test_navigation_marks_the_current_section(home_page, show, path, mark):
    menu_page("Projekte", "projekte")
    menu_page("Kontakt", "kontakt")

    html = show("{% main_navigation %}", path=path)

    assert html.count(f'href="/projekte/" {mark}') == 2  # the row and the folded menu
    assert html.count("aria-current") == 2


@pytest.mark.parametrize("count", [1, 5])
def test_navigation_costs_one_query_beside_the_site(home_page, show, django_assert_num_queries, count):
    for number in range(count):
        menu_page(f"Seite {number}", f"s{number}")
    request_of_earlier = show("{% main_navigation %}")  # fills Wagtail's cache of root paths

    with django_assert_num_queries(2):
        assert show("{% main_navigation %}") == request_of_earlier


def test_navigation_shows_the_tree_of_the_active_language(home_page, show):
    english = Locale.objects.create(language_code="en")
    menu_page("Projekte", "projekte")
    home = home_page.copy_for_translation(english)
    home.save_revision().publish()
    projects = StandardPageFactory(title="Projects", slug="projects", show_in_menus=True, parent=home, locale=english)

    with translation.override("en"):
        html = show("{% main_navigation %}", path="/en/")

    assert projects.title in html
    assert "Projekte" not in html


def test_navigation_is_absent_without_menu_pages(home_page, show):
    assert "<nav" not in show("{% main_navigation %}")


def test_breadcrumb_leads_from_the_start_page_to_the_page(home_page, show):
    page = StandardPageFactory(title="Hafen & Ufer", slug="hafen", parent=menu_page("Projekte", "projekte"))

    html = show("{% breadcrumb page %}", page=page)

    assert re.findall(r'<a href="([^"]*)">([^<]*)</a>', html) == [("/", "Startseite"), ("/projekte/", "Projekte")]
    assert '<span aria-current="page">Hafen &amp; Ufer</span>' in html


def test_breadcrumb_of_a_route_links_its_page(home_page, show):
    page = menu_page("Aktuelles", "aktuelles")

    html = show('{% breadcrumb page "2025" %}', page=page)

    assert '<a href="/aktuelles/">Aktuelles</a>' in html
    assert '<span aria-current="page">2025</span>' in html


def test_start_page_has_no_breadcrumb(home_page, show):
    assert show("{% breadcrumb page %}", page=home_page).strip() == ""


def test_breadcrumb_and_its_structured_data_ask_for_the_ancestors_once(home_page, show, django_assert_num_queries):
    page = StandardPageFactory(slug="tief", parent=menu_page("Projekte", "projekte"))
    show("{% breadcrumb page %}", page=StandardPageFactory(slug="anders"))

    with django_assert_num_queries(2):  # the site of the request and the ancestors
        show("{% breadcrumb page %}{% structured_data page %}", page=page)


def test_structured_data_names_the_way_with_full_addresses(home_page, show):
    page = menu_page("Projekte", "projekte")

    data = json.loads(re.search(r"<script[^>]*>(.*?)</script>", show("{% structured_data page %}", page=page)).group(1))

    assert [(item["position"], item["name"], item["item"]) for item in data["itemListElement"]] == [
        (1, "Startseite", "http://localhost/"),
        (2, "Projekte", "http://localhost/projekte/"),
    ]


def test_structured_data_cannot_close_its_element(home_page, show):
    page = menu_page("</script><script>alert(1)</script>", "boese")

    html = show("{% structured_data page %}", page=page)

    assert html.count("</script>") == 1
    assert json.loads(re.search(r">(.*)</script>", html).group(1))["itemListElement"][1]["name"] == page.title


def test_examples_have_no_structured_data(home_page, show):
    page = menu_page("Beispiel", "beispiel", is_example=True)

    assert show("{% structured_data page %}", page=page) == ""


def test_languages_are_offered_only_when_a_translation_is_live(home_page, show):
    english = Locale.objects.create(language_code="en")
    draft = home_page.copy_for_translation(english)
    each = "{% for one in all %}{{ one.code }} {{ one.name }} {{ one.url }};{% endfor %}"
    source = "{% live_translations page as all %}" + each

    assert show(source, page=home_page) == ""

    draft.save_revision().publish()

    del home_page._live_translations
    assert show(source, page=home_page) == "de Deutsch /;en English /en/;"


@pytest.mark.parametrize(
    ("tone", "sign"), [("planned", "planned"), ("running", "running"), ("done", "check"), ("something", "question")]
)
def test_badge_says_its_state_in_a_word_beside_the_sign(show, tone, sign):
    html = show("{% status_badge status %}", status=Status(tone, "läuft", "seit 2022"))

    assert f"icons.svg#{sign}" in html
    assert "läuft" in html
    assert "seit 2022" in html


def test_no_state_no_badge(show):
    assert show("{% status_badge status %}", status=None).strip() == ""


@pytest.mark.parametrize(
    ("name", "context"),
    [
        ("date_tile", {"day": None, "time": "", "place": "", "state": ""}),
        ("funding_bar", {"value": "bis zu 50 %", "label": "der Kosten", "parts": [], "note": ""}),
        ("garden_dots", {"count": 46, "label": "Gärten"}),
        ("grade_card", {"grade": "", "hours": "", "deadline": None, "days_left": None, "closed": True}),
        ("locator", {"outline": None, "name": "Stadtgebiet"}),
        ("milestones", {"states": [], "current": "Planung", "start": "", "end": ""}),
        ("office", {"unit": None}),
        ("study_grid", {"year": None, "label": "Studie"}),
    ],
)
def test_every_picture_can_be_drawn_from_little_data(show, name, context):
    page = SimpleNamespace(image=None, picture=Picture(name, context))

    html = show('{% page_picture page "card" %}', page=page)

    assert "None" not in html
    assert re.search(r'class="(picture|locator)[^"]*--card', html)


def test_page_without_picture_draws_nothing(show):
    assert show("{% page_picture page %}", page=SimpleNamespace(image=None, picture=None)) == ""


def test_pages_of_a_list_keep_the_filters_and_have_short_addresses(show):
    page_obj = Paginator(range(100), 10).page(2)

    html = show("{% pagination page_obj %}", path="/projekte/?gebiet=nord%26west&seite=2", page_obj=page_obj)

    assert 'href="?gebiet=nord%26west" rel="prev"' in html
    assert 'href="?gebiet=nord%26west&amp;seite=3" rel="next"' in html
    assert re.search(r'<span aria-current="page">.*2</span>', html)


def test_first_page_of_an_unfiltered_list_has_the_plain_address(show):
    html = show("{% pagination page_obj %}", path="/projekte/?seite=2", page_obj=Paginator(range(30), 10).page(2))

    assert 'href="/projekte/" rel="prev"' in html


def test_short_list_has_no_pagination(show):
    assert show("{% pagination page_obj %}", page_obj=Paginator(range(3), 10).page(1)).strip() == ""


class SampleForm(forms.Form):
    name = forms.CharField(
        label="Name", help_text="So sprechen wir Sie an.", error_messages={"required": "Name fehlt."}
    )
    kind = forms.ChoiceField(label="Art", choices=[("a", "A")], required=False)
    agreed = forms.BooleanField(label="Gelesen")


def test_field_ties_help_and_error_to_the_input(show):
    form = SampleForm({"name": "", "agreed": "on"}, auto_id="id_%s")

    html = render_to_string("components/form_field.html", {"field": form["name"]})

    described = re.search(r'aria-describedby="([^"]*)"', html).group(1).split()
    assert described == ["id_name_helptext", "id_name_error"]
    assert all(f'id="{identifier}"' in html for identifier in described)
    assert 'aria-invalid="true"' in html
    assert "Name fehlt." in html
    assert "freiwillig" not in html


def test_optional_field_says_so():
    html = render_to_string("components/form_field.html", {"field": SampleForm()["kind"]})

    assert "freiwillig" in html
    assert "kern-form-input__select-wrapper" in html


def test_error_summary_leads_to_each_field():
    html = render_to_string("components/error_summary.html", {"form": SampleForm({})})

    assert re.findall(r'href="#([^"]*)"', html) == ["id_name", "id_agreed"]
    assert "2 Angaben fehlen" in html
