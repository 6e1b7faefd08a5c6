"""The list of what one may write about."""

from wagtail.admin.ui.tables import BooleanColumn

from contacts.models import EnquirySubject
from stadterneuerung.organisation.viewsets import SeenViewSet


class SubjectViewSet(SeenViewSet):
    model = EnquirySubject
    icon = "list-ul"
    menu_label = "Betreffe"
    menu_hook = "register_desk_menu_item"
    menu_order = 30
    index_results_template_name = "admin/contacts/results.html"
    list_display = ["name", "unit", "position", BooleanColumn("active", label="wird angeboten")]
    list_filter = ["active"]
    search_fields = ["name"]
