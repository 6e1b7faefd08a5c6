"""Files of citizens at the desk: handed out as files to be saved, never shown by the browser on our address."""

from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from contacts import audit
from contacts.models import Attachment, Enquiry

_TYPES = {
    Attachment.Format.JPEG: "image/jpeg",
    Attachment.Format.PNG: "image/png",
    Attachment.Format.PDF: "application/pdf",
}


@require_safe
@permission_required("contacts.view_enquiry", raise_exception=True)
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a file of an enquiry that the account may see; the audit trail says so."""
    visible = Enquiry.objects.visible_to(request.user).filter(erased_at=None)
    attachment = get_object_or_404(Attachment.objects.select_related("enquiry"), pk=pk, enquiry__in=visible)
    try:
        file = attachment.file.open("rb")
    except OSError as error:
        raise Http404("Die Datei dieses Anhangs fehlt.") from error
    audit.record(audit.Action.DOWNLOADED, request.user, attachment.enquiry, detail=attachment.label)
    response = FileResponse(
        file,
        as_attachment=True,
        filename=attachment.download_name,
        content_type=_TYPES[attachment.extension],
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
