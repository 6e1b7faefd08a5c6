"""Files with outlines, made where they are needed: honest ones, and those that nobody should be able to send."""

import io
import json
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy
import pyogrio.raw
import shapely
from pyproj import Transformer
from shapely.geometry import shape

from tests.factories import SQUARE

TO_METRES = Transformer.from_crs(4326, 25832, always_xy=True)


def in_metres(geojson: dict) -> shapely.Geometry:
    """Return a GeoJSON geometry in EPSG:25832."""
    return shapely.transform(shape(geojson), TO_METRES.transform, interleaved=False)


def write(
    path: Path,
    driver: str,
    /,
    shapes: Sequence[shapely.Geometry] | None = None,
    crs: str | None = "EPSG:25832",
    kind: str = "Polygon",
    encoding: str | None = None,
    **columns: Sequence,
) -> Path:
    """Write a file with GDAL and return its path; without shapes, the square in EPSG:25832."""
    shapes = [in_metres(SQUARE)] if shapes is None else shapes
    columns = columns or {"name": ["Nord"] * len(shapes)}
    wkb = [None if each is None else shapely.to_wkb(each, output_dimension=3) for each in shapes]
    pyogrio.raw.write(
        path,
        geometry=numpy.array(wkb, dtype=object),
        field_data=[numpy.array(values, dtype=object) for values in columns.values()],
        fields=list(columns),
        geometry_type=kind,
        crs=crs,
        driver=driver,
        encoding=encoding,
    )
    return path


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return the bytes of a zip, which are the same at any time of the day."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return packed.getvalue()


def shapefile_parts(**options) -> dict[str, bytes]:
    """Return the files of a Shapefile as {name: content}; see `write` for the options."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, "gebiete.shp"), "ESRI Shapefile", **options)
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def shapefile(*, without: str = "/", **options) -> bytes:
    """Return a zipped Shapefile, without the part of that ending."""
    return zipped({name: data for name, data in shapefile_parts(**options).items() if not name.endswith(without)})


def file_of(driver: str, /, **options) -> bytes:
    endings = {"GPKG": "gpkg", "FlatGeobuf": "fgb", "GML": "gml", "KML": "kml"}
    with tempfile.TemporaryDirectory() as folder:
        return write(Path(folder, f"gebiete.{endings[driver]}"), driver, **options).read_bytes()


def geojson(*geometries: dict | None, crs: str = "", **properties) -> bytes:
    """Return a FeatureCollection; `properties` are the same for all."""
    features = [{"type": "Feature", "properties": properties, "geometry": each} for each in geometries]
    collection = {"type": "FeatureCollection", "features": features}
    if crs:
        collection["crs"] = {"type": "name", "properties": {"name": crs}}
    return json.dumps(collection).encode()
