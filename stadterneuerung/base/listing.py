"""Lists that filter by plain GET forms: short addresses, counts, pages, no JavaScript."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from stadterneuerung.base.models.taxonomy import Topic

# Django's own words ask to choose again, or quote the value; here the list is already shown.
UNKNOWN_CHOICE = _("Diese Auswahl gibt es hier nicht. Sie grenzt deshalb nichts ein.")


class FilterForm(forms.Form):
    """Filters of a list. Each field `x` needs a method `filter_x(queryset, value)`.

    A value that no choice knows leaves the list unfiltered and is answered by an error at its field.
    """

    def __init__(self, data, *, index_page):
        self.index_page = index_page
        super().__init__(data)
        for field in self.fields.values():
            if "invalid_choice" in field.error_messages:
                field.error_messages["invalid_choice"] = UNKNOWN_CHOICE

    def apply(self, queryset: QuerySet) -> QuerySet:
        self.is_valid()
        for name, value in self.cleaned_data.items():
            if value not in (None, "", []):
                queryset = getattr(self, f"filter_{name}")(queryset, value)
        return queryset

    @property
    def is_active(self) -> bool:
        return any(value not in (None, "", []) for value in getattr(self, "cleaned_data", {}).values())


class TopicChoiceField(forms.ModelChoiceField):
    """Choice of a topic by its slug, so that addresses stay readable."""

    def __init__(self, **kwargs):
        super().__init__(Topic.objects.none(), to_field_name="slug", required=False, **kwargs)


def topics_of(queryset: QuerySet) -> QuerySet[Topic]:
    """Return the topics that occur in `queryset` (pages with `topics`)."""
    return Topic.objects.filter(pk__in=queryset.order_by().values("topics"))


class ListingMixin:
    """For index pages: filters, counts and pages the result of `get_items()`.

    Template context: `filter_form`, `page_obj` (Django's Page of items), `total`, `is_filtered`.
    """

    per_page = 12
    filter_form_class: type[FilterForm] | None = None

    def get_items(self, request: HttpRequest) -> QuerySet:
        raise NotImplementedError(f"{type(self).__name__} must say what it lists")

    def listing_context(self, request: HttpRequest, items: QuerySet | None = None) -> dict[str, Any]:
        queryset = self.get_items(request) if items is None else items
        form = None
        if self.filter_form_class is not None:
            form = self.filter_form_class(request.GET, index_page=self)
            queryset = form.apply(queryset)
        page_obj = Paginator(queryset, self.per_page).get_page(request.GET.get("seite"))
        return {
            "filter_form": form,
            "page_obj": page_obj,
            "total": page_obj.paginator.count,
            "is_filtered": bool(form and form.is_active),
        }

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | self.listing_context(request)

    def serve(self, request: HttpRequest, *args, **kwargs):
        short = request.GET.copy()
        for name in [name for name, values in request.GET.lists() if not any(values)]:
            del short[name]
        if len(short) != len(request.GET):  # a form sends its empty fields too; addresses stay short
            query = short.urlencode()
            return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)
        return super().serve(request, *args, **kwargs)
