"""Reads a PDF that somebody sent, or says in German why it cannot be taken."""

import logging
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from contacts.models.attachments import Attachment
from contacts.pdfs.child import BROKEN, CLEAN_NAME, ENCRYPTED, FORM, OK, PHOTOGRAPH, PORTFOLIO, TOO_MUCH
from contacts.refused import FileRefused
from contacts.scanning import NotScanned, scan
from stadterneuerung.base.confined import ChildFailed, TookTooLong, TookTooMuch, ask_child

logger = logging.getLogger(__name__)

START, END = b"%PDF-", b"%%EOF"
_one_at_a_time = threading.Lock()


class PdfRefused(FileRefused):
    """It is a PDF that is harmful, or that nobody can vouch for."""


@dataclass(frozen=True)
class CleanPdf:
    """A PDF made anew that the scanner has seen."""

    content: bytes
    extension: str = Attachment.Format.PDF
    width: None = None
    height: None = None


def is_pdf(file: BinaryIO) -> bool:
    """Whether the content says so; names and types of files are hearsay."""
    start = file.read(len(START))
    file.seek(0)
    return start == START


def read_pdf(file: BinaryIO) -> CleanPdf:
    """Return the PDF in `file`, made anew. Raises PdfRefused.

    It is scanned twice: as it came, since what will be left out says what the file is for, and as it is kept, since
    scanners overlook what is packed in an unusual way or has to be repaired first.
    """
    content = file.read()
    if END not in content:
        raise PdfRefused(_broken())
    with _turn():
        _refuse_harmful(content)
        try:
            clean = _made_anew(content)
        except OSError:  # no room for files, no memory for a process: what else was sent can still be taken
            logger.exception("Ein PDF ließ sich nicht neu schreiben")
            raise PdfRefused(_not_scanned()) from None
        _refuse_harmful(clean)
    return CleanPdf(clean)


@contextmanager
def _turn() -> Iterator[None]:
    """Wait for the one place in this process, but not so long that all threads stand behind a slow scanner."""
    if not _one_at_a_time.acquire(timeout=settings.SCANNER["wait_seconds"]):
        raise PdfRefused(_not_scanned())
    try:
        yield
    finally:
        _one_at_a_time.release()


def _refuse_harmful(content: bytes) -> None:
    try:
        verdict = scan(content)
    except NotScanned:
        raise PdfRefused(_not_scanned()) from None
    if verdict.is_encrypted:
        raise PdfRefused(_encrypted())
    if not verdict.is_clean:
        logger.warning("Der Virenscanner hat ein PDF abgewiesen: %s", verdict.kind)
        raise PdfRefused(
            _(
                "Unser Virenscanner lässt diese Datei nicht durch; gespeichert ist davon nichts. Bitte schreiben Sie "
                "uns, was darin steht, oder schicken Sie Fotos der Seiten."
            )
        )


def _made_anew(content: bytes) -> bytes:
    with tempfile.TemporaryDirectory(prefix="pdf-") as folder:  # for its owner alone
        path = Path(folder) / "upload"
        path.write_bytes(content)
        try:
            answer = ask_child("contacts.pdfs.child", path, limits=settings.PDF_READING)
        except (TookTooLong, TookTooMuch):
            answer = TOO_MUCH
        except ChildFailed as error:
            logger.warning("Das Lesen eines PDF endete mit %s", error.status)  # its complaint may quote the file
            answer = BROKEN
        if answer == OK:
            return path.with_name(CLEAN_NAME).read_bytes()
    sentences = {
        ENCRYPTED: _encrypted,
        TOO_MUCH: _too_much,
        FORM: _form,
        PORTFOLIO: _portfolio,
        PHOTOGRAPH: _photograph,
    }
    raise PdfRefused(sentences.get(answer, _broken)())


def _not_scanned() -> str:
    return _(
        "Das PDF kann gerade nicht auf Viren geprüft werden und ist deshalb nicht dabei. Bitte senden Sie es später "
        "nach; den Text können Sie schon jetzt abschicken."
    )


def _encrypted() -> str:
    return _("Das PDF ist mit einem Passwort geschützt und lässt sich nicht prüfen. Bitte senden Sie es ohne Passwort.")


def _broken() -> str:
    return _("Das PDF ist beschädigt. Bitte speichern Sie es neu oder schicken Sie Fotos der Seiten.")


def _form() -> str:
    return _(
        "Was in dieses Formular eingetragen ist, ginge verloren. Bitte drucken Sie es als PDF und senden Sie dieses."
    )


def _portfolio() -> str:
    return _("Das PDF ist eine Mappe mit weiteren Dateien. Bitte senden Sie diese einzeln.")


def _photograph() -> str:
    return _(
        "Ein Foto in dem PDF lässt sich nicht lesen, also können wir Angaben wie Ort oder Name nicht daraus löschen. "
        "Bitte speichern Sie das PDF neu oder schicken Sie Fotos der Seiten."
    )


def _too_much() -> str:
    return _("Das PDF ist zu umfangreich. Bitte teilen Sie es auf oder senden Sie nur die Seiten, um die es geht.")
