"""What the floor adds to the admin: topics, settings, tombstones, and the list of missing facts."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.contrib.settings.registry import register_setting
from wagtail.snippets.models import register_snippet

from stadterneuerung.base.forms import label_workflow_form
from stadterneuerung.base.links import LiveLinkHandler
from stadterneuerung.base.models import OpenQuestion, SiteSettings, Tombstone, Topic
from stadterneuerung.base.open_items import OpenItem
from stadterneuerung.base.views import OpenItemsView
from stadterneuerung.organisation.models import OrganisationUnit, ServicePoint
from stadterneuerung.organisation.viewsets import SeenViewSet

register_setting(SiteSettings, icon="cog")
label_workflow_form()


class TopicViewSet(SeenViewSet):
    model = Topic
    icon = "tag"
    list_display = ["name", "slug"]
    search_fields = ["name"]


class OpenQuestionViewSet(SeenViewSet):
    model = OpenQuestion
    icon = "help"
    list_display = [
        "subject",
        "question",
        "owner",
        BooleanColumn("blocks_launch", label="verhindert den Start"),
        "answered_on",
    ]
    list_filter = ["blocks_launch"]
    search_fields = ["subject", "question"]


class TombstoneViewSet(SeenViewSet):
    model = Tombstone
    icon = "bin"
    list_display = ["title", "path", "deleted_at"]


register_snippet(TopicViewSet)
register_snippet(OpenQuestionViewSet)
register_snippet(TombstoneViewSet)


@hooks.register("register_rich_text_features", order=10)  # after Wagtail's own, which it replaces
def links_of_rich_text(features):
    features.register_link_type(LiveLinkHandler)


@hooks.register("register_admin_urls")
def open_items_url():
    return [path("offene-angaben/", OpenItemsView.as_view(), name="open_items")]


@hooks.register("register_admin_menu_item")
def open_items_menu_item():
    return MenuItem("Offene Angaben", reverse("open_items"), name="open-items", icon_name="list-ul", order=900)


@hooks.register("register_open_items")
def missing_facts_of_the_office():
    facts = SiteSettings.load()
    url = reverse("wagtailsettings:edit", args=["base", "sitesettings", facts.pk])
    needed = {
        "street": ("Anschrift", "Straße und Hausnummer", "Amtsleitung"),
        "phone": ("Erreichbarkeit", "Telefonnummer", "Amtsleitung"),
        "supervisory_authority": ("Impressum", "Aufsichtsbehörde", "Rechtsamt"),
        "responsible_editor": ("Impressum", "verantwortliche Person nach § 18 Abs. 2 MStV", "Amtsleitung"),
        "responsible_editor_address": ("Impressum", "Anschrift der verantwortlichen Person", "Amtsleitung"),
        "hosting": ("Impressum", "wer die Server betreibt", "IT der Stadt"),
        "retention_confirmed_on": ("Datenschutz", "Bestätigung der Löschfristen", "Datenschutzbeauftragte*r"),
    }
    for name, (subject, missing, owner) in needed.items():
        if not getattr(facts, name):
            yield OpenItem(subject, missing, owner, url)


@hooks.register("register_open_items")
def unanswered_questions():
    for question in OpenQuestion.objects.filter(answered_on=None):
        url = reverse("wagtailsnippets_base_openquestion:edit", args=[question.pk])
        yield OpenItem(question.subject, question.question, question.owner, url, question.blocks_launch)


@hooks.register("register_open_items")
def units_without_names():
    for unit in OrganisationUnit.objects.filter(name=""):
        url = reverse("wagtailsnippets_organisation_organisationunit:edit", args=[unit.pk])
        yield OpenItem("Organigramm", f"Bezeichnung: {unit.get_kind_display()} ({unit.key})", "Amtsleitung", url)


@hooks.register("register_open_items")
def service_points_without_address():
    for point in ServicePoint.objects.filter(street="", closed_since=None):
        url = reverse("wagtailsnippets_organisation_servicepoint:edit", args=[point.pk])
        yield OpenItem(point.name, "Anschrift und Öffnungszeiten", "Quartiersmanagement", url, blocks_launch=False)
