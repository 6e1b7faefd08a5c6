"""The list of enquiries, and one of them."""

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from contacts.admin.listing import ReceivedIndexView, ReceivedViewSet, moment
from contacts.models import Enquiry

RECEIVED = Column(
    "created_at", label="Eingegangen", accessor=lambda record: moment(record.created_at), sort_key="created_at"
)
SUSPICION = Column(
    "is_suspicious",
    label="Hinweis",
    accessor=lambda record: "bitte prüfen" if record.is_suspicious else "",
    sort_key="is_suspicious",
)


class EnquiryIndexView(ReceivedIndexView):
    related = ("unit",)


class EnquiryFilters(WagtailFilterSet):
    class Meta:
        model = Enquiry
        fields = ["state", "kind", "subject", "unit", "is_suspicious"]


class EnquiryViewSet(ReceivedViewSet):
    model = Enquiry
    name = "enquiry"
    icon = "mail"
    menu_label = "Anfragen"
    index_view_class = EnquiryIndexView
    edit_template_name = "admin/contacts/enquiry_edit.html"
    inspect_template_name = "admin/contacts/enquiry_inspect.html"
    form_fields: list[str] = []
    list_display = [
        "reference",
        RECEIVED,
        Column("subject_name", label="Betreff", sort_key="subject_name"),
        Column("page_title", label="Projekt oder Gebiet", sort_key="page_title"),
        Column("unit", label="Einheit", accessor=lambda enquiry: enquiry.unit or "", sort_key="unit"),
        Column("state", label="Stand", accessor="get_state_display", sort_key="state"),
        SUSPICION,
    ]
    filterset_class = EnquiryFilters
    search_fields = ["reference", "name", "email", "message", "subject_name", "page_title"]
