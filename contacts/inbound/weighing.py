"""How much work a mail would be to read, counted on its raw bytes: a small one can be built to take minutes.

Python's parser compares each line with each boundary that is open, makes an object of each part, and splits fields of
the head in a time that grows with the square of their length.
"""

import re
from email.policy import Compat32

from django.conf import settings

_BOUNDARY = re.compile(rb"boundary[\s*0-9]*=")  # with the numbers of RFC 2231, section 3
_LONGEST = 4000  # characters of a field of the head


def shortened(name: str, value: str) -> str:
    """Return as much of a field as is read; of a long conversation that is its end, where the newest mails stand."""
    return value[-_LONGEST:] if name.lower() == "references" else value[:_LONGEST]


class ShortFields(Compat32):
    """Reads no more of a field than matters."""

    def header_source_parse(self, sourcelines):
        name, value = super().header_source_parse(sourcelines)
        return name, shortened(name, value)


def is_too_heavy(raw: bytes) -> bool:
    limits = settings.INBOUND
    lines = raw.count(b"\n") + raw.count(b"\r") - raw.count(b"\r\n")
    boundaries = len(_BOUNDARY.findall(raw.lower()))
    return (
        boundaries > limits["max_boundaries"]
        or lines * (1 + boundaries) > limits["max_comparisons"]
        or raw.count(b"\n--") + raw.count(b"\r--") > limits["max_parts"]
        # Each field of a head has a colon, each of its parameters a semicolon; encoded files have neither.
        or raw.count(b":") + raw.count(b";") > limits["max_fields"]
    )
