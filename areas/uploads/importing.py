"""Brings a planned file in: all of it or nothing, once, and written down with who and which file."""

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from areas.models import AreaGeometry, AreaPage, OutlineUpload
from areas.uploads.plan import Plan

LOG_ACTION = "areas.outline_from_file"


class Overtaken(Exception):
    """Somebody else was quicker: what was confirmed is no longer what would happen."""


def save_plan(plan: Plan, file_name: str, user=None) -> list[AreaGeometry]:
    """Save the outlines of a plan that `can_be_imported` and return them. Raises Overtaken; then nothing is saved."""
    if not plan.can_be_imported:
        raise ValueError("a plan with problems or without outlines is not imported")
    try:
        with transaction.atomic():
            saved = plan.ready
            for geometry in saved:
                geometry.save()
                log(instance=geometry, action=LOG_ACTION, user=user, data={"file": file_name}, content_changed=True)
    except IntegrityError as error:
        raise Overtaken from error
    return saved


def confirm(upload: OutlineUpload, seen: str, make: Callable[[], Plan], user) -> list[AreaGeometry]:
    """Import an upload whose plan `user` has seen as `seen` (Plan.fingerprint). `make()` gives the plan of now.

    Returns the outlines saved; none when it was confirmed before. Raises Overtaken when the plan is another one by now.
    """
    with transaction.atomic():
        # Whoever comes second waits here and then finds it done.
        begun = OutlineUpload.objects.filter(pk=upload.pk, done_at=None).update(done_at=timezone.now())
        if not begun:
            return []
        areas = [choice["area"] for choice in upload.choices.values() if isinstance(choice["area"], int)]
        list(AreaPage.objects.filter(pk__in=areas).select_for_update().order_by("pk").values_list("pk"))
        plan = make()
        if plan.fingerprint != seen or not plan.can_be_imported:
            raise Overtaken
        return save_plan(plan, upload.file_name, user)
