"""The editor's home page and what the roof adds to the admin."""

from wagtail import hooks

from stadterneuerung.home.admin_panels import ExpiringPanel, QuickActionsPanel


@hooks.register("construct_homepage_panels")
def add_panels(request, panels):
    panels.extend([QuickActionsPanel(), ExpiringPanel()])


@hooks.register("construct_main_menu")
def hide_unused_items(request, menu_items):
    """The help menu links to pages in English on other hosts."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]
