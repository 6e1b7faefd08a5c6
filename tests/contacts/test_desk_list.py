"""The desk's list: who sees what, the saved views and their counts, the columns, the menu and the panel."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts.desk.words import due_in_words, due_words
from contacts.models import Deputy, Enquiry, WorkerBeat
from contacts.models.states import SOON_DAYS
from stadterneuerung.base.dates import today
from stadterneuerung.organisation.models import Membership
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory, OutboxFactory, SubjectFactory
from tests.factories import AreaPageFactory, ProjectPageFactory, UnitFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 20


@pytest.fixture
def unit(home_page):
    return UnitFactory(name="Stadtumbau")


@pytest.fixture
def listed(client):
    """Ask for the list with a query string; return the references shown, sorted."""

    def ask(query: str = "") -> list[str]:
        return sorted(
            enquiry.reference for enquiry in client.get(reverse("enquiry:index") + query).context["object_list"]
        )

    return ask


def late(**fields) -> Enquiry:
    return EnquiryFactory(due_on=today() - dt.timedelta(days=2), **fields)


def test_an_account_sees_its_unit_those_below_and_those_it_stands_in_for(caseworker, listed, unit):
    below = UnitFactory(parent=unit)
    away, returned, other = UnitFactory(), UnitFactory(), UnitFactory()
    caseworker(unit)
    for days, of in ((0, away), (-1, returned)):
        last = today() + dt.timedelta(days=days)
        Deputy.objects.create(unit=of, deputy=unit, first_day=last - dt.timedelta(days=7), last_day=last)
    for reference, of in [
        ("SE-OWN", unit),
        ("SE-BELOW", below),
        ("SE-AWAY", away),
        ("SE-RETURNED", returned),
        ("SE-OTHER", other),
        ("SE-NOBODY", None),
    ]:
        EnquiryFactory(reference=reference, unit=of)

    assert listed() == ["SE-AWAY", "SE-BELOW", "SE-OWN"]
    assert listed("?ansicht=alle") == ["SE-AWAY", "SE-BELOW", "SE-OWN"]


def test_leads_see_all(lead, listed, unit):
    lead()
    EnquiryFactory(reference="SE-1", unit=unit)
    EnquiryFactory(reference="SE-2")

    assert listed() == ["SE-1", "SE-2"]


def test_an_account_without_unit_is_told_why_it_sees_nothing(caseworker, client, unit):
    caseworker(None)
    EnquiryFactory(unit=unit)

    response = client.get(reverse("enquiry:index"))

    assert list(response.context["object_list"]) == []
    assert "Ihr Konto gehört zu keiner Einheit" in response.text
    assert "Keine Anfrage ist offen." not in response.text


def test_an_empty_view_says_whose_enquiries_it_would_show(caseworker, client, unit):
    caseworker(unit)
    EnquiryFactory()

    assert "Hier stehen Anfragen an: Stadtumbau." in client.get(reverse("enquiry:index")).text


def test_leads_need_not_be_told(lead, client):
    lead()

    response = client.get(reverse("enquiry:index"))

    assert "Keine Anfrage ist offen." in response.text
    assert "Hier stehen Anfragen an" not in response.text


def test_saved_views(lead, client, listed):
    me = lead()
    EnquiryFactory(reference="NEW")
    EnquiryFactory(reference="MINE", state="taken", assignee=me)
    EnquiryFactory(reference="MINE-CLOSED", state="closed", closed_at=timezone.now(), assignee=me)
    EnquiryFactory(reference="TODAY", state="taken", due_on=today())
    EnquiryFactory(reference="SOON", state="taken", due_on=today() + dt.timedelta(days=SOON_DAYS))
    late(reference="LATE")
    late(reference="WAITING", state="waiting")
    late(reference="ANSWERED", state="answered")
    BarrierReportFactory(reference="BARRIER", state="taken")
    BarrierReportFactory(reference="BARRIER-ASKED", state="waiting", due_on=today() - dt.timedelta(days=2))
    late(reference="ODD", is_suspicious=True, suspicion="9 Links")
    EnquiryFactory(reference="SPAM", is_suspicious=True, state="closed", closed_at=timezone.now())
    late(reference="MAIL", mail_only=True)
    OutboxFactory(kind="answer", state="failed", enquiry=Enquiry.objects.get(reference="NEW"))
    on_desk = ["ANSWERED", "BARRIER", "BARRIER-ASKED", "LATE", "MINE", "NEW", "SOON", "TODAY", "WAITING"]
    expected = {
        "meine": ["MINE"],
        "neu": ["LATE", "NEW"],
        "faellig": ["SOON", "TODAY"],
        "ueberfaellig": ["BARRIER-ASKED", "LATE"],
        "wartet": ["BARRIER-ASKED", "WAITING"],
        "offen": on_desk,
        "erledigt": ["MINE-CLOSED", "SPAM"],
        "barrieren": ["BARRIER", "BARRIER-ASKED"],
        "quarantaene": ["ODD"],
        "nicht-angekommen": ["NEW"],
        "alle": sorted([*on_desk, "MINE-CLOSED", "ODD", "SPAM", "MAIL"]),
    }

    shown = {view: listed(f"?ansicht={view}") for view in expected}
    counts = {view.key: count for view, count in client.get(reverse("enquiry:index")).context["saved_views"]}

    assert shown == expected
    assert counts == {view: len(found) for view, found in expected.items()} | {"erledigt": None, "alle": None}


def test_what_was_erased_is_in_no_view(lead, client, listed):
    lead()
    EnquiryFactory(reference="KEPT")
    erased = {"message": "", "email": "", "erased_at": timezone.now()}
    EnquiryFactory(reference="ERASED", **erased)
    EnquiryFactory(reference="ERASED-CLOSED", state="closed", closed_at=timezone.now(), **erased)
    EnquiryFactory(reference="ERASED-ODD", is_suspicious=True, **erased)

    views = {view.key for view, _ in client.get(reverse("enquiry:index")).context["saved_views"]}
    shown = {reference for view in views for reference in listed(f"?ansicht={view}")}

    assert shown == {"KEPT"}


def test_open_is_the_default_and_marked(lead, client, listed):
    lead()
    EnquiryFactory(reference="OPEN")
    EnquiryFactory(reference="CLOSED", state="closed", closed_at=timezone.now())

    html = client.get(reverse("enquiry:index")).text

    assert listed("?ansicht=gibt-es-nicht") == listed() == ["OPEN"]
    assert re.findall(r'ansicht=(\w+)" aria-current="page"', html) == ["offen"]


def test_the_most_urgent_comes_first_and_columns_sort(lead, client):
    lead()
    early, urgent = EnquiryFactory(due_on=today() + dt.timedelta(days=9)), late()

    def order(query: str) -> list[Enquiry]:
        return list(client.get(reverse("enquiry:index") + query).context["object_list"])

    assert order("") == [urgent, early]
    assert order("?ordering=created_at") == [early, urgent]
    assert order("?ordering=-created_at") == [urgent, early]
    assert order("?ordering=message") == [urgent, early]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "heute"),
        (1, "morgen"),
        (3, "in 3 Tagen"),
        (-1, "seit 1 Tag überfällig"),
        (-2, "seit 2 Tagen überfällig"),
    ],
)
def test_due_days_are_told_in_words(days, words):
    assert due_in_words(days) == words


def test_a_clock_that_stands_is_told_of_questions_alone(home_page):
    waiting = {"state": "waiting", "due_on": dt.date(2026, 3, 16)}
    question, barrier = EnquiryFactory(**waiting), BarrierReportFactory(**waiting)

    assert [due_words(each, dt.date(2026, 3, 17)) for each in (question, barrier)] == [
        "16. März 2026; die Uhr steht, solange die Rückmeldung fehlt",
        "seit 1 Tag überfällig (16. März 2026)",
    ]


def test_what_a_row_says(lead, client, unit):
    me = lead()
    me.first_name, me.last_name = "Erika", "Beispiel"
    me.save()
    enquiry = late(
        state="taken", assignee=me, unit=unit, subject_name="Förderung", page_title="Hoesch-Park", name="Frieda Geheim"
    )

    html = client.get(reverse("enquiry:index")).text
    cells = re.findall(r'<td data-label="([^"]+)">(.*?)</td>', html, re.DOTALL)
    row = {label: re.sub(r"<[^>]+>", "", value) for label, value in cells}

    assert f'href="{reverse("enquiry:edit", args=[enquiry.pk])}"' in html
    assert row["Worum es geht"] == "Förderung · Hoesch-Park"
    assert row["Einheit"] == "Stadtumbau"
    assert row["Stand"] == "übernommen"
    assert row["Zu beantworten"] == f"seit 2 Tagen überfällig {enquiry.due_on:%d.%m.%Y}"
    assert row["Übernommen"] == "EB"
    assert "Frieda Geheim" not in html  # the list tells nothing about people, so it needs no entry in the audit trail
    assert enquiry.message not in html


@pytest.mark.parametrize(("factory", "told"), [(EnquiryFactory, False), (BarrierReportFactory, True)])
def test_who_waits_for_the_sender_is_not_late_but_for_the_law(lead, client, factory, told):
    lead()
    factory(state="waiting", due_on=today() - dt.timedelta(days=2))

    cell = re.search(r'<td data-label="Zu beantworten">(.*?)</td>', client.get(reverse("enquiry:index")).text)[1]

    assert ("seit 2 Tagen überfällig" in cell) is told


def test_quarantine_tells_the_reason_and_offers_both_acts(lead, client):
    lead()
    enquiry = EnquiryFactory(is_suspicious=True, suspicion="9 Links")

    html = client.get(reverse("enquiry:index") + "?ansicht=quarantaene").text

    assert '<td data-label="Grund">9 Links</td>' in html
    for act in ("freigeben", "spam"):
        assert f'{reverse("desk_bulk")}?act={act}&amp;id={enquiry.pk}"' in html
    assert "Übernehmen</button>" not in html


@pytest.mark.parametrize("view", ["offen", "erledigt", "quarantaene", "alle"])
@pytest.mark.parametrize("leads", [True, False])
def test_as_many_queries_for_three_as_for_one(lead, caseworker, client, django_assert_num_queries, unit, view, leads):
    account = lead() if leads else caseworker(unit)
    address = reverse("enquiry:index") + f"?ansicht={view}&q=umbau"

    def add():
        shared = {"unit": unit, "assignee": account, "subject": SubjectFactory(), "page": ProjectPageFactory()}
        EnquiryFactory(**shared)
        EnquiryFactory(state="closed", closed_at=timezone.now(), **shared)
        EnquiryFactory(is_suspicious=True, suspicion="9 Links", **shared)

    add()
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    add()
    add()

    with django_assert_num_queries(len(one)):
        client.get(address)


@pytest.mark.parametrize("leads", [True, False])
@pytest.mark.parametrize("narrowed", ["", "gebiet", "seite", "q"])
@pytest.mark.parametrize("view", ["offen", "erledigt", "alle"])
def test_the_list_keeps_within_its_budget_of_queries(lead, caseworker, client, unit, leads, narrowed, view):
    lead() if leads else caseworker(unit)
    area = AreaPageFactory()
    project = ProjectPageFactory(areas=[area])
    OutboxFactory(kind="answer", state="failed", enquiry=EnquiryFactory(unit=unit, page=project))
    values = {"": "", "gebiet": area.pk, "seite": project.pk, "q": "umbau"}
    address = f"{reverse('enquiry:index')}?ansicht={view}&{narrowed}={values[narrowed]}"
    client.get(address)

    with CaptureQueriesContext(connection) as queries:
        client.get(address)

    asked = [query for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) <= MOST_QUERIES


def test_menu_counts_what_is_new_and_visible(caseworker, client, unit):
    caseworker(unit)
    EnquiryFactory(unit=unit)
    EnquiryFactory(unit=unit, state="taken")
    EnquiryFactory(unit=UnitFactory())

    def menu_label() -> str:
        return re.search(r'"label": "(Anfragen[^"]*)"', client.get(reverse("enquiry:index")).text)[1]

    assert menu_label() == "Anfragen (1)"

    Enquiry.objects.update(state="taken")
    assert menu_label() == "Anfragen"


def test_home_tells_what_waits(operator, client, unit):
    me = operator()
    late(assignee=me, state="taken")
    EnquiryFactory()
    EnquiryFactory(is_suspicious=True)
    OutboxFactory(attempts=8, enquiry=EnquiryFactory(state="closed", closed_at=timezone.now()))

    html = client.get(reverse("wagtailadmin_home")).text
    panel = html[html.index('aria-labelledby="desk-panel"') :].partition("</section>")[0]
    lines = [re.sub(r"<[^>]+>", "", line) for line in re.findall(r"<li>(.*?)</li>", panel)]

    assert lines == ["Meine: 1", "Neu: 1", "Überfällig: 1", "Quarantäne: 1", "Mails, die sich nicht senden lassen: 1"]


def test_home_counts_own_units_and_no_mail_for_caseworkers(caseworker, client, unit):
    caseworker(unit)
    EnquiryFactory(unit=unit)
    EnquiryFactory(unit=UnitFactory())
    OutboxFactory(attempts=8)

    html = client.get(reverse("wagtailadmin_home")).text

    assert ">Neu: 1<" in html
    assert "nicht senden lassen" not in html


def test_data_protection_sees_neither_list_nor_panel(member, client):
    member("Datenschutz")
    EnquiryFactory()

    assert client.get(reverse("enquiry:index")).status_code == 302
    assert 'id="desk-panel"' not in client.get(reverse("wagtailadmin_home")).text


def test_what_is_wrong_with_the_desk_stands_above_the_list(lead, client):
    lead()
    WorkerBeat.beat()
    html = client.get(reverse("enquiry:index")).text
    OutboxFactory(attempts=8)

    assert "help-critical" not in html
    assert "Eine Mail an das Amt lässt sich seit Stunden nicht zustellen." in client.get(reverse("enquiry:index")).text


def test_membership_decides_at_once(caseworker, listed, unit):
    account = caseworker(unit)
    EnquiryFactory(reference="SE-1", unit=unit)
    assert listed() == ["SE-1"]

    Membership.objects.filter(user=account).delete()

    assert listed() == []
