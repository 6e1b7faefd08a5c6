"""Images and documents with what the law and readers need: credit, licence, description, Stand."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index

from stadterneuerung.organisation.text import folded_field


class CustomImage(AbstractImage):
    """A picture. It cannot be saved without credit, licence and a description, unless it is decorative."""

    credit = models.CharField("Urheber*in", max_length=160, help_text="Erscheint am Bild, etwa „Stadt Dortmund“.")
    licence = models.CharField("Lizenz oder Nutzungsrecht", max_length=160)
    # "decorative" itself belongs to Wagtail, which sets it on each instance for its image block.
    is_decorative = models.BooleanField(
        "dekorativ", default=False, help_text="Das Bild trägt keine Information; Vorleseprogramme übergehen es."
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "is_decorative",
        "credit",
        "licence",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = "Bild"
        verbose_name_plural = "Bilder"
        permissions = [("choose_customimage", "Darf Bilder auswählen")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(description="") | models.Q(is_decorative=True),
                name="base_image_described_or_decorative",
                violation_error_message="Bitte beschreiben Sie das Bild, oder kreuzen Sie „dekorativ“ an.",
            ),
            models.CheckConstraint(condition=~models.Q(credit=""), name="base_image_has_credit"),
            models.CheckConstraint(condition=~models.Q(licence=""), name="base_image_has_licence"),
        ]

    @property
    def default_alt_text(self) -> str:
        return "" if self.is_decorative else self.description

    def clean(self) -> None:
        super().clean()
        if not self.description and not self.is_decorative:
            raise ValidationError(
                {"description": "Bitte beschreiben Sie, was zu sehen ist, oder kreuzen Sie „dekorativ“ an."}
            )


class CustomRendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class CustomDocument(AbstractDocument):
    """A file for download, with what a reader wants to know before loading it."""

    class Accessibility(models.TextChoices):
        UNCHECKED = "unchecked", "nicht geprüft"
        ACCESSIBLE = "accessible", "barrierefrei (geprüft)"
        LIMITED = "limited", "eingeschränkt barrierefrei"

    language = models.CharField("Sprache", max_length=2, default="de")
    pages = models.PositiveIntegerField("Seiten", null=True, blank=True)
    as_of = models.DateField("Stand", default=timezone.localdate)
    accessibility = models.CharField(
        "Barrierefreiheit", max_length=12, choices=Accessibility, default=Accessibility.UNCHECKED
    )
    is_example = models.BooleanField("Beispiel", default=False)

    admin_form_fields = ("title", "file", "language", "pages", "as_of", "accessibility", "collection", "tags")

    search_fields = [
        *AbstractDocument.search_fields,
        index.SearchField("search_folded"),
        index.AutocompleteField("search_folded"),
    ]

    class Meta(AbstractDocument.Meta):
        verbose_name = "Dokument"
        verbose_name_plural = "Dokumente"
        permissions = [("choose_customdocument", "Darf Dokumente auswählen")]

    @property
    def search_folded(self) -> str:
        return folded_field(self.title)
