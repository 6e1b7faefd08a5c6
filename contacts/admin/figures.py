"""The page "Zahlen": plots and tables of a period, for the office or a unit, and each table as a file."""

import datetime as dt
from collections.abc import Sequence

from django import forms
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.dates import MONTHS
from django.utils.http import urlencode
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from contacts.admin.sight import sight_of
from contacts.figures.counts import first_month
from contacts.figures.export import as_csv
from contacts.figures.period import Period, month_start
from contacts.figures.report import Scope, report
from stadterneuerung.base.dates import today
from stadterneuerung.organisation.models import OrganisationUnit

PERMISSION = "contacts.view_enquiry"
NO_MONTH = {"invalid_choice": "Diesen Monat gibt es hier nicht."}


class FiguresForm(forms.Form):
    """Which months, and whose enquiries. Without an answer: the last 24 months of the whole office."""

    von = forms.ChoiceField(label="Von", required=False, error_messages=NO_MONTH)
    bis = forms.ChoiceField(label="Bis", required=False, error_messages=NO_MONTH)
    einheit = forms.ChoiceField(
        label="Einheit",
        required=False,
        error_messages={"invalid_choice": "Diese Einheit gibt es nicht, oder Sie arbeiten nicht für sie."},
    )

    def __init__(self, data: QueryDict, *, units: Sequence[OrganisationUnit]):
        """`units` are those that may be chosen."""
        self.units = {str(unit.pk): unit for unit in units}
        self.usual = Period.usual()
        self.oldest = min(first_month() or self.usual.first, self.usual.first)
        # What is not asked for is shown as what it means, so that the form says what the page is about.
        given = {name: data.get(name, "") for name in self.base_fields}
        given["von"] = given["von"] or f"{self.usual.first:%Y-%m}"
        given["bis"] = given["bis"] or f"{self.usual.last:%Y-%m}"
        super().__init__(given)
        names = [(key, str(unit)) for key, unit in self.units.items()]
        self.fields["einheit"].choices = [("", "das ganze Amt"), *names]
        months = [(f"{month:%Y-%m}", f"{MONTHS[month.month]} {month.year}") for month in reversed(self._all().months)]
        self.fields["von"].choices = self.fields["bis"].choices = months

    def clean(self) -> None:
        first, last = self.cleaned_data.get("von"), self.cleaned_data.get("bis")
        if first and last and first > last:
            self.add_error("bis", "Der Zeitraum endet, bevor er beginnt.")

    @property
    def period(self) -> Period:
        """The months asked for, or the usual ones when the form is wrong."""
        if not self.is_valid():
            return self.usual
        return Period(_month(self.cleaned_data["von"]), _month(self.cleaned_data["bis"]))

    @property
    def unit(self) -> OrganisationUnit | None:
        return self.units.get(self.cleaned_data["einheit"]) if self.is_valid() else None

    def years(self) -> list[tuple[str, str, bool]]:
        """Return (label, query, whether it is shown) for the usual period and for every year, newest first."""
        whole = self._all()
        spans = [("Letzte 24 Monate", self.usual)]
        for year in range(whole.last.year, whole.first.year - 1, -1):
            first, last = dt.date(year, 1, 1), dt.date(year, 12, 1)
            spans.append((str(year), Period(max(first, whole.first), min(last, whole.last))))
        return [(label, self._query(span), span == self.period) for label, span in spans]

    def _query(self, span: Period) -> str:
        unit = {"einheit": self.unit.pk} if self.unit else {}
        return urlencode({"von": f"{span.first:%Y-%m}", "bis": f"{span.last:%Y-%m}"} | unit)

    @property
    def query(self) -> str:
        """What is shown as the query of an address, for the files."""
        return self._query(self.period)

    def _all(self) -> Period:
        return Period(self.oldest, month_start(today()))


def asked(request: HttpRequest) -> tuple[FiguresForm, Scope]:
    """Return the form, and what is to be shown: beside the whole office, one sees the figures of one's own units."""
    units = list(OrganisationUnit.objects.in_first_language().order_by("position", "pk"))
    seen = sight_of(request).units
    visible = None if seen is None else frozenset(seen)
    own = [unit for unit in units if visible is None or unit.pk in visible]
    form = FiguresForm(request.GET, units=own)
    return form, Scope(form.period, units, form.unit, visible)


class FiguresView(WagtailAdminTemplateMixin, TemplateView):
    """Nothing here is about a person, so looking leaves no entry in the audit trail."""

    page_title = "Zahlen"
    header_icon = "order"
    template_name = "admin/contacts/figures.html"
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        form, scope = asked(self.request)
        found = report(scope)
        return super().get_context_data(**kwargs) | {"form": form, "report": found, "as_of": timezone.localtime()}


@permission_required(PERMISSION, raise_exception=True)
def figures_file(request: HttpRequest, key: str) -> HttpResponse:
    """Return one table of the page as CSV, with the same numbers hidden. A wrong query is 404, not other numbers."""
    form, scope = asked(request)
    if not form.is_valid():
        raise Http404
    table = report(scope).table(key)
    if table is None:
        raise Http404
    response = HttpResponse(as_csv(table), content_type="text/csv; charset=utf-8")
    name = f"anfragen_{key}_{scope.key}_stand-{today():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    add_never_cache_headers(response)
    return response


class FiguresMenuItem(MenuItem):
    def __init__(self):
        super().__init__("Zahlen", reverse("contacts_figures"), name="figures", icon_name="order", order=20)

    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)


def _month(text: str) -> dt.date:
    return dt.date.fromisoformat(f"{text}-01")
