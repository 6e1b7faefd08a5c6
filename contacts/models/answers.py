"""Texts that the office answers with often."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from contacts.models.enquiries import Enquiry
from contacts.models.subjects import EnquirySubject


class AnswerTemplateQuerySet(models.QuerySet):
    def fitting(self, enquiry: Enquiry) -> "AnswerTemplateQuerySet":
        """Templates of the enquiry's kind and subject, and those for all."""
        kinds = models.Q(kind="") | models.Q(kind=enquiry.kind)
        subjects = models.Q(subject=None) | models.Q(subject=enquiry.subject_id)
        return self.filter(kinds, subjects)


class AnswerTemplate(models.Model):
    """A text with placeholders; which ones there are is told by `contacts.desk.templates`."""

    name = models.CharField("Bezeichnung", max_length=120, unique=True)
    kind = models.CharField("für", max_length=8, choices=Enquiry.Kind, blank=True, help_text="Leer: für alle.")
    subject = models.ForeignKey(
        EnquirySubject,
        verbose_name="zum Betreff",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Leer: zu allen.",
    )
    text = models.TextField(
        "Text", help_text="Mit Platzhaltern wie {Anrede}; was von Hand zu schreiben ist, steht in [[zwei Klammern]]."
    )
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    objects = AnswerTemplateQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("position")]),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("subject")]),
        FieldPanel("text"),
    ]

    class Meta:
        verbose_name = "Antwortvorlage"
        verbose_name_plural = "Antwortvorlagen"
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        from contacts.desk.templates import PLACEHOLDERS, unknown_placeholders  # which itself needs the models

        super().clean()
        if unknown := unknown_placeholders(self.text):
            wrong = ", ".join(f"{{{name}}}" for name in unknown)[:200]
            known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
            raise ValidationError({"text": f"Diesen Platzhalter gibt es nicht: {wrong}. Es gibt: {known}."})
