"""Facts that are missing before the site may go live.

Each room registers a function under the hook "register_open_items"; it yields OpenItem for what is missing now. The
admin page "Offene Angaben" lists them, and the deployment check refuses to leave the preview while one blocks.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from wagtail import hooks

HOOK = "register_open_items"


@dataclass(frozen=True)
class OpenItem:
    """One missing fact: what it concerns, what is missing, who can say it, where to enter it in the admin."""

    subject: str
    missing: str
    owner: str
    url: str = ""
    blocks_launch: bool = True


def open_items() -> list[OpenItem]:
    """Return all missing facts, those that block the launch first."""
    items: list[OpenItem] = []
    for provider in hooks.get_hooks(HOOK):
        provided: Iterable[OpenItem] = provider()
        items.extend(provided)
    return sorted(items, key=lambda item: (not item.blocks_launch, item.subject))


def launch_blockers() -> list[OpenItem]:
    return [item for item in open_items() if item.blocks_launch]
