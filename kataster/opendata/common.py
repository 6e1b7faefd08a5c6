"""Fields that most data sets share."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kataster.opendata.fields import Field, Kind

MOMENT = "2026-11-22T09:30:00+01:00"


def key_of(prefix: str) -> Any:
    """Return a getter for "gebiet-12": the key that the map uses too, stable for the life of the page."""
    return lambda row: f"{prefix}-{row.pk}"


def about_page(prefix: str, title: str, teaser: str, slug: str) -> tuple[Field, ...]:
    """Return the fields with which every row begins that is a page; the arguments are examples."""
    return (
        Field("id", Kind.TEXT, _("Schlüssel, der bleibt wie die Seite"), f"{prefix}-12", read=key_of(prefix)),
        Field("title", Kind.TEXT, _("Titel der Seite"), title),
        Field("url", Kind.PAGE, _("Seite dazu"), f"https://www.example.org/{slug}/", read=lambda row: row),
        Field("teaser", Kind.TEXT, _("worum es geht, in einem Satz"), teaser),
    )


CHECKED = (
    Field(
        "responsible_unit",
        Kind.TEXT,
        _("zuständige Einheit des Amts"),
        "Amt für Stadterneuerung",
        read=lambda page: page.responsible_unit.display_name if page.responsible_unit else "",
    ),
    Field("as_of", Kind.DATE, _("wann der Inhalt zuletzt geprüft wurde"), "2026-11-22"),
    Field(
        "changed_at",
        Kind.MOMENT,
        _("wann die Seite zuletzt veröffentlicht wurde"),
        MOMENT,
        read=lambda page: page.last_published_at,
    ),
)


def areas(meaning: Any) -> tuple[Field, ...]:
    """Return the areas of a page by name and, in the same order, by key."""
    return (
        Field("areas", Kind.LIST, meaning, ["Innenstadt-Nord", "Hafen"], read=lambda page: page.areas.all()),
        Field(
            "area_ids",
            Kind.LIST,
            _("dieselben Gebiete als Schlüssel, wie in „Gebiete“"),
            ["gebiet-12", "gebiet-15"],
            read=lambda page: [f"gebiet-{area.pk}" for area in page.areas.all()],
        ),
    )


FIGURES = Field(
    "figures",
    Kind.RECORDS,
    _("Zahlen, jede mit Stand und Quelle"),
    read=lambda page: page.figures.all(),
    parts=(
        Field("label", Kind.TEXT, _("was gezählt ist")),
        Field("value", Kind.TEXT, _("Wert in deutscher Schreibweise, wie veröffentlicht")),
        Field("unit", Kind.TEXT, _("Einheit")),
        Field("as_of", Kind.TEXT, _("Datum oder Jahr der Quelle")),
        Field("source", Kind.TEXT, _("Quelle")),
        Field("note", Kind.TEXT, _("Hinweis")),
    ),
)
