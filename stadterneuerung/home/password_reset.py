"""Forgotten passwords of the admin: the page notes who asked, the worker answers.

Looking an account up and talking to the mail server costs time for accounts that exist alone, and time tells. So the
request does neither; it does the same work whatever the address.
"""

import datetime as dt
import logging
import threading
import time
import unicodedata
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from wagtail.admin.forms.auth import PasswordResetForm
from wagtail.admin.views.account import PasswordResetView

from contacts.inbound.own_mails import new_signed_id
from contacts.outbox import describe
from stadterneuerung.base.http import RateLimit
from stadterneuerung.home.models import PasswordResetRequest

logger = logging.getLogger(__name__)


class NotedPasswordResetForm(PasswordResetForm):
    """The form of the page (settings.WAGTAILADMIN_USER_PASSWORD_RESET_FORM)."""

    def save(self, *, request: HttpRequest, **options) -> None:
        """Note the request, or too many of them not at all; the page says the same. `options` are for a mail."""
        email = self.cleaned_data["email"]
        if _may_ask(request, email):
            PasswordResetRequest.objects.create(email=email)


def _may_ask(request: HttpRequest, email: str) -> bool:
    """Count a request; False when its network, or anybody for this address, has asked too often within the hour."""
    address = unicodedata.normalize("NFKC", email).casefold()  # as Django compares addresses
    limits = {
        request: RateLimit("password-resets-network", settings.PASSWORD_RESET["per_network"], 3600),
        address: RateLimit("password-resets-address", settings.PASSWORD_RESET["per_address"], 3600),
    }
    if any(limit.is_reached(who) for who, limit in limits.items()):
        return False
    for who, limit in limits.items():
        limit.add(who)
    return True


class ResetMailForm(PasswordResetForm):
    """Finds accounts and sends mails as Django does, but lets errors through, so that a mail can be tried again."""

    def send_mail(
        self, subject_template_name, email_template_name, context, from_email, to_email, html_email_template_name=None
    ) -> None:
        EmailMessage(
            subject=render_to_string(subject_template_name, context).strip(),
            body=render_to_string(email_template_name, context),
            from_email=from_email,
            to=[to_email],
            headers={
                "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office answer goes back to a machine
                "Message-ID": new_signed_id(),  # should it come to the mailbox of the site, its link gets into no case
            },
        ).send()


def answer_due(stop: threading.Event | None = None, seconds: float | None = None) -> None:
    """Answer what waits until nothing is left, `stop` is set or `seconds` have passed; delete what waited too long."""
    dropped, _ = PasswordResetRequest.objects.expired(timezone.now()).delete()
    if dropped:
        logger.error("Anfragen nach einem neuen Passwort, die verworfen sind, weil sie zu lange warteten: %d", dropped)
    started = time.monotonic()
    while not (stop and stop.is_set()) and (seconds is None or time.monotonic() - started < seconds):
        request = _claim_next(timezone.now())
        if request is None:
            break
        _answer(request)


def _claim_next(now: dt.datetime) -> PasswordResetRequest | None:
    """Take what is due longest and set its next attempt, or return None. The conditional UPDATE makes it unique."""
    while request := PasswordResetRequest.objects.due(now).first():
        # As long again as it has waited, and longer than a mail takes: a handful of attempts before it is dropped.
        pause = max(dt.timedelta(seconds=settings.OUTBOX["lease_seconds"]), now - request.created_at)
        if PasswordResetRequest.objects.due(now).filter(pk=request.pk).update(next_attempt_at=now + pause):
            return request
    return None


def _answer(request: PasswordResetRequest) -> None:
    """Send, then delete: a crash in between repeats a mail after the pause; the other way round it would lose one."""
    base = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    form = ResetMailForm({"email": request.email})
    form.full_clean()
    try:
        form.save(
            domain_override=base.netloc,
            use_https=base.scheme == "https",
            subject_template_name=PasswordResetView.subject_template_name,
            email_template_name=PasswordResetView.email_template_name,
        )
    except Exception as error:
        # The type alone: servers repeat addresses in their answers.
        logger.warning("Mail für ein vergessenes Passwort nicht gesendet: %s", describe(error))
    else:
        request.delete()
