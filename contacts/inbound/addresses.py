"""The address to which a sender's reply goes: `name+<reference>.<mac>@domain` (RFC 5233, sub-addressing).

The code is an HMAC over the number of the case with a salt of its own. It lets people add to a case and opens nothing.
It is written at the moment of sending and stored nowhere; lower case, since mail servers fold the case of addresses.
"""

import base64
import re
from collections.abc import Iterable, Iterator
from email.utils import parseaddr

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from contacts.inbound.server import is_on
from contacts.models import Enquiry
from stadterneuerung.organisation.models import OrganisationUnit

_SALT = "contacts.inbound.address"
_MAC_BYTES = 13  # 104 bits: 21 letters, so that the whole fits into the 64 characters of a local part (RFC 5321)
LONGEST_NAME = 64 - len("+se-2026-abcd-2345.") - 21
_DETAIL = re.compile(r"\+([a-z]{2}-\d{4}-[a-z]{4}-\d{4})\.([a-z2-7]{21})@")
_MOST = 50  # candidates of one mail that are looked at


def reply_address(enquiry: Enquiry) -> str:
    """Return where replies to a mail to the sender go; empty while no mailbox is read."""
    if not is_on():
        return ""
    if not settings.INBOUND_SUBADDRESS:
        return settings.INBOUND_ADDRESS
    name, _at, domain = settings.INBOUND_ADDRESS.rpartition("@")
    reference = enquiry.reference.lower()
    return f"{name}+{reference}.{next(_macs(reference))}@{domain}"


def references_in(texts: Iterable[str]) -> list[str]:
    """Return the numbers of the cases whose reply address stands in `texts`, as they are stored."""
    found = []
    for text in texts:
        for reference, mac in _DETAIL.findall(text.casefold())[:_MOST]:
            if any(constant_time_compare(mac, good) for good in _macs(reference)):
                found.append(reference.upper())
    return found


def own_senders() -> set[str]:
    """Return the addresses in whose name our mails leave, in lower case."""
    return {settings.INBOUND_ADDRESS.lower(), parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()} - {""}


def office_mailboxes() -> set[str]:
    """Return the mailboxes to which our internal mails go, in lower case: nobody is answered there by a machine."""
    units = OrganisationUnit.objects.exclude(mailbox="").values_list("mailbox", flat=True)
    return {address.lower() for address in [settings.ENQUIRY_MAILBOX, *units]}


def _macs(reference: str) -> Iterator[str]:
    """Yield the code under the present key, then under those before it."""
    for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        digest = salted_hmac(_SALT, reference, secret=key, algorithm="sha256").digest()
        yield base64.b32encode(digest[:_MAC_BYTES]).decode().rstrip("=").lower()
