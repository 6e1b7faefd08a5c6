"""What tests of the map share: its address with all layers, and what can be on it."""

import datetime as dt

from areas.models import AreaPage
from kataster.entries import LAYERS
from stadterneuerung.base.dates import today
from tests import factories

DAY = dt.timedelta(days=1)
EVERYTHING = "/karte/?" + "&".join(f"ebene={layer.key}" for layer in LAYERS)


def names(response) -> list[str]:
    return [item["name"] for item in response.context["map_items"]]


def area(title: str, **fields) -> AreaPage:
    page = factories.AreaPageFactory(title=title, **fields)
    factories.AreaGeometryFactory(area=page)
    return page


def one_of_each() -> None:
    """Make one thing for most layers, all tied to one area."""
    nord = area("Nord")
    area("Alt", kind=AreaPage.Kind.REDEVELOPMENT)
    factories.StudyPageFactory(title="Analyse", outline=factories.SQUARE)
    factories.ProjectPageFactory(title="Geplant", start_on=today() + DAY, areas=[nord])
    placed = factories.ProjectPageFactory(title="Ungewiss", latitude=51.5, longitude=7.5)
    factories.FundingOfferPageFactory(title="Zuschuss", city_wide=False, areas=[nord])
    factories.FundingOfferPageFactory(title="Stadtweit", city_wide=True)
    factories.ParticipationPageFactory(title="Werkstatt", starts_on=today() - DAY, ends_on=today() + DAY, areas=[nord])
    factories.EventPageFactory(title="Rundgang", projects=[placed])
    point = factories.ServicePointFactory(name="Quartiersladen", street="Beispielweg 1")
    nord.service_points = [point]
    nord.save()
