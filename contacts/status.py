"""The citizen's own page `/kontakt/vorgang/<token>/`: its secret, how it is found, and how old links become worthless.

The token is 256 bits of an HMAC over the case's number and the edition of its link. Nothing that is stored holds it:

* the enquiry keeps its SHA-256 alone, so whoever reads the database or a backup cannot open a page;
* the outbox keeps mails without the link; it is added at the moment of sending (`contacts.outbox.as_email`). The link
  is no mark in the text that is replaced, since citizens' words stand in these texts, too;
* an old SECRET_KEY goes to SECRET_KEY_FALLBACKS. Links handed out under it are found by their digest whatever the key
  is, and `token_for` makes the same ones again. Once it is gone for good, they still open the page, but later mails
  cannot repeat them; they come without a link.

A new edition (`renew`) makes all links before it unknown. Unknown, replaced and erased are answered alike, with 404: an
address tells nobody whether there ever was a case. The look-up compares digests of what is asked for, so its time tells
nothing about a token that exists.
"""

import hashlib
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import urlsafe_base64_encode

from contacts.models.enquiries import Enquiry


def issue(enquiry: Enquiry) -> None:
    """Give the enquiry (unsaved) the digest of its link as it is under the present key."""
    enquiry.status_digest = digest_of(next(_tokens(enquiry)))


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def token_for(enquiry: Enquiry) -> str:
    """Return the token that opens the page; empty when there is none, or no key is left that could tell it."""
    stored = enquiry.status_digest or ""
    return next((token for token in _tokens(enquiry) if constant_time_compare(digest_of(token), stored)), "")


def path_for(enquiry: Enquiry) -> str:
    """Return the address of the page, empty without a token."""
    token = token_for(enquiry)
    return reverse("status_page", args=[token]) if token else ""


def link_for(enquiry: Enquiry) -> str:
    """Return the whole address for a mail, empty without a token."""
    path = path_for(enquiry)
    return settings.WAGTAILADMIN_BASE_URL + path if path else ""


def find(token: str) -> Enquiry | None:
    return Enquiry.objects.select_related("unit").filter(status_digest=digest_of(token), erased_at=None).first()


def renew(enquiry: Enquiry) -> None:
    """Issue the next edition of the link; every link before it opens nothing any more."""
    with transaction.atomic():
        current = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
        current.status_generation += 1
        issue(current)
        current.save(update_fields=["status_generation", "status_digest"])
    enquiry.status_generation, enquiry.status_digest = current.status_generation, current.status_digest


def _tokens(enquiry: Enquiry) -> Iterator[str]:
    """Yield the token under the present key, then under those before it."""
    said = f"{enquiry.reference}:{enquiry.status_generation}"
    for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        yield urlsafe_base64_encode(salted_hmac("contacts.status", said, secret=key, algorithm="sha256").digest())
