"""What one may write about; the list is kept by editors."""

from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import TranslatableMixin

from stadterneuerung.organisation.models import OrganisationUnit


class EnquirySubjectQuerySet(models.QuerySet):
    def active(self) -> "EnquirySubjectQuerySet":
        return self.filter(active=True)


class EnquirySubject(TranslatableMixin, models.Model):
    """One entry of the form's first question, and the unit that answers it."""

    name = models.CharField("Bezeichnung", max_length=120)
    slug = models.SlugField("Kurzname", help_text="Für Adressen, etwa /kontakt/?betreff=foerderung.")
    unit = models.ForeignKey(
        OrganisationUnit,
        verbose_name="zuständige Einheit",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="enquiry_subjects",
    )
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    active = models.BooleanField("wird angeboten", default=True)

    objects = EnquirySubjectQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("unit"),
        FieldRowPanel([FieldPanel("position"), FieldPanel("active")]),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = "Betreff"
        verbose_name_plural = "Betreffe"
        ordering = ["position", "name"]
        unique_together = [("translation_key", "locale"), ("slug", "locale")]

    def __str__(self) -> str:
        return self.name
