"""What no log may hold although it stands in an address: the secret of a sender's status page."""

import logging
import re

_SECRET = re.compile(r"(/(?:vorgang|gesendet)/)[^/\s\"']+")


class SecretPaths(logging.Filter):
    """Write "…" for the part of a path that is a secret. Django names the path of every answer of 500 and above."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        masked = _SECRET.sub(r"\1…", said)
        if masked != said:
            record.msg, record.args = masked, ()
        return True
