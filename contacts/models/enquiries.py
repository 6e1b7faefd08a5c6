"""What reaches the office: questions and reports of barriers, each one case of the desk. Nobody deletes one by hand."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from contacts.deadlines import BARRIER_LAST_DAYS, due_day
from contacts.models import states, steps
from contacts.models.purposes import ProcessingPurpose
from contacts.models.subjects import EnquirySubject
from contacts.text import ascii_domain
from contacts.units import seen_units
from stadterneuerung.base.dates import today
from stadterneuerung.organisation.models import OrganisationUnit


class EnquiryQuerySet(models.QuerySet):
    def visible_to(self, user) -> "EnquiryQuerySet":
        """What an account may see: all for leads, else what belongs to its units (`contacts.units`), or to itself."""
        return self.seen_by(user, seen_units(user))

    def seen_by(self, user, units: Collection[int] | None) -> "EnquiryQuerySet":
        """What lies with these units, and what the account took while it stood in; None: all, with no unit too."""
        return self.all() if units is None else self.filter(Q(unit__in=units) | Q(assignee=user.pk))

    def new(self) -> "EnquiryQuerySet":
        """What nobody has taken yet."""
        return self.filter(states.NEW)

    def on_desk(self) -> "EnquiryQuerySet":
        """What the desk works on: not in quarantine, not with a unit that works by mail alone, not erased."""
        return self.filter(states.ON_DESK)

    def kept(self) -> "EnquiryQuerySet":
        """What still has its words."""
        return self.filter(states.KEPT)

    def not_closed(self) -> "EnquiryQuerySet":
        """What is not closed, in quarantine or not, on the desk or not."""
        return self.filter(states.NOT_CLOSED)

    def open(self) -> "EnquiryQuerySet":
        """What the office still has to do something about."""
        return self.filter(states.OPEN)

    def due(self, day: dt.date | None = None) -> "EnquiryQuerySet":
        """What has to be answered within the next days, and is not late yet."""
        return self.filter(states.due(day or today()))

    def overdue(self, day: dt.date | None = None) -> "EnquiryQuerySet":
        """What should have been answered before `day`."""
        return self.filter(states.overdue(day or today()))

    def quarantined(self) -> "EnquiryQuerySet":
        """What waits for somebody to say whether it is spam."""
        return self.filter(states.QUARANTINED)

    def long_open(self) -> "EnquiryQuerySet":
        """What came in long ago and is not closed: while it is open, nothing of it is deleted."""
        return self.filter(states.long_open(timezone.now()))

    def expired(self, now: dt.datetime | None = None) -> "EnquiryQuerySet":
        """What has been kept for as long as the notice promised that its sender was shown.

        The period runs from the day of closing. Where a unit works by mail alone, nobody closes, and it runs from the
        day by which the answer was due, or from the last step or mail if that came later: an old case may be passed on
        to such a unit, and an old letter be recorded for it.
        """
        now = now or timezone.now()
        past = Q(pk=None)
        for purpose, days in ProcessingPurpose.objects.values_list("pk", "retention_days"):
            limit = now - dt.timedelta(days=days)
            was_due = Q(mail_only=True, due_on__lt=timezone.localdate(limit))
            rests = was_due & ~steps.mailed_since(limit) & ~steps.stepped_since(limit)
            past |= Q(purpose=purpose) & (Q(closed_at__lt=limit) | rests)
        return self.filter(past, erased_at=None)

    def to_be_offered(self, now: dt.datetime | None = None) -> "EnquiryQuerySet":
        """What has expired and, by its version, goes to the Stadtarchiv as an offer before it is erased."""
        waiting = self.expired(now).filter(purpose__archive_duty=True, offered_on=None)
        return waiting.filter(hold=Enquiry.Hold.NONE, is_suspicious=False)

    def erasable(self, now: dt.datetime | None = None) -> "EnquiryQuerySet":
        """What has expired and nothing holds back: no legal reason, and no offer that may still be answered."""
        now = now or timezone.now()
        free = Q(hold=Enquiry.Hold.NONE) & (
            Q(purpose__archive_duty=False) | Q(offered_on__isnull=False) | Q(is_suspicious=True)
        )
        for purpose, days in ProcessingPurpose.objects.filter(archive_duty=True).values_list("pk", "archive_days"):
            last_day = timezone.localdate(now) - dt.timedelta(days=days)
            free |= Q(hold=Enquiry.Hold.OFFERED, purpose=purpose, offered_on__lt=last_day)
        return self.expired(now).filter(free)

    def held(self) -> "EnquiryQuerySet":
        """What is not erased although its period may be over."""
        return self.filter(erased_at=None).exclude(hold=Enquiry.Hold.NONE)

    def barriers(self) -> "EnquiryQuerySet":
        return self.filter(kind=Enquiry.Kind.BARRIER)

    def counted(self) -> "EnquiryQuerySet":
        """What figures count: all but quarantine, also what was erased and what a unit works on by mail alone."""
        return self.filter(is_suspicious=False)

    def received_between(self, first: dt.datetime, end: dt.datetime) -> "EnquiryQuerySet":
        """What came in from `first` on and before `end`."""
        return self.filter(created_at__gte=first, created_at__lt=end)

    def mailed_since(self, first: dt.datetime) -> "EnquiryQuerySet":
        """What came by mail from `first` on and made mails leave."""
        came = self.filter(channel=Enquiry.Channel.MAIL, created_at__gte=first)
        return came.filter(outbox__isnull=False).distinct()


class Enquiry(models.Model):
    """One message and what became of it. What it was about is kept in words too, since pages and subjects may go.

    `str()` holds no personal data: it ends up in logs. `version` grows with every act at the desk, so that two who act
    at once do not undo each other's work (`contacts.desk.actions`).
    """

    class Kind(models.TextChoices):
        QUESTION = "question", "Anfrage"
        BARRIER = "barrier", "Barrieremeldung"

    class Channel(models.TextChoices):
        FORM = "form", "Formular"
        PHONE = "phone", "Telefon"
        VISIT = "visit", "persönlich"
        LETTER = "letter", "Brief"
        MAIL = "mail", "E-Mail"

    State = states.State

    class Hold(models.TextChoices):
        NONE = "none", "nach Frist"
        LEGAL = "legal", "ausgesetzt (rechtlicher Grund)"
        OFFERED = "offered", "dem Stadtarchiv angeboten"

    OPEN_STATES = [State.NEW, State.TAKEN, State.WAITING, State.ANSWERED]

    reference = models.CharField("Vorgangsnummer", max_length=20, unique=True, editable=False)
    kind = models.CharField("Art", max_length=8, choices=Kind, default=Kind.QUESTION, editable=False)
    channel = models.CharField("Eingangsweg", max_length=6, choices=Channel, default=Channel.FORM)
    created_at = models.DateTimeField("eingegangen", default=timezone.now, editable=False)
    submission_key = models.CharField("Schlüssel der Absendung", max_length=64, unique=True, editable=False)
    # The version that the sender was shown; it also says how long the enquiry is kept.
    purpose = models.ForeignKey(
        ProcessingPurpose,
        verbose_name="Zweck und Frist",
        editable=False,
        on_delete=models.PROTECT,
        related_name="enquiries",
    )
    is_suspicious = models.BooleanField("in Quarantäne", default=False, editable=False)
    suspicion = models.CharField("Grund des Verdachts", max_length=200, blank=True, editable=False)

    subject = models.ForeignKey(
        EnquirySubject, verbose_name="Betreff", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    subject_name = models.CharField("Betreff", max_length=120, blank=True)
    page = models.ForeignKey(
        Page, verbose_name="Projekt oder Gebiet", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    page_title = models.CharField("Projekt oder Gebiet", max_length=255, blank=True)
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
    phone = models.CharField("Telefon", max_length=200, blank=True)
    message = models.TextField("Nachricht")
    url = models.CharField("Seite mit der Barriere", max_length=500, blank=True)
    wanted_alternative = models.TextField("gewünschte andere Form", blank=True)
    # The fact outlives the words, for the figures (`contacts.figures.barriers`).
    wants_alternative = models.BooleanField("bittet um eine andere Form", default=False, editable=False)

    state = models.CharField("Stand", max_length=8, choices=State, default=State.NEW, editable=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="übernommen von",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="enquiries",
    )
    mail_only = models.BooleanField("nur per Mail weitergegeben", default=False, editable=False)
    due_on = models.DateField("zu beantworten bis", editable=False)
    ombuds_named = models.BooleanField("Antwort nennt die Ombudsstelle", default=False, editable=False)
    interim_at = models.DateField("Zwischennachricht am", null=True, blank=True, editable=False)
    first_answer_at = models.DateTimeField("zuerst beantwortet", null=True, blank=True, editable=False)
    closed_at = models.DateTimeField("abgeschlossen am", null=True, blank=True, editable=False)
    erased_at = models.DateTimeField("gelöscht am", null=True, blank=True, editable=False)
    # The citizen's own page: only the digest of its secret is kept; a new generation makes old links worthless.
    status_digest = models.CharField(  # noqa: DJ001 -- unique: rows without a page must not be equal to one another
        "Prüfwert der Statusseite", max_length=64, unique=True, null=True, editable=False
    )
    status_generation = models.PositiveSmallIntegerField("Ausgabe der Statusseite", default=1, editable=False)
    hold = models.CharField("Löschung", max_length=8, choices=Hold, default=Hold.NONE, editable=False)
    hold_reason = models.CharField("Grund dafür", max_length=200, blank=True, editable=False)
    offered_on = models.DateField("dem Stadtarchiv angeboten am", null=True, blank=True, editable=False)
    version = models.PositiveIntegerField("Fassung", default=1, editable=False)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = "Anfrage"
        verbose_name_plural = "Anfragen"
        ordering = ["-created_at", "-pk"]
        permissions = [("view_all_enquiries", "Kann Anfragen aller Einheiten sehen")]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="contacts_enquiry_newest"),
            models.Index(fields=["unit", "-created_at"], name="contacts_enquiry_of_unit"),
            # Few are open, however many there are: the counts of the saved views read these alone.
            models.Index(fields=["due_on"], name="contacts_enquiry_open", condition=~Q(state="closed")),
            models.Index(fields=["closed_at"], name="contacts_enquiry_closed"),
            # A public page counts these few among all others.
            models.Index(fields=["created_at"], name="contacts_enquiry_barriers", condition=Q(kind="barrier")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="contacts_enquiry_closed_has_date",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) & ~Q(message="")
                | Q(erased_at__isnull=False, message="", name="", email="", phone="", url="", wanted_alternative=""),
                name="contacts_enquiry_words_until_erased",
            ),
            models.CheckConstraint(
                condition=~Q(kind="barrier") | Q(first_answer_at__isnull=True) | Q(ombuds_named=True),
                name="contacts_barrier_answer_names_ombuds",
                violation_error_message="Die Antwort muss auf das Ombudsverfahren hinweisen (BITVNRW § 5).",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_barrier(self) -> bool:
        return self.kind == self.Kind.BARRIER

    @property
    def received_on(self) -> dt.date:
        return timezone.localdate(self.created_at)

    @property
    def privacy_version(self) -> dt.date:
        """The day from which the privacy notice held that the sender was shown."""
        return self.purpose.valid_from

    @property
    def answer_by(self) -> dt.date:
        """The day on which the answer is due at the latest; for a barrier that is later than the interim notice."""
        if self.is_barrier:
            return self.received_on + dt.timedelta(days=BARRIER_LAST_DAYS)
        return self.due_on

    @property
    def kept_until(self) -> dt.date | None:
        """The day on which the period ends that its sender was shown; None while the case is not closed."""
        if self.closed_at is None:
            return None
        return timezone.localdate(self.closed_at) + dt.timedelta(days=self.purpose.retention_days)

    @property
    def delete_on(self) -> dt.date | None:
        """The day on which the enquiry will be deleted; None while it is not closed, or is held back."""
        return self.kept_until if self.hold == self.Hold.NONE else None

    def opened_again(self) -> dict[str, Any]:
        """Return the changes that take back what closing began: the period of deletion, and the offer at its end."""
        return {
            "closed_at": None,
            "hold": self.Hold.NONE if self.hold == self.Hold.OFFERED else self.hold,
            "offered_on": None,
        }

    def asked_again(self) -> dict[str, Any]:
        """Return the changes that make the case open with a new day: the office has to answer, (still) or again.

        No new day is later than the law's last one for a report of a barrier that nobody has answered.
        """
        new_day = max(self.due_on, due_day(today(), barrier=self.is_barrier))
        if self.is_barrier and self.first_answer_at is None:
            new_day = min(new_day, self.answer_by)
        return self.opened_again() | {"due_on": new_day}

    @property
    def has_reader(self) -> bool:
        """Whether what the office writes reaches the sender: by mail, or on the status page.

        Only the form shows its link to the sender; whoever telephoned, came or wrote a letter never got one.
        """
        return bool(self.email or (self.status_digest and self.channel == self.Channel.FORM))

    @property
    def has_mailed_link(self) -> bool:
        """Whether links to the status page go by mail: in quarantine, the address may be somebody else's."""
        return bool(self.email) and not self.is_suspicious

    @property
    def was_recorded(self) -> bool:
        """Whether an account wrote it down; what came by mail may have come by itself."""
        if self.channel != self.Channel.MAIL:
            return self.channel != self.Channel.FORM
        return self.events.filter(kind="received", actor__isnull=False).exists()

    @property
    def email_domain(self) -> str:
        """The domain of the address in ASCII where it has other letters, which may pose as those of another domain."""
        return ascii_domain(self.email)

    @property
    def waits_for_office(self) -> bool:
        """Whether the time for an answer runs: it is `states.UNANSWERED` for one enquiry that is on the desk."""
        legal_clock = self.state == self.State.WAITING and self.is_barrier and self.first_answer_at is None
        return self.state in (self.State.NEW, self.State.TAKEN) or legal_clock

    @property
    def is_late(self) -> bool:
        return self.waits_for_office and self.due_on < today()
