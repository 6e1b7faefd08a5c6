"""The steps of a project, with dates that are as exact as known and remember what was said before."""

import datetime as dt
import uuid

from django.db import models
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from stadterneuerung.base.dates import DatePrecision, date_label, period, today


class Milestone(Orderable):
    """A step of a project with a date that is as exact as known. A changed date keeps its history and the reason.

    `history` holds what was said before: a list of {"date", "precision", "tentative", "reason", "changed_on"}.
    """

    page = ParentalKey("projects.ProjectPage", on_delete=models.CASCADE, related_name="milestones")
    # Publishing writes a row anew that was added to a live page, so its key does not tell which milestone it is.
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    title = models.CharField("Was", max_length=160)
    date = models.DateField("Wann")
    precision = models.CharField("Genauigkeit", max_length=6, choices=DatePrecision, default=DatePrecision.DAY)
    tentative = models.BooleanField("voraussichtlich", default=False)
    text = models.CharField("Erläuterung", max_length=300, blank=True)
    source = models.CharField("Quelle", max_length=200, blank=True)
    change_reason = models.CharField(
        "Grund der Änderung",
        max_length=200,
        blank=True,
        help_text="Pflicht, wenn Sie ein veröffentlichtes Datum ändern; bei jeder Änderung neu.",
    )
    history = models.JSONField("Frühere Angaben", default=list, blank=True, editable=False)

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("date"), FieldPanel("precision"), FieldPanel("tentative")]),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("source"), FieldPanel("change_reason")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "Meilenstein"
        verbose_name_plural = "Meilensteine"

    @property
    def period(self):
        return period(self.date, self.precision)

    @property
    def date_label(self) -> str:
        return date_label(self.date, self.precision, self.tentative)

    @property
    def state(self) -> str:
        """past, now, future, or "unconfirmed" for an expected date that has passed without word."""
        first, last = self.period
        if last < today():
            return "unconfirmed" if self.tentative else "past"
        return "now" if first <= today() else "future"

    @property
    def step(self) -> str:
        """How the step is drawn: past, now, next, or "unconfirmed" as above."""
        return "next" if self.state == "future" else self.state

    @cached_property
    def stored(self) -> "Milestone | None":
        """The same milestone as it stands in the database."""
        return Milestone.objects.filter(page=self.page_id, uid=self.uid).select_related("page").first()

    @property
    def date_was_changed(self) -> bool:
        """Whether readers were told another date before."""
        before = self.stored
        return (
            before is not None and before.page.live and (before.date, before.precision) != (self.date, self.precision)
        )

    @property
    def is_explained(self) -> bool:
        """Whether a reason is given that was not given for an earlier change already."""
        told = [entry["reason"] for entry in self.stored.history] if self.stored else []
        return bool(self.change_reason) and self.change_reason not in told

    def keep_history(self) -> None:
        """Add the published date to the history if it is about to change; a draft's copy of it may be out of date."""
        before = self.stored
        if before is None:
            return
        self.history = list(before.history)
        if self.date_was_changed and self.is_explained:
            self.history.append(
                {
                    "date": before.date.isoformat(),
                    "precision": before.precision,
                    "tentative": before.tentative,
                    "reason": self.change_reason,
                    "changed_on": today().isoformat(),
                }
            )

    @property
    def earlier_dates(self) -> list[dict]:
        """History for readers: [{"label", "reason", "changed_on"}], oldest first."""
        return [
            {
                "label": date_label(dt.date.fromisoformat(entry["date"]), entry["precision"], entry["tentative"]),
                "reason": entry["reason"],
                "changed_on": dt.date.fromisoformat(entry["changed_on"]),
            }
            for entry in self.history
        ]
