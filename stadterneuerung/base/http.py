"""What public forms need without a cookie: where a POST comes from, how old its form is, how many came before.

A public form has no session to protect, so Django's CSRF cookie would be a cookie for nothing. Instead the browser's
own statement about the origin is checked, the form carries a signed stamp, and a limit per network holds back floods.
"""

import datetime as dt
import ipaddress
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt

from stadterneuerung.base.uploads import FormUploadHandler

logger = logging.getLogger(__name__)


# --- Origin ---------------------------------------------------------------------------------------------------------
def is_own_origin(request: HttpRequest) -> bool:
    """Whether the browser says that the request was started by a page of this site, or by the visitor alone.

    Sec-Fetch-Site decides where it is sent (all current browsers, on HTTPS and loopback), else Origin, else Referer.
    A request without any of them is refused: no browser that could be tricked sends one.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        return fetch_site in {"same-origin", "none"}
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return _is_ours(request, said)


def may_be_own_origin(request: HttpRequest) -> bool:
    """Whether nothing says that the request comes from elsewhere; for addresses that are a secret themselves.

    A page with `Referrer-Policy: no-referrer` makes browsers without Sec-Fetch-Site send `Origin: null`. Whoever forges
    a form of such a page would have to know its address.
    """
    said = request.headers.get("Origin") or ""
    if "Sec-Fetch-Site" in request.headers or said not in ("", "null"):
        return is_own_origin(request)
    return True


def _is_ours(request: HttpRequest, said: str) -> bool:
    try:
        parts = urlsplit(said)
    except ValueError:
        return False
    own = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return f"{parts.scheme}://{parts.netloc}" in own


def public_post(
    refused: Callable[..., HttpResponse], is_allowed: Callable[[HttpRequest], bool] = is_own_origin
) -> Callable:
    """Decorate a view, or a page's method, that takes POSTs of a public form without a CSRF cookie.

    A POST from elsewhere goes to `refused` (same arguments), which answers 403 and keeps what was typed. The session is
    never read. Only pages that allow POST need it; on all others BasePage answers 405.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> HttpResponse:
            request = next(arg for arg in args if isinstance(arg, HttpRequest))
            if request.method == "POST" and not is_allowed(request):
                return refused(*args, **kwargs)
            return view(*args, **kwargs)

        return guarded

    return decorate


class UnreadableForm(Exception):
    """The body of a form cannot be taken; `status` is 413 for too much and 400 for what no parser understands."""

    def __init__(self, status: int):
        super().__init__(status)
        self.status = status


def posted_form(request: HttpRequest, *, files: bool = False) -> QueryDict:
    """Return what was posted, or raise UnreadableForm. A body that is too long is not even read.

    With `files`, a body in parts may have files beside its text; they are in `request.FILES` afterwards.
    """
    limits = settings.PUBLIC_FORMS
    may_have_files = files and request.content_type == "multipart/form-data"
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        raise UnreadableForm(400) from None
    if length > limits["max_body_bytes" if may_have_files else "max_bytes"]:
        raise UnreadableForm(413)
    handler = FormUploadHandler(request)
    if may_have_files and not hasattr(request, "_files"):
        request.upload_handlers = [handler]
    try:
        data = request.POST
    except RequestDataTooBig:
        raise UnreadableForm(413) from None
    except (MultiPartParserError, TooManyFieldsSent, TooManyFilesSent, UnreadablePostError):
        raise UnreadableForm(400) from None
    finally:
        handler.upload_interrupted()  # a body that broke off leaves a file behind
    if sum(len(values) for _name, values in data.lists()) > limits["max_fields"]:
        raise UnreadableForm(400)
    if sum(len(value) for _name, values in data.lists() for value in values) > limits["max_bytes"]:
        raise UnreadableForm(413)
    return data


# --- Stamp ----------------------------------------------------------------------------------------------------------
class StaleStamp(Exception):
    """A form without a valid stamp: open for too long, altered, or never fetched from here."""


@dataclass(frozen=True)
class FormStamp:
    """When a form was handed out; `nonce` names this copy of it. A renewed stamp replaces one that had run out.

    `ready_at` is from when on the form may be sent, where that has to be earned (`contacts.proof_of_work`): by work,
    from the beginning; by waiting, from a later moment.
    """

    nonce: str
    issued_at: dt.datetime
    renewed: bool
    ready_at: dt.datetime | None = None

    @property
    def is_too_quick(self) -> bool:
        """Whether nobody could have typed so fast. What was typed before a renewal counts."""
        age = timezone.now() - self.issued_at
        return not self.renewed and age < dt.timedelta(seconds=settings.PUBLIC_FORMS["min_seconds"])

    @property
    def is_waiting(self) -> bool:
        return self.ready_at is not None and timezone.now() < self.ready_at

    @property
    def has_lapsed(self) -> bool:
        """Whether its form was waited for and then not sent in time; what was earned by work does not lapse."""
        if self.ready_at is None or self.ready_at <= self.issued_at:
            return False
        return timezone.now() > self.ready_at + dt.timedelta(minutes=settings.PUBLIC_FORMS["wait_holds_minutes"])

    @property
    def runs_out_at(self) -> dt.datetime:
        return self.issued_at + dt.timedelta(hours=settings.PUBLIC_FORMS["max_hours"])


def _stamp_signer(form_name: str) -> signing.Signer:
    return signing.Signer(salt=f"stadterneuerung.form.{form_name}")


def new_stamp(*, renewed: bool = False) -> FormStamp:
    return FormStamp(secrets.token_urlsafe(12), timezone.now().replace(microsecond=0), renewed)


def sign_stamp(form_name: str, stamp: FormStamp) -> str:
    """Return the stamp for a hidden field; the same stamp gives the same value."""
    payload = {"n": stamp.nonce, "t": int(stamp.issued_at.timestamp()), "r": int(stamp.renewed)}
    if stamp.ready_at is not None:
        payload["w"] = int(stamp.ready_at.timestamp())
    return _stamp_signer(form_name).sign_object(payload)


def issue_stamp(form_name: str, *, renewed: bool = False) -> str:
    """Return a new signed stamp for a hidden field."""
    return sign_stamp(form_name, new_stamp(renewed=renewed))


def read_stamp(form_name: str, value: str) -> FormStamp:
    """Return the stamp behind `value`, or raise StaleStamp."""
    try:
        payload = _stamp_signer(form_name).unsign_object(value)
    except signing.BadSignature:
        raise StaleStamp from None
    ready_at = dt.datetime.fromtimestamp(payload["w"], tz=dt.UTC) if "w" in payload else None
    issued_at = dt.datetime.fromtimestamp(payload["t"], tz=dt.UTC)
    stamp = FormStamp(payload["n"], issued_at, bool(payload["r"]), ready_at)
    if timezone.now() > stamp.runs_out_at:
        raise StaleStamp
    return stamp


# --- Limit ----------------------------------------------------------------------------------------------------------
def client_network(request: HttpRequest) -> str:
    """Return the network of the visitor: the first 24 bits of an IPv4 address, the first 64 of an IPv6 address.

    Behind `PROXY_COUNT` proxies the address that the outermost of them saw counts; what stands left of it is hearsay.
    """
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if settings.PROXY_COUNT and len(forwarded) >= settings.PROXY_COUNT:
        address = forwarded[-settings.PROXY_COUNT]
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 6 and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    prefix = 24 if parsed.version == 4 else 64
    return str(ipaddress.ip_network((parsed, prefix), strict=False))


@dataclass(frozen=True)
class RateLimit:
    """At most `count` events in `seconds` per network, or per name that is given instead, in fixed windows.

    Only a keyed hash of the network or the name is kept.
    """

    name: str
    count: int
    seconds: int

    def _key(self, who: HttpRequest | str) -> str:
        window = int(timezone.now().timestamp()) // self.seconds
        name = who if isinstance(who, str) else client_network(who)
        hashed = salted_hmac("stadterneuerung.limit", name, algorithm="sha256").hexdigest()[:32]
        return f"limit:{self.name}:{window}:{hashed}"

    def is_reached(self, who: HttpRequest | str) -> bool:
        return cache.get(self._key(who), 0) >= self.count

    def add(self, who: HttpRequest | str) -> None:
        # get and set rather than incr: the file cache would give incr its default lifetime.
        key = self._key(who)
        # Nothing outlives its window; the privacy notice counts on it.
        left = self.seconds - int(timezone.now().timestamp()) % self.seconds
        cache.set(key, cache.get(key, 0) + 1, timeout=left)
