"""Take over what lies in the mailbox of incoming mails, once; the worker does it every minute."""

from django.core.management.base import BaseCommand, CommandError

from contacts.inbound.rounds import go_round


class Command(BaseCommand):
    help = "Holt einmal die eingehenden Mails ab (INBOUND_IMAP_URL); laufend tut das `worker`."

    def handle(self, **options):
        try:
            result = go_round()
        except Exception as error:  # of whatever kind: its words may quote a mail or a password
            raise CommandError(f"Der Abruf ist gescheitert: {type(error).__name__}") from None
        if result is None:
            self.stdout.write("INBOUND_IMAP_URL nennt kein Postfach.")
        elif result.is_skipped:
            self.stdout.write("Das Postfach wird gerade abgeholt; dieser Abruf entfällt.")
        else:
            self.stdout.write(f"{result.taken} übernommen, {result.set_aside} zu prüfen")
