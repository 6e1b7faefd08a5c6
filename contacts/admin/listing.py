"""What the lists of received and of outgoing messages have in common."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet


def moment(value: dt.datetime | None) -> str:
    """Return "22.11.2026, 21:24": in lists of letters the day counts, not "two minutes ago"."""
    return date_format(timezone.localtime(value), "d.m.Y, H:i") if value else ""


class ReceivedIndexView(generic.IndexView):
    """A list without "add" and without export: whoever needs people's words opens the message."""

    list_export: list[str] = []
    related: tuple[str, ...] = ()

    def get_list_buttons(self, instance):
        return []  # the first column leads to the message; a menu with that one entry would only take room

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
