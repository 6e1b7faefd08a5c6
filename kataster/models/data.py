"""The page of open data: an overview, a page for each data set, their files, and the catalogue for other portals."""

import re
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from kataster.opendata.catalogue import BY_SLUG, DATA_SETS
from kataster.opendata.datasets import DataSet, State
from kataster.opendata.fields import SEPARATOR
from kataster.opendata.licences import TEXTS, WITH_ATTRIBUTION, Licence
from kataster.opendata.responses import file_response, open_to_all
from kataster.opendata.structured_data import described
from kataster.opendata.writers import FORMATS, blocks
from stadterneuerung.base.models import BasePage, SiteSettings
from stadterneuerung.base.publication import Errors

CONTRIBUTORS = "http://dcat-ap.de/def/contributors/"


class DataCataloguePage(RoutablePageMixin, BasePage):
    """Open data below one address. What a data set holds is code; its licence is for the office to choose."""

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    licence = models.CharField(
        "Lizenz der Daten",
        max_length=20,
        choices=Licence,
        blank=True,
        help_text="Leer lassen, solange sie nicht entschieden ist; dann steht dort „noch nicht festgelegt“.",
    )
    attribution = models.CharField(
        "Namensnennung",
        max_length=200,
        blank=True,
        help_text="Wie die Quelle zu nennen ist, wenn die Lizenz es verlangt.",
    )
    contributor_id = models.CharField(
        "Kennung bei GovData",
        max_length=200,
        blank=True,
        help_text=f"Die Adresse, die GovData der Stadt zuteilt; sie beginnt mit {CONTRIBUTORS}",
        validators=[
            RegexValidator(
                rf"^{re.escape(CONTRIBUTORS)}[A-Za-z0-9_-]+$",
                f"Die Kennung beginnt mit {CONTRIBUTORS} und endet mit dem Namen, den GovData zuteilt.",
            )
        ],
    )

    content_panels = [
        *BasePage.content_panels[:2],
        MultiFieldPanel(
            [
                HelpPanel(content="Die Datensätze entstehen von selbst aus den veröffentlichten Seiten."),
                FieldRowPanel([FieldPanel("licence"), FieldPanel("attribution")]),
                FieldPanel("contributor_id"),
            ],
            heading="Weitergabe",
        ),
        *BasePage.content_panels[2:],
    ]

    class Meta:
        verbose_name = "Offene Daten"
        verbose_name_plural = "Seiten mit offenen Daten"

    # The data set that a request shows; structured data are about it.
    shown: DataSet | None = None

    # --- routes ----------------------------------------------------------------------------------------------------
    @path("")
    def overview(self, request: HttpRequest) -> HttpResponse:
        sets = [(data_set, data_set.state(self.locale_id), self._files(data_set)) for data_set in DATA_SETS]
        return self.render(request, context_overrides={"data_sets": sets})

    @path("<slug:slug>/")
    def data_set(self, request: HttpRequest, slug: str) -> HttpResponse:
        self.shown = _known(BY_SLUG, slug)
        self.shown_state = self.shown.state(self.locale_id)
        return self.render(
            request,
            template="pages/kataster/datacataloguepage_dataset.html",
            context_overrides={
                "data_set": self.shown,
                "head": {"title": self.shown.title, "teaser": self.shown.summary},
                "state": self.shown_state,
                "files": self._files(self.shown),
                "full_url": f"{self.get_full_url(request)}{slug}/",
                "separator": SEPARATOR,
                "others": [other for other in DATA_SETS if other is not self.shown],
            },
        )

    @path("katalog.<slug:ending>/")
    def catalogue(self, request: HttpRequest, ending: str) -> HttpResponse:
        """Answer with the DCAT-AP.de catalogue of all data sets."""
        from kataster.opendata.dcat import SYNTAXES, catalogue_graph  # RDF is needed here alone

        write, content_type = _known(SYNTAXES, ending)
        states = {data_set.slug: data_set.state(self.locale_id) for data_set in DATA_SETS}
        text = write(catalogue_graph(self._publisher(request), states))
        return file_response(
            request,
            pieces=lambda: [text],
            key=text,
            last_modified=max(state.last_modified for state in states.values()),
            content_type=content_type,
            filename=f"katalog.{ending}",
        )

    @path("<slug:slug>.<slug:ending>/")
    def file(self, request: HttpRequest, slug: str, ending: str) -> HttpResponse:
        """Answer with a data set as a file."""
        data_set = _known(BY_SLUG, slug)
        file = FORMATS[ending] if ending in data_set.formats else _known({}, ending)
        state = data_set.state(self.locale_id, names=True)
        about = self._about(request, data_set, state)
        return file_response(
            request,
            pieces=lambda: blocks(
                file.write(data_set, data_set.read(self.locale_id), lambda page: page.get_full_url(request), about)
            ),
            key=repr([state.key, about, ending]),
            last_modified=max(filter(None, [state.last_modified, self.last_published_at])),
            content_type=file.content_type,
            filename=f"{slug}.{ending}",
        )

    def handle_options_request(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Let scripts of other hosts ask before they fetch."""
        return open_to_all(super().handle_options_request(request, *args, **kwargs))

    # --- what is said ----------------------------------------------------------------------------------------------
    @property
    def licence_url(self) -> str:
        return TEXTS.get(self.licence, "")

    @cached_property
    def contact(self) -> tuple[str, str]:
        """Name and mailbox of who answers: the responsible unit, or the office while its mailbox is not confirmed."""
        facts = SiteSettings.load()
        unit = self.responsible_unit
        name = unit.display_name if unit else facts.office_name
        return name, unit.mailbox if unit and unit.has_confirmed_mailbox else facts.mailbox

    def _files(self, data_set: DataSet) -> list[dict[str, str]]:
        """Return the files of a set as {name, ending, url, content_type}."""
        return [
            {
                "ending": ending,
                "name": FORMATS[ending].name,
                "url": f"{self.url}{data_set.slug}.{ending}",
                "content_type": FORMATS[ending].content_type,
            }
            for ending in data_set.formats
        ]

    def _about(self, request: HttpRequest, data_set: DataSet, state: State) -> dict[str, Any]:
        """Return what JSON and GeoJSON say at their head; unknown is null."""
        return {
            "title": str(data_set.title),
            "description": f"{data_set.summary} {data_set.rule}",
            "url": f"{self.get_full_url(request)}{data_set.slug}/",
            "as_of": state.as_of.isoformat() if state.as_of else None,
            "licence": self.get_licence_display() or None,
            "licence_url": self.licence_url or None,
            "attribution": self.attribution or None,
        }

    def _publisher(self, request: HttpRequest):
        from kataster.opendata.dcat import Publisher

        facts = SiteSettings.load()
        contact_name, mailbox = self.contact
        return Publisher(
            url=self.get_full_url(request),
            name=f"{facts.legal_entity}, {facts.office_name}",
            contact_name=contact_name,
            mailbox=mailbox,
            licence=self.licence,
            attribution=self.attribution,
            contributor_id=self.contributor_id,
            title=self.title,
            description=self.teaser,
            issued=timezone.localdate(self.first_published_at) if self.first_published_at else None,
        )

    def structured_data(self) -> list[dict[str, Any]]:
        return [described(self, self.shown, self.shown_state)] if self.shown else []

    def get_sitemap_urls(self, request=None) -> list[dict[str, Any]]:
        own = super().get_sitemap_urls(request)
        return own + [{**entry, "location": f"{entry['location']}{slug}/"} for entry in own for slug in BY_SLUG]

    def publication_errors(self) -> Errors:
        if self.licence in WITH_ATTRIBUTION and not self.attribution:
            return {"attribution": ["Diese Lizenz verlangt, dass die Quelle genannt wird. Bitte sagen Sie, wie."]}
        return {}


def _known(table: dict, key: str) -> Any:
    """Return what `table` has for `key`, or answer 404."""
    if key not in table:
        raise Http404(f"{key} gibt es hier nicht")
    return table[key]
