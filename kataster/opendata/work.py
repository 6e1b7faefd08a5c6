"""Data sets of what the office does: projects, funding offers, events."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kataster.opendata import rows
from kataster.opendata.common import CHECKED, FIGURES, MOMENT, about_page, areas
from kataster.opendata.datasets import DataSet, Source
from kataster.opendata.fields import Field, Kind, choice, outline, outline_of_page
from projects.models import FundingOfferPage, ProjectPage
from stadterneuerung.base.dates import DatePrecision
from stadterneuerung.organisation.models import ServicePoint

PROJECT_STATES = [*ProjectPage.State.choices, ("unknown", _("Stand nicht bestätigt"))]
AREAS, PROJECTS, PROGRAMMES = Source(rows.all_areas), Source(rows.projects), Source(rows.programmes, changed="")


def _vague_day(name: str, what, example: str, precision: str, tentative: str) -> tuple[Field, ...]:
    """Return a day and how exactly it is known, as stadterneuerung.base.dates has it."""
    return (
        Field(name, Kind.DATE, what, example),
        Field(precision, Kind.TEXT, _("wie genau dieser Tag bekannt ist"), "month", options=DatePrecision.choices,
              read=lambda row: getattr(row, precision) if getattr(row, name) else ""),
        Field(tentative, Kind.BOOLEAN, _("ob er nur voraussichtlich ist"), False,
              read=lambda row: getattr(row, tentative) if getattr(row, name) else None),
    )  # fmt: skip


MILESTONES = Field(
    "milestones",
    Kind.RECORDS,
    _("Schritte des Projekts nach ihrem Datum"),
    read=lambda page: sorted(page.milestones.all(), key=lambda milestone: milestone.date),
    parts=(
        Field("title", Kind.TEXT, _("was geschieht")),
        Field("date", Kind.DATE, _("Datum")),
        Field("precision", Kind.TEXT, _("wie genau es bekannt ist")),
        Field("tentative", Kind.BOOLEAN, _("ob es nur voraussichtlich ist")),
        Field("text", Kind.TEXT, _("Erläuterung")),
        Field("source", Kind.TEXT, _("Quelle")),
    ),
)
FUNDING = Field(
    "funding",
    Kind.RECORDS,
    _("wer das Projekt bezahlt, Beträge in Euro mit Stand und Quelle"),
    read=lambda page: page.funding_notices.all(),
    parts=(
        Field("programme", Kind.TEXT, _("Förderprogramm"), read=lambda notice: notice.programme.name),
        Field("givers", Kind.LIST, _("wer gibt")),
        Field("period", Kind.TEXT, _("Förderperiode der EU")),
        Field("amount", Kind.NUMBER, _("Betrag in Euro")),
        Field("amount_as_of", Kind.TEXT, _("Stand des Betrags")),
        Field("share_percent", Kind.NUMBER, _("Anteil in Prozent")),
        Field("source", Kind.TEXT, _("Quelle")),
    ),
)

PROJECT_SET = DataSet(
    slug="projekte",
    title=_("Projekte der Stadterneuerung"),
    summary=_(
        "Alle Projekte der Stadterneuerung, die auf dieser Website stehen: geplante, laufende und abgeschlossene. "
        "Jede Zeile nennt Stand, Zeitraum, Ort, Schritte und Fördermittel eines Projekts."
    ),
    rule=_("Enthalten ist jedes veröffentlichte Projekt, auch ein abgeschlossenes; der Stand sagt, wie weit es ist."),
    keywords=(_("Stadterneuerung"), _("Projekt"), _("Städtebauförderung"), _("Bauprojekt"), _("Quartier")),
    theme="REGI",
    formats=("csv", "json"),
    rows=PROJECTS,
    prepared=rows.with_milestones_and_money,
    names=(AREAS, PROGRAMMES),
    fields=(
        *about_page("projekt", "Speicherstraße", "Aus dem Hafenquartier wird ein Ort für alle.", "projekte/hafen"),
        *choice("status", _("Stand des Projekts"), ("running", "läuft"), PROJECT_STATES,
                lambda project: project.status.label, lambda project: project.state),
        Field("status_reason", Kind.TEXT, _("Grund und Quelle, wenn der Stand von Hand gesetzt ist"), "Ratsbeschluss",
              read=lambda p: p.status.note),
        Field("status_as_of", Kind.DATE, _("Stand dieser Angabe"), "2026-05-04",
              read=lambda p: p.status_as_of if p.status_by_hand else None),
        *_vague_day("start_on", _("Beginn"), "2021-03-01", "start_precision", "start_tentative"),
        *_vague_day("end_on", _("Ende: letzter Tag des genannten Zeitraums"), "2027-12-31", "end_precision",
                    "end_tentative"),
        Field("period", Kind.TEXT, _("Zeitraum in Worten"), "März 2021 – Dezember 2027",
              read=lambda p: p.period_label),
        *areas(_("Gebiete, in denen es liegt")),
        Field("place", Kind.TEXT, _("Ort in Worten"), "Speicherstraße"),
        Field("latitude", Kind.NUMBER, _("geografische Breite (EPSG:4326)"), 51.5282, _("Grad")),
        Field("longitude", Kind.NUMBER, _("geografische Länge (EPSG:4326)"), 7.4401, _("Grad")),
        *outline(outline_of_page, lambda page: page.outline_accuracy_m, official=False),
        MILESTONES,
        FIGURES,
        FUNDING,
        *CHECKED,
    ),
)  # fmt: skip

OFFER_SET = DataSet(
    slug="foerderangebote",
    title=_("Förderangebote"),
    summary=_(
        "Alle Förderangebote für Menschen, die in Dortmund wohnen, ein Haus besitzen oder etwas bewegen wollen. "
        "Jede Zeile sagt, wer wofür wie viel bekommen kann und bis wann. Einen Rechtsanspruch gibt es nicht."
    ),
    rule=_("Enthalten ist jedes veröffentlichte Angebot, auch ein geschlossenes; der Stand sagt, ob es offen ist."),
    keywords=(_("Förderung"), _("Zuschuss"), _("Städtebauförderung"), _("Hof- und Fassadenprogramm")),
    theme="GOVE",
    formats=("csv", "json"),
    rows=Source(rows.offers),
    prepared=rows.with_conditions,
    names=(AREAS, PROJECTS, PROGRAMMES),
    fields=(
        *about_page("foerderung", "Hof und Fassade", "Zuschuss für schönere Höfe.", "foerderung/hof-und-fassade"),
        *choice("status", _("Stand des Angebots"), ("open", "offen"), FundingOfferPage.State.choices,
                lambda offer: offer.status.label, lambda offer: offer.state),
        *choice("audience", _("Zielgruppe"), ("owners", "Eigentümer*innen"), FundingOfferPage.Audience.choices,
                lambda offer: offer.get_audience_display()),
        Field("who", Kind.TEXT, _("wer Geld bekommen kann"), "Wer ein Haus im Gebiet besitzt."),
        Field("what", Kind.TEXT, _("was gefördert wird"), "Fassaden, Höfe und Dächer."),
        Field("percent", Kind.NUMBER, _("Anteil, der bezahlt wird"), 50, _("Prozent")),
        Field("percent_is_maximum", Kind.BOOLEAN, _("ob der Anteil ein Höchstsatz ist"), True,
              read=lambda offer: offer.percent_is_maximum if offer.percent is not None else None),
        Field("percent_of", Kind.TEXT, _("Anteil wovon"), "der Kosten",
              read=lambda offer: offer.percent_of if offer.percent is not None else ""),
        Field("cap", Kind.NUMBER, _("Höchstbetrag"), 20000, _("Euro")),
        Field("fixed_amount", Kind.NUMBER, _("Festbetrag"), 2000, _("Euro")),
        Field("minimum_cost", Kind.NUMBER, _("Mindestkosten"), 1000, _("Euro")),
        Field("budget_note", Kind.TEXT, _("Mittel im Ganzen"), "90.000 Euro im Jahr"),
        Field("amount_source", Kind.TEXT, _("Quelle der Beträge"), "Richtlinie, Abschnitt 4"),
        Field("apply_before_start", Kind.BOOLEAN, _("ob der Antrag vor Beginn gestellt sein muss"), True),
        Field("runs_until", Kind.DATE, _("letzter Tag des Angebots"), "2027-12-31"),
        Field("runs_until_source", Kind.TEXT, _("Quelle dieses Tages"), "Ratsbeschluss"),
        Field("closed_on", Kind.DATE, _("seit wann es geschlossen ist"), "2025-12-31"),
        Field("confirmed_on", Kind.DATE, _("wann es zuletzt als offen bestätigt wurde"), "2026-05-04"),
        Field("city_wide", Kind.BOOLEAN, _("ob es in ganz Dortmund gilt"), False),
        *areas(_("Gebiete, in denen es gilt")),
        Field("programme", Kind.TEXT, _("Förderprogramm"), "Sozialer Zusammenhalt",
              read=lambda offer: offer.programme.name if offer.programme else ""),
        Field("project", Kind.TEXT, _("Projekt, zu dem es gehört"), "Haus für Haus",
              read=lambda offer: offer.project_title),
        *CHECKED,
    ),
)  # fmt: skip


def _day_or_moment(name: str):
    """Return a getter for a moment, or for its day where the time of day is not known or does not count."""

    def read(event):
        moment = getattr(event, name)
        return timezone.localdate(moment) if moment and event.all_day else moment

    return read


def _event_status(event) -> str:
    return "cancelled" if event.is_cancelled else ("moved" if event.moved_from else "")


EVENT_SET = DataSet(
    slug="termine",
    title=_("Termine der Stadterneuerung"),
    summary=_(
        "Alle Termine der Stadterneuerung in Dortmund, kommende und vergangene. "
        "Jede Zeile sagt, was wann und wo stattfindet und wie man hineinkommt."
    ),
    rule=_("Enthalten ist jeder veröffentlichte Termin, auch ein vergangener, abgesagter oder verlegter."),
    keywords=(_("Termin"), _("Veranstaltung"), _("Beteiligung"), _("Stadterneuerung")),
    theme="SOCI",
    formats=("csv", "json"),
    rows=Source(rows.events),
    prepared=rows.with_subjects,
    names=(AREAS, PROJECTS),
    fields=(
        *about_page("termin", "Rundgang am Hafen", "Wir zeigen, was gebaut wird.", "termine/rundgang"),
        Field("starts_at", Kind.MOMENT, _("Beginn; nur das Datum, wenn die Uhrzeit nicht zählt"), MOMENT,
              read=_day_or_moment("starts_at")),
        Field("ends_at", Kind.MOMENT, _("Ende; nur das Datum, wenn die Uhrzeit nicht zählt"), MOMENT,
              read=_day_or_moment("ends_at")),
        Field("all_day", Kind.BOOLEAN, _("ob die Uhrzeit unbekannt ist oder nicht zählt"), False),
        Field("status", Kind.TEXT, _("ob er abgesagt oder verlegt ist; leer, wenn weder noch"), "cancelled",
              read=_event_status, options=[("cancelled", _("abgesagt")), ("moved", _("verlegt"))]),
        Field("moved_from", Kind.MOMENT, _("Beginn, der zuvor genannt war"), MOMENT, read=_day_or_moment("moved_from")),
        Field("change_reason", Kind.TEXT, _("Grund der Absage oder Verlegung"), "Sturmwarnung"),
        Field("place", Kind.TEXT, _("Ort"), "Hafenplatz"),
        Field("address", Kind.TEXT, _("Anschrift"), "Speicherstraße 1"),
        *choice("step_free", _("Zugang"), ("yes", "stufenlos zugänglich"), ServicePoint.StepFree.choices,
                lambda event: event.get_step_free_display()),
        Field("access_note", Kind.TEXT, _("Hinweis zum Zugang"), "Aufzug im Hof"),
        Field("registration", Kind.TEXT, _("Anmeldung"), "ohne Anmeldung"),
        Field("registration_until", Kind.DATE, _("Anmeldung bis"), "2026-05-04"),
        Field("cost", Kind.TEXT, _("Kosten"), "kostenlos"),
        Field("series", Kind.TEXT, _("Reihe"), "Tag der Städtebauförderung", read=lambda event: event.series_title),
        Field("projects", Kind.LIST, _("Projekte, um die es geht"), ["Speicherstraße"],
              read=lambda event: event.projects.all()),
        *areas(_("Gebiete, um die es geht")),
        Field("source", Kind.TEXT, _("Quelle"), "Ankündigung der Stadt"),
        *CHECKED,
    ),
)  # fmt: skip
