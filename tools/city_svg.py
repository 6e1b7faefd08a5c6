"""Draw the background of all locator maps once: static/build/city.svg, from fixtures/geo/city_context.geojson.

Pages refer to it with <use href="…/city.svg#city">, so eleven cards cost one cached file. Colours are custom properties
with a `--map-` prefix: they are inherited from the page into the reference, so dark mode and print need no second file.
Lines keep their width at every zoom. One unit is ten metres.
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from areas.geo import CITY_HEIGHT, CITY_WIDTH, project, smooth_path, to_plane  # noqa: E402 - needs the path above

SOURCE = ROOT / "fixtures" / "geo" / "city_context.geojson"
TARGET = ROOT / "static" / "build" / "city.svg"
UNIT = 10

# kind and shape -> presentation, in the order in which they are painted
LAYERS = [
    ("city", "Polygon", 'fill="var(--map-land)"'),
    ("green", "Polygon", 'fill="var(--map-green)"'),
    ("district", "Polygon", 'fill="none" stroke="var(--map-border)" stroke-width=".9"'),
    ("road", "LineString", 'fill="none" stroke="var(--map-road)" stroke-width="1.6"'),
    ("rail", "LineString", 'fill="none" stroke="var(--map-rail)" stroke-width="1" stroke-dasharray="4 2.5"'),
    ("water", "LineString", 'fill="none" stroke="var(--map-water)" stroke-width="1.8"'),
    ("water", "Polygon", 'fill="var(--map-water)" stroke="var(--map-water)" stroke-width=".8"'),
    ("ring", "LineString", 'fill="none" stroke="var(--map-ring)" stroke-width="1.8"'),
    ("city", "Polygon", 'fill="none" stroke="var(--map-outline)" stroke-width="1.2"'),
]
# Names that help a stranger, on the large map only; where the office is at work, its areas' numbers stand instead.
PLACES = {"Aplerbeck", "Brackel", "Eving", "Hombruch", "Lütgendortmund", "Mengede", "Scharnhorst", "Syburg"}


def draw(features: list[dict]) -> str:
    """Return the SVG document for the features of the city context."""
    groups = []
    for kind, form, presentation in LAYERS:
        shapes = [
            to_plane(feature["geometry"]).simplify(25)
            for feature in features
            if feature["properties"]["kind"] == kind and feature["geometry"]["type"] == form
        ]
        # One path for each layer; lines that meet stay one stroke, so transparency never adds up.
        data = "".join(smooth_path(shape, unit=UNIT, radius=160 if kind != "district" else 60) for shape in shapes)
        groups.append(f'<path {presentation} vector-effect="non-scaling-stroke" d="{data}"/>')
    names = []
    for feature in features:
        name = feature["properties"]["name"]
        if feature["properties"]["kind"] == "place" and name in PLACES:
            x, y = project(*feature["geometry"]["coordinates"])
            names.append(f'<text x="{x / UNIT:.0f}" y="{y / UNIT:.0f}">{name}</text>')
    box = f"0 0 {CITY_WIDTH / UNIT:.0f} {CITY_HEIGHT / UNIT:.0f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">'
        f'<g id="city" stroke-linejoin="round" stroke-linecap="round">{"".join(groups)}</g>'
        f'<g id="places" fill="var(--map-text)" font-size="42" text-anchor="middle">{"".join(names)}</g></svg>\n'
    )


def main() -> None:
    features = json.loads(SOURCE.read_text(encoding="utf-8"))["features"]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(draw(features), encoding="utf-8")


if __name__ == "__main__":
    main()
