"""A page with nothing but its text."""

from stadterneuerung.base.models import BasePage


class StandardPage(BasePage):
    """For what is no project, area or offer, such as an overview of concepts."""

    parent_page_types = ["home.HomePage", "home.OfficePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    class Meta:
        verbose_name = "Textseite"
        verbose_name_plural = "Textseiten"

    def get_context(self, request, *args, **kwargs):
        children = StandardPage.objects.child_of(self).published() if self.pk else StandardPage.objects.none()
        return super().get_context(request, *args, **kwargs) | {"children": list(children)}
