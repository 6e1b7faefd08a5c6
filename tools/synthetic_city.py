"""A city of areas, projects, offers, events and service points that does not exist: for measurements and their tests.

The same seed gives the same city. Run beside a server: `python -m tools.synthetic_city --areas 300 --points 1000`.
"""

import argparse
import datetime as dt
import math
import random
from collections.abc import Iterator

Ring = list[list[float]]

MIDDLE = (7.465, 51.514)
REACH_LON, REACH_LAT = 0.125, 0.075  # half of what the grid and the scattered places fill, in degrees
SHRINK = math.cos(math.radians(MIDDLE[1]))  # of a degree of longitude against one of latitude
METRES_PER_DEGREE = 111_195.0
GRID_SHARE = 3  # every third area lies in a grid of quarters that touch and never overlap


def outlines(count: int, vertices: int, seed: int = 1) -> Iterator[tuple[str, dict]]:
    """Yield (kind of AreaPage, GeoJSON Polygon) with `vertices` corners (a multiple of 4), degrees with 6 decimals.

    Quarters lie side by side with common borders; those of the other kinds overlap at random.
    """
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    in_grid = count // GRID_SHARE
    for ring in _grid(in_grid, vertices, chance):
        yield "quarter", {"type": "Polygon", "coordinates": [ring]}
    kinds = ("redevelopment", "conversion", "social_cohesion", "preparatory", "concept")
    for i in range(count - in_grid):
        yield kinds[i % len(kinds)], {"type": "Polygon", "coordinates": [_blob(vertices, chance)]}


def place(chance: random.Random) -> tuple[float, float]:
    """Return longitude and latitude somewhere in the city; half of all places crowd around its middle."""
    spread = chance.choice((0.35, 1.0))
    return (
        round(MIDDLE[0] + chance.uniform(-1, 1) * REACH_LON * spread, 6),
        round(MIDDLE[1] + chance.uniform(-1, 1) * REACH_LAT * spread, 6),
    )


def _blob(vertices: int, chance: random.Random) -> Ring:
    """Return a ring around a place, 250 to 900 metres from it; seen from there no border hides another."""
    lon, lat = place(chance)
    radius = chance.uniform(250, 900) / METRES_PER_DEGREE
    waves = [(chance.uniform(0.02, 0.12), chance.randint(2, 9), chance.uniform(0, math.tau)) for _ in range(4)]
    ring = []
    for i in range(vertices):
        turn = math.tau * i / vertices
        reach = radius * (1 + sum(high * math.sin(often * turn + start) for high, often, start in waves))
        reach *= chance.uniform(0.985, 1.015)
        ring.append([round(lon + reach * math.cos(turn) / SHRINK, 6), round(lat + reach * math.sin(turn), 6)])
    return [*ring, ring[0]]


def _grid(count: int, vertices: int, chance: random.Random) -> Iterator[Ring]:
    """Yield cells of a grid whose borders wobble; neighbours have the same corners along their common border."""
    if not count:
        return
    columns = math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)
    width, height = 2 * REACH_LON / columns, 2 * REACH_LAT / rows
    nodes = {
        (column, row): (
            MIDDLE[0] - REACH_LON + (column + chance.uniform(-0.2, 0.2)) * width,
            MIDDLE[1] - REACH_LAT + (row + chance.uniform(-0.2, 0.2)) * height,
        )
        for column in range(columns + 1)
        for row in range(rows + 1)
    }
    parts = vertices // 4
    across = {node: _border(nodes, node, (1, 0), parts, chance) for node in nodes if node[0] < columns}
    along = {node: _border(nodes, node, (0, 1), parts, chance) for node in nodes if node[1] < rows}
    for i in range(count):
        row, column = divmod(i, columns)
        south, north = across[column, row], across[column, row + 1]
        west, east = along[column, row], along[column + 1, row]
        ring = [*south[:-1], *east[:-1], *north[:0:-1], *west[:0:-1]]
        yield [*ring, ring[0]]


def _border(nodes: dict, start: tuple[int, int], step: tuple[int, int], parts: int, chance: random.Random) -> Ring:
    """Return `parts` + 1 places from one node to the next, swinging out sideways in between."""
    (x1, y1), (x2, y2) = nodes[start], nodes[start[0] + step[0], start[1] + step[1]]
    high, often = chance.uniform(-0.05, 0.05), chance.randint(1, 3)
    places = []
    for i in range(parts + 1):
        share = i / parts
        swing = math.sin(math.pi * share) * (high * math.sin(math.pi * often * share) + chance.uniform(-0.004, 0.004))
        x, y = x1 + (x2 - x1) * share - (y2 - y1) * swing, y1 + (y2 - y1) * share + (x2 - x1) * swing
        places.append([round(x, 6), round(y, 6)])
    return places


def build(areas: int, vertices: int, points: int, seed: int = 1) -> None:
    """Put the city into the database: `areas` outlines and `points` places, half of them projects.

    A fifth each are offers in an area and events of a project, the rest service points. Needs the four index pages.
    Neither the search nor the index of references learn of it: that would take as long as all the rest.
    """
    # Only now: Django's models need Django to be set up, and outlines() does not.
    from django.test import override_settings

    with override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}):
        _build(areas, vertices, points, seed)


def _build(areas: int, vertices: int, points: int, seed: int) -> None:
    from django.utils import timezone

    from areas.models import AreaGeometry, AreaIndexPage, AreaPage
    from news.models import EventIndexPage, EventPage
    from projects.models import FundingIndexPage, FundingOfferPage, ProjectIndexPage, ProjectPage
    from stadterneuerung.base.dates import today
    from stadterneuerung.organisation.models import ServicePoint

    chance = random.Random(seed + 1)  # noqa: S311 - nothing secret
    parents = {
        model: model.objects.first() for model in (AreaIndexPage, ProjectIndexPage, FundingIndexPage, EventIndexPage)
    }

    def add(parent: type, model: type, number: int, name: str, **fields):
        slug = f"erfunden-{model.__name__.lower()}-{number}"
        page = model(title=f"{name} {number}", slug=slug, teaser="Erfunden, nur für Messungen.", **fields)
        return parents[parent].add_child(instance=page)

    made = []
    for number, (kind, outline) in enumerate(outlines(areas, vertices, seed), start=1):
        page = add(AreaIndexPage, AreaPage, number, "Erfundenes Gebiet", kind=kind)
        AreaGeometry.objects.create(
            area=page, geojson=outline, valid_from=dt.date(2020, 1, 1), accuracy_m=100, source="erfunden"
        )
        made.append(page)
    projects = []
    for number in range(1, points // 2 + 1):
        lon, lat = place(chance)
        day = today() + dt.timedelta(days=chance.randint(-900, 900))
        projects.append(
            add(ProjectIndexPage, ProjectPage, number, "Erfundenes Projekt", longitude=lon, latitude=lat, start_on=day)
        )
    for number in range(1, points // 5 + 1):
        area, project = chance.choice(made), chance.choice(projects)
        add(
            FundingIndexPage, FundingOfferPage, number, "Erfundenes Angebot", city_wide=False, areas=[area],
            audience="owners", who="Niemand.", what="Nichts.",
        )  # fmt: skip
        starts_at = timezone.now() + dt.timedelta(days=chance.randint(1, 300))
        add(EventIndexPage, EventPage, number, "Erfundener Termin", projects=[project], starts_at=starts_at)
    locale = made[0].locale
    ServicePoint.objects.bulk_create(
        ServicePoint(key=f"erfunden-{number}", name=f"Erfundene Anlaufstelle {number}", locale=locale,
                     **dict(zip(("longitude", "latitude"), place(chance), strict=True)))
        for number in range(points - points // 2 - 2 * (points // 5))
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--areas", type=int, default=300)
    parser.add_argument("--vertices", type=int, default=300)
    parser.add_argument("--points", type=int, default=1000)
    wanted = parser.parse_args()
    import django
    from django.db import transaction

    django.setup()
    with transaction.atomic():
        build(wanted.areas, wanted.vertices, wanted.points)


if __name__ == "__main__":
    main()
