"""Who writes to the office, about what, who deals with it, and what leaves the office because of it."""

from .answers import AnswerTemplate
from .attachments import Attachment
from .audit import AuditEntry, AuditHead
from .digest import DigestDay
from .enquiries import Enquiry
from .erasure import DeletionRun, ErasureRequest
from .events import EnquiryEvent
from .heartbeat import WorkerBeat
from .inbound import MailboxState
from .outbox import OutboxMessage
from .pages import BarrierReportPage, ContactPage
from .purposes import ProcessingPurpose
from .routing import Deputy, RoutingRule, UnitDesk
from .subjects import EnquirySubject

__all__ = [
    "AnswerTemplate",
    "Attachment",
    "AuditEntry",
    "AuditHead",
    "BarrierReportPage",
    "ContactPage",
    "DeletionRun",
    "Deputy",
    "DigestDay",
    "Enquiry",
    "EnquiryEvent",
    "EnquirySubject",
    "ErasureRequest",
    "MailboxState",
    "OutboxMessage",
    "ProcessingPurpose",
    "RoutingRule",
    "UnitDesk",
    "WorkerBeat",
]
