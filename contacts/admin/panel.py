"""The desk on the admin's home page: how many wait, each number leading to its list."""

from dataclasses import dataclass

from django.urls import reverse
from wagtail.admin.ui.components import Component

from contacts.admin.sight import sight_of
from contacts.desk import saved_views
from contacts.models import OutboxMessage


@dataclass(frozen=True)
class Line:
    label: str
    count: int
    url: str
    is_alarm: bool = False


class DeskPanel(Component):
    name = "desk"
    template_name = "admin/contacts/desk_panel.html"
    order = 15

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        counts = sight_of(parent_context["request"]).counts
        shown = [saved_views.MINE, saved_views.NEW, saved_views.OVERDUE, saved_views.QUARANTINE]
        alarms = [saved_views.OVERDUE, saved_views.QUARANTINE]
        lines = [Line(view.label, counts[view.key], view.url, view in alarms) for view in shown]
        if user.has_perm("contacts.view_outboxmessage"):
            stuck = OutboxMessage.objects.stuck().count()
            lines.append(Line("Mails, die sich nicht senden lassen", stuck, reverse("outbox:index"), True))
        return {"lines": lines}
