"""What people send: enquiries and reports of barriers. Neither is ever added or deleted by hand."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import Page

from contacts.models.subjects import EnquirySubject
from contacts.text import is_mail_address
from stadterneuerung.base.dates import today
from stadterneuerung.organisation.models import OrganisationUnit


def privacy_notice_date() -> dt.date:
    return settings.PRIVACY_NOTICE_DATE


class SubmissionQuerySet(models.QuerySet):
    def expired(self, now: dt.datetime | None = None) -> "SubmissionQuerySet":
        """What has been kept for as long as the privacy notice promises."""
        raise NotImplementedError


class Submission(models.Model):
    """Common to what comes in by a public form. Abstract. `str()` holds no personal data: it ends up in logs."""

    reference = models.CharField("Vorgangsnummer", max_length=20, unique=True, editable=False)
    created_at = models.DateTimeField("eingegangen", default=timezone.now, editable=False, db_index=True)
    submission_key = models.CharField("Schlüssel der Absendung", max_length=64, unique=True, editable=False)
    privacy_version = models.DateField("Datenschutzhinweis vom", default=privacy_notice_date, editable=False)
    is_suspicious = models.BooleanField("verdächtig", default=False, editable=False)
    suspicion = models.CharField("Grund des Verdachts", max_length=200, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.reference


class EnquiryQuerySet(SubmissionQuerySet):
    def new(self) -> "EnquiryQuerySet":
        return self.filter(state=Enquiry.State.NEW)

    def expired(self, now: dt.datetime | None = None) -> "EnquiryQuerySet":
        limit = (now or timezone.now()) - dt.timedelta(days=settings.RETENTION_DAYS["enquiry"])
        return self.filter(state=Enquiry.State.DONE, done_at__lt=limit)


class Enquiry(Submission):
    """A message to the office. What it was about is kept in words too, since pages and subjects may go."""

    class State(models.TextChoices):
        NEW = "new", "neu"
        IN_PROGRESS = "in_progress", "in Arbeit"
        DONE = "done", "erledigt"

    subject = models.ForeignKey(
        EnquirySubject, verbose_name="Betreff", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    subject_name = models.CharField("Betreff", max_length=120, blank=True)
    page = models.ForeignKey(
        Page, verbose_name="Seite", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    page_title = models.CharField("Seite", max_length=255, blank=True)
    unit = models.ForeignKey(
        OrganisationUnit,
        verbose_name="Einheit",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="enquiries",
    )
    name = models.CharField("Name", max_length=120, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    message = models.TextField("Nachricht")
    state = models.CharField("Stand", max_length=12, choices=State, default=State.NEW, db_index=True)
    done_at = models.DateTimeField("erledigt am", null=True, blank=True, editable=False)

    objects = EnquiryQuerySet.as_manager()

    class Meta(Submission.Meta):
        verbose_name = "Anfrage"
        verbose_name_plural = "Anfragen"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | (~Q(state="done") & Q(done_at__isnull=True)),
                name="contacts_enquiry_done_has_date",
                violation_error_message="Erledigt ist eine Anfrage genau dann, wenn ein Datum dazu steht.",
            ),
            models.CheckConstraint(condition=~Q(message=""), name="contacts_enquiry_has_message"),
        ]

    def save(self, *args, **kwargs) -> None:
        # The day of completion starts the retention period; reopening ends it.
        if self.state != self.State.DONE:
            self.done_at = None
        elif self.done_at is None:
            self.done_at = timezone.now()
        super().save(*args, **kwargs)

    @property
    def delete_on(self) -> dt.date | None:
        """The day on which the enquiry will be deleted; None while it is not done."""
        if self.done_at is None:
            return None
        return timezone.localdate(self.done_at) + dt.timedelta(days=settings.RETENTION_DAYS["enquiry"])


class BarrierReportQuerySet(SubmissionQuerySet):
    def unanswered(self) -> "BarrierReportQuerySet":
        return self.filter(answered_at__isnull=True)

    def overdue(self) -> "BarrierReportQuerySet":
        """Without an answer after two weeks and without an interim notice, or without an answer after six."""
        day = today()
        two, six = (day - dt.timedelta(days=days) for days in (FIRST_DEADLINE_DAYS, LAST_DEADLINE_DAYS))
        late = Q(created_at__date__lt=six) | Q(created_at__date__lt=two, interim_at__isnull=True)
        return self.unanswered().filter(late)

    def expired(self, now: dt.datetime | None = None) -> "BarrierReportQuerySet":
        limit = (now or timezone.now()) - dt.timedelta(days=settings.RETENTION_DAYS["barrier_report"])
        return self.filter(answered_at__lt=timezone.localdate(limit))


# BITVNRW § 5: an answer within two weeks, with an interim notice within six at most.
FIRST_DEADLINE_DAYS = 14
LAST_DEADLINE_DAYS = 42


class BarrierReport(Submission):
    """Somebody met a barrier, or asks for content in another form (BGG NRW § 10b)."""

    url = models.CharField("Seite mit der Barriere", max_length=500, blank=True)
    description = models.TextField("Beschreibung")
    wanted_alternative = models.TextField("gewünschte Alternative", blank=True)
    contact = models.CharField("Kontakt", max_length=200, blank=True)
    interim_at = models.DateField("Zwischennachricht am", null=True, blank=True)
    answered_at = models.DateField("beantwortet am", null=True, blank=True)
    ombuds_named = models.BooleanField("Antwort nennt die Ombudsstelle", default=False)

    objects = BarrierReportQuerySet.as_manager()

    class Meta(Submission.Meta):
        verbose_name = "Barrieremeldung"
        verbose_name_plural = "Barrieremeldungen"
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(ombuds_named=True),
                name="contacts_barrier_answer_names_ombuds",
                violation_error_message="Die Antwort muss auf das Ombudsverfahren hinweisen (BITVNRW § 5).",
            ),
            models.CheckConstraint(condition=~Q(description=""), name="contacts_barrier_has_description"),
        ]

    @property
    def email(self) -> str:
        """The contact when it is an e-mail address; it may as well be a telephone number."""
        return self.contact if is_mail_address(self.contact) else ""

    @cached_property
    def received_on(self) -> dt.date:
        return timezone.localdate(self.created_at)

    @property
    def first_deadline(self) -> dt.date:
        """Two weeks after receipt: an answer, or an interim notice."""
        return self.received_on + dt.timedelta(days=FIRST_DEADLINE_DAYS)

    @property
    def last_deadline(self) -> dt.date:
        """Six weeks after receipt: the answer at the latest."""
        return self.received_on + dt.timedelta(days=LAST_DEADLINE_DAYS)

    @property
    def progress(self) -> str:
        """How far the answer is, in a word or two for lists."""
        if self.answered_at:
            return "beantwortet"
        due = self.last_deadline if self.interim_at else self.first_deadline
        if due < today():
            return "überfällig"
        return "Zwischennachricht gegeben" if self.interim_at else "offen"
