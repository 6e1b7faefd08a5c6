"""Delete the stored tiles of the map's background; they are fetched anew when somebody looks at the map."""

from django.core.management.base import BaseCommand

from kataster import tile_store


class Command(BaseCommand):
    help = "Löscht alle aufgehobenen Kartenkacheln, etwa wenn der Dienst Neues zeigt oder die Lizenz endet."

    def handle(self, **options):
        count, size = tile_store.clear()
        self.stdout.write(f"{count} Kacheln gelöscht ({size / tile_store.MEGABYTE:.1f} MB).".replace(".", ",", 1))
