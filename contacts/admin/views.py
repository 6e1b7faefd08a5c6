"""Admin views beside the lists: trying a mail anew, and confirming the mailboxes of units."""

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from contacts import audit, outbox
from contacts.mails import mailbox_test_mail
from contacts.models import OutboxMessage
from stadterneuerung.organisation.models import OrganisationUnit

CONFIRM_WITHIN_DAYS = 14
_PERMISSION = "organisation.change_organisationunit"
_signer = signing.TimestampSigner(salt="contacts.mailbox")


@require_POST
@permission_required("contacts.change_outboxmessage", raise_exception=True)
def retry_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a mail that could not be sent to the head of the queue."""
    message = get_object_or_404(OutboxMessage.objects.select_related("enquiry"), pk=pk)
    with transaction.atomic():
        is_queued = outbox.retry(message)
        if is_queued:
            audit.record(audit.Action.CHANGED, request.user, message.enquiry, detail="Mail noch einmal gesendet")
    if is_queued:
        messages.success(request, "Die Mail wird gleich noch einmal gesendet.")
    else:
        messages.warning(request, "Diese Mail ist schon gesendet.")
    return redirect("outbox:inspect", pk)


class MailboxesView(WagtailAdminTemplateMixin, TemplateView):
    """Which units have a mailbox, and whether it is known that somebody reads it."""

    page_title = "Postfächer der Einheiten"
    header_icon = "mail"
    template_name = "admin/contacts/mailboxes.html"
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(_PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        units = OrganisationUnit.objects.select_related("locale").order_by("locale_id", "position", "pk")
        return super().get_context_data(**kwargs) | {"units": units, "enquiry_mailbox": settings.ENQUIRY_MAILBOX}

    def post(self, request):
        """Send the test mail to one unit (`unit`: its id)."""
        value = request.POST.get("unit", "")
        unit = get_object_or_404(OrganisationUnit, pk=int(value) if value.isdecimal() and len(value) < 10 else 0)
        if not unit.mailbox:
            messages.error(request, f"„{unit}“ hat noch kein Funktionspostfach.")
        else:
            link = reverse("contacts_confirm_mailbox", args=[_signer.sign_object([unit.pk, unit.mailbox])])
            mailbox_test_mail(unit, settings.WAGTAILADMIN_BASE_URL + link, CONFIRM_WITHIN_DAYS).save()
            messages.success(request, f"Die Testmail an {unit.mailbox} ist unterwegs.")
        return redirect("contacts_mailboxes")


def _unit_behind(token: str) -> OrganisationUnit | None:
    """Return the unit of a link in a test mail; None when it is too old, altered, or the mailbox has changed since."""
    try:
        pk, mailbox = _signer.unsign_object(token, max_age=CONFIRM_WITHIN_DAYS * 24 * 3600)
    except signing.BadSignature:
        return None
    return OrganisationUnit.objects.filter(pk=pk, mailbox=mailbox).first()


@permission_required(_PERMISSION, raise_exception=True)
def confirm_mailbox(request: HttpRequest, token: str) -> HttpResponse:
    """Show the unit and, on POST, note that its mailbox is read. A mail scanner that follows the link does nothing."""
    unit = _unit_behind(token)
    if unit is not None and request.method == "POST":
        unit.mailbox_confirmed_at = timezone.now()
        unit.save(update_fields=["mailbox_confirmed_at"])
        messages.success(request, f"Das Postfach {unit.mailbox} ist bestätigt. Anfragen gehen nun dorthin.")
        return redirect("contacts_mailboxes")
    context = {"unit": unit, "header_title": "Postfach bestätigen", "header_icon": "mail"}
    return render(request, "admin/contacts/confirm_mailbox.html", context, status=200 if unit else 410)
