"""Houses, areas and questions for tests of the address check."""

from areas.models import AddressDelivery, AreaPage
from tests import factories

PATH = "/foerderung/adresse-pruefen/"
INSIDE, NEAR, FAR = (7.46, 51.515), (7.475, 51.515), (7.60, 51.49)


def house(name: str, place, number=1, kind=AddressDelivery.Kind.OFFICIAL):
    return factories.AddressFactory(
        street=factories.StreetFactory(name=name),
        number=number,
        lon=place[0],
        lat=place[1],
        delivery=factories.AddressDeliveryFactory(kind=kind),
    )


def area(title: str, accuracy_m=500, **fields) -> AreaPage:
    page = factories.AreaPageFactory(title=title, **fields)
    factories.AreaGeometryFactory(area=page, accuracy_m=accuracy_m)
    return page


def ask(client, typed: str = "Beispielweg 1", **data):
    return client.post(PATH, {"adresse": typed} | data, headers={"Sec-Fetch-Site": "same-origin"})


def headline(response) -> str:
    return response.context["answer"].headline


def moved(degrees: float) -> dict:
    """Return SQUARE so many degrees farther east."""
    return {
        "type": "Polygon",
        "coordinates": [[[lon + degrees, lat] for lon, lat in factories.SQUARE["coordinates"][0]]],
    }
