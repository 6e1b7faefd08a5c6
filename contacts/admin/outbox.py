"""The list of outgoing mail, and one mail of it."""

from django.urls import path, reverse
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic

from contacts import audit
from contacts.admin.listing import ReceivedIndexView, ReceivedViewSet, moment
from contacts.admin.views import retry_message
from contacts.models import OutboxMessage


class OutboxIndexView(ReceivedIndexView):
    related = ("enquiry",)

    def get_edit_url(self, instance):
        return None

    def get_context_data(self, **kwargs):
        """The list shows addresses; whoever searches or filters looks for somebody, each time."""
        if self.is_searching or self.is_filtering:
            audit.record(audit.Action.LISTED, self.request.user, detail="Postausgang, gesucht")
        else:
            audit.record_listing(self.request.user, "Postausgang")
        return super().get_context_data(**kwargs)


class OutboxInspectView(generic.InspectView):
    def get_edit_url(self):
        return None

    def get_context_data(self, **kwargs):
        if self.object.enquiry:
            audit.record_reading(self.request.user, self.object.enquiry)
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
    index_results_template_name = "admin/contacts/results.html"
    inspect_template_name = "admin/contacts/outbox_inspect.html"
    form_fields: list[str] = []
    list_display = [
        "__str__",
        Column("to", label="An", sort_key="to"),
        Column("created_at", label="Angelegt", accessor=lambda mail: moment(mail.created_at), sort_key="created_at"),
        Column("state", label="Stand", accessor="get_state_display", sort_key="state"),
        Column("attempts", label="Versuche", sort_key="attempts"),
        Column("last_error", label="Letzter Fehler"),
        Column("sent_at", label="Gesendet", accessor=lambda mail: moment(mail.sent_at), sort_key="sent_at"),
    ]
    list_filter = ["state", "kind"]
    search_fields = ["to", "subject", "message_id"]

    def get_urlpatterns(self):
        kept = [url for url in super().get_urlpatterns() if url.name in {"index", "index_results", "inspect"}]
        return [*kept, path("retry/<int:pk>/", retry_message, name="retry")]

    def register_admin_url_finder(self):
        """There is no edit view to be found."""
