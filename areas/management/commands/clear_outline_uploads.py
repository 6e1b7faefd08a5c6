"""Delete uploads of outlines that have expired, finished or not; the worker does it every hour."""

from django.core.management.base import BaseCommand

from areas.models import OutlineUpload


class Command(BaseCommand):
    help = "Hochgeladene Dateien mit Umrissen nach Ablauf der Frist in OUTLINE_UPLOADS löschen."

    def handle(self, **options):
        count, _ = OutlineUpload.objects.expired().delete()
        self.stdout.write(f"{count} abgelaufene Dateien mit Umrissen gelöscht.")
