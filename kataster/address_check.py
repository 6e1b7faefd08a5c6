"""The answer to "Liegt mein Haus in einem Fördergebiet?": put together from areas, offers and advice, kept nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from areas.lookup import Found, Outcome, Place
from areas.models import AreaPage
from areas.models.areas import MAP_KINDS
from areas.nearby import Nearby, Surroundings, areas_around
from areas.place_map import PlaceMap, around
from areas.verdicts import Verdict
from projects.models import FundingOfferPage
from stadterneuerung.base.pictures import Status
from stadterneuerung.organisation.models import ServicePoint

# What can hold in an area, never what does: that depends on the plot and on decisions we do not know.
CAN_APPLY = {
    AreaPage.Kind.REDEVELOPMENT: _(
        "In einem Sanierungsgebiet können Bauvorhaben und Verkäufe eine Genehmigung der Stadt brauchen. Die Stadt kann "
        "ein Vorkaufsrecht haben, und Ausgaben für die Erneuerung können steuerlich begünstigt sein."
    ),
    AreaPage.Kind.CONVERSION: _(
        "In einem Stadtumbaugebiet kann es Geld für Plätze, Wege und Grün geben und zeitweise Zuschüsse für private "
        "Häuser und Höfe."
    ),
    AreaPage.Kind.SOCIAL_COHESION: _(
        "In einem Gebiet des Sozialen Zusammenhalts kann es Beratung, Geld für Ideen aus der Nachbarschaft und "
        "Zuschüsse für private Häuser und Höfe geben."
    ),
    AreaPage.Kind.PREPARATORY: _(
        "In einem Untersuchungsgebiet prüft die Stadt, ob eine Sanierung nötig ist. Was daraus folgt, ist noch nicht "
        "entschieden."
    ),
    AreaPage.Kind.CONCEPT: _(
        "Ein Konzept beschreibt, wohin sich ein Gebiet entwickeln soll. Zuschüsse kann es geben, wenn ein Programm "
        "dazugehört."
    ),
    AreaPage.Kind.QUARTER: _(
        "Ein Quartier gehört meist zu einem größeren Gebiet. Was dort angeboten wird, kann auch hier gelten."
    ),
}

VERDICT_STATUS = {
    Verdict.IN: Status("open", _("ja, liegt im Gebiet")),
    Verdict.BORDER: Status("unknown", _("auf der Grenze")),
    Verdict.LIKELY_IN: Status("planned", _("vermutlich im Gebiet")),
    Verdict.NEAR: Status("unknown", _("in der Nähe des Gebiets")),
}

MOST_NAMES = 15  # of areas in which a place is not; beyond that their number says more
_OFFER_ORDER = ["open", "unconfirmed", "closed"]


@dataclass(frozen=True)
class AreaAnswer:
    """One area that concerns the place, with what is offered in it and who advises there."""

    near: Nearby
    offers: list[FundingOfferPage] = field(default_factory=list)
    service_points: list[ServicePoint] = field(default_factory=list)

    @property
    def area(self) -> AreaPage:
        return self.near.area

    @property
    def status(self) -> Status:
        return VERDICT_STATUS[self.near.verdict]

    @property
    def can_apply(self) -> str:
        return str(CAN_APPLY[AreaPage.Kind(self.area.kind)])

    @property
    def symbol(self) -> str:
        return MAP_KINDS[self.area.kind]


@dataclass(frozen=True)
class Answer:
    """Everything that is said about one place."""

    place: Place
    surroundings: Surroundings
    areas: list[AreaAnswer]
    city_wide: list[FundingOfferPage]

    @cached_property
    def best(self) -> Verdict:
        """The surest verdict of all; OUT only where nothing is schematic and no outline is missing."""
        if self.areas:
            return self.areas[0].near.verdict
        around = self.surroundings
        certain = around.out and not around.likely_out and not around.without_outline
        return Verdict.OUT if certain else Verdict.LIKELY_OUT

    @cached_property
    def surest(self) -> list[AreaAnswer]:
        return [each for each in self.areas if each.near.verdict == self.best]

    @property
    def headline(self) -> str:
        """One sentence that says no more than is known."""
        count = len(self.surest)
        names = _listed([each.area.title for each in self.surest])
        words = {"place": self.place.label, "areas": names, "count": count}
        match self.best:
            case Verdict.IN:
                text = ngettext(
                    "Ja: %(place)s liegt im Gebiet %(areas)s.",
                    "Ja: %(place)s liegt in %(count)d Gebieten: %(areas)s.",
                    count,
                )
            case Verdict.BORDER:
                text = ngettext(
                    "%(place)s liegt auf der Grenze des Gebiets %(areas)s.",
                    "%(place)s liegt auf der Grenze von %(count)d Gebieten: %(areas)s.",
                    count,
                )
            case Verdict.LIKELY_IN:
                text = ngettext(
                    "%(place)s liegt vermutlich im Gebiet %(areas)s.",
                    "%(place)s liegt vermutlich in %(count)d Gebieten: %(areas)s.",
                    count,
                )
            case Verdict.NEAR:
                text = ngettext(
                    "%(place)s liegt in der Nähe des Gebiets %(areas)s.",
                    "%(place)s liegt in der Nähe von %(count)d Gebieten: %(areas)s.",
                    count,
                )
            case Verdict.OUT:
                text = gettext("Nein: %(place)s liegt in keinem unserer Gebiete.")
            case _:
                text = gettext("%(place)s liegt vermutlich in keinem unserer Gebiete.")
        return text % words

    @property
    def explanation(self) -> str:
        """What the headline leaves open, and why."""
        match self.best:
            case Verdict.BORDER:
                text = gettext("Auf welcher Seite das Haus steht, kann nur das Amt sagen.")
            case Verdict.LIKELY_IN | Verdict.LIKELY_OUT:
                text = gettext("Sicher ist das nicht: %(reason)s") % {"reason": self.doubt}
            case Verdict.NEAR:
                text = gettext("Ob das Haus dazugehört, ist offen: %(reason)s") % {"reason": self.doubt}
            case _:
                text = ""
        if self.city_wide and not self.areas:
            text += " " + gettext("Angebote für ganz Dortmund kann es auch hier geben; sie stehen unten.")
        return text.strip()

    @property
    def doubt(self) -> str:
        """Why the answer is not certain."""
        if self.is_schematic and self.place.accuracy_m is not None:
            return gettext("Umriss und Lage sind nur ungefähr bekannt.")
        if self.place.accuracy_m is not None:
            return gettext("Die Lage ist nur ungefähr bekannt.")
        if self.is_schematic:
            return gettext("Der Umriss ist nur ungefähr bekannt.")
        return gettext("Nicht von jedem Gebiet ist der Umriss bekannt.")

    @property
    def is_schematic(self) -> bool:
        """Whether the headline rests on an outline that is only drawn."""
        if self.areas:
            return any(each.near.outline.is_schematic for each in self.surest)
        return self.surroundings.is_drawn_elsewhere

    @property
    def shows_drawn(self) -> bool:
        """Whether any outline in the picture is only drawn."""
        return any(each.near.outline.is_schematic for each in self.areas)

    @property
    def elsewhere(self) -> str:
        """The areas in which the place is not, by name while they are few."""
        around = self.surroundings
        sentences = []
        if around.out:
            sentences.append(gettext("Nicht in: %(areas)s.") % {"areas": _named(around.out)})
        if around.likely_out:
            sentences.append(gettext("Vermutlich nicht in: %(areas)s.") % {"areas": _named(around.likely_out)})
        return " ".join(sentences)

    @property
    def without_outline(self) -> str:
        names = self.surroundings.without_outline
        return gettext("Ohne Umriss, deshalb nicht geprüft: %(areas)s.") % {"areas": _listed(names)} if names else ""

    @cached_property
    def map(self) -> PlaceMap:
        outlines = [(each.area.title, each.symbol, each.near.outline.geojson) for each in self.areas]
        return around(self.place.points, outlines, self.place.accuracy_m or 0)

    @property
    def symbols(self) -> list[tuple[str, str]]:
        """What the picture shows, as (name, kind of drawing)."""
        return [(each.area.title, each.symbol) for each in self.areas]

    @property
    def units(self) -> list:
        """Who gives binding information: the units of the areas, each once."""
        units = {each.area.responsible_unit_id: each.area.responsible_unit for each in self.areas}
        return [unit for unit in units.values() if unit is not None]

    @property
    def question(self) -> str:
        """How a message to the office begins."""
        return gettext("Es geht um diese Adresse: %(place)s") % {"place": self.place.label}


def answer(place: Place, locale_id: int) -> Answer:
    """Return the answer for a place. Up to six queries."""
    surroundings = areas_around(place, locale_id)
    keys = [near.area.pk for near in surroundings.areas]
    offers, city_wide = _offers(keys, locale_id)
    points = _service_points(keys)
    areas = [
        AreaAnswer(near, offers.get(near.area.pk, []), points.get(near.area.pk, [])) for near in surroundings.areas
    ]
    return Answer(place, surroundings, areas, city_wide)


def _offers(areas: list[int], locale_id: int) -> tuple[dict[int, list[FundingOfferPage]], list[FundingOfferPage]]:
    """Return the offers of each area, open ones first, and those for the whole city that are not closed.

    Examples are no offers.
    """
    through = FundingOfferPage.areas.through.objects.filter(areapage__in=areas)
    pairs = list(through.values_list("areapage_id", "fundingofferpage_id")) if areas else []
    wanted = Q(city_wide=True) | Q(pk__in=[offer for _, offer in pairs])
    offers = FundingOfferPage.objects.published().filter(wanted, locale_id=locale_id, is_example=False).with_state()
    found = {offer.pk: offer for offer in _sorted(offers)}
    place_of = {pk: position for position, pk in enumerate(found)}
    by_area: dict[int, list[FundingOfferPage]] = {}
    for area, offer in sorted(pairs, key=lambda pair: place_of.get(pair[1], 0)):
        if offer in found:
            by_area.setdefault(area, []).append(found[offer])
    return by_area, [offer for offer in found.values() if offer.city_wide and offer.state != "closed"]


def _sorted(offers: Iterable[FundingOfferPage]) -> list[FundingOfferPage]:
    return sorted(offers, key=lambda offer: (_OFFER_ORDER.index(offer.state), offer.title))


def _service_points(areas: list[int]) -> dict[int, list[ServicePoint]]:
    if not areas:
        return {}
    through = AreaPage.service_points.through.objects.filter(areapage__in=areas, servicepoint__closed_since=None)
    found: dict[int, list[ServicePoint]] = {}
    for row in through.select_related("servicepoint").order_by("servicepoint__name"):
        found.setdefault(row.areapage_id, []).append(row.servicepoint)
    return found


def not_found(found: Found) -> str:
    """Return in a sentence what came of a search that found no house."""
    words = {"street": found.street, "address": found.typed.label}
    match found.outcome:
        case Outcome.NUMBER_MISSING:
            return gettext("Welche Hausnummer in der Straße „%(street)s“?") % words
        case Outcome.NUMBER_UNKNOWN:
            return gettext("„%(address)s“ kennen wir nicht, die Straße „%(street)s“ schon") % words
        case Outcome.NO_ADDRESSES:
            return gettext("Im Moment sind keine Adressen hinterlegt")
        case _:
            return gettext("„%(address)s“ haben wir nicht gefunden") % words


def _named(names: list[str]) -> str:
    return _listed(names) if len(names) <= MOST_NAMES else gettext("%(count)d anderen Gebieten") % {"count": len(names)}


def _listed(names: list[str]) -> str:
    return get_text_list(names, gettext("und"))
