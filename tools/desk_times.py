"""What pages of the desk cost: `python -m tools.desk_times <host> <repeats>`; one JSON object, name → figures.

Runs in the environment of a site with invented enquiries (tools.synthetic_desk) and signs in as one of its leads. The
pages are made in this process: what a network or a server adds would make a ratio look better than it is.
"""

import json
import sys
from statistics import median
from time import perf_counter

from tools.synthetic_desk import RARE_WORD


def addresses() -> dict[str, str]:
    """Return name → address of what is measured."""
    from django.urls import reverse

    from contacts.desk.saved_views import EVERYTHING, VIEWS
    from contacts.models import Enquiry

    found = {f"Ansicht „{view.label}“": view.url for view in VIEWS}
    found["Suche nach einem Wort in allen"] = f"{EVERYTHING.url}&q={RARE_WORD.lower()}"
    found["Suche nach einer Vorgangsnummer"] = f"{EVERYTHING.url}&q={Enquiry.objects.open().first().reference}"
    found["Eine Anfrage"] = reverse("enquiry:edit", args=[Enquiry.objects.open().first().pk])
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
    from django.contrib.auth import get_user_model
    from django.test import Client

    host, repeats = sys.argv[1], int(sys.argv[2])
    client = Client(headers={"host": host})
    client.force_login(get_user_model().objects.get(username="freigabe"))
    print(json.dumps({name: measure(client, address, repeats) for name, address in addresses().items()}))


if __name__ == "__main__":
    main()
