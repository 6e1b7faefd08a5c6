"""Who writes to the office, about what, who deals with it, and what leaves the office because of it."""

from .answers import AnswerTemplate
from .attachments import Attachment
from .audit import AuditEntry, AuditHead
from .digest import DigestDay
from .enquiries import Enquiry
from .events import EnquiryEvent
from .heartbeat import WorkerBeat
from .outbox import OutboxMessage
from .pages import BarrierReportPage, ContactPage
from .routing import Deputy, RoutingRule, UnitDesk
from .subjects import EnquirySubject

__all__ = [
    "AnswerTemplate",
    "Attachment",
    "AuditEntry",
    "AuditHead",
    "BarrierReportPage",
    "ContactPage",
    "Deputy",
    "DigestDay",
    "Enquiry",
    "EnquiryEvent",
    "EnquirySubject",
    "OutboxMessage",
    "RoutingRule",
    "UnitDesk",
    "WorkerBeat",
]
