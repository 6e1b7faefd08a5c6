"""Lists and detail views of what came in and what went out."""

import datetime as dt

from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import SubmenuMenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.snippets.views.snippets import SnippetViewSet

from contacts.admin.enquiry import EnquiryView
from contacts.admin.views import retry_message
from contacts.models import Enquiry, EnquirySubject, OutboxMessage


def _moment(moment: dt.datetime | None) -> str:
    """Return "22.11.2026, 21:24": in lists of letters the day counts, not "two minutes ago"."""
    return date_format(timezone.localtime(moment), "d.m.Y, H:i") if moment else ""


RECEIVED = Column(
    "created_at", label="Eingegangen", accessor=lambda record: _moment(record.created_at), sort_key="created_at"
)
SUSPICION = Column(
    "is_suspicious",
    label="Hinweis",
    accessor=lambda record: "bitte prüfen" if record.is_suspicious else "",
    sort_key="is_suspicious",
)


class ReceivedIndexView(generic.IndexView):
    """A list without "add" and without export: whoever needs people's words opens the message."""

    list_export: list[str] = []
    related: tuple[str, ...] = ()

    def get_list_buttons(self, instance):
        return []  # the reference leads to the message; a menu with that one entry would only take room

    def get_base_queryset(self):
        return super().get_base_queryset().select_related(*self.related)


class ReceivedViewSet(ModelViewSet):
    """Common to what nobody adds, copies or deletes by hand."""

    copy_view_enabled = False
    inspect_view_enabled = True
    search_backend_name = None  # the database's own search: people's words stay out of the search index
    add_to_reference_index = False
    list_per_page = 30
    ordering = ["-created_at"]


class EnquiryIndexView(ReceivedIndexView):
    related = ("unit",)


class EnquiryFilters(WagtailFilterSet):
    class Meta:
        model = Enquiry
        fields = ["state", "kind", "subject", "unit", "is_suspicious"]


class EnquiryViewSet(ReceivedViewSet):
    model = Enquiry
    name = "enquiry"
    icon = "mail"
    menu_label = "Anfragen"
    index_view_class = EnquiryIndexView
    inspect_view_enabled = False
    form_fields: list[str] = []
    list_display = [
        "reference",
        RECEIVED,
        Column("subject_name", label="Betreff", sort_key="subject_name"),
        Column("page_title", label="Projekt oder Gebiet", sort_key="page_title"),
        Column("unit", label="Einheit", accessor=lambda enquiry: enquiry.unit or "", sort_key="unit"),
        Column("state", label="Stand", accessor="get_state_display", sort_key="state"),
        SUSPICION,
    ]
    filterset_class = EnquiryFilters
    search_fields = ["reference", "name", "email", "message", "subject_name", "page_title"]

    @property
    def edit_view(self):
        return EnquiryView.as_view()


class OutboxIndexView(ReceivedIndexView):
    related = ("enquiry",)

    def get_edit_url(self, instance):
        return None


class OutboxInspectView(generic.InspectView):
    def get_edit_url(self):
        return None

    def get_context_data(self, **kwargs):
        may_retry = self.user_has_permission("change") and self.object.state != OutboxMessage.State.SENT
        retry_url = reverse("outbox:retry", args=[self.object.pk]) if may_retry else ""
        return super().get_context_data(**kwargs) | {"retry_url": retry_url}


class OutboxViewSet(ReceivedViewSet):
    """What left, what waits, what could not be sent. Nothing is edited, but sending can be tried anew."""

    model = OutboxMessage
    name = "outbox"
    icon = "upload"
    menu_label = "Postausgang"
    index_view_class = OutboxIndexView
    inspect_view_class = OutboxInspectView
    inspect_template_name = "admin/contacts/outbox_inspect.html"
    form_fields: list[str] = []
    list_display = [
        "__str__",
        Column("to", label="An", sort_key="to"),
        Column("created_at", label="Angelegt", accessor=lambda mail: _moment(mail.created_at), sort_key="created_at"),
        Column("state", label="Stand", accessor="get_state_display", sort_key="state"),
        Column("attempts", label="Versuche", sort_key="attempts"),
        Column("last_error", label="Letzter Fehler"),
        Column("sent_at", label="Gesendet", accessor=lambda mail: _moment(mail.sent_at), sort_key="sent_at"),
    ]
    list_filter = ["state", "kind"]
    search_fields = ["to", "subject", "message_id"]

    def get_urlpatterns(self):
        kept = [url for url in super().get_urlpatterns() if url.name in {"index", "index_results", "inspect"}]
        return [*kept, path("retry/<int:pk>/", retry_message, name="retry")]

    def register_admin_url_finder(self):
        """There is no edit view to be found."""


class SubjectViewSet(SnippetViewSet):
    model = EnquirySubject
    icon = "list-ul"
    menu_label = "Betreffe"
    menu_hook = "register_desk_menu_item"
    menu_order = 30
    list_display = ["name", "unit", "position", BooleanColumn("active", label="wird angeboten")]
    list_filter = ["active"]
    search_fields = ["name"]


class CountingSubmenu(SubmenuMenuItem):
    """The menu of the desk says how many enquiries nobody has opened yet."""

    def render_component(self, request):
        component = super().render_component(request)
        if count := Enquiry.objects.new().count():
            component.label = f"{self.label} ({count})"  # the sidebar has room for no more
        return component


class DeskGroup(ModelViewSetGroup):
    menu_label = "Anfragen"
    menu_name = "enquiries"
    menu_icon = "mail"
    menu_order = 250
    submenu_hook = "register_desk_menu_item"
    items = (EnquiryViewSet, OutboxViewSet)

    def get_menu_item(self, order=None):
        item = super().get_menu_item(order)
        return CountingSubmenu(item.label, item.menu, name=item.name, icon_name=item.icon_name, order=item.order)
