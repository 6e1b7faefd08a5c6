"""A page that breaks a rule of publication does not go live, whichever way somebody tries, and is told why."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from jobs.models import VacancyPage
from stadterneuerung.base.publication import PublicationError
from stadterneuerung.home.models import StandardPage
from tests.factories import FundingOfferPageFactory, NewsPageFactory, StandardPageFactory, VacancyPageFactory

REASON = "Bitte nennen Sie die Entgelt- oder Besoldungsgruppe."
FIELD = "Entgelt- oder Besoldungsgruppe"


@pytest.fixture
def admin(client, db):
    user = get_user_model().objects.create_superuser("admin", "admin@example.org", "geheim")
    client.force_login(user)
    return client


@pytest.fixture
def incomplete(home_page) -> VacancyPage:
    """A draft of a vacancy that lacks its grade."""
    page = VacancyPageFactory(grade="", live=False)
    page.save_revision(clean=False)
    return page


def told(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def is_live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


def test_saving_a_live_page_is_refused_with_field_and_reason(incomplete):
    incomplete.live = True

    with pytest.raises(PublicationError) as refusal:
        incomplete.save()

    assert refusal.value.sentences() == [f"{FIELD}: {REASON}"]
    assert not is_live(incomplete)


def test_draft_may_be_incomplete(incomplete):
    incomplete.title = "Neuer Titel"

    incomplete.save()
    incomplete.save_revision(clean=False)

    assert Page.objects.get(pk=incomplete.pk).title == "Neuer Titel"


def test_publishing_from_the_form_names_the_field(admin, incomplete):
    url = reverse("wagtailadmin_pages:edit", args=[incomplete.pk])
    data = _form_data(admin.get(url))

    response = admin.post(url, data | {"action-publish": "1"})

    assert response.status_code == 200
    assert REASON in response.content.decode()
    assert not is_live(incomplete)


def test_saving_a_draft_from_the_form_asks_for_nothing(admin, incomplete):
    url = reverse("wagtailadmin_pages:edit", args=[incomplete.pk])
    data = _form_data(admin.get(url))

    response = admin.post(url, data)

    assert response.status_code == 302
    assert not is_live(incomplete)


def test_bulk_publishing_becomes_a_message(admin, incomplete):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    response = admin.post(f"{url}?id={incomplete.pk}&next=/admin/", {"include_descendants": ""})

    assert response.status_code == 302
    assert f"{FIELD}: {REASON}" in told(response)
    assert not is_live(incomplete)


def test_approval_becomes_a_message(admin, incomplete):
    workflow = Workflow.objects.create(name="Freigabe")
    task = GroupApprovalTask.objects.create(name="Freigabe")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(page=incomplete.get_parent(), workflow=workflow)
    state = workflow.start(incomplete, get_user_model().objects.get())
    url = reverse("wagtailadmin_pages:workflow_action", args=[incomplete.pk, "approve", state.current_task_state.pk])

    response = admin.post(url, {})

    assert response.status_code == 302
    assert f"{FIELD}: {REASON}" in told(response)
    assert not is_live(incomplete)


def test_reverting_to_a_broken_revision_is_refused_at_the_form(admin, home_page):
    page = VacancyPageFactory()
    page.grade = ""
    broken = page.save_revision(clean=False)
    page.grade = "EG 11 TVöD"
    page.save_revision().publish()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = _form_data(admin.get(reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, broken.pk])))

    response = admin.post(url, data | {"action-publish": "1", "revision": str(broken.pk)})

    assert response.status_code == 200
    assert REASON in response.content.decode()
    assert VacancyPage.objects.get(pk=page.pk).grade == "EG 11 TVöD"


def test_scheduling_is_refused_at_the_form(admin, incomplete):
    url = reverse("wagtailadmin_pages:edit", args=[incomplete.pk])
    data = _form_data(admin.get(url))
    go_live_at = timezone.localtime(timezone.now() + dt.timedelta(days=2)).strftime("%Y-%m-%d %H:%M")

    response = admin.post(url, data | {"go_live_at": go_live_at, "action-publish": "1"})

    assert REASON in response.content.decode()
    assert incomplete.revisions.filter(approved_go_live_at__isnull=False).count() == 0


def test_rules_look_at_children_of_the_form(admin, home_page):
    """An offer for single areas needs one; choosing it in the same form satisfies the rule."""
    offer = FundingOfferPageFactory(city_wide=False, live=False)
    url = reverse("wagtailadmin_pages:edit", args=[offer.pk])
    data = _form_data(admin.get(url))

    refused = admin.post(url, data | {"action-publish": "1"})
    accepted = admin.post(url, data | {"city_wide": "on", "action-publish": "1"})

    assert "Bitte wählen Sie Gebiete" in refused.content.decode()
    assert accepted.status_code == 302
    assert is_live(offer)


def test_news_needs_title_teaser_and_text_and_nothing_else(home_page):
    page = NewsPageFactory(live=False)
    page.live = True

    page.save()

    assert is_live(page)


def test_page_that_was_saved_in_the_background_meanwhile_is_led_to(admin, home_page, monkeypatch):
    """The draft takes the address between the check of the form and the saving of the published page."""
    check = StandardPage.publication_errors

    def check_and_save_a_draft(page):
        if not Page.objects.filter(slug="eile").exists():
            StandardPageFactory(title="Eile", slug="eile", live=False)
        return check(page)

    monkeypatch.setattr(StandardPage, "publication_errors", check_and_save_a_draft)
    url = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home_page.pk])
    data = _form_data(admin.get(url)) | {"title": "Eile", "slug": "eile", "teaser": "Es eilt.", "action-publish": "1"}

    response = admin.post(url, data)

    draft = Page.objects.get(slug="eile")
    assert response.status_code == 302
    assert response.url == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert "im Hintergrund als Entwurf gespeichert" in told(response)
    assert not draft.live


def _form_data(response) -> dict[str, str]:
    """Return what a browser would post from the page editor, unchanged."""
    from bs4 import BeautifulSoup

    form = BeautifulSoup(response.content, "html.parser").find("form", id="page-edit-form")
    data: dict[str, str | list[str]] = {"body-count": "0"}  # block editors are built by scripts; an empty body
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type")
        if not name or kind in {"submit", "button", "file"} or name.startswith("action-"):
            continue
        if kind in {"checkbox", "radio"} and not field.has_attr("checked"):
            continue
        if field.name == "select":
            values = [option.get("value", "") for option in field.find_all("option") if option.has_attr("selected")]
            data[name] = values if field.has_attr("multiple") else (values[0] if values else "")
        elif field.name == "textarea":
            data[name] = field.text.removeprefix("\n")
        else:
            data[name] = field.get("value", "")
    return data
