"""Groups may do what the tables in home/roles.py say, and nothing more."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from stadterneuerung.base.models import SiteSettings
from stadterneuerung.home.roles import ADMINISTRATORS, APPROVERS, CASEWORKERS, DATA_PROTECTION, EDITORS
from tests import factories

PUBLISHED_BY_EDITORS = [factories.NewsPageFactory, factories.EventPageFactory, factories.VacancyPageFactory]
APPROVED_BY_OTHERS = [
    factories.ProjectPageFactory,
    factories.AreaPageFactory,
    factories.FundingOfferPageFactory,
    factories.ParticipationPageFactory,
    factories.StudyPageFactory,
    factories.StandardPageFactory,
    factories.OfficePageFactory,
]


def ids(page_factory) -> str:
    return page_factory._meta.model.__name__


@pytest.fixture(scope="module")
def keys_of_pages(rows_of_module) -> dict:
    """One page of each kind, and the site set up with them."""
    keys = {page_factory: page_factory().pk for page_factory in [*PUBLISHED_BY_EDITORS, *APPROVED_BY_OTHERS]}
    call_command("setup_site", verbosity=0)
    return keys


@pytest.fixture
def pages(db, keys_of_pages) -> dict:
    return {page_factory: page_factory._meta.model.objects.get(pk=key) for page_factory, key in keys_of_pages.items()}


def member_of(group: str):
    user = get_user_model().objects.create_user("mitglied", "mitglied@example.org", "geheim")
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.mark.parametrize("page_factory", PUBLISHED_BY_EDITORS, ids=ids)
def test_editors_publish_news_events_and_vacancies(pages, page_factory):
    permissions = pages[page_factory].permissions_for_user(member_of(EDITORS))

    assert permissions.can_edit()
    assert permissions.can_publish()


@pytest.mark.parametrize("page_factory", APPROVED_BY_OTHERS, ids=ids)
def test_editors_submit_the_rest(pages, page_factory):
    permissions = pages[page_factory].permissions_for_user(member_of(EDITORS))

    assert permissions.can_edit()
    assert permissions.can_submit_for_moderation()
    assert not permissions.can_publish()
    assert not permissions.can_delete()


@pytest.mark.parametrize("page_factory", [*PUBLISHED_BY_EDITORS, *APPROVED_BY_OTHERS], ids=ids)
@pytest.mark.parametrize("group", [APPROVERS, ADMINISTRATORS])
def test_approvers_and_administrators_publish_everything(pages, page_factory, group):
    assert pages[page_factory].permissions_for_user(member_of(group)).can_publish()


def test_submitted_page_waits_for_approvers_and_administrators(pages):
    workflow = pages[factories.ProjectPageFactory].get_workflow()

    task = workflow.tasks.get()

    assert set(task.specific.groups.values_list("name", flat=True)) == {APPROVERS, ADMINISTRATORS}


ADMIN_PAGES = {
    "open_items": {EDITORS, APPROVERS, ADMINISTRATORS},
    "wagtailadmin_home": {EDITORS, APPROVERS, ADMINISTRATORS},
    "wagtailsnippets_organisation_servicepoint:list": {EDITORS, APPROVERS, ADMINISTRATORS},
    "wagtailsnippets_organisation_organisationunit:add": {APPROVERS, ADMINISTRATORS},
    "wagtailsnippets_organisation_membership:list": {ADMINISTRATORS},
    "wagtailsnippets_kataster_mapbackground:list": {ADMINISTRATORS},
    "wagtailusers_users:index": {ADMINISTRATORS},
    "wagtailredirects:index": {ADMINISTRATORS},
}


@pytest.mark.parametrize("view", ADMIN_PAGES)
@pytest.mark.parametrize("group", [EDITORS, APPROVERS, ADMINISTRATORS])
def test_admin_pages_by_group(client, pages, view, group):
    client.force_login(member_of(group))

    response = client.get(reverse(view))

    assert (response.status_code == 200) == (group in ADMIN_PAGES[view])


@pytest.mark.parametrize(("group", "may"), [(EDITORS, False), (APPROVERS, False), (ADMINISTRATORS, True)])
def test_facts_of_the_office_are_kept_by_administrators(client, pages, group, may):
    client.force_login(member_of(group))
    url = reverse("wagtailsettings:edit", args=["base", "sitesettings", SiteSettings.load().pk])

    assert (client.get(url).status_code == 200) == may


@pytest.mark.parametrize(
    ("group", "codename", "may"),
    [
        (EDITORS, "contacts.view_enquiry", True),
        (EDITORS, "contacts.change_enquiry", True),
        (EDITORS, "contacts.delete_enquiry", False),
        (ADMINISTRATORS, "contacts.delete_enquiry", False),
        (EDITORS, "contacts.view_all_enquiries", False),
        (CASEWORKERS, "contacts.change_enquiry", True),
        (CASEWORKERS, "contacts.view_all_enquiries", False),
        (APPROVERS, "contacts.view_all_enquiries", True),
        (DATA_PROTECTION, "contacts.view_auditentry", True),
        (DATA_PROTECTION, "contacts.view_enquiry", False),
        (EDITORS, "contacts.view_outboxmessage", False),
        (ADMINISTRATORS, "contacts.view_outboxmessage", True),
    ],
)
def test_rights_at_the_desk(pages, group, codename, may):
    assert member_of(group).has_perm(codename) is may


def test_right_granted_by_hand_is_taken_back(pages):
    """The tables are the whole truth."""
    group = Group.objects.get(name=EDITORS)
    group.permissions.add(Permission.objects.get(codename="delete_enquiry"))

    call_command("setup_site", verbosity=0)

    assert not group.permissions.filter(codename="delete_enquiry").exists()
