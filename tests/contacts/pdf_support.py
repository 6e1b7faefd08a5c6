"""PDFs for tests: plain ones, and those that hold what nobody sees."""

import io

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.contacts.pictures_support import SECRET, talkative_jpeg

HIDDEN = SECRET.decode()


def pdf(words: str = "Guten Tag", pages: int = 1, **options) -> bytes:
    """Return a PDF with so many pages of a few words; `options` as for `Pdf.save`."""
    document = Pdf.new()
    for _ in range(pages):
        page = document.add_blank_page(page_size=(300, 200))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.Resources = Dictionary(Font=Dictionary(F=document.make_indirect(font)))
        page.Contents = document.make_stream(f"BT /F 20 Tf 20 100 Td ({words}) Tj ET".encode())
    return _saved(document, **options)


def pdf_upload(content: bytes | None = None, name: str = "brief.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if content is None else content, content_type="application/pdf")


def locked_pdf(user: str, owner: str = "amt") -> bytes:
    """Return an encrypted PDF; one without a password for users opens for everybody."""
    return pdf(encryption=pikepdf.Encryption(user=user, owner=owner))


def talkative_pdf() -> bytes:
    """Return a PDF that tells who made it where, attaches a file, and acts when it is opened, looked at or clicked."""
    document = Pdf.open(io.BytesIO(pdf()))
    page = document.pages[0]
    script = Dictionary(S=Name.JavaScript, JS=String(HIDDEN))
    launch = Dictionary(S=Name.Launch, F=String(HIDDEN))
    link = Dictionary(S=Name.URI, URI=String(HIDDEN))
    document.docinfo["/Author"] = HIDDEN
    with document.open_metadata() as xmp:
        xmp["dc:creator"] = [HIDDEN]
    document.Root.OpenAction = script
    document.Root.AA = Dictionary(WC=script)
    document.attachments["anhang.txt"] = SECRET
    document.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), script]))
    document.Root.Outlines = Dictionary(First=Dictionary(Title=String(HIDDEN), A=launch))
    page.AA = Dictionary(O=launch)
    page.Metadata = document.make_stream(SECRET)
    page.PieceInfo = Dictionary(Programm=Dictionary(Private=String(HIDDEN)))
    photo = document.make_stream(
        talkative_jpeg(), Type=Name.XObject, Subtype=Name.Image, Width=60, Height=40, ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8, Filter=Name.DCTDecode, Metadata=document.make_stream(SECRET),
        PieceInfo=Dictionary(a=HIDDEN),
    )  # fmt: skip
    page.Resources.XObject = Dictionary(Foto=photo)
    box = Array([10, 10, 50, 50])
    page.Annots = Array([
        Dictionary(Subtype=Name.Link, Rect=box, A=link),
        Dictionary(Subtype=Name.FileAttachment, Rect=box, FS=Dictionary(F=String(HIDDEN))),
        Dictionary(Subtype=Name.Text, Rect=box, Contents=String("Hier fehlt etwas"), T=String(HIDDEN), A=launch),
        Dictionary(Subtype=Name.Screen, Rect=box, A=Dictionary(S=Name.Rendition, JS=String(HIDDEN))),
    ])  # fmt: skip
    return _saved(document)


def portfolio_pdf() -> bytes:
    document = Pdf.open(io.BytesIO(pdf()))
    document.attachments["anhang.pdf"] = pdf()
    document.Root.Collection = Dictionary()
    return _saved(document)


def photo_pdf(content: bytes, *filters: Name, parameters: Array | None = None) -> bytes:
    """Return a PDF with a photograph; the first filter is the outermost."""
    document = Pdf.open(io.BytesIO(pdf()))
    photo = document.make_stream(b"", Type=Name.XObject, Subtype=Name.Image, Width=60, Height=40)
    photo.write(content, filter=Array(filters), decode_parms=parameters)
    document.pages[0].Resources.XObject = Dictionary(Foto=photo)
    return _saved(document, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def inline_photo_pdf() -> bytes:
    """Return a PDF whose photograph stands within the text of a page."""
    document = Pdf.open(io.BytesIO(pdf()))
    image = b"BI /W 60 /H 40 /CS /RGB /BPC 8 /F /DCT ID " + talkative_jpeg() + b" EI"
    document.pages[0].contents_add(b"q 60 0 0 40 0 0 cm " + image + b" Q")
    return _saved(document)


def font_pdf(name: str) -> bytes:
    """Return a PDF whose only font has this name."""
    return pdf().replace(b"/F ", f"/{name} ".encode())


def form_pdf(*, drawn: bool = True, **options) -> bytes:
    """Return a form into which "Frieda" is typed; undrawn, how that looks is left to the programme that shows it."""
    document = Pdf.open(io.BytesIO(pdf()))
    look = document.make_stream(b"BT /Helv 12 Tf (Frieda) Tj ET", Subtype=Name.Form, BBox=Array([0, 0, 180, 20]))
    field = document.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String("Frieda"), F=4,
            Rect=Array([20, 20, 200, 40]), AA=Dictionary(K=Dictionary(S=Name.JavaScript, JS=String(HIDDEN))),
        )
    )  # fmt: skip
    if drawn:
        field.AP = Dictionary(N=look)
    document.pages[0].Annots = Array([field])
    document.Root.AcroForm = Dictionary(Fields=Array([field]), **options)
    return _saved(document)


def opened(content: bytes) -> bytes:
    """Return a PDF with all that can be unpacked unpacked, to be searched."""
    with Pdf.open(io.BytesIO(content)) as document:
        return _saved(document, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def _saved(document: Pdf, **options) -> bytes:
    target = io.BytesIO()
    document.save(target, **options)
    return target.getvalue()
