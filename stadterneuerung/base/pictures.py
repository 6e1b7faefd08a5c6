"""What stands at the head of a page or card when there is no photograph: a picture drawn from its data."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Picture:
    """A drawing: `name` of a template in templates/components/pictures/ and the data it draws."""

    name: str
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def template(self) -> str:
        return f"components/pictures/{self.name}.html"


@dataclass(frozen=True)
class Status:
    """A state as readers see it: `tone` picks colour and icon (planned, running, done, open, closed, unknown)."""

    tone: str
    label: str
    note: str = ""
