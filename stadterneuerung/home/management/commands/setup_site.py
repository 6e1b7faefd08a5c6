"""Make the ground plan that every installation needs; run as often as one likes."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import GroupApprovalTask, Locale, Page, Site, Workflow

from stadterneuerung.home.models import HomePage
from stadterneuerung.home.roles import apply_roles


class Command(BaseCommand):
    help = "Richtet Startseite, Site, Gruppen, Rechte, Freigabe und Sammlungen ein. Wiederholbar."

    @transaction.atomic
    def handle(self, *args, **options):
        home = self.ensure_home()
        self.ensure_site(home)
        self.remove_defaults(home)
        apply_roles()
        if options["verbosity"]:
            self.stdout.write("Startseite, Site, Gruppen, Rechte, Freigabe und Sammlungen sind eingerichtet.")

    def ensure_home(self) -> HomePage:
        """Return the German start page, bare if there is no content yet."""
        locale, _ = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
        home = HomePage.objects.filter(locale=locale).first()
        if home is None:
            home = Page.get_first_root_node().add_child(
                instance=HomePage(
                    title="Amt für Stadterneuerung",
                    slug="start",
                    claim="Wir erneuern Dortmund, Quartier für Quartier.",
                    teaser="Projekte, Gebiete und Förderung des Amts für Stadterneuerung der Stadt Dortmund.",
                    locale=locale,
                )
            )
        return home

    def ensure_site(self, home: HomePage) -> None:
        """Point the default site at the start page, under the address that this installation is served at."""
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        port = address.port or (443 if address.scheme == "https" else 80)
        site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
        site.hostname, site.port, site.root_page = address.hostname, port, home
        site.site_name = settings.WAGTAIL_SITE_NAME
        site.save()

    def remove_defaults(self, home: HomePage) -> None:
        """Remove what Wagtail's first migration brings: a welcome page, English groups and their workflow."""
        for page in Page.get_first_root_node().get_children().exact_type(Page).filter(slug="home"):
            page.delete()
        Group.objects.filter(name__in=["Moderators", "Editors"]).delete()
        Workflow.objects.filter(name="Moderators approval").delete()
        GroupApprovalTask.objects.filter(name="Moderators approval").delete()
