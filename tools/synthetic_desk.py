"""Enquiries that nobody sent, for measurements: marked as invented, with their timeline, spread over the last years.

The same seed gives the same enquiries. Run beside a server: `python -m tools.synthetic_desk --enquiries 100000`.
"""

import argparse
import datetime as dt
import itertools
import random

MOST_OPEN = 2000
OPEN_SHARE = 0.6  # of a small desk; of a large one only MOST_OPEN are open
BATCH = 5000
MARK = "Erfunden, nur für Messungen."
RARE_WORD, RARE_COUNT = "Erdbeermilch", 20  # so many messages hold it, however many there are
NAMES = ["Ada", "Bela", "Cem", "Dana", "Emil", "Frieda", "Gero", "Hatice", "Ivo", "Jale"]
WORDS = [
    *("Spielplatz", "Straße", "Antrag", "Fassade", "Baustelle", "Lärm", "Termin", "Plan", "Gehweg", "Bäume", "Hof"),
    *("Quartier", "Beteiligung", "Radweg", "Haltestelle", "Müll", "Park", "Sanierung", "Frist", "Rückruf", "Auskunft"),
]


def messages(count: int, chance: random.Random):
    """Yield texts of 20 to 60 words; some hold a word that is rare."""
    every = max(1, count // RARE_COUNT)
    for number in range(count):
        words = chance.choices(WORDS, k=chance.randint(20, 60))
        if number % every == 0 and number // every < RARE_COUNT:
            words.append(RARE_WORD)
        yield f"{MARK} {' '.join(words)}."


def build(count: int, seed: int = 1) -> None:
    """Put `count` enquiries with their events into the database. The accounts and units there share them."""
    # Only now: Django's models need Django to be set up, and messages() does not.
    from django.db import transaction

    from contacts.models import Enquiry, EnquiryEvent

    chance = random.Random(seed)  # noqa: S311 - nothing secret
    rows = _enquiries(count, chance)
    while batch := list(itertools.islice(rows, BATCH)):
        with transaction.atomic():
            Enquiry.objects.bulk_create(batch)
            EnquiryEvent.objects.bulk_create(event for enquiry in batch for event in _events(enquiry))


def _enquiries(count: int, chance: random.Random):
    """Yield unsaved enquiries; the newest are open, as at a real desk."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from contacts.deadlines import due_day
    from contacts.models import Enquiry, EnquirySubject, ProcessingPurpose
    from projects.models import ProjectPage
    from stadterneuerung.organisation.models import OrganisationUnit

    State, Kind = Enquiry.State, Enquiry.Kind
    units, subjects = [*OrganisationUnit.objects.all(), None], list(EnquirySubject.objects.all())
    accounts, projects = list(get_user_model().objects.all()), list(ProjectPage.objects.all())
    purposes = {kind: ProcessingPurpose.objects.in_force(kind) for kind in Kind}
    now = timezone.now()
    still_open = min(MOST_OPEN, int(count * OPEN_SHARE))
    for number, text in enumerate(messages(count, chance)):
        is_open = number < still_open
        age = dt.timedelta(days=chance.uniform(0, 20) if is_open else chance.uniform(10, 700))
        barrier = chance.random() < 0.1
        state = chance.choice([State.NEW, State.TAKEN, State.TAKEN, State.WAITING, State.ANSWERED])
        state = state if is_open else State.CLOSED
        odd = is_open and chance.random() < 0.1
        subject, project = chance.choice(subjects), chance.choice([*projects, None])
        created = now - age
        yield Enquiry(
            reference=f"{'BF' if barrier else 'SE'}-X-{number:07}",
            kind=Kind.BARRIER if barrier else Kind.QUESTION,
            created_at=created,
            purpose=purposes[Kind.BARRIER if barrier else Kind.QUESTION],
            submission_key=f"erfunden-{number}",
            is_suspicious=odd,
            suspicion="9 Links" if odd else "",
            subject=subject,
            subject_name=subject.name,
            page_id=project and project.pk,
            page_title=project.title if project else "",
            unit=chance.choice(units),
            name=f"{chance.choice(NAMES)} Erfunden",
            email=f"erfunden-{number}@example.org",
            message=text,
            state=state,
            assignee=None if state == State.NEW else chance.choice(accounts),
            due_on=due_day(timezone.localdate(created), barrier=barrier),
            closed_at=None if is_open else created + dt.timedelta(days=chance.uniform(1, 9)),
        )


def _events(enquiry):
    from contacts.models import EnquiryEvent

    Kind = EnquiryEvent.Kind
    yield EnquiryEvent(enquiry=enquiry, kind=Kind.RECEIVED, at=enquiry.created_at)
    if enquiry.assignee_id:
        taken = enquiry.created_at + dt.timedelta(hours=20)
        yield EnquiryEvent(enquiry=enquiry, kind=Kind.TAKEN, at=taken, actor_id=enquiry.assignee_id)
        yield EnquiryEvent(
            enquiry=enquiry, kind=Kind.NOTED, at=taken, actor_id=enquiry.assignee_id, text=f"{MARK} Rückruf."
        )
    if enquiry.closed_at:
        yield EnquiryEvent(enquiry=enquiry, kind=Kind.CLOSED, at=enquiry.closed_at)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enquiries", type=int, default=100_000)
    wanted = parser.parse_args()
    import django

    django.setup()
    build(wanted.enquiries)


if __name__ == "__main__":
    main()
