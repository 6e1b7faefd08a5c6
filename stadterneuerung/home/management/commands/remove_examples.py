"""Delete everything that is only there to be shown (`is_example`); run before the launch."""

from django.core.management.base import BaseCommand
from django.db import transaction

from stadterneuerung.base.models import CustomDocument
from stadterneuerung.home.content.examples import example_pages


class Command(BaseCommand):
    help = "Löscht alle Beispiele: Seiten und Dokumente, die als Beispiel gekennzeichnet sind. Wiederholbar."

    @transaction.atomic
    def handle(self, *, verbosity, **options):
        pages = example_pages()
        for page in pages:
            if verbosity:
                self.stdout.write(f"  {page.title}")
            page.delete()
        documents = CustomDocument.objects.filter(is_example=True)
        document_count = documents.count()
        for document in documents:
            document.delete()
        if verbosity:
            self.stdout.write(f"{len(pages)} Beispielseiten und {document_count} Beispieldokumente gelöscht.")
