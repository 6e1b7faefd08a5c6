"""What the columns of a file mean: for each fact about an outline the field that holds it, or one value for all."""

import datetime as dt
import re
from dataclasses import asdict, dataclass, field

# Facts that differ from feature to feature: name → label.
FACTS = {
    "valid_from": "gültig ab",
    "source": "Quelle",
    "decision": "Beschluss",
    "decision_body": "Gremium",
    "decided_on": "beschlossen am",
}
DATES = ("valid_from", "decided_on")
_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%Y%m%d", "%Y/%m/%d", "%d.%m.%y")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*$")


@dataclass(frozen=True)
class Mapping:
    """`fields` and `fixed` have the keys of FACTS: a fact comes from the feature's field, else it is the fixed value.

    `accuracy_m` is None for official outlines; fixed dates are ISO 8601. What it says is kept as JSON.
    """

    area_field: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)
    licence: str = ""
    accuracy_m: int | None = None

    def as_json(self) -> dict:
        return asdict(self)

    def name_of(self, feature: dict) -> str:
        return feature["properties"].get(self.area_field, "")

    def facts_of(self, feature: dict) -> tuple[dict, list[str]]:
        """Return the values of an AreaGeometry that a feature brings, and what is wrong with them."""
        facts: dict = {"licence": self.licence, "accuracy_m": self.accuracy_m}
        problems = []
        for name, label in FACTS.items():
            own = self.fields.get(name, "")
            text = (feature["properties"].get(own, "") if own else "") or self.fixed.get(name, "")
            facts[name] = text
            if name in DATES:
                facts[name] = read_date(text)
                if text and facts[name] is None:
                    problems.append(f"„{label}“: „{text}“ ist kein Datum wie 2026-03-31 oder 31.03.2026.")
        for name in ("valid_from", "source"):
            if facts[name] in ("", None) and not problems:
                problems.append(f"„{FACTS[name]}“ fehlt: weder im Objekt noch als Wert für alle.")
        return facts, problems


def read_date(text: str) -> dt.date | None:
    """Return the day that a text names in one of the spellings that files have, or None."""
    day = _TIME.sub("", text.strip())
    for pattern in _FORMATS:
        try:
            found = dt.datetime.strptime(day, pattern).date()
        except ValueError:
            continue
        return found if 1900 <= found.year <= 2200 else None
    return None
