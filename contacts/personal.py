"""Which fields of this room hold what about people: said for each field by name, nothing is guessed.

Erasing empties what a person wrote and which colleague acted; the export hands out the person's fields and those of the
case, but no colleague's name. A test fails for a field of a model or of a public form that stands in no list.
"""

from enum import Enum

from django.db import models


class Holds(Enum):
    """What a field tells."""

    PERSON = "was ein Mensch geschrieben hat oder woran er zu erkennen ist"
    ACCOUNT = "welches Konto gehandelt hat"
    CASE = "worum es ging und was geschah, ohne den Menschen"


PERSON, ACCOUNT, CASE = Holds.PERSON, Holds.ACCOUNT, Holds.CASE

# Model → what its fields hold. Keys of database rows (id) tell nothing by themselves.
MODEL_FIELDS: dict[str, dict[Holds, str]] = {
    "Enquiry": {
        PERSON: "name email phone message url wanted_alternative suspicion submission_key status_digest hold_reason",
        ACCOUNT: "assignee",
        # The number stands in the sender's own mails; once the rest is gone, it leads to nobody here.
        CASE: "id reference kind channel created_at purpose is_suspicious subject subject_name page page_title unit "
        "state mail_only due_on ombuds_named interim_at first_answer_at closed_at erased_at status_generation hold "
        "offered_on version wants_alternative",
    },
    "EnquiryEvent": {PERSON: "text detail submission_key", ACCOUNT: "actor", CASE: "id enquiry kind at is_public unit"},
    "Attachment": {PERSON: "file digest", CASE: "id enquiry extension size width height created_at"},
    "OutboxMessage": {
        PERSON: "to reply_to subject body_text references message_id",
        CASE: "id enquiry kind created_at state attempts next_attempt_at claimed_until last_error sent_at",
    },
    # The label is the number of a case and is emptied with it; the account is what the trail is for.
    "AuditEntry": {
        PERSON: "label",
        ACCOUNT: "actor",
        CASE: "id number at action enquiry_id label_digest detail previous_mark mark",
    },
    "AuditHead": {CASE: "id first_number first_mark last_number last_mark"},
    "ErasureRequest": {
        PERSON: "note digest",
        ACCOUNT: "requested_by decided_by",
        CASE: "id created_at identity enquiries decided_at state cases erased done_at",
    },
    "DeletionRun": {CASE: "id at questions barriers offered mails attachments files audit_entries"},
    "ProcessingPurpose": {
        CASE: "id key version valid_from purpose legal_basis recipients voluntariness retention_days retention_from "
        "archive_duty archive_days created_at"
    },
    "EnquirySubject": {CASE: "id translation_key locale name slug unit position active"},
    "RoutingRule": {CASE: "id position name kind subject page area target unit active"},
    "Deputy": {CASE: "id unit deputy first_day last_day"},
    "DigestDay": {CASE: "id day created_at mails"},
    "WorkerBeat": {CASE: "id at"},
    "MailboxState": {
        CASE: "id well_at last_error in_review tried tried_folder tried_submission tried_reference claimed_until"
    },
    "UnitDesk": {CASE: "id unit uses_desk wants_digest"},
    "AnswerTemplate": {CASE: "id name kind subject text position"},
}

# Public form → what its fields ask for.
FORM_FIELDS: dict[str, dict[Holds, str]] = {
    "EnquiryForm": {PERSON: "message name email pictures", CASE: "subject zu trap"},
    "RecordForm": {
        PERSON: "message name email phone url wanted_alternative",
        CASE: "subject zu nonce kind channel day time unit acknowledge",
    },
    "BarrierForm": {PERSON: "description url wanted_alternative contact pictures", CASE: "trap"},
}


def fields_of(model: type[models.Model], *kinds: Holds) -> list[models.Field]:
    """Return the fields of a model that hold one of `kinds`."""
    said = MODEL_FIELDS[model.__name__]
    return [model._meta.get_field(name) for kind in kinds for name in said.get(kind, "").split()]


def emptied(model: type[models.Model]) -> dict[str, str | None]:
    """Return the value that each field of persons and accounts has once it is erased."""
    return {field.name: None if field.null else "" for field in fields_of(model, PERSON, ACCOUNT)}
