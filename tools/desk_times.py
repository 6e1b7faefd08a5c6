"""What pages of the desk cost: `python -m tools.desk_times <host> <repeats>`; one JSON object, name → figures.

Runs in the environment of a site with invented enquiries (tools.synthetic_desk) and signs in as a lead, who sees all,
and as a caseworker, whose units every query has to respect. The pages are made in this process: what a network or a
server adds would make a ratio look better than it is.
"""

import json
import sys
from statistics import median
from time import perf_counter

from tools.synthetic_desk import RARE_WORD

LEAD, CASEWORKER = "freigabe", "redaktion"


def addresses() -> dict[str, str]:
    """Return name → address of what is measured."""
    from django.urls import reverse

    from contacts.desk.saved_views import EVERYTHING, VIEWS
    from contacts.models import Enquiry

    unit, page = a_unit(), a_page()
    enquiry = Enquiry.objects.open().filter(unit=unit).first()
    found = {f"Ansicht „{view.label}“": view.url for view in VIEWS}
    found["Suche nach einem Wort in allen"] = f"{EVERYTHING.url}&q={RARE_WORD.lower()}"
    found["Suche nach einer Vorgangsnummer"] = f"{EVERYTHING.url}&q={enquiry.reference}"
    found["Filter nach Einheit"] = f"{EVERYTHING.url}&einheit={unit.pk}"
    found["Filter nach Projekt"] = f"{EVERYTHING.url}&seite={page.pk}"
    found["Filter nach Gebiet"] = f"{EVERYTHING.url}&gebiet={page.areas.first().pk}"
    found["Filter nach Alter"] = f"{EVERYTHING.url}&alter=aelter"
    found["Eine Anfrage"] = reverse("enquiry:edit", args=[enquiry.pk])
    return found


def a_unit():
    """Return the unit that the caseworker works for."""
    from stadterneuerung.organisation.models import OrganisationUnit

    return OrganisationUnit.objects.in_first_language().order_by("pk").last()


def a_page():
    """Return a project that lies in an area."""
    from projects.models import ProjectPage

    return ProjectPage.objects.live().exclude(areas=None).first()


def accounts() -> dict:
    """Return the lead and the caseworker, who works for one unit."""
    from django.contrib.auth import get_user_model

    from stadterneuerung.organisation.models import Membership

    found = {name: get_user_model().objects.get(username=name) for name in (LEAD, CASEWORKER)}
    Membership.objects.get_or_create(user=found[CASEWORKER], unit=a_unit())
    return found


def measure(client, address: str, repeats: int) -> dict:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)  # what a process learns once is not the page's
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    # Counted now, since the next request forgets them; what opens and ends a transaction asks for nothing.
    asked = sum(not query["sql"].startswith(("BEGIN", "COMMIT")) for query in queries)
    if response.status_code != 200:
        raise SystemExit(f"{address}: Status {response.status_code}")
    times = []
    for _ in range(repeats):
        started = perf_counter()
        client.get(address)
        times.append(perf_counter() - started)
    return {"queries": asked, "ms": median(times) * 1000, "rows": response.text.count('type="checkbox" name="id"')}


def main() -> None:
    import django

    django.setup()
    from django.test import Client

    host, repeats = sys.argv[1], int(sys.argv[2])
    figures = {}
    for role, account in accounts().items():
        client = Client(headers={"host": host})
        client.force_login(account)
        for name, address in addresses().items():
            figures[f"{name} ({role})"] = measure(client, address, repeats)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
