"""What tests of the open data share: the page, its files read as their readers would, and one row of each kind."""

import csv
import datetime as dt
import io
import json

from areas.models import AreaGeometry
from kataster.models import DataCataloguePage
from kataster.opendata.catalogue import DATA_SETS
from projects.models import FundingNotice, Milestone
from projects.models.attachments import ProjectFigure
from tests import factories

FILES = [f"{data_set.slug}.{ending}" for data_set in DATA_SETS for ending in data_set.formats]
PAGES = ["", *(f"{data_set.slug}/" for data_set in DATA_SETS)]
CATALOGUES = ["katalog.ttl", "katalog.jsonld"]


def data_page(**fields) -> DataCataloguePage:
    """Return the page of open data, published as an editor would."""
    page = factories.index_page(DataCataloguePage, "daten", "Offene Daten")
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return DataCataloguePage.objects.get(pk=page.pk)


def body_of(client, name: str, **headers) -> bytes:
    """Return the bytes of /daten/`name`."""
    response = client.get(f"/daten/{name}", headers=headers)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def csv_rows(client, slug: str) -> list[dict[str, str]]:
    text = body_of(client, f"{slug}.csv").decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def json_rows(client, name: str) -> list[dict]:
    """Return the rows of a JSON file, or the properties of the features of a GeoJSON file."""
    data = json.loads(body_of(client, name))
    return data["rows"] if "rows" in data else [feature["properties"] for feature in data["features"]]


def titles(client, slug: str) -> list[str]:
    return [row["title"] for row in csv_rows(client, slug)]


def one_of_each(number: int = 1, **fields) -> None:
    """Make an area with outline, project, offer, event and study, all with everything that hangs on them."""
    area = factories.AreaPageFactory(title=f"Gebiet {number}", **fields)
    factories.AreaGeometryFactory(area=area)
    unit = factories.UnitFactory()
    project = factories.ProjectPageFactory(title=f"Projekt {number}", areas=[area], responsible_unit=unit, **fields)
    programme = factories.ProgrammeFactory()
    Milestone.objects.create(page=project, title="Spatenstich", date="2026-03-01", precision="month")
    ProjectFigure.objects.create(page=project, label="Bäume", value="12", as_of="2025", source="Amt")
    FundingNotice.objects.create(page=project, programme=programme, from_state=True)
    factories.FundingOfferPageFactory(
        title=f"Angebot {number}", city_wide=False, areas=[area], programme=programme, project=project, **fields
    )
    factories.EventPageFactory(title=f"Termin {number}", areas=[area], projects=[project], **fields)
    factories.StudyPageFactory(title=f"Analyse {number}", area=area, outline=factories.SQUARE, **fields)


def outlines(area, count: int) -> None:
    """Give the area `count` outlines in one go, one for each day since 2000."""
    first = dt.date(2000, 1, 1)
    AreaGeometry.objects.bulk_create([
        AreaGeometry(
            area=area, valid_from=first + dt.timedelta(days=number), geojson=factories.SQUARE, accuracy_m=500,
            source="Zeichnung", bbox_west=7.45, bbox_south=51.51, bbox_east=7.47, bbox_north=51.52, hectares=1.0,
            checksum=str(number),
        )
        for number in range(count)
    ])  # fmt: skip
