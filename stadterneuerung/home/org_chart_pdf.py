"""The organisation chart as a PDF that assistive technology can read (PDF/UA-1), typeset from the same records."""

import hashlib
import json
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.http import FileResponse
from django.utils.translation import get_language, gettext

from stadterneuerung.base.dates import date_label
from stadterneuerung.base.kept import kept_file
from stadterneuerung.home.org_chart import Node, unit_tree

TEMPLATE = Path(__file__).with_name("org_chart.typ")


def pdf_response(org_chart_page) -> FileResponse:
    """Answer with the PDF; it is typeset anew only when the records, the wording or the template have changed."""
    data = json.dumps(chart_data(org_chart_page), sort_keys=True)
    key = hashlib.sha256(TEMPLATE.read_bytes() + data.encode()).hexdigest()[:16]
    name = f"{org_chart_page.pk}-{key}.pdf"
    path = kept_file("org_chart", name, f"{org_chart_page.pk}-*.pdf", lambda: typeset(data))
    return FileResponse(path.open("rb"), content_type="application/pdf", filename="organigramm.pdf")


def chart_data(org_chart_page) -> dict[str, Any]:
    """Return what the template shows; its shape is told there."""
    tree = unit_tree(org_chart_page)
    office = tree[0].unit if tree else None
    as_of = date_label(office.as_of) if office else date_label(org_chart_page.as_of)
    return {
        "title": org_chart_page.title,
        "subtitle": gettext("Stand: %(date)s") % {"date": as_of},
        "footer": _preview_note(),
        "office": office.display_name if office else "",
        "lang": (get_language() or "de")[:2],
        "units": [_unit(node) for node in tree],
    }


def _preview_note() -> str:
    return gettext("Vorschau – kein amtliches Angebot") if settings.SITE_PREVIEW else ""


def _unit(node: Node) -> dict[str, Any]:
    unit = node.unit
    head = gettext("Leitung: %(name)s") % {"name": unit.head_name} if unit.head_name else ""
    return {
        "kind": unit.get_kind_display() if unit.name else "",
        "name": unit.display_name,
        "note": [line for line in (head, unit.summary) if line],
        "units": [_unit(child) for child in node.children],
    }


def typeset(data: str) -> bytes:
    """Return the PDF for JSON `data`. The built fonts are used where they are, else those that come with typst."""
    fonts = settings.ROOT / "static" / "build"
    return typst.compile(
        TEMPLATE,
        sys_inputs={"data": data},
        font_paths=[fonts] if fonts.is_dir() else [],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
