"""The page "Auskunft und Löschung": find what is held about somebody, hand it out, ask for it to be erased."""

from django import forms
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from contacts import audit, person_report, requests
from contacts.desk.actions import NotPossible
from contacts.models import Enquiry, ErasureRequest
from contacts.people import Found, Wanted, find

EXPORTS = {
    "json": (person_report.as_json, "application/json", "auskunft.json"),
    "pdf": (person_report.as_pdf, "application/pdf", "auskunft.pdf"),
}
_LONGEST = 254


class SearchForm(forms.Form):
    """What the person tells us. It comes by POST, so that it stands in no address and no log."""

    email = forms.CharField(label="E-Mail-Adresse", required=False, max_length=_LONGEST)
    phone = forms.CharField(label="Telefon", required=False, max_length=200)
    name = forms.CharField(label="Name", required=False, max_length=120)
    reference = forms.CharField(label="Vorgangsnummer", required=False, max_length=20)

    def clean(self):
        cleaned = super().clean()
        given = [value for value in cleaned.values() if value]
        if not given and not self.errors:
            raise forms.ValidationError("Bitte füllen Sie mindestens ein Feld aus.")
        if any(len(value) < 3 for value in given):
            raise forms.ValidationError("Bitte geben Sie mindestens drei Zeichen ein; sonst wird zu viel gefunden.")
        return cleaned

    @property
    def wanted(self) -> Wanted:
        return Wanted(**self.cleaned_data)


class RequestForm(forms.Form):
    """How it is known that the person is who they say."""

    identity = forms.ChoiceField(
        label="Wie wurde die Identität geprüft?",
        choices=[("", "Bitte auswählen"), *ErasureRequest.Identity.choices],
        error_messages={"required": "Bitte wählen Sie aus, wie die Identität geprüft wurde."},
    )
    note = forms.CharField(
        label="Vermerk zur Prüfung",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Was genau geprüft wurde und wann. Keine Ausweiskopie. Wird bei der Entscheidung gelöscht.",
        error_messages={"required": "Bitte vermerken Sie, was geprüft wurde."},
    )


class PeopleView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    permission_required = "contacts.handle_requests"
    raise_exception = True
    page_title = "Auskunft und Löschung"
    header_icon = "user"
    template_name = "admin/contacts/people.html"
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"form": SearchForm(), "request_form": RequestForm()} | kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Search; with `was` also hand out ("json", "pdf") or ask for erasure ("loeschen") of the cases `vorgang`."""
        form = SearchForm(request.POST)
        if not form.is_valid():
            return self._answer(form, status=422)
        wanted = form.wanted
        found = find(wanted)
        # Whatever comes of it: an answer that refuses the act shows what was found, too.
        audit.record(audit.Action.SEARCHED, request.user, detail=f"Prüfwert {wanted.digest[:16]}, {len(found)} Treffer")
        act = request.POST.get("was", "")
        if act not in (*EXPORTS, "loeschen"):
            return self._answer(form, found=found, chosen=[row.enquiry.pk for row in found if row.own])
        # Only what the search shows can be chosen: the form names no other case.
        numbers = set(request.POST.getlist("vorgang"))
        chosen = [row.enquiry for row in found if str(row.enquiry.pk) in numbers]
        if not chosen:
            problem = "Bitte wählen Sie mindestens einen Vorgang aus."
            return self._answer(form, found=found, chosen=[], problem=problem, status=422)
        if act == "loeschen":
            return self._ask_for_erasure(form, found, chosen)
        return self._export(act, chosen)

    def _export(self, act: str, chosen: list[Enquiry]) -> HttpResponse:
        make, content_type, name = EXPORTS[act]
        content = make(chosen)
        for enquiry in chosen:
            audit.record(audit.Action.EXPORTED, self.request.user, enquiry, detail=act.upper())
        response = HttpResponse(content, content_type=content_type)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response

    def _ask_for_erasure(self, form: SearchForm, found: list[Found], chosen: list[Enquiry]) -> HttpResponse:
        request_form = RequestForm(self.request.POST)
        keep = {"found": found, "chosen": [enquiry.pk for enquiry in chosen], "request_form": request_form}
        if not request_form.is_valid():
            return self._answer(form, **keep, status=422)
        try:
            made = requests.enter(form.wanted, chosen, self.request.user, **request_form.cleaned_data)
        except NotPossible as error:
            return self._answer(form, **keep, problem=str(error), status=409)
        messages.success(self.request, f"{made} ist angelegt. Ein zweites Konto muss zustimmen.")
        return redirect("contacts_erasure_requests")

    def _answer(self, form: SearchForm, *, status: int = 200, **context) -> HttpResponse:
        response = self.render_to_response(self.get_context_data(form=form, **context), status=status)
        response["Cache-Control"] = "private, no-store"
        return response


class ErasureRequestsView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """The requests, newest first, and the decision on those that are open."""

    permission_required = "contacts.handle_requests"
    raise_exception = True
    page_title = "Anträge auf Löschung"
    header_icon = "bin"
    template_name = "admin/contacts/erasure_requests.html"
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]

    def get_context_data(self, **kwargs):
        audit.record_listing(self.request.user, self.page_title)  # a note on an identity names people
        made = ErasureRequest.objects.select_related("requested_by", "decided_by").prefetch_related("enquiries")
        return super().get_context_data(**kwargs) | {"erasure_requests": made[:200]}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Decide: `antrag` (id) and `was` ("zustimmen", "ablehnen")."""
        number, act = request.POST.get("antrag", ""), request.POST.get("was", "")
        known = number.isdecimal() and len(number) < 10
        made = ErasureRequest.objects.filter(pk=int(number)).first() if known else None
        decide = {"zustimmen": requests.approve, "ablehnen": requests.refuse}.get(act)
        if made is None or decide is None:
            messages.error(request, "Diesen Antrag gibt es nicht.")
            return redirect("contacts_erasure_requests")
        try:
            decide(made, request.user)
        except NotPossible as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{made}: {made.get_state_display()}.")
        return redirect("contacts_erasure_requests")
