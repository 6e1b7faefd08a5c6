"""How many queries addresses of the site cost without cache: `python -m tools.queries <host> <address> …`.

One line each. Runs beside the server, in its environment, on its database.
"""

import sys


def main() -> None:
    import django

    django.setup()
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from wagtail.models import Site

    host, *addresses = sys.argv[1:]
    client = Client(headers={"host": host})
    for address in addresses:
        client.get(address)  # what a process learns once, and where the site begins, is not the page's
        cache.clear()
        Site.get_site_root_paths()
        with CaptureQueriesContext(connection) as queries:
            status = client.get(address).status_code
        print(len(queries) if status == 200 else f"Status {status}")


if __name__ == "__main__":
    main()
