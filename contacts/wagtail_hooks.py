"""What the contact room adds to the admin."""

from email.utils import parseaddr

from django.conf import settings
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from contacts.admin import privacy_menu
from contacts.admin.answers import AnswerTemplateViewSet
from contacts.admin.attachments import download
from contacts.admin.bulk import BulkView
from contacts.admin.enquiry import print_case_file
from contacts.admin.feedback import FeedbackView
from contacts.admin.figures import FiguresMenuItem, FiguresView, figures_file
from contacts.admin.menu import DeskGroup
from contacts.admin.new_link import NewLinkView
from contacts.admin.panel import DeskPanel
from contacts.admin.policies import ReceivedPolicy
from contacts.admin.recording import RecordView
from contacts.admin.routing import DeputyViewSet, RuleViewSet, UnitDeskViewSet
from contacts.admin.routing_trial import RoutingTrialView
from contacts.admin.subjects import SubjectViewSet
from contacts.admin.views import MailboxesView, confirm_mailbox
from contacts.desk.warnings import rule_url
from contacts.models import Enquiry, OutboxMessage, RoutingRule
from stadterneuerung.base.open_items import OpenItem
from stadterneuerung.organisation.models import OrganisationUnit

for model in (Enquiry, OutboxMessage):
    register_permission_policy(model, ReceivedPolicy(model))

for viewset in (SubjectViewSet, RuleViewSet, DeputyViewSet, UnitDeskViewSet, AnswerTemplateViewSet):
    register_snippet(viewset)
for model, policy in privacy_menu.POLICIES.items():
    register_permission_policy(model, policy(model))

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
def routing_trial_url():
    return [path("anfragen/verteilung/ausprobieren/", RoutingTrialView.as_view(), name="contacts_routing_trial")]


@hooks.register("register_admin_urls")
def desk_urls():
    return [path("anfragen/mehrere/", BulkView.as_view(), name="desk_bulk")]


@hooks.register("construct_homepage_panels")
def desk_panel(request, panels):
    if request.user.has_perm("contacts.view_enquiry"):
        panels.append(DeskPanel())


@hooks.register("register_admin_urls")
def mailbox_urls():
    return [
        path("postfaecher/", MailboxesView.as_view(), name="contacts_mailboxes"),
        path("postfaecher/bestaetigen/<str:token>/", confirm_mailbox, name="contacts_confirm_mailbox"),
    ]


@hooks.register("register_admin_urls")
def enquiry_urls():
    return [
        path("anfragen/aufnehmen/", RecordView.as_view(), name="contacts_record"),
        path("anfragen/<int:pk>/rueckmeldung/", FeedbackView.as_view(), name="contacts_feedback"),
        path("anfragen/<int:pk>/akte.pdf", print_case_file, name="contacts_case_file"),
    ]


class RecordMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("contacts.change_enquiry")


@hooks.register("register_desk_menu_item")
def record_menu_item():
    return RecordMenuItem("Aufnehmen", reverse("contacts_record"), name="record", icon_name="plus", order=5)


@hooks.register("register_admin_urls")
def figures_urls():
    return [
        path("anfragen/zahlen/", FiguresView.as_view(), name="contacts_figures"),
        path("anfragen/zahlen/<slug:key>.csv", figures_file, name="contacts_figures_file"),
    ]


@hooks.register("register_desk_menu_item")
def figures_menu_item():
    return FiguresMenuItem()


@hooks.register("register_admin_urls")
def citizen_urls():
    return [
        path("anfragen/datei/<int:pk>/", download, name="contacts_attachment"),
        path("anfragen/<int:pk>/statusseite/", NewLinkView.as_view(), name="contacts_renew_link"),
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
        yield OpenItem(str(unit), missing, "Administration", reverse("contacts_mailboxes"), False)


@hooks.register("register_open_items")
def rules_that_point_nowhere():
    for rule in RoutingRule.objects.pointing_nowhere():
        yield OpenItem("Verteilung der Anfragen", f"Einheit der Regel „{rule}“", "Freigabe", rule_url(rule))


@hooks.register("register_open_items")
def sender_without_a_domain():
    """The default is an address that cannot exist: mail from it is taken for forged (docs/betrieb.md)."""
    if parseaddr(settings.DEFAULT_FROM_EMAIL)[1].endswith(".example"):
        missing = "Absenderadresse in einer Domain mit SPF, DKIM und DMARC (DEFAULT_FROM_EMAIL)"
        yield OpenItem("Absender der Mails", missing, "IT der Stadt")


@hooks.register("register_open_items")
def mail_that_does_not_leave():
    stuck = OutboxMessage.objects.stuck().count()
    if stuck:
        missing = f"{stuck} Mails an das Amt, die sich nicht senden lassen"
        yield OpenItem("Mailversand", missing, "IT der Stadt", reverse("outbox:index"))
