"""The field for pictures: what is chosen now, and what an earlier try of the same form already brought."""

import logging
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
from django.utils.translation import gettext_lazy, ngettext

from contacts.models.attachments import Attachment
from contacts.pictures import PictureRefused, keep, read_picture
from contacts.text import header_text
from stadterneuerung.base.http import RateLimit
from stadterneuerung.base.uploads import TooLargeFile

logger = logging.getLogger(__name__)

UNSTORED = "unstored"  # code of the error that is ours, not the sender's
_signer = signing.TimestampSigner(salt="contacts.pictures")


@dataclass(frozen=True)
class Kept:
    """A picture that waits for the form. Its name is told to the sender alone and stands in no row."""

    attachment: Attachment
    name: str


class PictureInput(forms.Widget):
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
            "attrs": forms.utils.flatatt({**(attrs or {}), "accept": "image/jpeg,image/png,image/webp"}),
            "id": (attrs or {}).get("id", name),
            "kept": self.kept,
            "signed": _signer.sign_object(listed) if listed else "",
        }
        return render_to_string("components/picture_input.html", context)


def _help() -> str:
    limits = settings.PUBLIC_FORMS
    return _(
        "Höchstens %(count)d Bilder, jedes bis %(size)s: JPEG bis %(jpeg)d Megapixel, PNG und WebP bis %(png)d. "
        "Angaben in der Datei, etwa den Ort der Aufnahme, löschen wir. Bitte zeigen Sie keine anderen Menschen."
    ) % {
        "count": limits["max_pictures"],
        "size": filesizeformat(limits["max_picture_bytes"]),
        "jpeg": limits["max_picture_pixels"]["JPEG"] // 1_000_000,
        "png": limits["max_picture_pixels"]["PNG"] // 1_000_000,
    }


class PicturesField(forms.Field):
    """Up to `max_pictures` pictures; cleans to the list of attachments, which wait until the form is stored.

    What can be taken is kept even when the form is shown again, for whatever reason. `request` limits how many a
    network may have us decode; without it the field takes no new ones.
    """

    widget = PictureInput
    request: HttpRequest | None = None

    def __init__(self, **kwargs):
        super().__init__(label=gettext_lazy("Bilder"), help_text=lazy(_help, str)(), required=False, **kwargs)

    def clean(self, value) -> list[Attachment]:
        value = value or {}
        kept = _read_kept(value.get("kept", ""), value.get("removed", set()))
        refused = []
        for upload in value.get("uploads", []) if self.request else []:
            try:
                kept.append(self._take(upload, len(kept)))
            except PictureRefused as reason:
                refused.append(forms.ValidationError(f"„{_name_of(upload)}“: {reason}"))
            except OSError:
                # The name of the error alone: messages of the system quote paths.
                logger.exception("Ein Bild ließ sich nicht speichern")  # places and types only (base.discretion)
                sentence = _("„%(name)s“ konnten wir gerade nicht speichern.") % {"name": _name_of(upload)}
                refused.append(forms.ValidationError(sentence, code=UNSTORED))
        self.widget.kept = kept
        if refused:
            raise forms.ValidationError(refused)
        return [each.attachment for each in kept]

    def _take(self, upload: UploadedFile, already: int) -> Kept:
        limits = settings.PUBLIC_FORMS
        if already >= limits["max_pictures"]:
            raise PictureRefused(
                ngettext(
                    "Mehr als ein Bild geht nicht.", "Mehr als %(count)d Bilder gehen nicht.", limits["max_pictures"]
                )
                % {"count": limits["max_pictures"]}
            )
        if isinstance(upload, TooLargeFile):
            raise PictureRefused(
                _("Das Bild ist größer als %(size)s.") % {"size": filesizeformat(limits["max_picture_bytes"])}
            )
        limit = RateLimit("pictures-hour", limits["pictures_per_hour"], 3600)
        if limit.is_reached(self.request):
            raise PictureRefused(_("Gerade kommen zu viele Bilder aus Ihrem Netz. Bitte senden Sie es später nach."))
        limit.add(self.request)
        return Kept(keep(read_picture(upload)), _name_of(upload))


def _name_of(upload: UploadedFile) -> str:
    return header_text(upload.name or "", 60) or _("Bild")


def _read_kept(signed: str, removed: set[str]) -> list[Kept]:
    """Return the pictures of a signed list that are still there and not ticked to be removed, in their order.

    Those that belong to a message by now are among them: a form that was sent twice has to stay the same.
    """
    days = settings.RETENTION_DAYS["upload_without_case"]
    try:
        listed = _signer.unsign_object(signed, max_age=days * 24 * 3600) if signed else []
    except signing.BadSignature:
        return []
    found = Attachment.objects.in_bulk([pk for pk, _name in listed if str(pk) not in removed])
    return [Kept(found[pk], name) for pk, name in listed if pk in found]
