"""What no log may hold although it stands in an address: the secret of a sender's status page, and what was asked."""

import logging
import re

_SECRET = re.compile(r"(/(?:vorgang|gesendet)/)[^/\s\"']+")
_QUERY = re.compile(r"(?<=\S)\?[^\s\"']+")


def has_secret(path: str) -> bool:
    return _SECRET.search(path) is not None


def without_secrets(text: str) -> str:
    """Return the text with "…" for the part of a path that is a secret, and for what follows a question mark."""
    return _QUERY.sub("?…", _SECRET.sub(r"\1…", text))


class SecretPaths(logging.Filter):
    """Django names the path of every answer of 500 and above, gunicorn the whole address that made an error."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        masked = without_secrets(said)
        if masked != said:
            record.msg, record.args = masked, ()
        return True
