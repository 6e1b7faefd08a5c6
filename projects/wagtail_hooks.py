"""Funding programmes in the admin; open items: what the givers demand."""

from django.urls import reverse
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from projects.models import FundingNotice, FundingProgramme
from stadterneuerung.base.open_items import OpenItem
from stadterneuerung.organisation.viewsets import SeenViewSet


class ProgrammeViewSet(SeenViewSet):
    model = FundingProgramme
    icon = "form"
    list_display = ["name", "key", "since", "givers"]


register_snippet(ProgrammeViewSet)


@hooks.register("register_open_items")
def missing_mandatory_sentences():
    """Grants whose notice has not given us its wording yet, and the givers' logos."""
    notices = FundingNotice.objects.filter(page__live=True, mandatory_sentence="").select_related("page", "programme")
    for notice in notices:
        yield OpenItem(
            notice.page.title,
            f"Pflichttext und Logos laut Zuwendungsbescheid ({notice.programme})",
            "Fördermittelverwaltung",
            reverse("wagtailadmin_pages:edit", args=[notice.page_id]),
        )
