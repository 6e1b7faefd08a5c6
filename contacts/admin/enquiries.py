"""The desk's list of enquiries: saved views, search and filters, and what may be done to those that are ticked."""

from django.db.models import F
from django.utils.functional import cached_property

from contacts import audit
from contacts.admin import columns
from contacts.admin.enquiry import EnquiryView
from contacts.admin.filters import DeskFilterForm
from contacts.admin.listing import ReceivedIndexView, ReceivedViewSet
from contacts.admin.sight import sight_of
from contacts.desk import bulk, saved_views
from contacts.desk.warnings import desk_warnings
from contacts.models import Enquiry
from stadterneuerung.organisation.models import OrganisationUnit

MOST_PAGED = 10_000  # counting all that was ever closed would take longer than showing a page of it


class EnquiryIndexView(ReceivedIndexView):
    """`?ansicht=` names a saved view; the fields of the filters stand beside it in the address."""

    template_name = "admin/contacts/desk_list.html"
    results_template_name = "admin/contacts/desk_results.html"
    is_searchable = False  # the form of the filters searches too; Wagtail's own needs JavaScript
    related = ("unit", "assignee")

    @cached_property
    def saved_view(self) -> saved_views.SavedView:
        return saved_views.view_named(self.request.GET.get("ansicht", ""))

    @cached_property
    def sight(self):
        return sight_of(self.request)

    @cached_property
    def filter_form(self) -> DeskFilterForm:
        return DeskFilterForm(self.request.GET, self.sight)

    @cached_property
    def columns(self):
        match self.saved_view:
            case saved_views.QUARANTINE:
                return columns.OF_QUARANTINE_VIEW
            case saved_views.DONE:
                return columns.OF_DONE
        return columns.OF_DESK

    def get_queryset(self):
        return self.order_queryset(self.filter_form.apply(self.get_base_queryset()))

    def get_base_queryset(self):
        return self.saved_view.select(self.sight.enquiries, self.request.user).select_related(*self.related)

    def get_ordering(self):
        wanted = self.request.GET.get("ordering", "")
        return wanted if wanted in self.get_valid_orderings() else self.saved_view.ordering

    def order_queryset(self, queryset):
        column = self.ordering.removeprefix("-")
        if self.ordering.startswith("-"):
            return queryset.order_by(F(column).desc(), "-pk")
        return queryset.order_by(F(column).asc(), "pk")

    @property
    def is_narrowed(self) -> bool:
        return bool(self.filter_form.given)

    def get_paginator(self, queryset, per_page, **kwargs):
        """The count of a view that nothing narrows is known already; of long ones only the first are leafed through."""
        paginator = super().get_paginator(queryset, per_page, **kwargs)
        known = self.sight.counts.get(self.saved_view.key)
        if known is not None and not self.is_narrowed:
            paginator.count = known
        else:
            paginator.count = queryset.order_by()[:MOST_PAGED].count()
        if self.filter_form.counts_a_colleague:
            paginator.items_count_label = ""  # below the list
        return paginator

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if "q" in self.filter_form.given:
            audit.record(audit.Action.LISTED, self.request.user, detail=f"Ansicht {self.saved_view.label}")
        user = self.request.user
        acts = bulk.OF_QUARANTINE if self.saved_view is saved_views.QUARANTINE else bulk.OF_OTHERS
        return context | {
            "saved_view": self.saved_view,
            "saved_views": [(view, self.sight.counts.get(view.key)) for view in saved_views.VIEWS],
            "filter_form": self.filter_form,
            "is_narrowed": self.is_narrowed,
            "is_cut": context["paginator"].count == MOST_PAGED,
            "acts": [bulk.ACTS[key] for key in acts] if user.has_perm("contacts.change_enquiry") else [],
            "everything": saved_views.EVERYTHING,
            # Not above what was looked for: whoever looks for something has come past them.
            "warnings": [] if self.is_narrowed else desk_warnings(user, self.sight.counts),
            "has_no_unit": self.sight.units == set(),
            # Asked for by an empty view alone. None: the account sees the enquiries of all units.
            "own_units": OrganisationUnit.objects.filter(pk__in=self.sight.units or ()),
        }


class EnquiryViewSet(ReceivedViewSet):
    model = Enquiry
    name = "enquiry"
    url_prefix = "anfragen"
    icon = "mail"
    menu_label = "Anfragen"
    index_view_class = EnquiryIndexView
    inspect_view_enabled = False
    form_fields: list[str] = []

    @property
    def edit_view(self):
        return EnquiryView.as_view()

    def get_urlpatterns(self):
        """Without the framework's history, usage and deletion: they know neither units nor the audit trail."""
        return [url for url in super().get_urlpatterns() if url.name in {"index", "index_results", "edit"}]
