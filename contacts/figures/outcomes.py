"""Whether an enquiry was answered, and whether in time; one rule for the office's figures and for the statement.

A question is in time until its day (`due_on`). A report of a barrier is in time within two weeks, or within six when an
interim notice left within the two (BITVNRW § 5). What nobody has answered by then is late, answered or not. A question
that waits for the citizen is not late; for a barrier the law knows no such pause. Where the desk cannot know – a unit
works by mail alone, a case was closed or erased without an answer – nothing is claimed.
"""

from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from contacts.deadlines import BARRIER_FIRST_DAYS, BARRIER_LAST_DAYS
from contacts.models import Enquiry
from stadterneuerung.base.dates import today


class Outcome(TextChoices):
    """What became of an enquiry. The words are those of reports of barriers; questions have one deadline only."""

    FIRST = "first", _("In zwei Wochen beantwortet")
    LAST = "last", _("In sechs Wochen beantwortet, mit Zwischennachricht")
    LATE = "late", _("Verspätet")
    OPEN = "open", _("Offen, die Frist läuft")
    UNKNOWN = "unknown", _("Ohne erfasste Antwort")


IN_TIME = [Outcome.FIRST, Outcome.LAST]


class DaysBetween(Func):
    """Whole days from one date to another; negative when the second one comes first."""

    arity = 2
    arg_joiner = " - "
    template = "(%(expressions)s)"
    output_field = IntegerField()

    def __init__(self, first: Any, second: Any):
        super().__init__(second, first)

    def as_sqlite(self, compiler, connection, **extra: Any):
        second, first = self.get_source_expressions()
        numbers = self.copy()
        numbers.set_source_expressions([Func(second, function="JULIANDAY"), Func(first, function="JULIANDAY")])
        return numbers.as_sql(compiler, connection, template="CAST(%(expressions)s AS INTEGER)", **extra)


def with_outcomes(enquiries: QuerySet) -> QuerySet:
    """Add `outcome` (Outcome) and `answered_after` (duration from arrival to the first answer)."""
    received, answered = TruncDate("created_at"), TruncDate("first_answer_at")
    is_barrier = Q(kind=Enquiry.Kind.BARRIER)
    barrier_in_first = is_barrier & Q(answer_days__lte=BARRIER_FIRST_DAYS)
    told_in_time = is_barrier & Q(interim_days__lte=BARRIER_FIRST_DAYS)
    question_in_time = Q(kind=Enquiry.Kind.QUESTION, answered_on__lte=F("due_on"))
    nobody_knows = Q(mail_only=True) | Q(erased_at__isnull=False) | Q(state=Enquiry.State.CLOSED)
    outcome = Case(
        When(question_in_time | barrier_in_first, then=Value(Outcome.FIRST)),
        When(told_in_time & Q(answer_days__lte=BARRIER_LAST_DAYS), then=Value(Outcome.LAST)),
        When(first_answer_at__isnull=False, then=Value(Outcome.LATE)),
        When(nobody_knows, then=Value(Outcome.UNKNOWN)),
        When(kind=Enquiry.Kind.QUESTION, state=Enquiry.State.WAITING, then=Value(Outcome.OPEN)),
        When(told_in_time & Q(age_days__lte=BARRIER_LAST_DAYS), then=Value(Outcome.OPEN)),
        When(is_barrier & Q(age_days__lte=BARRIER_FIRST_DAYS), then=Value(Outcome.OPEN)),
        When(kind=Enquiry.Kind.QUESTION, due_on__gte=today(), then=Value(Outcome.OPEN)),
        default=Value(Outcome.LATE),
        output_field=CharField(),
    )
    return enquiries.annotate(
        answered_on=answered,
        answer_days=DaysBetween(received, answered),
        interim_days=DaysBetween(received, F("interim_at")),
        age_days=DaysBetween(received, Value(today(), output_field=DateField())),
        answered_after=ExpressionWrapper(F("first_answer_at") - F("created_at"), output_field=DurationField()),
        outcome=outcome,
    )
