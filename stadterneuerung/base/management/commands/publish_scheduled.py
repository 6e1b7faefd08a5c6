"""Publish what is due, and let one page that breaks a rule not stop all others."""

from django.utils import timezone
from wagtail.log_actions import log
from wagtail.management.commands.publish_scheduled import Command as WagtailCommand
from wagtail.models import Revision

from stadterneuerung.base.models import BasePage
from stadterneuerung.base.publication import PublicationError


class Command(WagtailCommand):
    help = "Veröffentlicht, was fällig ist, und nimmt vom Netz, was abgelaufen ist."

    def handle(self, *args, **options) -> None:
        if not options["dryrun"]:
            self._take_back_what_breaks_a_rule()
        super().handle(*args, **options)

    def _take_back_what_breaks_a_rule(self) -> None:
        """Unschedule revisions that would be refused: rules or the page's relations changed after it was scheduled.

        The refusal stands in the page's history, where editors look for why nothing happened.
        """
        for revision in Revision.objects.filter(approved_go_live_at__lt=timezone.now()):
            page = revision.as_object()
            if not isinstance(page, BasePage) or not (errors := page.publication_errors()):
                continue
            # Not by save(): Wagtail would log a second entry, without the reason.
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            reasons = " ".join(PublicationError(page, errors).sentences())
            data = {"revision": {"id": revision.pk, "reasons": reasons}}
            log(instance=page, action="wagtail.schedule.cancel", revision=revision, data=data)
            self.stderr.write(f"„{page.title}“ wurde nicht veröffentlicht. {reasons}")
