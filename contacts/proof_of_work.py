"""A task that the visitor's browser solves before a message is taken: unnoticed by people, one more effort for a flood.

Off unless the administration switches it on (`SiteSettings.proof_of_work`). The browser looks for a number for which
PBKDF2-HMAC-SHA256 (RFC 8018) of the stamp's nonce, salted with that number, begins with enough zero bits. PBKDF2, since
browsers have it built in (`crypto.subtle`): they work beside the page and nearly as fast as a bot's own program, which
they would not with a single hash. The task is the stamp that the form carries anyway, so nothing is handed out or kept
for it, and checking is one call of the standard library. ALTCHA works alike; its packages would add a signature and a
format of their own, and the browser's part is as long without them.

A solution saves nothing but waiting. What comes without one is given back with a signed moment from which on the same
form is taken, for half an hour; then it waits anew, so that nobody lays in a stock of forms without work. A program may
wait as well: it sends each message twice. Either way a form is good for one message.
"""

import datetime as dt
import hashlib
import math
import re
from dataclasses import dataclass, replace

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.intake import key_of
from stadterneuerung.base.http import FormStamp, new_stamp
from stadterneuerung.base.models import SiteSettings

SOLUTION_FIELD = "loesung"


@dataclass(frozen=True)
class Task:
    """What the browser needs: `rounds` of PBKDF2 for each number, `bits` zeros, and when to give up (seconds)."""

    nonce: str
    rounds: int
    bits: int
    patience: int
    field = SOLUTION_FIELD


def task_for(request: HttpRequest, stamp: FormStamp) -> Task | None:
    """Return the task of the form with this stamp; None while there is none to solve."""
    is_good = stamp.ready_at is not None and not stamp.is_waiting
    if is_good or not _is_on(request):
        return None
    limits = settings.PUBLIC_FORMS
    return Task(stamp.nonce, limits["work_rounds"], limits["work_bits"], limits["wait_seconds"])


def credited(request: HttpRequest, stamp: FormStamp, solution: str = "") -> FormStamp:
    """Return the stamp with the moment from which its form is taken; without one while all of this is off.

    That is when it was handed out, if it is solved, or else after a wait, which begins anew only when it has lapsed.
    """
    if not _is_on(request):
        return replace(stamp, ready_at=None)
    if _solves(stamp, solution):
        return replace(stamp, ready_at=stamp.issued_at)
    if stamp.ready_at is None or stamp.has_lapsed:
        return replace(stamp, ready_at=_after_the_wait())
    return stamp


def held_back(stamp: FormStamp, form: forms.Form) -> FormStamp | None:
    """Return the stamp with which a valid form has to go back; None where its message may be taken.

    The nonce then stands for this message: a second click passes, another text needs another form. OSError where the
    cache cannot write that down.
    """
    if stamp.ready_at is None:
        return None
    if stamp.is_waiting:
        return stamp
    mark = _mark(stamp, form)
    seconds_left = (stamp.runs_out_at - timezone.now()).total_seconds()
    if cache.add(_key(stamp), mark, timeout=max(1, seconds_left)) or cache.get(_key(stamp)) == mark:
        return None
    return replace(new_stamp(renewed=True), ready_at=_after_the_wait())


def release(stamp: FormStamp) -> None:
    """Forget the message of this form: it could not be stored, and its sender may change it before trying again."""
    if stamp.ready_at is not None:
        cache.delete(_key(stamp))


def request_to_wait(stamp: FormStamp) -> dict:
    """Say what to do with a form that came back (title, text).

    No cause: it may be a browser without JavaScript, a slow one, or a form that was sent before with other words.
    """
    seconds = max(1, math.ceil((stamp.ready_at - timezone.now()).total_seconds()))
    text = ngettext(
        "Ihre Angaben stehen unten. Bitte warten Sie etwa %(seconds)d Sekunde und senden Sie das Formular dann noch "
        "einmal ab.",
        "Ihre Angaben stehen unten. Bitte warten Sie etwa %(seconds)d Sekunden und senden Sie das Formular dann noch "
        "einmal ab.",
        seconds,
    )
    return {"title": _("Bitte noch einmal absenden"), "text": text % {"seconds": seconds}}


def _is_on(request: HttpRequest) -> bool:
    return SiteSettings.load(request_or_site=request).proof_of_work


def _solves(stamp: FormStamp, solution: str) -> bool:
    if not re.fullmatch(r"[0-9]{1,12}", solution):
        return False
    limits = settings.PUBLIC_FORMS
    key = hashlib.pbkdf2_hmac("sha256", stamp.nonce.encode(), solution.encode(), limits["work_rounds"])
    return 32 - int.from_bytes(key[:4], "big").bit_length() >= limits["work_bits"]


def _after_the_wait() -> dt.datetime:
    return timezone.now().replace(microsecond=0) + dt.timedelta(seconds=settings.PUBLIC_FORMS["wait_seconds"])


def _key(stamp: FormStamp) -> str:
    return f"proof-of-work:{stamp.nonce}"


def _mark(stamp: FormStamp, form: forms.Form) -> str:
    """Return a keyed hash of what was typed and sent; files count by what they hold, not by when they came."""
    typed = [form.data.get(name, "") for name in form.fields if name != "pictures"]
    files = [file.digest for file in form.cleaned_data["pictures"]]
    return key_of("contacts.proof_of_work", stamp.nonce, *typed, *files)
