"""What a request says about its body, reduced to what is needed; it passes before anything of Django reads it.

Django takes the charset of a request for its address, too, and builds the request with it: one that encodes no text
(hex, rot13) fails before any middleware could answer. All browsers send forms in the page's charset, which is UTF-8.
"""

import re
from collections.abc import Callable, Iterable

from django.utils.http import parse_header_parameters

_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,\-./:=? ]{1,70}")  # RFC 2046, 5.1.1


def plain_content_type(said: str) -> str:
    """Return the type and, where there is a proper one, the boundary between its parts; nothing else."""
    try:
        kind, parameters = parse_header_parameters(said)
    except (LookupError, ValueError):
        return said.partition(";")[0].strip().lower()
    boundary = parameters.get("boundary", "")
    return f'{kind}; boundary="{boundary}"' if _BOUNDARY.fullmatch(boundary) else kind


def with_plain_content_type(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Wrap a WSGI application."""

    def wrapped(environ: dict, start_response: Callable) -> Iterable[bytes]:
        if ";" in environ.get("CONTENT_TYPE", ""):
            environ["CONTENT_TYPE"] = plain_content_type(environ["CONTENT_TYPE"])
        return application(environ, start_response)

    return wrapped
