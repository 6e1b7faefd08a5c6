"""Send what is waiting in the outbox, once; the worker does it all the time."""

from django.core.management.base import BaseCommand

from contacts.outbox import deliver_due


class Command(BaseCommand):
    help = "Sendet einmal, was im Postausgang fällig ist; laufend tut das `worker`."

    def handle(self, **options):
        result = deliver_due()
        self.stdout.write(f"{result.sent} gesendet, {result.failed} nicht gesendet")
