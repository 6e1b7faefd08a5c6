"""The desk's entry in the side bar."""

from wagtail.admin.menu import SubmenuMenuItem
from wagtail.admin.viewsets.model import ModelViewSetGroup

from contacts.admin.enquiries import EnquiryViewSet
from contacts.admin.outbox import OutboxViewSet
from contacts.admin.sight import sight_of
from contacts.desk.saved_views import NEW


class CountingSubmenu(SubmenuMenuItem):
    """The menu of the desk says how many enquiries nobody has taken yet, of those that the account may see."""

    def render_component(self, request):
        component = super().render_component(request)
        if not request.user.has_perm("contacts.view_enquiry"):
            return component
        if count := sight_of(request).counts[NEW.key]:
            component.label = f"{self.label} ({count})"  # the sidebar has room for no more
        return component


class DeskGroup(ModelViewSetGroup):
    menu_label = "Anfragen"
    menu_name = "enquiries"
    menu_icon = "mail"
    menu_order = 250
    submenu_hook = "register_desk_menu_item"
    items = (EnquiryViewSet, OutboxViewSet)

    def get_menu_item(self, order=None):
        item = super().get_menu_item(order)
        return CountingSubmenu(item.label, item.menu, name=item.name, icon_name=item.icon_name, order=item.order)
