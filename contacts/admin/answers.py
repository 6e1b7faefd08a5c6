"""Templates for answers in the admin."""

from django.utils.html import format_html, format_html_join
from wagtail.admin.panels import HelpPanel, ObjectList

from contacts.desk.templates import PLACEHOLDERS
from contacts.models import AnswerTemplate
from stadterneuerung.organisation.viewsets import SeenViewSet


def placeholder_help() -> str:
    rows = [(f"{{{name}}}", meaning) for name, (meaning, _find) in PLACEHOLDERS.items()]
    return format_html(
        "<p>Platzhalter, die beim Einsetzen ausgefüllt werden:</p><dl>{}</dl><p>Fehlt eine Angabe, bleibt an ihrer "
        "Stelle eine Lücke wie [[Seite]]. Solange eine Lücke im Text steht, geht die Antwort nicht hinaus.</p>",
        format_html_join("", "<dt><code>{}</code></dt><dd>{}</dd>", rows),
    )


class AnswerTemplateViewSet(SeenViewSet):
    """Lists the texts; which placeholders there are stands beside the field."""

    model = AnswerTemplate
    icon = "doc-full"
    menu_label = "Antwortvorlagen"
    menu_hook = "register_desk_menu_item"
    menu_order = 35
    index_results_template_name = "admin/contacts/results.html"
    list_display = ["name", "kind", "subject", "position"]
    list_filter = ["kind", "subject"]
    search_fields = ["name", "text"]
    edit_handler = ObjectList([*AnswerTemplate.panels, HelpPanel(placeholder_help(), heading="Platzhalter")])
