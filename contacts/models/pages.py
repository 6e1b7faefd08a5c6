"""Pages with a public form. They work without JavaScript, without a cookie, and lose nothing that was typed."""

import logging
from http import HTTPMethod
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField

from contacts import proof_of_work, status
from contacts.attachment_field import UNSTORED, what_is_left
from contacts.forms import MESSAGE_LENGTH, BarrierForm, EnquiryForm, public_page
from contacts.intake import barrier_key, enquiry_key, take_barrier_report, take_enquiry, taken_before
from contacts.limits import submission_limits
from contacts.models.enquiries import Enquiry
from contacts.models.purposes import ProcessingPurpose
from contacts.text import clean_lines
from stadterneuerung.base.http import (
    FormStamp,
    StaleStamp,
    UnreadableForm,
    new_stamp,
    posted_form,
    public_post,
    read_stamp,
    sign_stamp,
)
from stadterneuerung.base.models import BasePage, SiteSettings

logger = logging.getLogger(__name__)

STAMP_FIELD = "stempel"
BEGIN_FIELD = "beginnen"  # a POST with it opens the form with what it brings; nothing is sent yet


class FormPage(RoutablePageMixin, BasePage):
    """A page with one public form and a page of confirmation. Abstract.

    A subclass names its form class, how the form starts, and what to do with what it cleaned.
    """

    allowed_http_methods = [*BasePage.allowed_http_methods, HTTPMethod.POST]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    next_steps = RichTextField("Nach dem Absenden", blank=True, features=["bold", "ul", "ol", "link"])

    content_panels = [*BasePage.content_panels, FieldPanel("next_steps")]

    class Meta:
        abstract = True

    kind: str  # of the enquiries that come from here
    sent_template: str

    def make_form(self, request: HttpRequest, data=None, given=None, files=None):
        """Return the form, bound to `data` and `files` or as it starts.

        `given`: what another page of ours fills in by POST.
        """
        raise NotImplementedError

    def make_full_form(self, request: HttpRequest, data):
        """Return the form bound to what was posted; it takes the files that came with it."""
        form = self.make_form(request, data, files=request.FILES)
        form.fields["pictures"].request = request
        return form

    def key(self, cleaned: dict, stamp: FormStamp) -> str:
        """Return the key by which what the form cleaned is known when it is sent twice."""
        raise NotImplementedError

    def take(self, cleaned: dict, stamp):
        """Store what the form cleaned; return the record."""
        raise NotImplementedError

    # --- Answers --------------------------------------------------------------------------------------------------
    def refuse(self, request: HttpRequest) -> HttpResponse:
        """Answer a POST that did not come from this site: the form again, filled in, to be sent from here.

        Nothing of it is stored, so files have to be chosen again.
        """
        try:
            data = posted_form(request, files=True)
        except UnreadableForm as error:
            return self.unreadable(request, error)
        problem = {
            "title": _("Die Nachricht ist noch nicht abgeschickt"),
            "text": _(
                "Ihr Browser hat nicht bestätigt, dass das Formular von dieser Seite kommt. "
                "Ihre Angaben stehen unten. Bitte prüfen Sie sie und senden Sie sie hier noch einmal ab."
            ),
        }
        return self.form_response(request, self.make_form(request, data), problem, status=403, renewed=True)

    @public_post(refused=refuse)
    def serve_form(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            return self.receive(request)
        return self.form_response(request, self.make_form(request))

    @path("")
    def index_route(self, request: HttpRequest) -> HttpResponse:
        return self.serve_form(request)

    @path("gesendet/<str:token>/", name="sent")
    def sent(self, request: HttpRequest, token: str) -> HttpResponse:
        """Confirm a message by the secret of its status page; a reference alone shows nothing."""
        record = status.find(token)
        if record is None or record.kind != self.kind or request.method == "POST":
            raise Http404
        acknowledged = record.outbox.filter(kind="acknowledgement").exists()
        status_url = request.build_absolute_uri(reverse("status_page", args=[token]))
        context = {"record": record, "noindex": True, "acknowledged": acknowledged, "status_url": status_url}
        return self.render(request, template=self.sent_template, context_overrides=context)

    def receive(self, request: HttpRequest) -> HttpResponse:
        try:
            data = posted_form(request, files=True)
        except UnreadableForm as error:
            return self.unreadable(request, error)
        if BEGIN_FIELD in data:
            return self.form_response(request, self.make_form(request, given=data))
        form = self.make_full_form(request, data)
        try:
            stamp = read_stamp(self._meta.model_name, data.get(STAMP_FIELD, ""))
        except StaleStamp:
            problem = {
                "title": _("Bitte noch einmal absenden"),
                "text": _("Das Formular war zu lange offen.") + " " + what_is_left(form),
            }
            return self.form_response(request, form, problem, status=422, renewed=True)
        stamp = proof_of_work.credited(request, stamp, data.get(proof_of_work.SOLUTION_FIELD, ""))
        if not form.is_valid():
            if form.has_error("pictures", UNSTORED):
                return self.not_stored(request, form, stamp)
            return self.form_response(request, form, status=422, stamp=stamp)
        limits = submission_limits()
        try:
            if sent_before := taken_before(self.key(form.cleaned_data, stamp)):
                return self.confirmed(request, sent_before)
            if any(limit.is_reached(request) for limit in limits):
                return self.too_many(request, form, stamp)
            if held := proof_of_work.held_back(stamp, form):
                problem = proof_of_work.request_to_wait(held)
                return self.form_response(request, form, problem, status=422, stamp=held)
            record = self.take(form.cleaned_data, stamp)
        except (DatabaseError, OSError):
            logger.exception("Eine Nachricht ließ sich nicht speichern")  # places and types only (base.discretion)
            proof_of_work.release(stamp)
            return self.not_stored(request, form, stamp)
        for limit in limits:
            limit.add(request)
        return self.confirmed(request, record)

    def confirmed(self, request: HttpRequest, record: Enquiry) -> HttpResponse:
        route = self.reverse_subpage("sent", args=[status.token_for(record)])
        response = redirect(self.get_url(request) + route)
        response.status_code = 303  # the next request is a GET, and a reload sends nothing again
        return response

    def too_many(self, request: HttpRequest, form, stamp: FormStamp) -> HttpResponse:
        problem = {
            "title": _("Gerade kommen zu viele Nachrichten aus Ihrem Netz"),
            "text": _(
                "Ihre Nachricht ist noch nicht abgeschickt, Ihre Angaben stehen unten. Bitte versuchen Sie es in "
                "einer Stunde noch einmal oder schreiben Sie an %(mailbox)s."
            )
            % {"mailbox": SiteSettings.load(request_or_site=request).mailbox},
        }
        return self.form_response(request, form, problem, status=429, stamp=stamp)

    def not_stored(self, request: HttpRequest, form, stamp: FormStamp) -> HttpResponse:
        """Say that the fault is ours; the same stamp makes one message of all tries."""
        problem = {
            "title": _("Ihre Nachricht ist noch nicht abgeschickt"),
            "text": _(
                "Wir konnten sie gerade nicht speichern; das liegt an uns. Ihre Angaben stehen unten. Bitte senden Sie "
                "sie in ein paar Minuten noch einmal ab oder schreiben Sie an %(mailbox)s."
            )
            % {"mailbox": SiteSettings.load(request_or_site=request).mailbox},
        }
        return self.form_response(request, form, problem, status=503, stamp=stamp)

    def unreadable(self, request: HttpRequest, error: UnreadableForm) -> HttpResponse:
        text = _("Bitte kürzen Sie Ihre Nachricht oder schreiben Sie uns eine E-Mail.")
        if error.status != 413:
            text = _("Bitte füllen Sie das Formular noch einmal aus oder schreiben Sie uns eine E-Mail.")
        problem = {"title": _("Das konnten wir nicht lesen"), "text": text}
        if error.status == 413:
            problem["title"] = _("Das ist zu viel auf einmal")
        return self.form_response(request, self.make_form(request), problem, status=error.status)

    def form_response(
        self,
        request: HttpRequest,
        form,
        problem: dict | None = None,
        *,
        status=200,
        stamp: FormStamp | None = None,
        renewed=False,
    ) -> HttpResponse:
        """Show the form. `problem` (title, text) stands above it; a stamp given is kept, else there is a fresh one."""
        stamp = stamp or new_stamp(renewed=renewed)
        context = {
            "form": form,
            "problem": problem,
            "stamp": sign_stamp(self._meta.model_name, stamp),
            "stamp_field": STAMP_FIELD,
            "task": proof_of_work.task_for(request, stamp),
        }
        response = self.render(request, context_overrides=context)
        response.status_code = status
        # A copy kept by a proxy would hand the same stamp to everybody, and others' text on the way back.
        response["Cache-Control"] = "private, no-store" if request.method == "POST" else "no-cache"
        return response

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "notice": ProcessingPurpose.objects.in_force(self.kind),
            "enquiry_mailbox": settings.ENQUIRY_MAILBOX,
        }


class ContactPage(FormPage):
    """`/kontakt/`: write to the office; `?zu=<page id>` and `?betreff=<slug>` fill in what it is about.

    What must not stand in an address, such as where somebody lives, comes by POST with `beginnen`, in the fields zu,
    betreff and message.
    """

    kind = Enquiry.Kind.QUESTION
    sent_template = "pages/contacts/contactpage_sent.html"

    class Meta:
        verbose_name = "Kontakt"

    def make_form(self, request: HttpRequest, data=None, given=None, files=None):
        start = request.GET if given is None else given
        about = public_page((data or start).get("zu", ""))
        initial = {"zu": str(about.pk) if about else "", "subject": start.get("betreff", "")}
        if given is not None:
            initial["message"] = clean_lines(given.get("message", ""))[:MESSAGE_LENGTH] + "\n\n"
        return EnquiryForm(data, files, page=self, about=about, initial=initial)

    def key(self, cleaned: dict, stamp: FormStamp) -> str:
        return enquiry_key(cleaned, stamp)

    def take(self, cleaned: dict, stamp) -> Enquiry:
        return take_enquiry(cleaned, stamp)


class BarrierReportPage(FormPage):
    """`/barriere-melden/`: report a barrier or ask for content in another form (BGG NRW § 10b)."""

    kind = Enquiry.Kind.BARRIER
    sent_template = "pages/contacts/barrierreportpage_sent.html"

    class Meta:
        verbose_name = "Barriere melden"

    def make_form(self, request: HttpRequest, data=None, given=None, files=None):
        return BarrierForm(data, files, page=self, initial={"url": self._came_from(request)})

    def key(self, cleaned: dict, stamp: FormStamp) -> str:
        return barrier_key(cleaned, stamp)

    def take(self, cleaned: dict, stamp) -> Enquiry:
        return take_barrier_report(cleaned, stamp)

    def _came_from(self, request: HttpRequest) -> str:
        """Return the page of this site from which the visitor came, without its query."""
        referrer = request.headers.get("Referer", "").split("?")[0].split("#")[0]
        own = f"{request.scheme}://{request.get_host()}/"
        here = request.build_absolute_uri(request.path)
        return referrer[:500] if referrer.startswith(own) and referrer != here else ""
