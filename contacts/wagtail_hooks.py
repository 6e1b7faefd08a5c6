"""What the contact room adds to the admin."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from contacts.admin import privacy_menu
from contacts.admin.policies import ReceivedPolicy
from contacts.admin.views import MailboxesView, confirm_mailbox
from contacts.admin.viewsets import DeskGroup, SubjectViewSet
from contacts.models import Enquiry, OutboxMessage
from stadterneuerung.base.open_items import OpenItem
from stadterneuerung.organisation.models import OrganisationUnit

for model in (Enquiry, OutboxMessage):
    register_permission_policy(model, ReceivedPolicy(model))

for model, policy in privacy_menu.POLICIES.items():
    register_permission_policy(model, policy(model))

register_snippet(SubjectViewSet)
hooks.register("register_admin_urls", privacy_menu.urls)
for item in privacy_menu.MENU:
    hooks.register("register_desk_menu_item", item.make)


@hooks.register("register_admin_viewset")
def desk():
    return DeskGroup()


@hooks.register("register_admin_viewset")
def privacy():
    return [viewset() for viewset in privacy_menu.VIEWSETS]


@hooks.register("register_admin_urls")
def mailbox_urls():
    return [
        path("postfaecher/", MailboxesView.as_view(), name="contacts_mailboxes"),
        path("postfaecher/bestaetigen/<str:token>/", confirm_mailbox, name="contacts_confirm_mailbox"),
    ]


class MailboxesMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("organisation.change_organisationunit")


@hooks.register("register_desk_menu_item")
def mailboxes_menu_item():
    return MailboxesMenuItem("Postfächer", reverse("contacts_mailboxes"), name="mailboxes", icon_name="group", order=40)


@hooks.register("register_open_items")
def unconfirmed_mailboxes():
    """A unit without a confirmed mailbox gets its mail through the office; that works, so it blocks nothing."""
    for unit in OrganisationUnit.objects.exclude(mailbox="").filter(mailbox_confirmed_at=None):
        missing = f"Bestätigung des Postfachs {unit.mailbox} durch eine Testmail"
        yield OpenItem(unit.display_name, missing, "Administration", reverse("contacts_mailboxes"), False)


@hooks.register("register_open_items")
def mail_that_does_not_leave():
    stuck = OutboxMessage.objects.stuck().count()
    if stuck:
        missing = f"{stuck} Mails im Postausgang, die sich nicht senden lassen"
        yield OpenItem("Mailversand", missing, "IT der Stadt", reverse("outbox:index"))
