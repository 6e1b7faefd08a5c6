"""Makes a PDF anew from what is seen on its pages; what is not named here is not in the new one.

The catalogue of a PDF is left behind whole: with it go author and programme (/Info, XMP), scripts, actions on opening,
attached files, forms with their scripts, bookmarks, and which layers are hidden. Of a page, and of a note on it, only
the keys named below are taken, so there is nothing that acts when it is looked at or clicked. What somebody filled into
a form is drawn onto the page first. Keys are those of ISO 32000-1, tables 30 (page), 164 and 170 to 181 (annotations).
"""

from collections.abc import Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from contacts.pdfs import jpeg, jpeg2000

PAGE_KEYS = {
    "/Type", "/Resources", "/Contents", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate",
    "/UserUnit", "/Group",
}  # fmt: skip
# Notes and marks that people make on a page. Not among them: links, form fields, attached files, sound, film, 3D.
NOTES = {
    "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline",
    "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink",
}  # fmt: skip
NOTE_KEYS = {
    "/Type", "/Subtype", "/Rect", "/Contents", "/AP", "/AS", "/F", "/Border", "/BS", "/BE", "/C", "/IC", "/CA", "/RD",
    "/DA", "/DS", "/Q", "/Name", "/QuadPoints", "/InkList", "/L", "/LE", "/Vertices", "/LL", "/LLE", "/Cap", "/Sy",
}  # fmt: skip
# Anywhere: descriptions of a part of the file, data of the program that made it, files that belong to it.
HIDDEN_KEYS = ("/Metadata", "/PieceInfo", "/AF")
# Of streams alone: in a dictionary of resources /F or /Ref may be the name of a font. They lead to other files.
OUTWARD_KEYS = ("/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI", "/LastModified")

# How photographs are stored, and in short, as within a page (ISO 32000-1, tables 6 and 94).
PHOTOGRAPHS = {
    "/DCTDecode": jpeg.without_metadata,
    "/DCT": jpeg.without_metadata,
    "/JPXDecode": jpeg2000.without_metadata,
}


class TooManyPages(Exception):
    """More than anybody would read."""


class Portfolio(Exception):
    """It is a wrapper around other files, which would not be in the new one."""


class UndrawnForm(Exception):
    """What somebody filled in is not part of a page: programmes draw it when they show the form. It would be lost."""


def write_clean(source: Path, target: Path, max_pages: int) -> None:
    """Read one PDF and write the other.

    Raises TooManyPages, Portfolio, UndrawnForm, UnreadablePhotograph or an error of pikepdf.
    """
    with pikepdf.open(source, suppress_warnings=True) as old, Pdf.new() as new:
        if not len(old.pages):
            raise pikepdf.PdfError
        if len(old.pages) > max_pages:
            raise TooManyPages
        if "/Collection" in old.Root:
            raise Portfolio
        notes = [_take_notes(page) for page in old.pages]
        if _is_undrawn(old):
            raise UndrawnForm
        old.flatten_annotations("all")
        for page, kept in zip(old.pages, notes, strict=True):
            page.externalize_inline_images()  # so that photographs within the text of a page are cleaned like others
            _leave(page.obj, PAGE_KEYS | {"/Parent"})  # its parent may know the size of the paper
            if kept:
                page.obj.Annots = Array(kept)
        new.pages.extend(old.pages)
        for each in _reachable(new.Root):
            _clean(each)
        del new.docinfo
        # Objects one by one and not packed, so that a scanner sees each; streams stay as they are.
        new.save(
            target,
            min_version=old.pdf_version,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            fix_metadata_version=False,
            deterministic_id=True,
        )


def _take_notes(page: pikepdf.Page) -> list[Object]:
    """Take the notes off a page, so that only what belongs to forms is drawn onto it; return them cleaned."""
    annotations = [each for each in page.obj.get("/Annots", []) if isinstance(each, Dictionary)]
    fields = [each for each in annotations if each.get("/Subtype") == Name.Widget]
    page.obj.Annots = Array(fields)
    notes = [each for each in annotations if str(each.get("/Subtype", "")) in NOTES]
    for note in notes:
        _leave(note, NOTE_KEYS)
    return notes


def _is_undrawn(document: Pdf) -> bool:
    """Whether a form has words that no page shows (ISO 32000-1, 12.7.2 and 12.7.8)."""
    form = document.Root.get("/AcroForm", Dictionary())
    stale = bool(form.get("/NeedAppearances", False))
    fields = [field for page in document.pages for field in page.obj.Annots]
    return bool(document.Root.get("/NeedsRendering", False)) or any(
        (stale or "/AP" not in field)
        and _inherited(field, "/FT") in (Name.Tx, Name.Ch)
        and str(_inherited(field, "/V") or "")
        for field in fields
    )


def _inherited(field: Object, key: str) -> Object | None:
    for _level in range(32):
        if key in field:
            return field[key]
        field = field.get("/Parent")
        if not isinstance(field, Dictionary):
            break
    return None


def _leave(dictionary: Object, keys: set[str]) -> None:
    for key in [key for key in dictionary.keys() if key not in keys]:  # noqa: SIM118 - no mapping
        del dictionary[key]


def _reachable(start: Object) -> Iterator[Object]:
    """Go through every dictionary and stream that hangs on `start`; without recursion, so that depth does no harm.

    Left out are the lists of fonts, pictures and the like in /Resources: their keys are names that somebody chose.
    """
    waiting, seen = [(start, "")], set()
    while waiting:
        each, place = waiting.pop()
        if each.is_indirect:
            if each.objgen in seen:
                continue
            seen.add(each.objgen)
        if isinstance(each, Dictionary | Stream):
            if place != "names":
                yield each
            children = [(value, _place_below(place, key)) for key, value in each.items()]
        else:
            children = [(value, "") for value in each]
        waiting += [child for child in children if isinstance(child[0], Array | Dictionary | Stream)]


def _place_below(place: str, key: str) -> str:
    if place == "resources":
        return "names"
    return "resources" if key == "/Resources" and place != "names" else ""


def _clean(each: Object) -> None:
    is_stream = isinstance(each, Stream)
    for key in HIDDEN_KEYS + (OUTWARD_KEYS if is_stream else ()):
        if key in each:
            del each[key]
    if is_stream:
        _clean_photograph(each)


def _clean_photograph(stream: Object) -> None:
    """Take from a photograph what its file tells; whatever it is wrapped in comes off, for that hides it."""
    filters, parameters = _listed(stream.get("/Filter")), _listed(stream.get("/DecodeParms"))
    if not any(str(each) in PHOTOGRAPHS for each in filters):
        return
    if len(parameters) != len(filters):
        parameters = [None] * len(filters)
    *wrappings, kind = filters
    if str(kind) not in PHOTOGRAPHS:
        raise pikepdf.PdfError  # what is wrapped in a photograph nobody can read
    content = stream.read_raw_bytes()
    if wrappings:
        stream.write(content, filter=Array(wrappings), decode_parms=Array(parameters[:-1]))
        content = stream.read_bytes()
    stream.write(PHOTOGRAPHS[str(kind)](content), filter=kind, decode_parms=parameters[-1])


def _listed(value: Object | None) -> list[Object | None]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]
