"""The citizen's own page: state, answers, additions, withdrawal. Whoever knows the address may do all of it.

What is unknown, replaced or erased is answered alike. No answer may be kept: see SecretPathMiddleware.
"""

import logging
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts import proof_of_work, status, status_acts, status_text
from contacts.additions import Gone
from contacts.attachment_field import UNSTORED, what_is_left
from contacts.erasure import OnHold
from contacts.limits import submission_limits
from contacts.models import Enquiry, EnquiryEvent
from contacts.models.pages import STAMP_FIELD
from contacts.status_form import AdditionForm
from stadterneuerung.base.http import (
    FormStamp,
    RateLimit,
    StaleStamp,
    UnreadableForm,
    issue_stamp,
    may_be_own_origin,
    new_stamp,
    posted_form,
    public_post,
    read_stamp,
    sign_stamp,
)

logger = logging.getLogger(__name__)
FORM_NAME = "vorgang"
WITHOUT_MAIL = "ohne-mail"


def _private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Look the case up by its token and call `view(request, enquiry, token)`."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        enquiry = status.find(token)
        if enquiry is None:
            return _miss(request)
        return view(request, enquiry, token)

    return guarded


def _miss(request: HttpRequest) -> HttpResponse:
    """Answer a link that leads nowhere. Others of the same network who have a good one are kept out of nothing."""
    limit = RateLimit("status-misses", settings.PUBLIC_FORMS["misses_per_hour"], 3600)
    if limit.is_reached(request):
        return _gone(request, 429)
    limit.add(request)
    return _gone(request, 404)


def _gone(request: HttpRequest, code: int) -> HttpResponse:
    return render(request, "pages/contacts/status_gone.html", {"noindex": True, "too_many": code == 429}, status=code)


# --- Reading and adding ---------------------------------------------------------------------------------------------
@_private
def _refused_addition(request: HttpRequest, enquiry: Enquiry, token: str) -> HttpResponse:
    try:
        data = posted_form(request, files=True)
    except UnreadableForm as error:
        return _unreadable(request, enquiry, token, error)
    problem = {
        "title": _("Ihre Ergänzung ist noch nicht abgeschickt"),
        "text": _("Ihr Browser sagt, dass das Formular nicht von dieser Seite kommt. Bitte senden Sie es hier ab."),
    }
    return _page(request, enquiry, token, AdditionForm(data), problem, code=403)


@public_post(refused=_refused_addition, is_allowed=may_be_own_origin)
@require_http_methods(["GET", "HEAD", "POST"])
@_private
def status_page(request: HttpRequest, enquiry: Enquiry, token: str) -> HttpResponse:
    """Show the case; a POST adds to it."""
    if request.method == "POST":
        return _receive(request, enquiry, token)
    return _page(request, enquiry, token, AdditionForm())


def _receive(request: HttpRequest, enquiry: Enquiry, token: str) -> HttpResponse:
    try:
        data = posted_form(request, files=True)
    except UnreadableForm as error:
        return _unreadable(request, enquiry, token, error)
    form = AdditionForm(data, request.FILES)
    form.fields["pictures"].request = request
    try:
        stamp = read_stamp(FORM_NAME, data.get(STAMP_FIELD, ""))
    except StaleStamp:
        problem = {
            "title": _("Bitte noch einmal absenden"),
            "text": _("Die Seite war zu lange offen.") + " " + what_is_left(form),
        }
        return _page(request, enquiry, token, form, problem, code=422)
    stamp = proof_of_work.credited(request, stamp, data.get(proof_of_work.SOLUTION_FIELD, ""))
    if not form.is_valid():
        if form.has_error("pictures", UNSTORED):
            return _not_stored(request, enquiry, token, form, stamp)
        return _page(request, enquiry, token, form, code=422, stamp=stamp)
    addition = (form.cleaned_data["message"], form.cleaned_data["pictures"], stamp)
    limits = submission_limits()
    try:
        if status_acts.is_added(enquiry, *addition):
            return _added(token)
        if any(limit.is_reached(request) for limit in limits):
            return _too_many(request, enquiry, token, form, stamp)
        if held := proof_of_work.held_back(stamp, form):
            problem = proof_of_work.request_to_wait(held)
            return _page(request, enquiry, token, form, problem, code=422, stamp=held)
        status_acts.add(enquiry, *addition)
    except Gone:
        return _gone(request, 404)
    except (DatabaseError, OSError):
        logger.exception("Eine Ergänzung ließ sich nicht speichern")  # places and types only (base.discretion)
        proof_of_work.release(stamp)
        return _not_stored(request, enquiry, token, form, stamp)
    for limit in limits:
        limit.add(request)
    return _added(token)


def _added(token: str) -> HttpResponse:
    return _see_other(reverse("status_page", args=[token]) + "?ergaenzt#verlauf")


def _too_many(request: HttpRequest, enquiry: Enquiry, token: str, form: AdditionForm, stamp: FormStamp) -> HttpResponse:
    problem = {
        "title": _("Gerade kommen zu viele Nachrichten aus Ihrem Netz"),
        "text": _(
            "Ihre Ergänzung ist noch nicht abgeschickt, Ihre Angaben stehen unten. Bitte versuchen Sie es in einer "
            "Stunde noch einmal."
        ),
    }
    return _page(request, enquiry, token, form, problem, code=429, stamp=stamp)


def _not_stored(
    request: HttpRequest, enquiry: Enquiry, token: str, form: AdditionForm, stamp: FormStamp
) -> HttpResponse:
    problem = {
        "title": _("Ihre Ergänzung ist noch nicht abgeschickt"),
        "text": _(
            "Wir konnten sie gerade nicht speichern; das liegt an uns. Ihre Angaben stehen unten. Bitte senden Sie sie "
            "in ein paar Minuten noch einmal ab oder schreiben Sie an %(mailbox)s."
        )
        % {"mailbox": settings.ENQUIRY_MAILBOX},
    }
    return _page(request, enquiry, token, form, problem, code=503, stamp=stamp)


def _unreadable(request: HttpRequest, enquiry: Enquiry, token: str, error: UnreadableForm) -> HttpResponse:
    problem = {"title": _("Das konnten wir nicht lesen"), "text": _("Bitte füllen Sie das Formular noch einmal aus.")}
    if error.status == 413:
        problem = {
            "title": _("Das ist zu viel auf einmal"),
            "text": _("Bitte kürzen Sie den Text oder senden Sie weniger Dateien auf einmal."),
        }
    return _page(request, enquiry, token, AdditionForm(), problem, code=error.status)


def _page(
    request: HttpRequest,
    enquiry: Enquiry,
    token: str,
    form: AdditionForm,
    problem: dict | None = None,
    *,
    code: int = 200,
    stamp: FormStamp | None = None,
) -> HttpResponse:
    """Show the page. `problem` (title, text) stands above the form; a stamp given is kept."""
    stamp = stamp or new_stamp()
    context = {
        "noindex": True,
        "enquiry": enquiry,
        "token": token,
        "standing": status_text.standing(enquiry),
        "facts": status_text.facts(enquiry),
        "steps": status_text.steps(enquiry),
        "form": form,
        "problem": problem,
        "stamp": sign_stamp(FORM_NAME, stamp),
        "stamp_field": STAMP_FIELD,
        "task": proof_of_work.task_for(request, stamp),
        "added": "ergaenzt" in request.GET and request.method == "GET",
        "renewed": _told_of_renewal(request, enquiry),
    }
    return render(request, "pages/contacts/status.html", context, status=code)


# --- Withdrawing, and a new link ------------------------------------------------------------------------------------
@_private
def _refused_act(request: HttpRequest, enquiry: Enquiry, token: str) -> HttpResponse:
    return _withdraw_form(request, enquiry, token, code=403)


@public_post(refused=_refused_act, is_allowed=may_be_own_origin)
@require_http_methods(["GET", "HEAD", "POST"])
@_private
def withdraw_page(request: HttpRequest, enquiry: Enquiry, token: str) -> HttpResponse:
    """Ask whether everything shall be deleted, and do it on POST."""
    if request.method != "POST":
        return _withdraw_form(request, enquiry, token)
    if not _has_stamp(request):
        return _withdraw_form(request, enquiry, token, code=422)
    try:
        status_acts.withdraw(enquiry)
    except OnHold:
        enquiry.refresh_from_db()  # the hold may have come in between
        return _withdraw_form(request, enquiry, token, code=409)
    except Gone:
        return _gone(request, 404)
    return _see_other(reverse("status_withdrawn"))


def _withdraw_form(request: HttpRequest, enquiry: Enquiry, token: str, *, code: int = 200) -> HttpResponse:
    text = _("Die Seite war zu lange offen, oder die Anfrage kam nicht von hier. Bitte bestätigen Sie es noch einmal.")
    if code == 409:
        text = _("Die Löschung ist ausgesetzt. Ihre Nachricht ist unverändert da.")
    problem = {"title": _("Es ist noch nichts gelöscht"), "text": text}
    context = {
        "noindex": True,
        "enquiry": enquiry,
        "token": token,
        "on_hold": enquiry.hold == Enquiry.Hold.LEGAL,
        "additions": enquiry.events.filter(kind=EnquiryEvent.Kind.ADDED, is_public=True).count(),
        "files": enquiry.attachments.counted(),
        "problem": problem if code != 200 else None,
        "stamp": issue_stamp(FORM_NAME),
        "stamp_field": STAMP_FIELD,
        "enquiry_mailbox": settings.ENQUIRY_MAILBOX,
    }
    return render(request, "pages/contacts/status_withdraw.html", context, status=code)


@require_safe
def withdrawn(request: HttpRequest) -> HttpResponse:
    """Say that it is done. The address holds no secret and nothing about anybody."""
    return render(request, "pages/contacts/status_withdrawn.html", {"noindex": True})


@_private
def _refused_renewal(request: HttpRequest, enquiry: Enquiry, token: str) -> HttpResponse:
    return _not_renewed(request, enquiry, token, code=403)


@public_post(refused=_refused_renewal, is_allowed=may_be_own_origin)
@require_POST
@_private
def renew_link(request: HttpRequest, enquiry: Enquiry, token: str) -> HttpResponse:
    """Make this link and all before it worthless, and lead to the new one."""
    if not _has_stamp(request):
        return _not_renewed(request, enquiry, token, code=422)
    try:
        is_mailed = status_acts.renew(enquiry)
    except status_acts.TooOften:
        return _not_renewed(request, enquiry, token, code=429)
    except Gone:
        return _gone(request, 404)
    return _see_other(status.path_for(enquiry) + ("?neu" if is_mailed else f"?neu={WITHOUT_MAIL}"))


def _not_renewed(request: HttpRequest, enquiry: Enquiry, token: str, *, code: int) -> HttpResponse:
    text = _(
        "Die Seite war zu lange offen, oder die Anfrage kam nicht von hier. Bitte drücken Sie noch einmal auf "
        "„Neue Adresse vergeben“."
    )
    if code == 429:
        text = _(
            "Sie hat in kurzer Zeit mehrere neue bekommen. Bitte versuchen Sie es morgen noch einmal oder schreiben "
            "Sie an %(mailbox)s; das Amt kann ihr jederzeit eine neue geben."
        ) % {"mailbox": settings.ENQUIRY_MAILBOX}
    problem = {"title": _("Diese Seite hat noch ihre alte Adresse"), "text": text}
    return _page(request, enquiry, token, AdditionForm(), problem, code=code)


def _told_of_renewal(request: HttpRequest, enquiry: Enquiry) -> str:
    if request.method != "GET" or "neu" not in request.GET:
        return ""
    return status_text.new_address(enquiry, is_mailed=request.GET["neu"] != WITHOUT_MAIL)


def _has_stamp(request: HttpRequest) -> bool:
    try:
        read_stamp(FORM_NAME, posted_form(request).get(STAMP_FIELD, ""))
    except (StaleStamp, UnreadableForm):
        return False
    return True


def _see_other(address: str) -> HttpResponse:
    """Redirect so that the next request is a GET, and a reload sends nothing again."""
    response = redirect(address)
    response.status_code = 303
    return response
