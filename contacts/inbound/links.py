"""The address of a status page opens it: its secret is in nothing that is stored of a mail, text, head or name."""

import re

from contacts import status
from contacts.models.enquiries import Enquiry

HIDDEN = "…"
_GAP = r"[=\s>]*"  # what mail programs break an address with: line feeds, soft breaks and marks of quotes
_PATH = _GAP.join([*"vorgang", "(?:/|%2f)"])
_WHOLE = re.compile(rf"({_PATH})[\w%=\-]{{20,200}}", re.I)
_BROKEN = re.compile(rf"({_PATH}){_GAP}((?:[a-z0-9_-]{_GAP}){{42}}[a-z0-9_-])", re.I)  # 256 bits, see `contacts.status`
_MOST_PIECES = 4  # more are words that somebody wrote below a shortened address


def without_secrets(text: str, enquiry: Enquiry | None = None) -> str:
    """Return the text without the secret of any status page, also where a mail program broke the address into pieces.

    With `enquiry`, its own secret goes wherever it stands.
    """
    token = status.token_for(enquiry) if enquiry else ""
    if token:
        text = re.sub(_GAP.join(map(re.escape, token)), HIDDEN, text)
    return _WHOLE.sub(rf"\1{HIDDEN}", _BROKEN.sub(_hidden, text))


def _hidden(found: re.Match) -> str:
    path, pieces = found.groups()
    return path + HIDDEN if len(re.split(r"[=\s>]+", pieces)) <= _MOST_PIECES else found[0]
