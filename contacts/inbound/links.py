"""The address of a status page opens it: its secret is in nothing that is stored of a mail, text, head or name."""

import re

from contacts import status
from contacts.models.enquiries import Enquiry

HIDDEN = "…"
_GAP = r"[=\s>]*"  # what mail programs break an address with: line feeds, soft breaks and marks of quotes
_PATH = _GAP.join([*"vorgang", "(?:/|%2f)"])
_WHOLE = re.compile(rf"({_PATH})([\w%=\-]{{40,200}})", re.I)
_BROKEN = re.compile(rf"({_PATH}){_GAP}((?:[a-z0-9_-]{_GAP}){{42}}[a-z0-9_-])", re.I)  # 256 bits, see `contacts.status`
_MOST_PIECES = 4  # more are words that somebody wrote below a shortened address
# A secret has 17 of its 43 signs in capitals, and fewer than this once in 170,000. Words have one at their beginnings.
_FEWEST_CAPITALS = 5


def without_secrets(text: str, enquiry: Enquiry | None = None) -> str:
    """Return the text without the secret of any status page, also where a mail program broke the address into pieces.

    With `enquiry`, its own secret goes wherever it stands.
    """
    token = status.token_for(enquiry) if enquiry else ""
    if token:
        text = re.sub(_GAP.join(map(re.escape, token)), HIDDEN, text)
    return _WHOLE.sub(_hidden, _BROKEN.sub(_hidden, text))


def _hidden(found: re.Match) -> str:
    """Return the path with a mark behind it; what are words, and no secret, stays."""
    path, said = found.groups()
    is_secret = sum(map(str.isupper, said)) >= _FEWEST_CAPITALS and len(re.split(r"[=\s>]+", said)) <= _MOST_PIECES
    return path + HIDDEN if is_secret else found[0]
