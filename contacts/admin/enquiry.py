"""The page of one enquiry: what was written, what happened, and everything that can be done now."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from contacts import audit
from contacts.admin.sight import sight_of
from contacts.desk.actions import NotPossible, Outdated
from contacts.desk.acts import BY_NAME, ActForm, WritingForm, possible_acts
from contacts.desk.case_file import case_file
from contacts.desk.timeline import Entry, meanwhile, name_of, timeline
from contacts.desk.words import due_words
from contacts.models import AnswerTemplate, Enquiry

MAY_SEE = ("contacts.view_enquiry", "contacts.change_enquiry")
LARGEST = 2**31 - 1  # of a version or an id that a form may carry


def enquiry_for(request: HttpRequest, pk: int) -> Enquiry:
    """Return the enquiry if the account may see it; 404 for all others, so that nobody learns which there are."""
    if not any(request.user.has_perm(name) for name in MAY_SEE):
        raise PermissionDenied
    seen = sight_of(request).enquiries.select_related("unit", "assignee", "page")
    return get_object_or_404(seen, pk=pk)


def posted_number(request: HttpRequest, name: str) -> int:
    """Return a number that a form carries, 0 for anything else."""
    value = request.POST.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= 10 and int(value) <= LARGEST else 0


@dataclass
class Conflict:
    """What others did since the form was shown. `lost` is the text of an act that is no longer possible."""

    entries: list[Entry] = field(default_factory=list)
    lost: str = ""


class EnquiryPage(WagtailAdminTemplateMixin, TemplateView):
    """Common to the pages that show one enquiry and take acts on it. The form says what was seen: `version`, `seen`."""

    header_icon = "mail"
    acts: ClassVar[dict[str, type[ActForm]]] = BY_NAME

    def dispatch(self, request, *args, **kwargs):
        self.enquiry = enquiry_for(request, kwargs["pk"])
        self.bound: ActForm | None = None
        self.conflict: Conflict | None = None
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return f"{self.enquiry.get_kind_display()} {self.enquiry.reference}"

    def get_breadcrumbs_items(self):
        items = [{"url": reverse("enquiry:index"), "label": "Anfragen"}, {"url": "", "label": self.enquiry.reference}]
        return [*self.breadcrumbs_items, *items]

    def get(self, request, *args, **kwargs):
        return self.show()

    def show(self, status: int = 200) -> HttpResponse:
        audit.record_reading(self.request.user, self.enquiry)
        return self.render_to_response(self.get_context_data(), status=status)

    def post(self, request, *args, **kwargs):
        """Do the act named in `act`; show the page again, with what was typed, when it is not done."""
        form_class = self.acts.get(request.POST.get("act", ""))
        if form_class is None:
            messages.error(request, "Das kennt der Anfragen-Tisch nicht. Es ist nichts geändert.")
            return redirect(request.path)
        if posted_number(request, "version") != self.enquiry.version:
            return self.tell_conflict(form_class)
        if not self.is_possible(form_class):
            messages.error(request, f"„{form_class.title}“ geht bei dieser Anfrage gerade nicht.")
            return redirect(request.path)
        return self.perform(form_class(self.enquiry, request.user, request.POST))

    def perform(self, form: ActForm) -> HttpResponse:
        if isinstance(form, WritingForm) and "insert" in self.request.POST:
            self.bound = form.with_template()
            return self.show()
        self.bound = form
        if not form.is_valid():
            return self.show(status=422)
        try:
            form.act()
        except NotPossible as error:
            form.add_error(form.blamed, str(error))
            return self.show(status=422)
        except Outdated:
            self.enquiry = enquiry_for(self.request, self.enquiry.pk)
            return self.tell_conflict(type(form))
        messages.success(self.request, (form.writes and form.where_it_goes) or form.done)
        return self.after(form)

    def after(self, form: ActForm) -> HttpResponse:
        """Return to the page, or to the list when the enquiry now belongs to others."""
        if Enquiry.objects.visible_to(self.request.user).filter(pk=self.enquiry.pk).exists():
            return redirect(self.request.path)
        return redirect("enquiry:index")

    def tell_conflict(self, form_class: type[ActForm]) -> HttpResponse:
        """Show what happened meanwhile and keep what was typed; sent again, it counts for what is shown now."""
        self.conflict = Conflict(meanwhile(self.enquiry, posted_number(self.request, "seen")))
        if self.is_possible(form_class):
            self.bound = form_class(self.enquiry, self.request.user, self.request.POST)
        else:
            self.conflict.lost = self.request.POST.get(f"{form_class.name}-text", "")
        return self.show(status=409)

    def is_possible(self, form_class: type[ActForm]) -> bool:
        return bool(possible_acts(self.enquiry, self.request.user, [form_class]))

    def last_event(self) -> int:
        return max(self.enquiry.events.values_list("pk", flat=True), default=0)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        assignee = self.enquiry.assignee
        return super().get_context_data(**kwargs) | {
            "enquiry": self.enquiry,
            "assignee": name_of(assignee) if assignee else "",
            "due": due_words(self.enquiry),
            "conflict": self.conflict,
            "bound": self.bound,
            "seen": self.last_event(),
        }


class EnquiryView(EnquiryPage):
    """The page of the desk."""

    template_name = "admin/contacts/enquiry.html"

    def form_of(self, act: type[ActForm], **options) -> ActForm:
        """Return an empty form; the one that was sent keeps what was typed."""
        return self.bound if type(self.bound) is act else act(self.enquiry, self.request.user, **options)

    def get_context_data(self, **kwargs):
        acts = possible_acts(self.enquiry, self.request.user)
        templates = list(AnswerTemplate.objects.fitting(self.enquiry))
        entries = timeline(self.enquiry)
        return super().get_context_data(**kwargs) | {
            "writing_forms": [self.form_of(act, templates=templates) for act in acts if act.writes],
            "other_forms": [self.form_of(act) for act in acts if not act.writes],
            "attachments": self.enquiry.attachments.all(),
            "timeline": entries,
            "troubles": [entry for entry in entries if entry.is_trouble],
        }


@transaction.atomic
def print_case_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the PDF for the file. It is made anew each time and kept nowhere."""
    enquiry = enquiry_for(request, pk)
    audit.record(audit.Action.PRINTED, request.user, enquiry)
    response = HttpResponse(case_file(enquiry), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{enquiry.reference}.pdf"'
    return response
