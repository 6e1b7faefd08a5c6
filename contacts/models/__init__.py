"""Who writes to the office, about what, and what leaves the office because of it."""

from .outbox import OutboxMessage
from .pages import BarrierReportPage, ContactPage
from .subjects import EnquirySubject
from .submissions import BarrierReport, Enquiry

__all__ = ["BarrierReport", "BarrierReportPage", "ContactPage", "Enquiry", "EnquirySubject", "OutboxMessage"]
