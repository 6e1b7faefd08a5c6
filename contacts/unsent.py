"""What somebody typed when the server failed in the midst of taking it: handed back on a page that needs no database.

The forms themselves answer when only the storing failed (`FormPage.not_stored`). This is for everything before and
after: without a database no page is found, let alone shown.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from contacts.attachment_field import accepted_types
from contacts.forms import BarrierForm, EnquiryForm
from contacts.models.pages import STAMP_FIELD
from contacts.proof_of_work import SOLUTION_FIELD
from stadterneuerung.base.http import UnreadableForm, may_be_own_origin, posted_form

_LABELS = {name: field.label for form in (BarrierForm, EnquiryForm) for name, field in form.base_fields.items()}
_LONG = {"message", "description", "wanted_alternative"}
_KEPT_SILENTLY = {STAMP_FIELD, SOLUTION_FIELD, "trap", "zu", "subject", "pictures-da", "pictures-weg"}


def handed_back(request: HttpRequest) -> HttpResponse | None:
    """Return the page that gives everything back, ready to be sent again; None when it was no public form."""
    if request.method != "POST" or not may_be_own_origin(request):
        return None
    try:
        data = posted_form(request, files=True)
    except UnreadableForm:
        return None
    if STAMP_FIELD not in data or not _LONG & data.keys():
        return None
    context = {
        "action": request.path,
        "hidden": [(name, value) for name in data if name in _KEPT_SILENTLY for value in data.getlist(name)],
        "fields": [
            {"name": name, "label": label, "value": data[name], "long": name in _LONG}
            for name, label in _LABELS.items()
            if name in data and name not in _KEPT_SILENTLY
        ],
        "had_files": bool(request.FILES),
        "files_label": _LABELS["pictures"],
        "accepted_types": accepted_types(),
        "mailbox": settings.ENQUIRY_MAILBOX,
    }
    response = HttpResponse(render_to_string("unsent.html", context), status=503)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
