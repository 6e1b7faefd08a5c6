"""What the Kataster shows: areas, studies, projects, offers, participation, events and service points as one data set.

Map, list and open data are made from the same entries, so none of them can show what another hides.
"""

import datetime as dt
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from areas.geo import centroid
from areas.locator import read_shape
from areas.models import AreaPage, StudyPage
from news.models import EventPage
from projects.models import FundingOfferPage, ParticipationPage, ProjectPage
from stadterneuerung.base.dates import today
from stadterneuerung.organisation.models import ServicePoint

Point = tuple[float, float]
METRES_PER_DEGREE = 111_195.0


@dataclass(frozen=True)
class Layer:
    """One switch of the map. `key` stands in addresses; `symbol` is how it is drawn, without colour too."""

    key: str
    label: str
    group: str
    symbol: str


AREAS, WORK, PEOPLE = _("Gebiete"), _("Projekte"), _("Förderung und Mitmachen")
AREA_LAYERS = {
    "redevelopment": Layer("sanierung", _("Sanierungsgebiete"), AREAS, "renewal"),
    "conversion": Layer("stadtumbau", _("Stadtumbaugebiete"), AREAS, "conversion"),
    "social_cohesion": Layer("sozialer-zusammenhalt", _("Gebiete des Sozialen Zusammenhalts"), AREAS, "social"),
    "preparatory": Layer("untersuchung", _("Untersuchungsgebiete"), AREAS, "preparatory"),
    "concept": Layer("konzept", _("Konzeptgebiete"), AREAS, "concept"),
    "quarter": Layer("quartier", _("Quartiere"), AREAS, "quarter"),
}
STUDIES = Layer("analysen", _("Quartiersanalysen"), AREAS, "study")
PROJECT_LAYERS = {
    "planned": Layer("projekte-geplant", _("Projekte: geplant"), WORK, "planned"),
    "running": Layer("projekte-laufend", _("Projekte: laufen"), WORK, "running"),
    "completed": Layer("projekte-fertig", _("Projekte: abgeschlossen"), WORK, "completed"),
    "handed_over": Layer("projekte-uebergeben", _("Projekte: übergeben"), WORK, "completed"),
    "unknown": Layer("projekte-unbestaetigt", _("Projekte: Stand nicht bestätigt"), WORK, "unknown"),
}
OFFERS = Layer("foerderung", _("Förderangebote"), PEOPLE, "offer")
PARTICIPATION = Layer("beteiligung", _("Beteiligung, die jetzt läuft"), PEOPLE, "participation")
EVENTS = Layer("termine", _("Kommende Termine"), PEOPLE, "event")
SERVICE_POINTS = Layer("anlaufstellen", _("Anlaufstellen"), PEOPLE, "service")

LAYERS = [*AREA_LAYERS.values(), STUDIES, *PROJECT_LAYERS.values(), OFFERS, PARTICIPATION, EVENTS, SERVICE_POINTS]
DEFAULT_LAYERS = [layer.key for layer in AREA_LAYERS.values()]


@dataclass(frozen=True)
class Entry:
    """One thing on the map and in the list.

    `key` is stable ("gebiet-12"). `outline` is a GeoJSON geometry, `point` longitude and latitude; with neither, the
    entry has no place of its own and is listed beside the map. `near` says that the point only stands for an area.
    """

    key: str
    layer: Layer
    name: str
    url: str
    kind: str = ""
    status: str = ""
    outline: dict | None = None
    point: Point | None = None
    schematic: bool = True
    near: str = ""
    is_example: bool = False

    @property
    def has_place(self) -> bool:
        return self.outline is not None or self.point is not None


def entries(locale_id: int, day: dt.date | None = None) -> list[Entry]:
    """Return all entries of `day` (default today) in the order of LAYERS, by name within each. Seven queries.

    Outlines, projects, offers and participation are those of the day; events and service points are today's.
    """
    day = day or today()
    anchors = _Anchors()
    found = [entry for read in READERS for entry in read(locale_id, day, anchors)]
    order = {layer.key: i for i, layer in enumerate(LAYERS)}
    return sorted(found, key=lambda entry: (order[entry.layer.key], entry.name.casefold(), entry.key))


class _Anchors:
    """Where entries without a place of their own are drawn: inside the area or at the project they belong to."""

    def __init__(self):
        self.areas: dict[int, tuple[str, Point]] = {}
        self.projects: dict[int, tuple[str, Point]] = {}
        self._taken: dict[Point, int] = {}

    def place(self, entry: Entry, page) -> Entry:
        """Return the entry at its first project, else its first area, else without a place."""
        name, point = self.projects.get(getattr(page, "first_project", None)) or self.areas.get(
            page.first_area_id, ("", None)
        )
        return replace(entry, point=self._free(point), near=name) if point else entry

    def _free(self, point: Point) -> Point:
        """Return a point beside those that stand at the same anchor already, on a spiral of about 100 metres."""
        count = self._taken[point] = self._taken.get(point, -1) + 1
        radius, turn = 110 * math.sqrt(count), count * 2.4
        lon = point[0] + radius * math.cos(turn) / (METRES_PER_DEGREE * math.cos(math.radians(point[1])))
        return round(lon, 6), round(point[1] + radius * math.sin(turn) / METRES_PER_DEGREE, 6)


def _areas(locale_id: int, day: dt.date, anchors: _Anchors) -> Iterator[Entry]:
    pages = AreaPage.objects.published().filter(locale_id=locale_id).in_force(day).with_outline(day)
    for page in pages:
        outline = page.outline
        entry = Entry(
            key=f"gebiet-{page.pk}", layer=AREA_LAYERS[page.kind], name=page.title, url=page.url,
            kind=str(AreaPage.Kind(page.kind).label), is_example=page.is_example,
        )  # fmt: skip
        if outline is not None:
            anchors.areas[page.pk] = (page.title, centroid(outline.geojson))
            entry = replace(entry, outline=outline.geojson, schematic=outline.is_schematic)
        yield entry


def _studies(locale_id: int, day: dt.date, anchors: _Anchors) -> Iterator[Entry]:
    for page in StudyPage.objects.published().filter(locale_id=locale_id):
        yield Entry(
            key=f"analyse-{page.pk}", layer=STUDIES, name=page.title, url=page.url, kind=str(page.kicker),
            outline=_drawable(page.outline), is_example=page.is_example,
        )  # fmt: skip


def _projects(locale_id: int, day: dt.date, anchors: _Anchors) -> Iterator[Entry]:
    pages = ProjectPage.objects.published().filter(locale_id=locale_id).with_status(day)
    for page in pages.annotate(first_area_id=_first(ProjectPage.areas, anchors.areas)):
        entry = Entry(
            key=f"projekt-{page.pk}", layer=PROJECT_LAYERS[page.current_status], name=page.title, url=page.url,
            kind=str(page.kicker), status=page.status.label, is_example=page.is_example,
        )  # fmt: skip
        outline = _drawable(page.outline)
        if outline:
            entry = replace(entry, outline=outline)
            anchors.projects[page.pk] = (page.title, centroid(outline))
        elif page.latitude is not None and page.longitude is not None:
            entry = replace(entry, point=(page.longitude, page.latitude))
            anchors.projects[page.pk] = (page.title, entry.point)
        else:
            entry = anchors.place(entry, page)
        yield entry


def _offers(locale_id: int, day: dt.date, anchors: _Anchors) -> Iterator[Entry]:
    pages = FundingOfferPage.objects.published().filter(locale_id=locale_id).with_state(day)
    for page in pages.annotate(first_area_id=_first(FundingOfferPage.areas, anchors.areas)):
        entry = Entry(
            key=f"foerderung-{page.pk}", layer=OFFERS, name=page.title, url=page.url, kind=str(page.kicker),
            status=page.status.label, is_example=page.is_example,
        )  # fmt: skip
        yield entry if page.city_wide else anchors.place(entry, page)


def _participations(locale_id: int, day: dt.date, anchors: _Anchors) -> Iterator[Entry]:
    pages = ParticipationPage.objects.published().filter(locale_id=locale_id).with_state(day)
    yield from _placed("beteiligung", PARTICIPATION, pages.filter(current_state="running"), anchors)


def _events(locale_id: int, day: dt.date, anchors: _Anchors) -> Iterator[Entry]:
    yield from _placed("termin", EVENTS, EventPage.objects.published().filter(locale_id=locale_id).upcoming(), anchors)


def _placed(prefix: str, layer: Layer, pages, anchors: _Anchors) -> Iterator[Entry]:
    related = {
        "first_area_id": _first(pages.model.areas, anchors.areas),
        "first_project": _first(pages.model.projects, anchors.projects),
    }
    for page in pages.annotate(**related):
        entry = Entry(
            key=f"{prefix}-{page.pk}", layer=layer, name=page.title, url=page.url, kind=str(page.kicker),
            status=page.card_note, is_example=page.is_example,
        )  # fmt: skip
        yield anchors.place(entry, page)


def _service_points(locale_id: int, day: dt.date, anchors: _Anchors) -> Iterator[Entry]:
    points = ServicePoint.objects.filter(locale_id=locale_id, closed_since__isnull=True)
    first = AreaPage.service_points.through.objects.filter(
        servicepoint=OuterRef("pk"), areapage__in=list(anchors.areas)
    )
    for point in points.annotate(first_area_id=Subquery(first.values("areapage")[:1])):
        entry = Entry(
            key=f"anlaufstelle-{point.pk}", layer=SERVICE_POINTS, name=point.name, url="", kind=point.operator,
            status=", ".join(part for part in (point.street, point.city) if part),
        )  # fmt: skip
        if point.latitude is not None and point.longitude is not None:
            yield replace(entry, point=(point.longitude, point.latitude))
        else:
            yield anchors.place(entry, point)


def _drawable(outline: dict | None) -> dict | None:
    """Return the outline of a study or project if it is a (Multi)Polygon; nobody checks what is typed there."""
    shape = read_shape(outline)
    return outline if shape is not None and shape.geom_type in ("Polygon", "MultiPolygon") else None


def _first(relation, known: dict[int, tuple]) -> Subquery:
    """Return the key of the first page in `relation` (a ParentalManyToMany) that stands on the map."""
    own, other = relation.field.m2m_field_name(), relation.field.m2m_reverse_field_name()
    rows = relation.through.objects.filter(**{own: OuterRef("pk"), f"{other}__in": list(known)})
    return Subquery(rows.order_by(other).values(other)[:1])


Reader = Callable[[int, dt.date, _Anchors], Iterator[Entry]]
# Projects after areas, the rest after both: they are drawn where those are.
READERS: list[Reader] = [_areas, _studies, _projects, _offers, _participations, _events, _service_points]
