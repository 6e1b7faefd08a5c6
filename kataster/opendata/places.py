"""Data sets of places: areas in force, all versions of outlines, small-area studies."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from areas.models import AreaGeometry, AreaPage
from areas.models.areas import District
from kataster.opendata import rows
from kataster.opendata.common import CHECKED, FIGURES, about_page, key_of
from kataster.opendata.datasets import DataSet, Source
from kataster.opendata.fields import Field, Kind, choice, outline, outline_of_page

OUTLINES = Source(rows.all_outlines, changed="changed_at")
AREAS = Source(rows.all_areas)


def _hectares(hectares: Callable, accuracy: Callable) -> Field:
    """Return the size of official outlines: that of a schematic one is no fact."""

    def read(row) -> float | None:
        size = hectares(row)
        return round(size, 2) if size is not None and accuracy(row) is None else None

    meaning = _("Fläche amtlicher Umrisse; die Fläche eines schematischen ist keine Tatsache")
    return Field("hectares", Kind.NUMBER, meaning, 46.35, _("Hektar"), read)


def _licence_of(licence: str | None) -> str:
    return str(AreaGeometry.Licence(licence).label) if licence else ""


AREA_SET = DataSet(
    slug="gebiete",
    title=_("Gebiete der Stadterneuerung"),
    summary=_(
        "Alle Gebiete der Stadterneuerung in Dortmund, die heute in Kraft sind. "
        "Jede Zeile nennt Art, Rechtsgrundlage und Umriss eines Gebiets."
    ),
    rule=_(
        "Enthalten ist jedes veröffentlichte Gebiet, das nicht aufgehoben ist und dessen Inkrafttreten nicht in der "
        "Zukunft liegt. Aufgehobene Gebiete stehen im Datensatz „Umrisse mit Geschichte“."
    ),
    keywords=(_("Stadterneuerung"), _("Sanierungsgebiet"), _("Stadtumbau"), _("Städtebauförderung"), _("Quartier")),
    theme="REGI",
    formats=("geojson", "csv"),
    rows=Source(rows.areas_in_force),
    prepared=rows.with_outline_record,
    parts=(OUTLINES,),
    names=(AREAS,),
    fields=(
        *about_page("gebiet", "Innenstadt-Nord", "Hier erneuert die Stadt mit vielen Partnern.", "gebiete/nord"),
        *choice("kind", _("Art des Gebiets"), ("conversion", "Stadtumbaugebiet"), AreaPage.Kind.choices,
                lambda area: area.get_kind_display()),
        *choice("district", _("Stadtbezirk"), ("innenstadt-nord", "Innenstadt-Nord"), District.choices,
                lambda area: area.get_district_display()),
        Field("legal_basis", Kind.TEXT, _("Rechtsgrundlage"), "§ 171b BauGB"),
        Field("decided_on", Kind.DATE, _("wann das Gebiet beschlossen wurde"), "2018-09-27"),
        Field("in_force_from", Kind.DATE, _("seit wann das Gebiet in Kraft ist"), "2018-10-12"),
        Field("part_of", Kind.TEXT, _("größeres Gebiet, in dem es liegt"), "Nordstadt", read=lambda a: a.part_of_title),
        FIGURES,
        *outline(rows.outline_in_force, rows.record("accuracy_m"), official=True),
        Field("outline_valid_from", Kind.DATE, _("seit wann dieser Umriss gilt"), "2018-10-12",
              read=rows.record("valid_from")),
        _hectares(rows.record("hectares"), rows.record("accuracy_m")),
        Field("outline_source", Kind.TEXT, _("Quelle des Umrisses"), "Zeichnung des Amts", read=rows.record("source")),
        Field(
            "outline_licence",
            Kind.TEXT,
            _("Lizenz des Umrisses, wenn sie genannt ist"),
            "Datenlizenz Deutschland – Zero – Version 2.0",
            read=lambda area: _licence_of(rows.record("licence")(area)),
        ),
        *CHECKED,
    ),
)  # fmt: skip

OUTLINE_SET = DataSet(
    slug="gebiete-historie",
    title=_("Umrisse mit Geschichte"),
    summary=_(
        "Alle Fassungen der Umrisse aller Gebiete, auch solche, die nicht mehr oder noch nicht gelten. "
        "Jede Zeile ist eine Fassung und sagt, von wann bis wann sie gilt."
    ),
    rule=_(
        "Enthalten ist jede Fassung eines veröffentlichten Gebiets, auch eines aufgehobenen. Eine Fassung endet, wo "
        "die nächste beginnt oder das Gebiet aufgehoben wird."
    ),
    keywords=(_("Stadterneuerung"), _("Umriss"), _("Geschichte"), _("Satzungsgebiet"), _("Zeitreihe")),
    theme="REGI",
    formats=("geojson", "csv"),
    rows=OUTLINES,
    prepared=rows.with_validity,
    names=(AREAS,),
    fields=(
        Field("id", Kind.TEXT, _("Schlüssel der Fassung"), "umriss-7", read=key_of("umriss")),
        Field("area_id", Kind.TEXT, _("Schlüssel des Gebiets, wie in „Gebiete“"), "gebiet-12",
              read=lambda version: f"gebiet-{version.area_id}"),
        Field("title", Kind.TEXT, _("Name des Gebiets"), "Innenstadt-Nord", read=lambda version: version.area.title),
        Field("url", Kind.PAGE, _("Seite des Gebiets"), "https://www.example.org/gebiete/nord/",
              read=lambda version: version.area),
        *choice("kind", _("Art des Gebiets"), ("conversion", "Stadtumbaugebiet"), AreaPage.Kind.choices,
                lambda version: version.area.get_kind_display(), lambda version: version.area.kind),
        Field("valid_from", Kind.DATE, _("erster Tag, an dem die Fassung gilt"), "2018-10-12"),
        Field("valid_until", Kind.DATE, _("erster Tag, an dem sie nicht mehr gilt; leer, wenn keiner bekannt ist"),
              "2026-01-01"),
        Field("in_force", Kind.BOOLEAN, _("ob sie heute gilt"), True, read=lambda version: version.is_in_force),
        Field("lifted_on", Kind.DATE, _("wann das Gebiet aufgehoben wurde"), "2025-12-31",
              read=lambda version: version.area.lifted_on),
        Field("decision", Kind.TEXT, _("was beschlossen wurde"), "Satzung über das Stadtumbaugebiet"),
        Field("decision_body", Kind.TEXT, _("wer es beschlossen hat"), "Rat der Stadt Dortmund"),
        Field("decided_on", Kind.DATE, _("wann es beschlossen wurde"), "2018-09-27"),
        *outline(lambda version: version.geojson, lambda version: version.accuracy_m, official=True),
        _hectares(lambda version: version.hectares, lambda version: version.accuracy_m),
        Field("outline_source", Kind.TEXT, _("Quelle des Umrisses"), "Zeichnung des Amts",
              read=lambda version: version.source),
        Field("outline_licence", Kind.TEXT, _("Lizenz des Umrisses, wenn sie genannt ist"),
              "Datenlizenz Deutschland – Zero – Version 2.0", read=lambda version: _licence_of(version.licence)),
    ),
)  # fmt: skip

STUDY_SET = DataSet(
    slug="quartiersanalysen",
    title=_("Quartiersanalysen"),
    summary=_(
        "Alle Quartiersanalysen, die auf dieser Website stehen. "
        "Jede Zeile nennt Jahr, Gebiet und, wenn bekannt, den Umriss einer Analyse."
    ),
    rule=_("Enthalten ist jede veröffentlichte Analyse, so alt sie auch ist. Texte und Berichte stehen auf der Seite."),
    keywords=(_("Quartiersanalyse"), _("Stadterneuerung"), _("Quartier"), _("Untersuchung")),
    theme="REGI",
    formats=("csv", "json"),
    rows=Source(rows.studies),
    prepared=rows.with_area,
    names=(AREAS,),
    fields=(
        *about_page("analyse", "Westerfilde", "Was im Quartier fehlt und was hilft.", "quartiersanalysen/westerfilde"),
        Field("year", Kind.INTEGER, _("Jahr des Abschlusses"), 2014),
        Field("year_source", Kind.TEXT, _("Quelle des Jahres"), "Bericht, Titelblatt"),
        Field("area", Kind.TEXT, _("Gebiet, zu dem sie gehört"), "Westerfilde/Bodelschwingh",
              read=lambda page: page.area_title),
        *outline(outline_of_page, lambda page: page.outline_accuracy_m, official=False),
        *CHECKED,
    ),
)  # fmt: skip
