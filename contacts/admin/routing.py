"""Where editors keep the rules, the deputies and the ways in which units work."""

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets import HeaderButton
from wagtail.snippets.views.snippets import CreateView, IndexView, ReorderView

from contacts.models import Deputy, RoutingRule, UnitDesk
from stadterneuerung.organisation.viewsets import SeenViewSet

STEP = 10  # between the numbers of two rules, so that one more fits in by typing its number


class RelatedIndexView(IndexView):
    """A list that fetches what its rows name along with them."""

    related: tuple[str, ...] = ()

    def get_base_queryset(self):
        return super().get_base_queryset().select_related(*self.related)


class RuleIndexView(RelatedIndexView):
    """The rules as they are asked; rows are dragged, or moved with the arrow keys."""

    related = ("subject", "page", "area", "unit")

    def order_queryset(self, queryset):
        if self.show_ordering_column:
            return queryset.order_by(*RoutingRule._meta.ordering)
        return super().order_queryset(queryset)

    def get_table_kwargs(self):
        kwargs = super().get_table_kwargs()
        if kwargs.get("reorder_url"):
            kwargs["caption"] = (
                "Zum Umordnen den Griff ziehen, oder ihn mit der Tabulatortaste wählen, mit den Pfeiltasten bewegen "
                "und mit der Eingabetaste bestätigen. Ohne Umordnen gilt die Zahl im Feld „Reihenfolge“ der Regel."
            )
        return kwargs

    @property
    def header_buttons(self):
        url = reverse("contacts_routing_trial")
        return [*super().header_buttons, HeaderButton("Was geschähe mit einer Nachricht?", url=url, icon_name="help")]


class RuleCreateView(CreateView):
    """A new rule comes last unless its number says otherwise: so it takes nothing away from the others."""

    def get_initial_form_instance(self):
        last = RoutingRule.objects.order_by("position").values_list("position", flat=True).last()
        return RoutingRule(position=(last or 0) + STEP)


class RuleReorderView(ReorderView):
    """Wagtail's own exchanges numbers, which does nothing between rules of the same number; here all are numbered anew.

    POST `?position=n`: the place in the list, from 0; anything else means the end.
    """

    def post(self, request: HttpRequest, pk: int) -> JsonResponse:
        with transaction.atomic():
            rules = list(RoutingRule.objects.select_for_update(of=("self",)))
            moved = get_object_or_404(RoutingRule, pk=pk)
            others = [rule for rule in rules if rule.pk != moved.pk]
            wanted = request.GET.get("position", "")
            place = int(wanted) if wanted.isdecimal() and len(wanted) < 6 else len(others)
            others.insert(place, moved)
            for number, rule in enumerate(others, start=1):
                rule.position = number * STEP
            RoutingRule.objects.bulk_update(others, ["position"])
        return JsonResponse({"success": True})


class DestinationColumn(Column):
    """Where a rule leads to, in red when that is nowhere."""

    cell_template_name = "admin/contacts/rule_destination_cell.html"


class RoutingViewSet(SeenViewSet):
    """Common to the three lists: where they stand in the menu."""

    menu_hook = "register_desk_menu_item"
    index_results_template_name = "admin/contacts/results.html"


class RuleViewSet(RoutingViewSet):
    model = RoutingRule
    icon = "order-down"
    menu_label = "Verteilung"
    menu_order = 31
    base_url_path = "anfragen/verteilung"
    index_view_class = RuleIndexView
    add_view_class = RuleCreateView
    reorder_view_class = RuleReorderView
    sort_order_field = "position"
    ordering = "position"
    list_display = [
        "name",
        Column("position", label="Nummer"),
        Column("condition", label="Wenn"),
        DestinationColumn("destination", label="geht an"),
        BooleanColumn("active", label="in Kraft"),
    ]

    def get_add_view_kwargs(self, **kwargs):
        # Wagtail would put every new rule at the end, whatever number was typed.
        return super().get_add_view_kwargs(**kwargs) | {"sort_order_field": None}


class DeputyIndexView(RelatedIndexView):
    related = ("unit", "deputy")


class DeputyViewSet(RoutingViewSet):
    model = Deputy
    icon = "user"
    menu_label = "Vertretungen"
    menu_order = 32
    base_url_path = "anfragen/vertretungen"
    index_view_class = DeputyIndexView
    copy_view_enabled = False
    list_display = ["unit", "deputy", "first_day", "last_day", Column("phase", label="gilt")]
    list_filter = ["unit", "deputy"]


class UnitDeskIndexView(RelatedIndexView):
    related = ("unit",)


class UnitDeskViewSet(RoutingViewSet):
    model = UnitDesk
    icon = "cogs"
    menu_label = "Arbeitsweise"
    menu_order = 33
    base_url_path = "anfragen/arbeitsweise"
    index_view_class = UnitDeskIndexView
    copy_view_enabled = False
    list_display = [
        "unit",
        BooleanColumn("uses_desk", label="am Tisch"),
        BooleanColumn("wants_digest", label="Tagesübersicht"),
    ]
