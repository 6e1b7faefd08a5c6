"""What is not deleted although its period may be over: held for a legal reason, or offered to the Stadtarchiv."""

from django import forms
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from contacts import audit
from contacts.desk import holds
from contacts.desk.actions import NotPossible, Outdated
from contacts.models import Enquiry

ACTS = {"aufheben": holds.lift, "freigeben": holds.release}
DONE = {
    "aufheben": "Die Aussetzung von {} ist aufgehoben. Die Frist zählt wieder.",
    "freigeben": "{} ist zur Löschung frei und wird beim nächsten Lauf gelöscht.",
}


class HoldForm(forms.Form):
    """Which enquiry is to be kept, and why."""

    reference = forms.CharField(label="Vorgangsnummer", max_length=20)
    reason = forms.CharField(
        label="Grund", max_length=200, help_text="Zum Beispiel ein laufendes Verfahren. Bitte ohne Namen."
    )

    def clean_reference(self) -> Enquiry:
        reference = self.cleaned_data["reference"].strip()
        enquiry = Enquiry.objects.filter(reference__iexact=reference, erased_at=None).first()
        if enquiry is None:
            raise forms.ValidationError("Diese Vorgangsnummer gibt es nicht, oder der Vorgang ist schon gelöscht.")
        return enquiry


class HoldsView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    permission_required = "contacts.hold_enquiries"
    raise_exception = True
    page_title = "Ausgesetzte Löschung"
    header_icon = "lock"
    template_name = "admin/contacts/holds.html"
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]

    def get_context_data(self, **kwargs):
        audit.record_listing(self.request.user, self.page_title)  # a reason may name people, although it should not
        held = Enquiry.objects.held().select_related("purpose", "unit").order_by("hold", "created_at", "pk")
        page = Paginator(held, 50).get_page(self.request.GET.get("p"))
        return super().get_context_data(**{"form": HoldForm(), "page": page} | kwargs)

    def post(self, request):
        """`was`: one of ACTS with `vorgang` (id) and `fassung`, else the form to hold one."""
        act = request.POST.get("was", "")
        try:
            if act in ACTS:
                return self._act(request, act)
            return self._hold(request)
        except Outdated:
            messages.error(
                request, "Inzwischen hat jemand anderes den Vorgang bearbeitet. Bitte sehen Sie noch einmal nach."
            )
        except NotPossible as error:
            messages.error(request, str(error))
        return redirect("contacts_holds")

    def _act(self, request, act: str):
        numbers = [request.POST.get(name, "") for name in ("vorgang", "fassung")]
        if not all(number.isdecimal() and len(number) < 10 for number in numbers):
            raise Outdated
        enquiry = Enquiry.objects.filter(pk=int(numbers[0]), version=int(numbers[1])).first()
        if enquiry is None:
            raise Outdated
        ACTS[act](enquiry, request.user)
        messages.success(request, DONE[act].format(enquiry))
        return redirect("contacts_holds")

    def _hold(self, request):
        form = HoldForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        enquiry = form.cleaned_data["reference"]
        holds.hold(enquiry, request.user, form.cleaned_data["reason"])
        messages.success(request, f"Die Löschung von {enquiry} ist ausgesetzt.")
        return redirect("contacts_holds")
