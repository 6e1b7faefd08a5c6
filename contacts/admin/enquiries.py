"""The desk's list of enquiries: saved views, search and filters, and what may be done to those that are ticked."""

from django.db.models import F
from django.utils.functional import cached_property

from contacts import audit
from contacts.admin import columns
from contacts.admin.filters import DeskFilterForm
from contacts.admin.listing import ReceivedIndexView, ReceivedViewSet
from contacts.desk import bulk, saved_views
from contacts.desk.warnings import desk_warnings
from contacts.models import Enquiry
from contacts.units import units_of


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
    def visible(self):
        return Enquiry.objects.visible_to(self.request.user)

    @cached_property
    def filter_form(self) -> DeskFilterForm:
        return DeskFilterForm(self.request.GET, user=self.request.user, visible=self.visible)

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
        return self.saved_view.select(self.visible, self.request.user).select_related(*self.related)

    def get_ordering(self):
        wanted = self.request.GET.get("ordering", "")
        return wanted if wanted in self.get_valid_orderings() else self.saved_view.ordering

    def order_queryset(self, queryset):
        column = self.ordering.removeprefix("-")
        if self.ordering.startswith("-"):
            return queryset.order_by(F(column).desc(), "-pk")
        return queryset.order_by(F(column).asc(), "pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.filter_form.search_words:
            audit.record(audit.Action.LISTED, self.request.user, detail=f"Ansicht {self.saved_view.label}")
        user = self.request.user
        counts = saved_views.counts(self.visible, user)
        acts = bulk.OF_QUARANTINE if self.saved_view is saved_views.QUARANTINE else bulk.OF_OTHERS
        return context | {
            "saved_view": self.saved_view,
            "saved_views": [(view, counts.get(view.key)) for view in saved_views.VIEWS],
            "filter_form": self.filter_form,
            "is_narrowed": bool(self.filter_form.active or self.filter_form.search_words),
            "acts": [bulk.ACTS[key] for key in acts] if user.has_perm("contacts.change_enquiry") else [],
            "everything": saved_views.EVERYTHING,
            "warnings": desk_warnings() if user.has_perm("contacts.view_all_enquiries") else [],
            "has_no_unit": not context["object_list"] and self._has_no_unit(user),
        }

    def _has_no_unit(self, user) -> bool:
        return not user.has_perm("contacts.view_all_enquiries") and not units_of(user)


class EnquiryViewSet(ReceivedViewSet):
    model = Enquiry
    name = "enquiry"
    url_prefix = "anfragen"
    icon = "mail"
    menu_label = "Anfragen"
    index_view_class = EnquiryIndexView
    edit_template_name = "admin/contacts/enquiry_edit.html"
    inspect_template_name = "admin/contacts/enquiry_inspect.html"
    form_fields: list[str] = []
