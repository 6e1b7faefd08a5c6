"""Which outlines the map page calls official and which schematic: under the picture and in the list."""

import pytest

from kataster.models import MapPage
from tests import factories
from tests.html import read

pytestmark = pytest.mark.django_db

ALL = "Lage und Umrisse sind schematisch, nicht parzellenscharf und ohne Rechtswirkung."
SOME = "Umrisse sind teils amtlich, teils schematisch; schematische sind nicht parzellenscharf und ohne Rechtswirkung."
OFFICIAL, SCHEMATIC = "Umriss: amtlich", "Umriss: schematisch, nicht parzellenscharf, ohne Rechtswirkung"


@pytest.mark.parametrize(
    ("accuracies", "sentence", "official", "schematic"),
    [((500, 500), ALL, 0, 2), ((500, None), SOME, 1, 1), ((None, None), None, 2, 0)],
)
def test_map_and_list_tell_official_outlines_from_schematic_ones(
    client, home_page, accuracies, sentence, official, schematic
):
    factories.index_page(MapPage, "karte", "Karte")
    for accuracy_m in accuracies:
        factories.AreaGeometryFactory(accuracy_m=accuracy_m)

    text = read(client.get("/karte/")).text

    assert [each for each in (ALL, SOME) if each in text] == ([sentence] if sentence else [])
    assert (text.count(OFFICIAL), text.count(SCHEMATIC)) == (official, schematic)


def test_outlines_of_studies_stay_schematic_without_an_accuracy(client, home_page):
    factories.index_page(MapPage, "karte", "Karte")
    factories.AreaGeometryFactory(accuracy_m=None)
    factories.StudyPageFactory(outline=factories.SQUARE)

    text = read(client.get("/karte/?ebene=sozialer-zusammenhalt&ebene=stadtumbau&ebene=sanierung&ebene=analysen")).text

    assert SOME in text
    assert (text.count(OFFICIAL), text.count(SCHEMATIC)) == (1, 1)


@pytest.mark.parametrize(("accuracy_m", "says"), [(500, ALL), (None, None)])
def test_list_of_areas_says_the_same_under_its_map(client, home_page, accuracy_m, says):
    factories.AreaGeometryFactory(accuracy_m=accuracy_m)

    text = read(client.get("/gebiete/")).text

    assert [each for each in (ALL, SOME) if each in text] == ([says] if says else [])
