"""Deleted pages leave a tombstone, so that their address answers 410 and says where to go."""

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from stadterneuerung.base.models import Tombstone


@receiver(pre_delete, sender=Page)
def leave_tombstone(sender, instance: Page, **kwargs) -> None:
    """Remember the address of a page that was public; examples and drafts leave nothing."""
    if not instance.live or instance.url is None:
        return
    if getattr(instance.specific, "is_example", False):
        return
    parts = instance.get_url_parts()
    if parts is None:
        return
    Tombstone.objects.update_or_create(
        path=parts[2], defaults={"title": instance.title, "successor": instance.get_parent()}
    )


@receiver(page_published)
def remove_tombstone(sender, instance: Page, **kwargs) -> None:
    """A page that is published at an address again ends its 410."""
    parts = instance.get_url_parts()
    if parts is not None:
        Tombstone.objects.filter(path=parts[2]).delete()
