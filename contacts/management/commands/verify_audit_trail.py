"""Prove that nobody changed, inserted or removed an entry of the audit trail."""

from django.core.management.base import BaseCommand, CommandError

from contacts import audit


class Command(BaseCommand):
    help = (
        "Prüft das Zugriffsprotokoll von Anfang bis Ende. Fehler werden einzeln genannt; dann endet der Befehl mit 1. "
        "Den ausgegebenen Endwert vergleicht man mit dem, den der Worker stündlich in sein Log schreibt."
    )

    def handle(self, **options):
        faults = 0
        for fault in audit.verify():
            faults += 1
            self.stdout.write(f"Eintrag {fault.number}: {fault.text}")
        self.stdout.write(audit.anchor())
        if faults:
            raise CommandError(f"Das Zugriffsprotokoll hat {faults} Fehler.", returncode=1)
        self.stdout.write("Das Zugriffsprotokoll ist unverändert.")
