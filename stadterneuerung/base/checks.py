"""Deployment checks: the preview cannot be left while facts are missing."""

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import DatabaseError

from stadterneuerung.base.open_items import launch_blockers


@register(Tags.security, deploy=True)
def check_launch(app_configs, **kwargs) -> list[Error | Warning]:
    """Refuse SITE_PREVIEW=0 with the list of what is missing."""
    if settings.SITE_PREVIEW:
        return []
    try:
        blockers = launch_blockers()
    except DatabaseError as error:
        return [Warning(f"Offene Angaben konnten nicht geprüft werden: {error}", id="stadterneuerung.W001")]
    if not blockers:
        return []
    missing = "\n".join(f"  - {item.subject}: {item.missing} ({item.owner})" for item in blockers)
    return [
        Error(
            f"Die Vorschau kann nicht beendet werden: {len(blockers)} Angaben fehlen.\n{missing}",
            hint="Angaben im Redaktionssystem unter „Offene Angaben“ ergänzen oder SITE_PREVIEW=1 setzen.",
            id="stadterneuerung.E001",
        )
    ]
