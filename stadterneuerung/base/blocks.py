"""The small palette of blocks for page bodies, named by purpose. Each has one template in templates/blocks/."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

RICH_TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ul", "ol", "link", "document-link"]
INLINE_FEATURES = ["bold", "italic", "link", "document-link"]


def alt_text(image) -> str:
    """Return the description of an image chosen in an ImageBlock, which may differ from place to place."""
    if image is None:
        return ""
    here = getattr(image, "contextual_alt_text", None)  # an empty one means: decorative here
    return image.default_alt_text if here is None else here


class FactBlock(blocks.StructBlock):
    label = blocks.CharBlock(label="Was", max_length=120)
    value = blocks.CharBlock(label="Wert mit Einheit", max_length=80)
    as_of = blocks.CharBlock(label="Stand", max_length=40)
    source = blocks.CharBlock(label="Quelle", max_length=200)


class FactBoxBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label="Überschrift", required=False, max_length=80)
    facts = blocks.ListBlock(FactBlock(), label="Zahlen", min_num=1)

    class Meta:
        icon = "list-ul"
        label = "Zahlenkasten"
        template = "blocks/fact_box.html"


class PictureValue(blocks.StructValue):
    @property
    def alt(self) -> str:
        """The description written for this place; a decorative picture has none."""
        return alt_text(self["image"])


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label="Bild")
    caption = blocks.CharBlock(label="Bildunterschrift", required=False, max_length=250)

    class Meta:
        icon = "image"
        label = "Bild"
        template = "blocks/image.html"
        value_class = PictureValue


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label="Was die Tabelle zeigt", max_length=160)
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label="Text", required=False)),
            ("number", blocks.CharBlock(label="Zahl", required=False)),
        ],
        label="Tabelle",
    )

    class Meta:
        icon = "table"
        label = "Tabelle"
        template = "blocks/table.html"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label="Frage", max_length=160)
    answer = blocks.RichTextBlock(label="Antwort", features=[*INLINE_FEATURES, "ul", "ol"])


class FaqBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label="Überschrift", required=False, max_length=80)
    questions = blocks.ListBlock(QuestionBlock(), label="Fragen", min_num=1)

    class Meta:
        icon = "help"
        label = "Fragen und Antworten"
        template = "blocks/faq.html"


class DocumentValue(blocks.StructValue):
    @property
    def as_list(self) -> list:
        """The document for a list; empty when it was deleted."""
        return [self["document"]] if self["document"] else []


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label="Dokument")
    note = blocks.CharBlock(label="Hinweis", required=False, max_length=160)

    class Meta:
        icon = "doc-full"
        label = "Dokument"
        template = "blocks/document.html"
        value_class = DocumentValue


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label="Zitat")
    source = blocks.CharBlock(label="Wer oder was wird zitiert", max_length=160)

    class Meta:
        icon = "openquote"
        label = "Zitat"
        template = "blocks/quote.html"


class ContactBlock(blocks.StructBlock):
    unit = SnippetChooserBlock("organisation.OrganisationUnit", label="Einheit")
    note = blocks.CharBlock(label="Wofür", required=False, max_length=160)

    class Meta:
        icon = "mail"
        label = "Kontakt"
        template = "blocks/contact.html"


class VideoValue(blocks.StructValue):
    @property
    def link_host(self) -> str:
        """Where the link leads, in a word: readers should know before they leave."""
        return urlsplit(self["link"] or "").hostname or ""

    @property
    def poster_alt(self) -> str:
        return alt_text(self["poster"])

    @property
    def poster_url(self) -> str:
        return self["poster"].get_rendition("fill-1280x720|format-jpeg").url if self["poster"] else ""


class VideoBlock(blocks.StructBlock):
    """An own file with captions, or a still picture with a plain link; nothing is loaded from other hosts."""

    title = blocks.CharBlock(label="Titel", max_length=120)
    file = DocumentChooserBlock(label="Videodatei (MP4)", required=False)
    captions = DocumentChooserBlock(label="Untertitel (VTT)", required=False)
    poster = ImageBlock(label="Standbild", required=False)
    link = blocks.URLBlock(label="Adresse des Videos", required=False)
    transcript = blocks.RichTextBlock(label="Mitschrift", required=False, features=["bold", "ul"])

    class Meta:
        icon = "media"
        label = "Video"
        template = "blocks/video.html"
        value_class = VideoValue

    def clean(self, value):
        value = super().clean(value)
        errors = {}
        if not value.get("file") and not value.get("link"):
            errors["file"] = ValidationError("Bitte wählen Sie eine Datei, oder geben Sie eine Adresse an.")
        if value.get("file") and not value.get("captions"):
            errors["captions"] = ValidationError("Ein Video braucht Untertitel.")
        if errors:
            raise blocks.StructBlockValidationError(errors)
        return value


class NoticeBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label="Art",
        choices=[("info", "Hinweis"), ("warning", "Wichtig"), ("success", "Erledigt")],
        default="info",
    )
    heading = blocks.CharBlock(label="Überschrift", max_length=100)
    text = blocks.RichTextBlock(label="Text", features=INLINE_FEATURES)

    class Meta:
        icon = "warning"
        label = "Hinweis"
        template = "blocks/notice.html"


class BodyBlock(blocks.StreamBlock):
    text = blocks.RichTextBlock(label="Text", icon="pilcrow", features=RICH_TEXT_FEATURES, template="blocks/text.html")
    image = PictureBlock()
    facts = FactBoxBlock()
    table = TableBlock()
    faq = FaqBlock()
    document = DocumentBlock()
    quote = QuoteBlock()
    contact = ContactBlock()
    video = VideoBlock()
    notice = NoticeBlock()
