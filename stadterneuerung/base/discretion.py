"""Logs and reports of errors without words: where it happened and what kind of error it was, never what it quotes.

Errors repeat what they were given: a database the row that it refused, a mail server the address, a traceback's report
the variables of each frame, among them what somebody typed into a form. So neither an error's message nor any value is
written anywhere; the place in the code and the type of the error remain.
"""

import copy
import logging
import smtplib
import traceback
from collections.abc import Iterator
from types import TracebackType

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from stadterneuerung.base.log_filter import without_secrets

# Errors that repeat what they were given; as an argument of a log line, their type stands for them.
QUOTING = (DatabaseError, smtplib.SMTPException, UnicodeError, ValidationError)


def describe(error: BaseException) -> str:
    """Return the error's type and place, with those of the errors that led to it, oldest first."""
    return "\n\n".join(_paragraph(each) for each in reversed(list(_chain(error))))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _paragraph(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return f"{places(error.__traceback__)}{kind} (Wortlaut verborgen)"


def places(tb: TracebackType | None) -> str:
    """Return the lines of code on the way, from our own files: they quote nobody."""
    return "".join(traceback.format_tb(tb))


class PlainFormatter(logging.Formatter):
    """The formatter of all our logs: an error's type and place instead of its words."""

    def formatException(self, exc_info) -> str:
        error = exc_info[1]
        return describe(error) if error else ""

    def format(self, record: logging.LogRecord) -> str:
        record = copy.copy(record)
        record.exc_text = None  # what another formatter has left there has the words in it
        record.msg = _without_words(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_without_words(each) for each in record.args)
        return super().format(record)


def _without_words(value):
    return type(value).__name__ if isinstance(value, QUOTING) else value


class HidingFilter(SafeExceptionReporterFilter):
    """Gives out no value: not of a form, a cookie, a header, a setting or a variable."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request):
        return dict.fromkeys(request.POST if request else {}, self.cleansed_substitute)

    def get_traceback_frame_variables(self, request, tb_frame):
        return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]

    def get_safe_cookies(self, request):
        return dict.fromkeys(request.COOKIES if request else {}, self.cleansed_substitute)


class PlainReporter(ExceptionReporter):
    """The report that goes to administrators by mail: method and path, type and place."""

    def get_traceback_text(self) -> str:
        error = self.exc_value
        where = f"{self.request.method} {without_secrets(self.request.path)}\n\n" if self.request else ""
        return where + (describe(error) if isinstance(error, BaseException) else "Kein Fehler angegeben.")

    def get_traceback_html(self) -> str:
        """There is no second report with more in it."""
        return ""
