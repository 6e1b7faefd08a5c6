"""Lists for data protection: who read what, what was deleted, and the versions of purposes and periods."""

import django_filters
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from contacts.models import AuditEntry, DeletionRun, ProcessingPurpose
from stadterneuerung.base.dates import today


def _moment(name: str, label: str) -> Column:
    """A column with the second: in a trail, the order within a minute counts."""
    return Column(
        name,
        label=label,
        accessor=lambda row: date_format(timezone.localtime(getattr(row, name)), "d.m.Y, H:i:s"),
        sort_key=name,
    )


class PlainIndexView(generic.IndexView):
    """A list that is only read: no export, no menu at its rows."""

    list_export: list[str] = []
    results_template_name = "admin/contacts/results.html"

    def get_edit_url(self, instance):
        return None

    def get_list_buttons(self, instance):
        return []


class AuditIndexView(PlainIndexView):
    page_title = "Zugriffsprotokoll"  # of which there is one; its entries are counted


class ReadOnlyViewSet(ModelViewSet):
    """A list and nothing else. There are no addresses for adding, changing and deleting."""

    index_view_class = PlainIndexView
    index_results_template_name = "admin/contacts/results.html"
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 50
    form_fields: list[str] = []
    kept_urls = {"index", "index_results"}

    def get_urlpatterns(self):
        return [url for url in super().get_urlpatterns() if url.name in self.kept_urls]

    def register_admin_url_finder(self):
        """There is no edit view to be found."""


class AuditFilters(WagtailFilterSet):
    at = django_filters.DateFromToRangeFilter(label="Zeitraum", widget=DateRangePickerWidget)
    actor = django_filters.CharFilter(label="Konto", lookup_expr="iexact")
    action = django_filters.ChoiceFilter(label="Was", choices=AuditEntry.Action.choices, empty_label="alles")
    label = django_filters.CharFilter(label="Vorgangsnummer", lookup_expr="iexact")

    class Meta:
        model = AuditEntry
        fields: list[str] = []


class AuditViewSet(ReadOnlyViewSet):
    model = AuditEntry
    name = "audit"
    index_view_class = AuditIndexView
    url_prefix = "anfragen/protokoll"
    icon = "history"
    menu_label = "Zugriffsprotokoll"
    ordering = ["-number"]
    filterset_class = AuditFilters
    list_display = [
        Column("number", label="Nummer"),
        _moment("at", "Wann"),
        Column("actor", label="Konto"),
        Column("action", label="Was", accessor="get_action_display"),
        Column(
            "label", label="Vorgang", accessor=lambda entry: entry.label or ("gelöscht" if entry.enquiry_id else "")
        ),
        Column("detail", label="Einzelheit"),
    ]


class DeletionRunViewSet(ReadOnlyViewSet):
    model = DeletionRun
    name = "deletionrun"
    url_prefix = "anfragen/loeschprotokoll"
    icon = "bin"
    menu_label = "Löschprotokoll"
    ordering = ["-at"]
    list_display = [_moment("at", "Wann"), *[Column(name) for name in DeletionRun.COUNTS]]


class NewVersionView(generic.CopyView):
    """The form for the next version, filled in with what an earlier one says."""

    def get_initial_form_instance(self):
        version = super().get_initial_form_instance()
        version.valid_from = max(version.valid_from, today())
        return version


class PurposeIndexView(generic.IndexView):
    list_export: list[str] = []
    add_item_label = "Neue Fassung"

    def get_edit_url(self, instance):
        return None


class PurposeInspectView(generic.InspectView):
    def get_edit_url(self):
        return None

    def get_delete_url(self):
        return None


class PurposeCreateView(generic.CreateView):
    """Saving leads to the list: there is nothing to edit."""

    def get_edit_url(self):
        return self.get_success_url()

    def get_success_buttons(self):
        return []


class PurposeViewSet(ReadOnlyViewSet):
    model = ProcessingPurpose
    name = "purpose"
    url_prefix = "anfragen/zwecke"
    icon = "doc-full-inverse"
    menu_label = "Zwecke und Fristen"
    index_view_class = PurposeIndexView
    add_view_class = PurposeCreateView
    copy_view_class = NewVersionView
    copy_view_enabled = True
    inspect_view_enabled = True
    inspect_view_class = PurposeInspectView
    inspect_view_fields = [
        "key",
        "version",
        "valid_from",
        "purpose",
        "legal_basis",
        "recipients",
        "voluntariness",
        "retention_days",
        "retention_from",
        "archive_duty",
        "archive_days",
        "created_at",
    ]
    kept_urls = {"index", "index_results", "add", "copy", "inspect"}
    ordering = ["key", "-version"]
    form_fields = None
    list_display = [
        "__str__",
        Column("valid_from", label="gilt ab", accessor=lambda row: f"{row.valid_from:%d.%m.%Y}"),
        Column("retention_days", label="Tage"),
        Column("retention_from", label="gezählt ab"),
        BooleanColumn("archive_duty", label="Stadtarchiv"),
    ]
