"""What would become of a message: asked of the same functions that take messages in; nothing is stored."""

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.core.exceptions import PermissionDenied
from django.urls import reverse_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale

from areas.models import AreaPage
from contacts.deadlines import due_day
from contacts.forms import PageChoiceField
from contacts.models import Enquiry, EnquirySubject, RoutingRule
from contacts.routing import Recipient, Route, Topic, deputies_of, find_route, recipients, uses_desk
from projects.models import ProjectPage
from stadterneuerung.base.dates import today
from stadterneuerung.organisation.models import OrganisationUnit

YEARS_AROUND = 3


class TrialForm(forms.Form):
    """A message in as many words as the rules need."""

    art = forms.ChoiceField(
        label="Art",
        choices=Enquiry.Kind,
        help_text="Das Formular für Barrieren fragt weder nach einem Betreff noch nach einem Projekt.",
    )
    betreff = forms.ModelChoiceField(
        EnquirySubject.objects.none(), label="Betreff", required=False, empty_label="ohne Betreff"
    )
    seite = PageChoiceField(label="Projekt oder Gebiet", required=False)
    tag = forms.DateField(
        label="Tag des Eingangs",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="Entscheidet über Vertretungen und den Tag, bis zu dem zu antworten ist.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("betreff", "seite"):
            self.fields[name].widget.attrs["class"] = "w-w-full"  # long titles would reach beyond a narrow window
        language = Locale.get_default()
        self.fields["betreff"].queryset = EnquirySubject.objects.active().filter(locale=language)
        self.fields["seite"].choices = [("", "keines")] + [
            (
                label,
                list(
                    model.objects.live().public().filter(locale=language).order_by("title").values_list("pk", "title")
                ),
            )
            for label, model in (("Projekte", ProjectPage), ("Gebiete", AreaPage))
        ]

    def clean_tag(self) -> dt.date:
        day = self.cleaned_data["tag"]
        if abs(day.year - today().year) > YEARS_AROUND:
            raise forms.ValidationError(f"Bitte wählen Sie einen Tag, der höchstens {YEARS_AROUND} Jahre entfernt ist.")
        return day


@dataclass(frozen=True)
class Outcome:
    """What would happen: the way, those that would get mail, and by when to answer."""

    route: Route
    not_asked: list[RoutingRule]
    recipients: list[Recipient]
    deputies: list[OrganisationUnit]
    mail_only: bool
    due_on: dt.date


def outcome(topic: Topic, day: dt.date) -> Outcome:
    """Return what would become of a message about `topic` that arrives on `day`."""
    route = find_route(topic)
    asked = [step.rule.pk for step in route.steps]
    return Outcome(
        route=route,
        not_asked=list(RoutingRule.objects.active().exclude(pk__in=asked)),
        recipients=recipients(route.unit, day),
        deputies=deputies_of(route.unit, day) if route.unit else [],
        mail_only=not uses_desk(route.unit),
        due_on=due_day(day, barrier=topic.kind == Enquiry.Kind.BARRIER),
    )


class RoutingTrialView(WagtailAdminTemplateMixin, TemplateView):
    """GET `?art=&betreff=&seite=&tag=`: an address that one can send to a colleague; it holds nobody's words."""

    page_title = "Was geschähe mit einer Nachricht?"
    header_icon = "help"
    template_name = "admin/contacts/routing_trial.html"
    breadcrumbs_items = [
        *WagtailAdminTemplateMixin.breadcrumbs_items,
        {"url": reverse_lazy("wagtailsnippets_contacts_routingrule:list"), "label": "Verteilung"},
        {"url": "", "label": page_title},
    ]

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("contacts.view_routingrule"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        start = {"art": Enquiry.Kind.QUESTION.value, "tag": today().isoformat()}
        form = TrialForm(start | self.request.GET.dict() if self.request.GET else None, initial=start)
        context = {"form": form}
        if form.is_bound and form.is_valid():
            given = form.cleaned_data
            context["outcome"] = outcome(Topic(given["art"], given["betreff"], given["seite"]), given["tag"])
        return super().get_context_data(**kwargs) | context
