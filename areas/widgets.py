"""The field of an outline: GeoJSON as text, the stored outline as a drawing, and with JavaScript a map to draw on."""

import json
import re

from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput
from django.forms.widgets import Script
from django.template.loader import render_to_string

from areas import outlines
from areas.difference import draw
from areas.geo import CITY_BOUNDS
from areas.locator import CITY_BOX

_POINT = re.compile(r"\[\s+(-?[\d.eE+-]+),\s+(-?[\d.eE+-]+)\s+\]")


class OutlineField(forms.JSONField):
    """What was typed stays as it is until it is stored, even where Python's JSON gives up on it."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as error:  # numbers of 5,000 digits, 5,000 brackets
            raise ValidationError("Das lässt sich nicht lesen: zu lange Zahlen oder zu viele Klammern.") from error

    def bound_data(self, data, initial):
        return InvalidJSONInput(data) if isinstance(data, str) else super().bound_data(data, initial)


class OutlineWidget(forms.Textarea):
    """A textarea that works by itself; static/js/admin/outline-editor.js puts a map above it that says the same."""

    def __init__(self, attrs=None):
        super().__init__({"rows": 12, "spellcheck": "false", "class": "outline-editor__text", **(attrs or {})})

    @property
    def media(self):
        return forms.Media(
            css={"all": ["vendor/leaflet/leaflet.css", "vendor/geoman/leaflet-geoman.css", "build/admin-outline.css"]},
            js=[
                "vendor/leaflet/leaflet.js",
                "vendor/geoman/leaflet-geoman.min.js",
                Script("js/admin/outline-editor.js", type="module"),
            ],
        )

    def format_value(self, value):
        """Return the text with one point a line, so that a point can be found and corrected by hand."""
        try:
            found = json.loads(value)
            text = "" if found is None else readable(found)
            text.encode()  # not with halves of characters, which JSON can spell but no page can show
        except (TypeError, ValueError, RecursionError):
            return value
        return text

    def render(self, name, value, attrs=None, renderer=None):
        outline = _outline_of(value)
        context = {
            "textarea": super().render(name, value, attrs, renderer),
            "outline": outline,
            "drawing": draw(outline.geojson, None) if outline else None,
            "bounds": ",".join(f"{edge:.6f}" for edge in CITY_BOUNDS),
            "city_box": CITY_BOX,
        }
        # The renderer of forms knows the templates of installed packages only.
        return render_to_string("admin/areas/outline_widget.html", context)


def readable(geojson: object) -> str:
    """Return JSON with each point on a line of its own; static/js/admin/geometry.js writes the same."""
    return _POINT.sub(r"[\1, \2]", json.dumps(geojson, indent=1, ensure_ascii=False))


def _outline_of(value: object) -> outlines.Outline | None:
    try:
        return outlines.read(json.loads(value))
    except (TypeError, ValueError, RecursionError):  # no text, no JSON, no outline: the field's own message says which
        return None
