"""Outlines as files that geographic programs read, and that `import_areas` takes back unchanged."""

import datetime as dt
import io
import json
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from areas.models import AreaGeometry
from areas.models.geometry import SCHEMATIC_NOTE

# Names of at most ten letters: a Shapefile has no room for more.
FIELDS = (
    "gebiet", "kurzname", "gueltig_ab", "lagefehler", "hinweis", "hektar", "quelle", "lizenz", "beschluss", "gremium",
    "beschl_am",
)  # fmt: skip
FORMATS = {"geojson": ".geojson", "gpkg": ".gpkg", "shp": ".zip"}
METRES = "EPSG:25832"  # what offices here work with; GeoJSON is in degrees by its standard


def outlines_of(day: dt.date | None) -> list[AreaGeometry]:
    """Return the outlines that hold on `day`, or with None all there ever were, by area and day."""
    found = AreaGeometry.objects.all() if day is None else AreaGeometry.objects.in_force(day)
    return list(found.select_related("area").order_by("area__title", "area", "valid_from"))


def export(outlines: Iterable[AreaGeometry], file_format: str) -> bytes:
    """Return a file with the outlines, in one of FORMATS."""
    features = [
        {"type": "Feature", "properties": _properties(outline), "geometry": outline.geojson} for outline in outlines
    ]
    if file_format == "geojson":
        collection = {"type": "FeatureCollection", "features": features}
        return json.dumps(collection, ensure_ascii=False, indent=1).encode()
    with tempfile.TemporaryDirectory() as folder:
        if file_format == "gpkg":
            path = Path(folder, "umrisse.gpkg")
            _write(path, "GPKG", features)
            return path.read_bytes()
        _write(Path(folder, "umrisse.shp"), "ESRI Shapefile", features, encoding="UTF-8")
        return _zipped(Path(folder))


def _properties(outline: AreaGeometry) -> dict:
    return dict(
        zip(
            FIELDS,
            (
                outline.area.title,
                outline.area.slug,
                outline.valid_from.isoformat(),
                outline.accuracy_m,
                SCHEMATIC_NOTE if outline.is_schematic else "",
                round(outline.hectares, 2),
                outline.source,
                outline.licence,
                outline.decision,
                outline.decision_body,
                outline.decided_on.isoformat() if outline.decided_on else "",
            ),
            strict=True,
        )
    )


def _write(path: Path, driver: str, features: list[dict], **options: str) -> None:
    # GDAL takes a quarter of a second to load, which no page should pay.
    import numpy
    import pyogrio.raw
    from pyproj import Transformer
    from shapely import to_wkb, transform
    from shapely.geometry import MultiPolygon, shape

    to_metres = Transformer.from_crs(4326, METRES, always_xy=True).transform
    shapes = [transform(shape(feature["geometry"]), to_metres, interleaved=False) for feature in features]
    multi = [each if each.geom_type == "MultiPolygon" else MultiPolygon([each]) for each in shapes]
    values = [[feature["properties"][name] for feature in features] for name in FIELDS]
    columns = [
        numpy.array(column, dtype="float64")
        if name == "hektar"
        else numpy.array(["" if value is None else str(value) for value in column], dtype=object)
        for name, column in zip(FIELDS, values, strict=True)
    ]
    pyogrio.raw.write(
        path,
        geometry=numpy.array([to_wkb(each) for each in multi], dtype=object),
        field_data=columns,
        fields=list(FIELDS),
        geometry_type="MultiPolygon",
        crs=METRES,
        driver=driver,
        layer="umrisse",
        **options,
    )


def _zipped(folder: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    return packed.getvalue()
