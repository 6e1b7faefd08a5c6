"""Which notations of coordinate systems are taken."""

import pytest
from pyproj import CRS

from areas.uploads.crs import known

CODES = [25832, "EPSG:25832", "epsg:25832", "urn:ogc:def:crs:EPSG::25832", CRS(25832).to_wkt()]


@pytest.mark.parametrize("text", [*CODES, CRS(25832).to_wkt("WKT1_ESRI"), CRS(25832).to_wkt(pretty=True)])
def test_codes_and_wkt_are_taken(text):
    assert known(text).to_epsg(min_confidence=20) == 25832


@pytest.mark.parametrize("text", ["urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84", "EPSG:25832+7837", "ESRI:102100"])
def test_codes_of_others_are_taken(text):
    assert known(text) == CRS(text)


@pytest.mark.parametrize(
    "text",
    [
        CRS(25832).to_json(),
        "+proj=utm +zone=32 +ellps=GRS80",
        "proj=utm zone=32",
        " +proj=longlat +datum=WGS84 +type=crs",
        "+init=epsg:25832",
        "WGS 84",
    ],
)
def test_notations_of_proj_are_not_taken(text):
    assert known(text) is None


@pytest.mark.parametrize("text", ["", "EPSG:1", "EPSG:99999999999", "Mars", "PROJCS[", "urn:ogc:def:crs:EPSG::x"])
def test_what_nobody_knows_is_unknown(text):
    assert known(text) is None
