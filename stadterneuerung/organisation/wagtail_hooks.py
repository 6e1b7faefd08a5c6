"""Units, service points and memberships in the admin."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from stadterneuerung.organisation.models import Membership, OrganisationUnit, ServicePoint
from stadterneuerung.organisation.viewsets import SeenViewSet


class UnitViewSet(SeenViewSet):
    model = OrganisationUnit
    icon = "group"
    list_display = ["__str__", "kind", "parent", "mailbox", "as_of"]
    list_filter = ["kind"]


class ServicePointViewSet(SeenViewSet):
    model = ServicePoint
    icon = "home"
    list_display = ["name", "street", "unit", "as_of"]


class MembershipViewSet(SeenViewSet):
    model = Membership
    icon = "user"
    list_display = ["user", "unit"]
    list_filter = ["unit"]


class OrganisationGroup(SnippetViewSetGroup):
    menu_label = "Organisation"
    menu_icon = "group"
    menu_order = 300
    items = (UnitViewSet, ServicePointViewSet, MembershipViewSet)


register_snippet(OrganisationGroup)
