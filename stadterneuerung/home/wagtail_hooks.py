"""The editor's home page and what the roof adds to the admin."""

from django.urls import reverse
from wagtail import hooks
from wagtail.permissions import page_permission_policy

from stadterneuerung.base.open_items import OpenItem
from stadterneuerung.home.admin_panels import ExpiringPanel, QuickActionsPanel
from stadterneuerung.home.content.examples import example_pages


@hooks.register("construct_homepage_panels")
def add_panels(request, panels):
    panels.append(QuickActionsPanel())
    # Whoever works on enquiries alone can open none of its pages.
    if page_permission_policy.user_has_any_permission(request.user, ["add", "change", "publish"]):
        panels.append(ExpiringPanel())


@hooks.register("construct_main_menu")
def hide_unused_items(request, menu_items):
    """The help menu links to pages in English on other hosts."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]


@hooks.register("register_open_items")
def examples_still_live():
    """Nothing invented may be on the site when it goes live; `remove_examples` deletes all of it."""
    for page in example_pages():
        if page.live:
            url = reverse("wagtailadmin_pages:edit", args=[page.pk])
            yield OpenItem(page.title, "ist ein Beispiel und muss vor dem Start gelöscht werden", "Administration", url)
