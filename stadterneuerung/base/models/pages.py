"""The floor on which every page stands."""

from http import HTTPMethod
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.search import index

from stadterneuerung.base.fields import BodyField
from stadterneuerung.base.pictures import Picture, Status
from stadterneuerung.base.publication import Errors, PublicationError, PublicationForm
from stadterneuerung.base.querysets import BasePageQuerySet
from stadterneuerung.base.share import share_image_url
from stadterneuerung.organisation.text import folded_field


class BasePage(Page):
    """Fields and behaviour that all pages share. Abstract."""

    teaser = models.CharField(
        "Kurztext", max_length=200, help_text="Ein Satz, der sagt, worum es geht. Steht auf Karten und in der Suche."
    )
    image = models.ForeignKey(
        "base.CustomImage", verbose_name="Foto", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = BodyField(verbose_name="Inhalt", blank=True)
    responsible_unit = models.ForeignKey(
        "organisation.OrganisationUnit",
        verbose_name="zuständige Einheit",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    topics = ParentalManyToManyField("base.Topic", verbose_name="Themen", blank=True, related_name="+")
    as_of = models.DateField("Stand", default=timezone.localdate, help_text="Wann der Inhalt zuletzt geprüft wurde.")
    synonyms = models.CharField(
        "Suchwörter", max_length=250, blank=True, help_text="Wörter, unter denen man die Seite auch finden soll."
    )
    is_example = models.BooleanField(
        "Beispiel",
        default=False,
        help_text="Nur zum Zeigen; wird als Beispiel gekennzeichnet und vor dem Start gelöscht.",
    )

    objects = PageManager.from_queryset(BasePageQuerySet)()

    content_panels = [*Page.content_panels, FieldPanel("teaser"), FieldPanel("image"), FieldPanel("body")]
    promote_panels = [*Page.promote_panels, FieldPanel("synonyms")]
    settings_panels = [
        *Page.settings_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("responsible_unit"), FieldPanel("as_of")]),
                FieldPanel("topics"),
                FieldPanel("is_example"),
            ],
            heading="Zuständigkeit und Stand",
        ),
    ]

    search_fields = [
        *Page.search_fields,
        index.SearchField("teaser"),
        index.SearchField("body"),
        index.SearchField("search_folded"),
        index.AutocompleteField("search_folded"),
    ]

    base_form_class = PublicationForm

    # A page with a form adds POST and guards it with base.http.public_post.
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]

    class Meta:
        abstract = True

    # What stands above the title on cards: the kind of page in a word.
    kicker: str = ""
    # What stands beside the state on cards and in lists, such as a period or a deadline.
    card_note: str = ""
    # Records that belong to the page when it is shown; see for_display().
    loaded_with: tuple[str, ...] = ("image", "responsible_unit")
    # For lists of mixed kinds (base.related): the field that dates the page, and the annotation that tells its state.
    row_day: str = ""
    row_state: str = ""

    @classmethod
    def for_display(cls) -> BasePageQuerySet:
        """Return the pages of this type with all that one row can bring along when a page is shown."""
        return cls._default_manager.select_related(*cls.loaded_with)

    def get_template(self, request, *args, **kwargs) -> str:
        """Templates are central: templates/pages/<app>/<model>.html."""
        return f"pages/{self._meta.app_label}/{self._meta.model_name}.html"

    @property
    def search_folded(self) -> str:
        """Title, teaser, body and search words, folded so that "Strasse" finds "Straße" on every database."""
        body = " ".join(str(text) for text in self.body.stream_block.get_searchable_content(self.body))
        return folded_field(self.title, self.teaser, self.synonyms, body)

    @property
    def is_indexable(self) -> bool:
        """Whether search engines, the sitemap and the site's own search may show the page today."""
        return not self.is_example

    @property
    def status(self) -> Status | None:
        """The state shown as a badge, or None for pages that have none."""
        return None

    @cached_property
    def picture(self) -> Picture | None:
        """The drawing that stands in for a photograph."""
        return None

    @property
    def share_image_url(self) -> str:
        """Full address of the picture shown where the page is shared."""
        return share_image_url(self)

    def publication_errors(self) -> Errors:
        """Return what is missing before the page may be published: field name → German sentences."""
        return {}

    def structured_data(self) -> list[dict[str, Any]]:
        """Return JSON-LD objects of the page beside its breadcrumb; none for examples."""
        return []

    def save(self, clean: bool = True, **kwargs) -> None:
        if clean and self.live and (errors := self.publication_errors()):
            raise PublicationError(self, errors)
        super().save(clean=clean, **kwargs)

    def get_context(self, request, *args, **kwargs) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["noindex"] = not self.is_indexable
        return context

    def get_view_restrictions(self):
        """Ask only where base.routing has not seen already that nothing is restricted."""
        frame = getattr(self, "_frame", None)
        if frame is not None and frame.is_open:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def get_sitemap_urls(self, request=None) -> list[dict[str, Any]]:
        return super().get_sitemap_urls(request) if self.is_indexable else []
