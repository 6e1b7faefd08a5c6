"""The field for files: what is chosen now, and what an earlier try of the same form already brought."""

import logging
import time
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts import scanning
from contacts.kept_files import keep
from contacts.models.attachments import Attachment
from contacts.pdfs.reading import is_pdf, read_pdf
from contacts.pictures import Picture, UnknownFormat, read_picture
from contacts.refused import FileRefused
from contacts.text import header_text
from stadterneuerung.base.http import RateLimit

logger = logging.getLogger(__name__)

UNSTORED = "unstored"  # code of the error that is ours, not the sender's
PICTURE_TYPES = "image/jpeg,image/png,image/webp"
_signer = signing.TimestampSigner(salt="contacts.pictures")


def accepted_types() -> str:
    """Return what a browser offers to choose from. A PDF is taken only where a scanner is set up."""
    return f"{PICTURE_TYPES},application/pdf" if scanning.is_configured() else PICTURE_TYPES


@dataclass(frozen=True)
class Kept:
    """A file that waits for the form. Its name is told to the sender alone and stands in no row."""

    attachment: Attachment
    name: str


class AttachmentInput(forms.Widget):
    """A file input; before it what is kept, each with a box to remove it, and the signed list of it."""

    needs_multipart_form = True
    input_type = "file"
    kept: list[Kept] = []

    def value_from_datadict(self, data, files, name):
        uploads = files.getlist(name) if hasattr(files, "getlist") else files.get(name, [])
        removed = set(data.getlist(f"{name}-weg")) if hasattr(data, "getlist") else set()
        return {"uploads": uploads, "kept": data.get(f"{name}-da", ""), "removed": removed}

    def value_omitted_from_data(self, data, files, name):
        return False

    def render(self, name, value, attrs=None, renderer=None):
        listed = [[kept.attachment.pk, kept.name] for kept in self.kept]
        context = {
            "name": name,
            "attrs": forms.utils.flatatt({**(attrs or {}), "accept": accepted_types()}),
            "id": (attrs or {}).get("id", name),
            "kept": self.kept,
            "signed": _signer.sign_object(listed) if listed else "",
        }
        return render_to_string("components/attachment_input.html", context)


def _label() -> str:
    return _("Bilder und PDF") if scanning.is_configured() else _("Bilder")


def _help() -> str:
    limits = settings.PUBLIC_FORMS
    figures = {
        "count": limits["max_files"],
        "size": filesizeformat(limits["max_picture_bytes"]),
        "pdf": filesizeformat(limits["max_pdf_bytes"]),
        "jpeg": limits["max_picture_pixels"]["JPEG"] // 1_000_000,
        "png": limits["max_picture_pixels"]["PNG"] // 1_000_000,
    }
    pictures_alone = _(
        "Höchstens %(count)d Bilder, jedes bis %(size)s: JPEG bis %(jpeg)d Megapixel, PNG und WebP bis %(png)d. "
        "Angaben in der Datei, etwa den Ort der Aufnahme, löschen wir. Bitte zeigen Sie keine anderen Menschen."
    )
    with_pdf = _(
        "Höchstens %(count)d Dateien: Bilder bis %(size)s (JPEG bis %(jpeg)d Megapixel, PNG und WebP bis %(png)d) und "
        "PDF bis %(pdf)s. PDF prüfen wir auf Viren. Angaben in der Datei, etwa Ort oder Name, löschen wir. Bitte "
        "zeigen Sie keine anderen Menschen."
    )
    return (with_pdf if scanning.is_configured() else pictures_alone) % figures


class _Patience:
    """What the files of one form may cost: a time, and twice as many tries as files, for refusing one costs as much."""

    def __init__(self):
        limits = settings.PUBLIC_FORMS
        self._tries = 2 * limits["max_files"]
        self._until = time.monotonic() + limits["files_seconds"]

    def spend(self) -> None:
        """Begin with another file. Raises FileRefused."""
        if not self._tries or time.monotonic() >= self._until:
            raise FileRefused(
                _("Diese Datei haben wir nicht mehr gelesen, das hätte zu lange gedauert. Bitte senden Sie sie später.")
            )
        self._tries -= 1


class AttachmentsField(forms.Field):
    """Up to `max_files` files; cleans to the list of attachments, which wait until the form is stored.

    What can be taken is kept even when the form is shown again, for whatever reason. What was kept and is gone by now
    is an error once: the form shown with it lists the rest alone, and may be sent like that. `request` limits how many
    a network may have us read; without it the field takes no new ones. Forms name it `pictures`, for it began with
    them.
    """

    widget = AttachmentInput
    request: HttpRequest | None = None

    def __init__(self, **kwargs):
        super().__init__(label=lazy(_label, str)(), help_text=lazy(_help, str)(), required=False, **kwargs)

    def clean(self, value) -> list[Attachment]:
        value = value or {}
        kept, refused = _read_kept(value.get("kept", ""), value.get("removed", set()))
        patience = _Patience()
        for upload in value.get("uploads", []) if self.request else []:
            try:
                kept.append(self._take(upload, len(kept), patience))
            except FileRefused as reason:
                refused.append(forms.ValidationError(f"„{_name_of(upload)}“: {reason}"))
            except OSError:
                # The name of the error alone: messages of the system quote paths.
                logger.exception("Eine Datei ließ sich nicht speichern")  # places and types only (base.discretion)
                sentence = _("„%(name)s“ konnten wir gerade nicht speichern.") % {"name": _name_of(upload)}
                refused.append(forms.ValidationError(sentence, code=UNSTORED))
        self.widget.kept = kept
        if refused:
            raise forms.ValidationError(refused)
        return [each.attachment for each in kept]

    def _take(self, upload: UploadedFile, already: int, patience: _Patience) -> Kept:
        limits = settings.PUBLIC_FORMS
        as_pdf = scanning.is_configured() and is_pdf(upload)
        if already >= limits["max_files"]:
            raise FileRefused(_too_many(limits["max_files"]))
        if upload.size > limits["max_pdf_bytes" if as_pdf else "max_picture_bytes"]:
            raise FileRefused(_too_large(as_pdf))
        patience.spend()
        limit = RateLimit("files-hour", limits["files_per_hour"], 3600)
        if limit.is_reached(self.request):
            raise FileRefused(_("Gerade kommen zu viele Dateien aus Ihrem Netz. Bitte senden Sie diese später nach."))
        limit.add(self.request)
        return Kept(keep(read_pdf(upload) if as_pdf else _read_picture(upload)), _name_of(upload))


def _too_many(count: int) -> str:
    sentence = ngettext("Mehr als eine Datei geht nicht.", "Mehr als %(count)d Dateien gehen nicht.", count)
    return sentence % {"count": count}


def _too_large(as_pdf: bool) -> str:
    limits = settings.PUBLIC_FORMS
    if as_pdf:
        return _("Das PDF ist größer als %(size)s.") % {"size": filesizeformat(limits["max_pdf_bytes"])}
    return _("Das Bild ist größer als %(size)s.") % {"size": filesizeformat(limits["max_picture_bytes"])}


def _read_picture(upload: UploadedFile) -> Picture:
    try:
        return read_picture(upload)
    except UnknownFormat:
        if not scanning.is_configured():
            raise
        raise UnknownFormat(
            _("Dieses Format können wir nicht lesen. Möglich sind PDF und Bilder als JPEG, PNG oder WebP.")
        ) from None


def _name_of(upload: UploadedFile) -> str:
    return header_text(upload.name or "", 60) or _("Datei")


def what_is_left(form: forms.Form) -> str:
    """Say of a form that comes back whether everything in it is still there."""
    if form.has_error("pictures"):
        return _("Was Sie geschrieben haben, ist noch da. Bei den Dateien fehlt etwas; bitte sehen Sie dort nach.")
    return _("Ihre Angaben sind alle noch da.")


def _read_kept(signed: str, removed: set[str]) -> tuple[list[Kept], list[forms.ValidationError]]:
    """Return the files of a signed list that are not ticked to be removed, in their order, and errors for what is gone.

    Those that belong to a message by now are among them: a form that was sent twice has to stay the same.
    """
    if not signed:
        return [], []
    days = settings.RETENTION_DAYS["upload_without_case"]
    try:
        listed = _signer.unsign_object(signed, max_age=days * 24 * 3600)
    except signing.BadSignature:  # too old for its files to be there, or not ours
        sentence = _("Die Dateien von vorhin haben wir nicht mehr. Bitte wählen Sie sie noch einmal aus.")
        return [], [forms.ValidationError(sentence)]
    wanted = [(pk, name) for pk, name in listed if str(pk) not in removed]
    found = Attachment.objects.in_bulk([pk for pk, _name in wanted])
    gone = [
        forms.ValidationError(
            _("„%(name)s“ haben wir nicht mehr. Bitte wählen Sie die Datei noch einmal aus.") % {"name": name}
        )
        for pk, name in wanted
        if pk not in found
    ]
    return [Kept(found[pk], name) for pk, name in wanted if pk in found], gone
