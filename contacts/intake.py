"""Taking in what people send: judged, stored together with its mails in one transaction, never dropped."""

import secrets
from collections.abc import Iterable

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from contacts import audit, mails, status
from contacts.deadlines import due_day
from contacts.kept_files import attach
from contacts.models import Attachment, Enquiry, EnquiryEvent, OutboxMessage
from contacts.models.purposes import ProcessingPurpose
from contacts.routing import Route, Topic, find_route, in_first_language, uses_desk
from contacts.text import count_links, is_mail_address
from stadterneuerung.base.http import FormStamp
from stadterneuerung.organisation.models import OrganisationUnit

PREFIXES = {Enquiry.Kind.QUESTION: "SE", Enquiry.Kind.BARRIER: "BF"}

# Without 0 and O, 1 and I, L: read aloud on the telephone, they are mistaken for one another.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
_DIGITS = "23456789"


def new_reference(prefix: str) -> str:
    """Return a reference such as "SE-2026-ABCD-2345"."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(4))
    digits = "".join(secrets.choice(_DIGITS) for _ in range(4))
    return f"{prefix}-{timezone.localdate():%Y}-{letters}-{digits}"


def submission_key(stamp: FormStamp, *values: str) -> str:
    """Return the key of one act of sending: the same form with the same text is the same, sent twice.

    Whoever goes back, changes the text and sends again has written another message.
    """
    return key_of("contacts.submission", stamp.nonce, *values)


def key_of(salt: str, *values: str) -> str:
    return salted_hmac(salt, "\x00".join(values), algorithm="sha256").hexdigest()


def find_suspicion(stamp: FormStamp, trap: str, *texts: str) -> str:
    """Say why a message may come from a machine; empty when nothing is odd."""
    reasons = []
    if trap:
        reasons.append("das unsichtbare Feld ist ausgefüllt")
    if stamp.is_too_quick:
        reasons.append("schneller abgesendet, als jemand tippt")
    return ", ".join([*reasons, *too_many_links(*texts)])


def too_many_links(*texts: str) -> list[str]:
    """Return the reason, if there are more links than people write."""
    links = count_links(*texts)
    return [f"{links} Links"] if links > settings.PUBLIC_FORMS["max_links"] else []


def shown_purpose(kind: str, stamp: FormStamp) -> ProcessingPurpose:
    """Return the version of the privacy notice that stood at the form when it was handed out."""
    return ProcessingPurpose.objects.in_force(kind, timezone.localdate(stamp.issued_at))


def taken_before(key: str) -> Enquiry | None:
    """Return what is stored under this `submission_key`: the same message, sent before."""
    return Enquiry.objects.filter(submission_key=key).first()


def enquiry_key(data: dict, stamp: FormStamp) -> str:
    """Return the key of what the enquiry form cleaned."""
    page, subject = data["page"], data["subject"]
    return submission_key(
        stamp,
        str(page and page.pk),
        str(subject and subject.pk),
        *[data[name] for name in ("name", "email", "message")],
        *[file.digest for file in data["pictures"]],
    )


def take_enquiry(data: dict, stamp: FormStamp) -> Enquiry:
    """Store what the enquiry form cleaned, with its mails, and return it; a second click returns the first one."""
    enquiry = Enquiry(
        kind=Enquiry.Kind.QUESTION,
        purpose=shown_purpose(Enquiry.Kind.QUESTION, stamp),
        submission_key=enquiry_key(data, stamp),
        name=data["name"],
        email=data["email"],
        message=data["message"],
        suspicion=find_suspicion(stamp, data["trap"], data["message"], data["name"]),
    )
    return store(enquiry, Topic(enquiry.kind, data["subject"], data["page"]), files=data["pictures"])


def barrier_key(data: dict, stamp: FormStamp) -> str:
    """Return the key of what the barrier form cleaned."""
    return submission_key(
        stamp,
        *[data[name] for name in ("url", "description", "wanted_alternative", "contact")],
        *[file.digest for file in data["pictures"]],
    )


def take_barrier_report(data: dict, stamp: FormStamp) -> Enquiry:
    """Store what the barrier form cleaned, with its mails, and return it."""
    contact = data["contact"]
    is_mail = is_mail_address(contact)
    enquiry = Enquiry(
        kind=Enquiry.Kind.BARRIER,
        purpose=shown_purpose(Enquiry.Kind.BARRIER, stamp),
        submission_key=barrier_key(data, stamp),
        message=data["description"],
        url=data["url"],
        wanted_alternative=data["wanted_alternative"],
        email=contact if is_mail else "",
        phone="" if is_mail else contact,
        suspicion=find_suspicion(stamp, data["trap"], data["description"], data["wanted_alternative"]),
    )
    return store(enquiry, Topic(enquiry.kind), files=data["pictures"])


def record_enquiry(data: dict, actor) -> Enquiry:
    """Store what the staff wrote down (`contacts.admin.recording`), and return it; a second click returns the first.

    Whatever is changed in between, a kind or a day, makes it another one.
    """
    given = [str(getattr(value, "pk", value)) for _name, value in sorted(data.items())]
    enquiry = Enquiry(
        kind=data["kind"],
        channel=data["channel"],
        created_at=data["received"],
        submission_key=key_of("contacts.recording", str(actor.pk), *given),
        name=data["name"],
        email=data["email"],
        phone=data["phone"],
        message=data["message"],
        url=data["url"],
        wanted_alternative=data["wanted_alternative"],
    )
    topic = Topic(enquiry.kind, data["subject"], data["page"])
    return store(enquiry, topic, actor=actor, unit=data["unit"], acknowledge=data["acknowledge"])


def store(
    enquiry: Enquiry,
    topic: Topic,
    *,
    actor=None,
    unit: OrganisationUnit | None = None,
    acknowledge: bool = True,
    silent: bool = False,
    detail: str = "",
    files: Iterable[Attachment] = (),
) -> Enquiry:
    """Route a new enquiry and store it with its mails in one transaction; return what is stored.

    An enquiry with the same `submission_key` is the same one: then the stored one is returned and nothing is sent.
    `actor` is the account that writes down what somebody said; `unit` was chosen by hand and goes before the rules.
    `silent`: no mail leaves at all. `detail` stands at the first step.
    """
    for _ in range(5):  # a reference may be taken; five times in a row it is not
        if existing := taken_before(enquiry.submission_key):
            return existing
        _fill_in(enquiry, topic, Route(in_first_language(unit), []) if unit else find_route(topic))
        try:
            with transaction.atomic():
                enquiry.save(force_insert=True)
                attach(enquiry, files)
                EnquiryEvent.objects.create(
                    enquiry=enquiry,
                    kind=EnquiryEvent.Kind.RECEIVED,
                    at=enquiry.created_at,
                    actor=actor,
                    detail=f"{enquiry.get_channel_display()}, im Amt aufgenommen" if actor else detail,
                )
                if not silent:
                    OutboxMessage.objects.bulk_create(mails.mails_on_arrival(enquiry, acknowledge=acknowledge))
                if actor:
                    audit.record(audit.Action.RECORDED, actor, enquiry)
        except IntegrityError:
            enquiry.pk = None
        else:
            return enquiry
    raise RuntimeError("Für eine Nachricht war keine freie Vorgangsnummer zu finden.")


def _fill_in(enquiry: Enquiry, topic: Topic, route: Route) -> None:
    """Complete what does not come from the form: number, names in words, unit, day."""
    if enquiry.purpose_id is None:  # written down by an account, without a form that showed a notice
        enquiry.purpose = ProcessingPurpose.objects.in_force(enquiry.kind)
    enquiry.reference = new_reference(PREFIXES[enquiry.kind])
    status.issue(enquiry)
    enquiry.subject = topic.subject
    enquiry.subject_name = topic.subject.name if topic.subject else ""
    # The plain page: the specific one would make Django check a multi-table relation.
    enquiry.page_id = topic.page.pk if topic.page else None
    enquiry.page_title = topic.page.title if topic.page else ""
    enquiry.wants_alternative = bool(enquiry.wanted_alternative.strip())
    enquiry.unit = route.unit
    enquiry.is_suspicious = bool(enquiry.suspicion)
    enquiry.mail_only = not uses_desk(route.unit)
    enquiry.due_on = due_day(enquiry.received_on, barrier=enquiry.is_barrier)
