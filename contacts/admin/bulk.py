"""The page on which an act on many enquiries is confirmed, and what became of it. Works without JavaScript."""

import re

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from contacts.desk import bulk
from contacts.desk.acts import OFFICE
from contacts.models import Enquiry
from stadterneuerung.organisation.models import OrganisationUnit

NOTE_LENGTH = 2000
_ITEM = re.compile(r"([0-9]{1,18})(?::([0-9]{1,9}))?")


class DetailsForm(forms.Form):
    """What an act needs to know besides the enquiries."""

    unit = forms.ChoiceField(
        label="Einheit, die sie bekommt",
        error_messages={"required": "Bitte wählen Sie die Einheit, die diese Anfragen bekommt."},
    )
    note = forms.CharField(
        label="Vermerk (nur für das Amt)",
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, act: bulk.Act, data=None):
        super().__init__(data)
        if act.asks_unit:
            units = [(str(unit.pk), str(unit)) for unit in OrganisationUnit.objects.in_first_language()]
            self.fields["unit"].choices = [("", "bitte auswählen"), *units, (OFFICE, "das Amt (keine Einheit)")]
        else:
            del self.fields["unit"]
        if not act.asks_note:
            del self.fields["note"]

    def details(self) -> dict:
        """Return what `bulk.carry_out` needs."""
        details = dict(self.cleaned_data)
        if "unit" in details:
            chosen = details["unit"]
            details["unit"] = None if chosen == OFFICE else OrganisationUnit.objects.get(pk=chosen)
        return details


class BulkView(WagtailAdminTemplateMixin, TemplateView):
    """GET `act` and `id`s shows what would be done; POST `item`s (id:version as shown) does it."""

    template_name = "admin/contacts/desk_bulk.html"
    page_title = "Mehrere Anfragen bearbeiten"
    header_icon = "mail"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("contacts.change_enquiry"):
            raise PermissionDenied
        # Never redirect(): it takes what is no address for the name of a view, and fails.
        self.next_url = get_valid_next_url_from_request(request) or reverse("enquiry:index")
        self.act = bulk.ACTS.get(request.POST.get("act") or request.GET.get("act", ""))
        self.visible = Enquiry.objects.visible_to(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.refusal(request.GET.getlist("id")) or self.show(DetailsForm(self.act))

    def post(self, request):
        if refusal := self.refusal(request.POST.getlist("item")):
            return refusal
        form = DetailsForm(self.act, request.POST)
        if not form.is_valid():
            return self.show(form)
        outcome = bulk.carry_out(self.act, self.visible, self.chosen, request.user, **form.details())
        if outcome.refused or outcome.missing:
            return self.render_to_response(self.get_context_data(outcome=outcome))
        messages.success(request, f"{counted(len(outcome.done))} {self.act.done}.")
        return HttpResponseRedirect(self.next_url)

    def refusal(self, items: list[str]):
        """Read which are meant; return an answer when there is nothing to be asked about them."""
        parsed = [_ITEM.fullmatch(item) for item in items]
        self.chosen = {int(item[1]): int(item[2] or 0) for item in parsed if item}
        problem = ""
        if self.act is None:
            problem = "Bitte wählen Sie, was mit den Anfragen geschehen soll."
        elif not self.chosen:
            problem = "Bitte kreuzen Sie zuerst an, um welche Anfragen es geht."
        elif len(self.chosen) > bulk.MOST:
            problem = f"Das geht mit höchstens {bulk.MOST} Anfragen auf einmal."
        if not problem:
            return None
        messages.warning(self.request, problem)
        return HttpResponseRedirect(self.next_url)

    def show(self, form: DetailsForm):
        enquiries = list(self.visible.kept().filter(pk__in=self.chosen).select_related("unit").order_by("created_at"))
        if not enquiries:
            messages.warning(self.request, "Von diesen Anfragen gehört keine (mehr) zu Ihren Einheiten.")
            return HttpResponseRedirect(self.next_url)
        # Who corrects a field still acts on what was shown first.
        items = [(enquiry, self.chosen[enquiry.pk] or enquiry.version) for enquiry in enquiries]
        return self.render_to_response(self.get_context_data(form=form, items=items))

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("enquiry:index"), "label": "Anfragen"},
            {"url": "", "label": self.act.label},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"act": self.act, "next_url": self.next_url}


def counted(number: int) -> str:
    return "1 Anfrage" if number == 1 else f"{number} Anfragen"
