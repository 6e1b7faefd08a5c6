"""The command that sets up the site: on a full and on an empty database, once and again."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import Collection, GroupApprovalTask, GroupPagePermission, Page, Site, Workflow

from stadterneuerung.home.roles import ROLES
from tests import factories


def test_setup_can_be_repeated(home_page):
    factories.NewsPageFactory()
    call_command("setup_site", verbosity=0)

    def state():
        return {
            "groups": sorted(Group.objects.values_list("name", flat=True)),
            "page rights": GroupPagePermission.objects.count(),
            "rights": sorted(Permission.objects.filter(group__isnull=False).values_list("pk", flat=True)),
            "collections": sorted(Collection.objects.values_list("name", flat=True)),
            "workflows": sorted(Workflow.objects.values_list("name", flat=True)),
            "tasks": GroupApprovalTask.objects.count(),
            "sites": list(Site.objects.values_list("hostname", "port", "is_default_site")),
            "pages": Page.objects.count(),
        }

    first = state()
    call_command("setup_site", verbosity=0)

    assert state() == first
    assert first["groups"] == sorted(ROLES)
    assert first["workflows"] == ["Freigabe"]


@pytest.mark.django_db
def test_setup_of_an_empty_database_leaves_nothing_english(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://stadterneuerung.example"

    call_command("setup_site", verbosity=0)

    site = Site.objects.get()
    assert (site.hostname, site.port, site.root_page.specific_class.__name__) == (
        "stadterneuerung.example",
        443,
        "HomePage",
    )
    assert not Page.objects.filter(title__startswith="Welcome").exists()
