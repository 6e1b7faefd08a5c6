"""The editor's home: what one comes for, what waits, what runs out."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from jobs.models import JobIndexPage, VacancyPage
from news.models import EventIndexPage, NewsIndexPage
from projects.models import FundingOfferPage, ProjectIndexPage
from stadterneuerung.base.dates import today
from stadterneuerung.base.open_items import open_items

SOON = dt.timedelta(days=30)


@dataclass(frozen=True)
class Action:
    label: str
    url: str


class QuickActionsPanel(Component):
    """Links to what editors do most, as far as they may."""

    name = "quick_actions"
    template_name = "admin/quick_actions.html"
    order = 10

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        wanted = [
            ("Nachricht schreiben", NewsIndexPage, "news", "newspage"),
            ("Termin ankündigen", EventIndexPage, "news", "eventpage"),
            ("Stelle ausschreiben", JobIndexPage, "jobs", "vacancypage"),
        ]
        actions = []
        for label, index_model, app, model in wanted:
            index = index_model.objects.live().first()
            if index is not None and index.permissions_for_user(user).can_add_subpage():
                actions.append(Action(label, reverse("wagtailadmin_pages:add", args=[app, model, index.pk])))
        projects = ProjectIndexPage.objects.live().first()
        if projects is not None and projects.permissions_for_user(user).can_add_subpage():
            actions.append(Action("Projekt aktualisieren", reverse("wagtailadmin_explore", args=[projects.pk])))
        if user.has_perm("contacts.view_enquiry"):
            actions.append(Action("Anfragen", reverse("enquiry:index")))
        actions.append(Action(f"Offene Angaben ({len(open_items())})", reverse("open_items")))
        return {"actions": actions}


class ExpiringPanel(Component):
    """What closes by itself within the next weeks, and what was not checked for a year."""

    name = "expiring"
    template_name = "admin/expiring.html"
    order = 20

    def get_context_data(self, parent_context):
        day = today()
        rows: list[tuple[Page, str, dt.date]] = []
        for vacancy in VacancyPage.objects.live().open_on(day).filter(deadline__lte=day + SOON):
            rows.append((vacancy, "Bewerbungsschluss", vacancy.deadline))
        for offer in FundingOfferPage.objects.live().filter(runs_until__gte=day, runs_until__lte=day + SOON):
            rows.append((offer, "Förderung läuft bis", offer.runs_until))
        for page in Page.objects.live().filter(expire_at__date__gte=day, expire_at__date__lte=day + SOON):
            rows.append((page, "wird zurückgezogen am", page.expire_at.date()))
        return {"rows": sorted(rows, key=lambda row: row[2])}
