"""What data protection sees in the menu of the desk, and its addresses. `wagtail_hooks` registers it."""

from dataclasses import dataclass

from django.urls import path, reverse
from wagtail.admin.menu import MenuItem

from contacts.admin.holds import HoldsView
from contacts.admin.people import ErasureRequestsView, PeopleView
from contacts.admin.policies import ReadPolicy, VersionPolicy
from contacts.admin.privacy import AuditViewSet, DeletionRunViewSet, PurposeViewSet
from contacts.models import AuditEntry, DeletionRun, ProcessingPurpose

VIEWSETS = [AuditViewSet, DeletionRunViewSet, PurposeViewSet]
POLICIES = {AuditEntry: ReadPolicy, DeletionRun: ReadPolicy, ProcessingPurpose: VersionPolicy}


class PermittedMenuItem(MenuItem):
    """A menu item for those who have a right."""

    def __init__(self, label: str, url: str, *, permission: str, **kwargs):
        super().__init__(label, url, **kwargs)
        self.permission = permission

    def is_shown(self, request):
        return request.user.has_perm(self.permission)


@dataclass(frozen=True)
class Entry:
    """One line of the menu; its address is known only when the menu is made."""

    label: str
    url_name: str
    permission: str
    icon: str
    order: int

    def make(self) -> MenuItem:
        return PermittedMenuItem(
            self.label,
            reverse(self.url_name),
            permission=f"contacts.{self.permission}",
            name=self.url_name.replace(":", "-"),
            icon_name=self.icon,
            order=self.order,
        )


MENU = [
    Entry("Auskunft und Löschung", "contacts_people", "handle_requests", "user", 80),
    Entry("Anträge auf Löschung", "contacts_erasure_requests", "handle_requests", "bin", 81),
    Entry("Ausgesetzte Löschung", "contacts_holds", "hold_enquiries", "lock", 82),
    Entry("Zwecke und Fristen", "purpose:index", "view_processingpurpose", "doc-full", 83),
    Entry("Löschprotokoll", "deletionrun:index", "view_deletionrun", "bin", 84),
    Entry("Zugriffsprotokoll", "audit:index", "view_auditentry", "history", 85),
]


def urls():
    return [
        path("anfragen/auskunft/", PeopleView.as_view(), name="contacts_people"),
        path("anfragen/loeschantraege/", ErasureRequestsView.as_view(), name="contacts_erasure_requests"),
        path("anfragen/aussetzen/", HoldsView.as_view(), name="contacts_holds"),
    ]
