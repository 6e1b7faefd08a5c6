"""What the files of the open data hold: the facts of the public pages, and nothing that is not public."""

import datetime as dt
import itertools
import json

import pytest
from django.utils import timezone
from shapely.geometry import shape

from areas.models.geometry import SCHEMATIC_NOTE
from projects.models import FundingNotice, Milestone
from projects.models.attachments import ProjectFigure
from stadterneuerung.base.dates import today
from stadterneuerung.organisation.models import OrganisationUnit
from tests import factories
from tests.html import read
from tests.kataster.data_support import FILES, body_of, csv_rows, data_page, json_rows, outlines, titles
from tests.pages import restrict

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
HOLE = {
    "type": "Polygon",
    "coordinates": [
        [[7.45, 51.51], [7.45, 51.52], [7.47, 51.52], [7.47, 51.51], [7.45, 51.51]],
        [[7.455, 51.513], [7.465, 51.513], [7.465, 51.517], [7.455, 51.517], [7.455, 51.513]],
    ],
}


@pytest.fixture(scope="module", autouse=True)
def _page(rows_of_module) -> None:
    data_page()


def only(rows: list[dict]) -> dict:
    assert len(rows) == 1
    return rows[0]


# --- who is in -------------------------------------------------------------------------------------------------------
def test_related_pages_that_are_not_public_are_not_named(client):
    draft = factories.AreaPageFactory(title="Geheim", live=False)
    example = factories.ProjectPageFactory(title="Erfunden", is_example=True)
    series = factories.EventSeriesPageFactory(title="Interne Reihe", slug="intern")
    restrict(series)
    shown = factories.AreaPageFactory(title="Offen", part_of=draft)
    factories.ProjectPageFactory(title="Projekt", areas=[draft, shown])
    factories.FundingOfferPageFactory(title="Angebot", city_wide=False, areas=[draft, shown], project=example)
    factories.EventPageFactory(title="Termin", areas=[draft, shown], projects=[example], series=series)
    factories.StudyPageFactory(title="Analyse", area=draft)

    event = only(csv_rows(client, "termine"))

    assert only(csv_rows(client, "gebiete"))["part_of"] == ""
    assert only(csv_rows(client, "projekte"))["areas"] == "Offen"
    assert (event["areas"], event["projects"], event["series"]) == ("Offen", "", "")
    assert only(csv_rows(client, "foerderangebote"))["project"] == ""
    assert only(csv_rows(client, "quartiersanalysen"))["area"] == ""


def test_areas_out_of_force_are_in_the_history_alone(client):
    for title, fields in {
        "Gilt": {},
        "Aufgehoben": {"lifted_on": today()},
        "Künftig": {"in_force_from": today() + DAY},
    }.items():
        factories.AreaGeometryFactory(area=factories.AreaPageFactory(title=title, **fields))

    assert titles(client, "gebiete") == ["Gilt"]
    assert titles(client, "gebiete-historie") == ["Gilt", "Aufgehoben", "Künftig"]


def test_past_and_cancelled_events_are_in(client):
    factories.EventPageFactory(title="Vorbei", starts_at=timezone.now() - 9 * DAY)
    factories.EventPageFactory(title="Fällt aus", is_cancelled=True, change_reason="Sturm")

    assert titles(client, "termine") == ["Vorbei", "Fällt aus"]


# --- what is said ----------------------------------------------------------------------------------------------------
def test_project_says_what_its_page_says(client):
    unit = OrganisationUnit.objects.create(key="iga", kind="project_group", name="Projektgruppe IGA 2027")
    north, west = (factories.AreaPageFactory(title=title) for title in ("Nord", "West"))
    project = factories.ProjectPageFactory(
        title="Platz", start_on=dt.date(2021, 3, 1), start_precision="month", end_on=dt.date(2999, 12, 31),
        end_precision="year", end_tentative=True, areas=[west, north], place="Am Platz 1", latitude=51.5, longitude=7.4,
        responsible_unit=unit,
    )  # fmt: skip
    programme = factories.ProgrammeFactory(name="Sozialer Zusammenhalt")
    Milestone.objects.create(page=project, title="Später", date=dt.date(2027, 6, 1), precision="season", tentative=True)
    Milestone.objects.create(page=project, title="Früher", date=dt.date(2022, 1, 1), precision="day")
    ProjectFigure.objects.create(page=project, label="Bäume", value="1.200", unit="Stück", as_of="2025", source="Amt")
    FundingNotice.objects.create(
        page=project,
        programme=programme,
        from_federal=True,
        amount="17291000.50",
        amount_as_of="2024",
        source="Bescheid",
    )

    row = only(json_rows(client, "projekte.json"))

    assert row == {
        "id": f"projekt-{project.pk}",
        "title": "Platz",
        "url": project.full_url,
        "teaser": "Worum es geht.",
        "status": "running",
        "status_label": "läuft",
        "status_reason": None,
        "status_as_of": None,
        "start_on": "2021-03-01",
        "start_precision": "month",
        "start_tentative": False,
        "end_on": "2999-12-31",
        "end_precision": "year",
        "end_tentative": True,
        "period": "März 2021 – voraussichtlich 2999",
        "areas": ["Nord", "West"],
        "area_ids": [f"gebiet-{north.pk}", f"gebiet-{west.pk}"],
        "place": "Am Platz 1",
        "latitude": 51.5,
        "longitude": 7.4,
        "outline": None,
        "schematic": None,
        "accuracy_m": None,
        "note": None,
        "milestones": [
            {"title": "Früher", "date": "2022-01-01", "precision": "day", "tentative": False, "text": None,
             "source": None},
            {"title": "Später", "date": "2027-06-01", "precision": "season", "tentative": True, "text": None,
             "source": None},
        ],
        "figures": [
            {"label": "Bäume", "value": "1.200", "unit": "Stück", "as_of": "2025", "source": "Amt", "note": None}
        ],
        "funding": [
            {"programme": "Sozialer Zusammenhalt", "givers": ["Bundesrepublik Deutschland"], "period": None,
             "amount": 17291000.5, "amount_as_of": "2024", "share_percent": None, "source": "Bescheid"}
        ],
        "responsible_unit": "Projektgruppe IGA 2027",
        "as_of": today().isoformat(),
        "changed_at": None,
    }  # fmt: skip
    said = read(client.get(project.url)).text
    assert [row[name] for name in ("title", "status_label", "place") if row[name] not in said] == []
    assert row["period"] in said


def test_offer_carries_amounts_with_their_source(client):
    factories.FundingOfferPageFactory(
        percent="33.50", cap="20000", minimum_cost="1000.25", amount_source="Richtlinie", confirmed_on=today()
    )

    row = only(csv_rows(client, "foerderangebote"))

    amounts = {name: row[name] for name in ("percent", "percent_is_maximum", "cap", "fixed_amount", "minimum_cost")}
    assert amounts == {
        "percent": "33.5",
        "percent_is_maximum": "true",
        "cap": "20000",
        "fixed_amount": "",
        "minimum_cost": "1000.25",
    }
    assert (row["amount_source"], row["status"], row["city_wide"]) == ("Richtlinie", "open", "true")


def test_time_of_an_event_has_its_offset_and_is_left_out_where_it_does_not_count(client):
    moment = dt.datetime(2024, 5, 4, 9, 30, tzinfo=dt.UTC)
    factories.EventPageFactory(starts_at=moment, ends_at=moment + dt.timedelta(hours=2), moved_from=moment - DAY,
                               change_reason="Regen")  # fmt: skip
    factories.EventPageFactory(starts_at=moment, all_day=True)

    timed, all_day = csv_rows(client, "termine")

    assert (timed["starts_at"], timed["ends_at"]) == ("2024-05-04T11:30:00+02:00", "2024-05-04T13:30:00+02:00")
    assert (timed["status"], timed["moved_from"]) == ("moved", "2024-05-03T11:30:00+02:00")
    assert (all_day["starts_at"], all_day["ends_at"], all_day["status"]) == ("2024-05-04", "", "")


# --- outlines --------------------------------------------------------------------------------------------------------
def test_schematic_outlines_say_so_in_every_format_and_official_ones_do_not(client):
    drawn = factories.AreaPageFactory(title="Gezeichnet")
    factories.AreaGeometryFactory(area=drawn, accuracy_m=300)
    surveyed = factories.AreaPageFactory(title="Vermessen")
    factories.AreaGeometryFactory(area=surveyed, accuracy_m=None)
    factories.AreaPageFactory(title="Ohne Umriss")
    facts = ("title", "schematic", "accuracy_m", "note")
    expected = [
        ("Gezeichnet", True, 300, SCHEMATIC_NOTE), ("Vermessen", False, None, None), ("Ohne Umriss", None, None, None)
    ]  # fmt: skip
    in_csv = [
        ("Gezeichnet", "true", "300", SCHEMATIC_NOTE),
        ("Vermessen", "false", "", ""),
        ("Ohne Umriss", "", "", ""),
    ]

    assert [tuple(row[name] for name in facts) for row in json_rows(client, "gebiete.geojson")] == expected
    assert [tuple(row[name] for name in facts) for row in json_rows(client, "gebiete-historie.geojson")] == expected[:2]
    assert [tuple(row[name] for name in facts) for row in csv_rows(client, "gebiete")] == in_csv
    assert [tuple(row[name] for name in facts) for row in csv_rows(client, "gebiete-historie")] == in_csv[:2]


@pytest.mark.parametrize("slug", ["projekte", "quartiersanalysen"])
def test_outlines_of_projects_and_studies_are_always_schematic(client, slug):
    fields = {"outline": factories.SQUARE, "outline_accuracy_m": None}
    factory = {"projekte": factories.ProjectPageFactory, "quartiersanalysen": factories.StudyPageFactory}[slug]
    page = factory.build()
    factory(**fields | ({"outline_accuracy_m": 200} if slug == "projekte" else {}), title=page.title)

    row, cells = only(json_rows(client, f"{slug}.json")), only(csv_rows(client, slug))

    assert (row["schematic"], row["note"]) == (True, SCHEMATIC_NOTE)
    assert (cells["schematic"], cells["note"]) == ("true", SCHEMATIC_NOTE)
    assert shape(row["outline"]).equals(shape(factories.SQUARE))


@pytest.mark.parametrize(
    "nonsense", [{"a": 1}, [], "Kreis", {"type": "Polygon", "coordinates": "x"}, {"type": "Point"}]
)
def test_what_is_no_outline_is_left_out(client, nonsense):
    factories.StudyPageFactory(outline=nonsense)

    row = only(json_rows(client, "quartiersanalysen.json"))

    assert (row["outline"], row["schematic"], row["note"]) == (None, None, None)


def test_size_is_said_of_official_outlines_only(client):
    drawn, surveyed = factories.AreaPageFactory(), factories.AreaPageFactory()
    factories.AreaGeometryFactory(area=drawn)
    official = factories.AreaGeometryFactory(area=surveyed, accuracy_m=None)

    for slug in ("gebiete", "gebiete-historie"):
        assert [row["hectares"] for row in csv_rows(client, slug)] == ["", repr(round(official.hectares, 2))]


def test_versions_say_from_when_until_when_they_hold(client):
    area = factories.AreaPageFactory(lifted_on=dt.date(2025, 1, 1))
    for year in (2018, 2022):
        factories.AreaGeometryFactory(area=area, valid_from=dt.date(year, 1, 1), accuracy_m=year)
    running = factories.AreaGeometryFactory()

    rows = csv_rows(client, "gebiete-historie")

    assert [(row["valid_from"], row["valid_until"], row["in_force"]) for row in rows] == [
        ("2018-01-01", "2022-01-01", "false"),
        ("2022-01-01", "2025-01-01", "false"),
        ("2020-01-01", "", "true"),
    ]
    assert rows[2]["area_id"] == f"gebiet-{running.area_id}"
    assert rows[2]["url"] == running.area.full_url


def test_geojson_follows_rfc_7946(client):
    area = factories.AreaPageFactory(title="Mit Loch")
    factories.AreaGeometryFactory(area=area, geojson=HOLE)
    factories.AreaPageFactory(title="Ohne Umriss")

    data = json.loads(body_of(client, "gebiete.geojson"))
    drawn, without = data["features"]
    outer, inner = drawn["geometry"]["coordinates"]

    assert "crs" not in data
    assert data["type"] == "FeatureCollection"
    assert data["bbox"] == drawn["bbox"] == [7.45, 51.51, 7.47, 51.52]
    assert (drawn["type"], drawn["id"]) == ("Feature", f"gebiet-{area.pk}")
    assert (_turn(outer) > 0, _turn(inner) > 0) == (True, False)
    assert (without["geometry"], "bbox" in without) == (None, False)


def _turn(ring: list[list[float]]) -> float:
    """Return twice the area of a ring: positive where it runs against the clock."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring))


def test_outline_is_the_same_in_geojson_and_csv_and_database(client):
    from shapely import from_wkt

    stored = factories.AreaGeometryFactory(geojson=HOLE)

    drawn = shape(json.loads(body_of(client, "gebiete.geojson"))["features"][0]["geometry"])
    written = from_wkt(only(csv_rows(client, "gebiete"))["outline"])

    assert drawn.is_valid
    assert drawn.equals_exact(shape(stored.geojson), 0)
    assert written.equals_exact(drawn, 5e-7)


@pytest.mark.parametrize("name", FILES)
def test_an_empty_file_is_whole(client, name):
    text = body_of(client, name).decode()

    if name.endswith(".csv"):
        assert text.count("\r\n") == 1
    else:
        data = json.loads(text)
        assert (data.get("rows", data.get("features")), "bbox" in data, data["as_of"]) == ([], False, None)


def test_change_that_is_not_known_is_not_said(client):
    assert "dct:modified" not in body_of(client, "katalog.ttl").decode()


# --- as one stream ---------------------------------------------------------------------------------------------------
def test_a_file_of_many_blocks_is_one_file(client):
    outlines(factories.AreaPageFactory(), 500)

    data = json.loads(body_of(client, "gebiete-historie.geojson"))

    assert len(data["features"]) == len(csv_rows(client, "gebiete-historie")) == 500
    assert data["bbox"] == [7.45, 51.51, 7.47, 51.52]
