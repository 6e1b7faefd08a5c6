"""Making the links to a sender's status page worthless when they got into wrong hands; the sender gets the new one."""

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from contacts import audit
from contacts.desk.links import renew_link
from contacts.models import Enquiry


class NewLinkView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """Say what it means and, on POST, do it."""

    permission_required = "contacts.change_enquiry"
    raise_exception = True
    page_title = "Neuer Link zur Statusseite"
    header_icon = "link"
    template_name = "admin/contacts/new_link.html"

    @cached_property
    def enquiry(self) -> Enquiry:
        return get_object_or_404(
            Enquiry.objects.visible_to(self.request.user).filter(erased_at=None), pk=self.kwargs["pk"]
        )

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        audit.record(audit.Action.READ, self.request.user, self.enquiry, detail=self.page_title)
        return super().get_context_data(**kwargs) | {"enquiry": self.enquiry}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        mailed = renew_link(self.enquiry, request.user)
        told = "Der neue geht an die E-Mail-Adresse der Anfrage." if mailed else "Der neue lässt sich nicht schicken."
        messages.success(request, f"Die alten Links zu {self.enquiry} gelten nicht mehr. {told}")
        return redirect("enquiry:edit", self.enquiry.pk)
