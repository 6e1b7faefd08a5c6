"""The desk's list narrowed down: search in words and notes, filters, and what makes no sense."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.desk.search import MOST_WORDS, matching, words_of
from contacts.models import AuditEntry, Enquiry, EnquiryEvent
from tests.contacts.factories import BarrierReportFactory, EnquiryFactory, SubjectFactory
from tests.factories import AreaPageFactory, FundingOfferPageFactory, ProjectPageFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(client, lead):
    """Ask a lead's list of everything with the fields given; return the references shown, sorted."""
    lead()

    def ask(**fields) -> list[str]:
        response = client.get(reverse("enquiry:index"), {"ansicht": "alle", **fields})
        return sorted(enquiry.reference for enquiry in response.context["object_list"])

    return ask


def test_search_finds_what_was_written_who_wrote_it_and_notes(listed):
    asked = EnquiryFactory(
        reference="SE-2026-ABCD-2345",
        message="Zum Rosenviertel: wann?",
        name="Jörg Weiß",
        email="j.weiss@example.org",
        phone="0231 50-12345",
    )
    EnquiryEvent.objects.create(enquiry=asked, kind="noted", text="Rückruf am Montag zugesagt.")
    EnquiryFactory(reference="SE-OTHER", message="Etwas anderes.", email="")
    mine = [asked.reference]

    assert listed(q="rosenviertel") == mine
    assert listed(q="ROSEN") == mine
    assert listed(q="SE-2026-ABCD-2345") == listed(q="abcd-23") == mine
    assert listed(q="joerg weiss") == listed(q="Jörg Weiß") == mine
    assert listed(q="j.weiss@example.org") == mine
    assert listed(q="12345") == mine
    assert listed(q="rückruf") == listed(q="montag rückruf") == mine
    assert listed(q="viertel") == []
    assert listed(q="rosenviertel anderes") == []


def test_search_stays_in_the_view_and_points_to_all(listed, client):
    EnquiryFactory(reference="CLOSED", message="Rosenviertel", state="closed", closed_at=timezone.now())

    response = client.get(reverse("enquiry:index"), {"q": "rosenviertel"})

    assert list(response.context["object_list"]) == []
    assert "In allen Anfragen suchen" in response.text
    assert "Keine Anfrage ist offen." not in response.text
    assert listed(q="rosenviertel") == ["CLOSED"]


def test_search_is_recorded_without_its_words(listed, client):
    EnquiryFactory(message="Rosenviertel")
    client.get(reverse("enquiry:index"))
    assert AuditEntry.objects.count() == 0

    listed(q="rosenviertel")

    [entry] = AuditEntry.objects.all()
    assert (entry.action, entry.actor, entry.detail) == ("listed", "konto-freigabe", "Ansicht Alle")


def test_search_needs_a_letter_or_a_digit(listed, client):
    EnquiryFactory(reference="SE-1")

    response = client.get(reverse("enquiry:index"), {"q": "?!"})

    assert "Bitte suchen Sie nach Buchstaben oder Ziffern." in response.text
    assert 'value="?!"' in response.text
    assert AuditEntry.objects.count() == 0


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_can_be_searched_for(text):
    assert list(matching(Enquiry.objects.all(), text)) == []
    assert len(words_of(text)) <= MOST_WORDS


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(st.lists(st.text("abcäöüßÄÖÜ019", min_size=1, max_size=12), min_size=1, max_size=4), st.data())
def test_a_text_is_found_by_the_beginnings_of_its_words(words, data):
    Enquiry.objects.all().delete()
    enquiry = EnquiryFactory(message=f"„{' – '.join(words)}“", name="", email="")
    beginnings = [word[: data.draw(st.integers(1, len(word)))] for word in words]

    assert list(matching(Enquiry.objects.all(), " ".join(beginnings))) == [enquiry]


def test_filters(listed):
    unit, subject = UnitFactory(), SubjectFactory()
    project = ProjectPageFactory()
    EnquiryFactory(reference="UNIT", unit=unit)
    EnquiryFactory(reference="SUBJECT", subject=subject)
    EnquiryFactory(reference="PROJECT", page=project)
    BarrierReportFactory(reference="BARRIER", channel="phone")
    EnquiryFactory(reference="WAITING", state="waiting")

    assert listed(einheit=unit.pk) == ["UNIT"]
    assert listed(einheit="keine") == ["BARRIER", "PROJECT", "SUBJECT", "WAITING"]
    assert listed(betreff=subject.pk) == ["SUBJECT"]
    assert listed(seite=project.pk) == ["PROJECT"]
    assert listed(art="barrier") == listed(weg="phone") == ["BARRIER"]
    assert listed(stand="waiting") == ["WAITING"]
    assert listed(stand="waiting", art="barrier") == []


def test_an_area_brings_its_projects_and_offers(listed):
    area, elsewhere = AreaPageFactory(), AreaPageFactory()
    for reference, page in [
        ("AREA", area),
        ("PROJECT", ProjectPageFactory(areas=[area])),
        ("OFFER", FundingOfferPageFactory(areas=[area], city_wide=False)),
        ("ELSEWHERE", elsewhere),
        ("PROJECT-ELSEWHERE", ProjectPageFactory(areas=[elsewhere])),
    ]:
        EnquiryFactory(reference=reference, page_id=page.pk)

    assert listed(gebiet=area.pk) == ["AREA", "OFFER", "PROJECT"]


def test_age_counts_days_of_the_calendar(listed):
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    for reference, days in [("TODAY", 0), ("WEEK", 7), ("MONTH", 30)]:
        EnquiryFactory(reference=reference, created_at=midnight - dt.timedelta(days=days))
        EnquiryFactory(reference=f"{reference}-BEFORE", created_at=midnight - dt.timedelta(days=days, seconds=1))

    assert listed(alter="heute") == ["TODAY"]
    assert listed(alter="7") == ["TODAY", "TODAY-BEFORE", "WEEK"]
    assert listed(alter="30") == ["MONTH", "TODAY", "TODAY-BEFORE", "WEEK", "WEEK-BEFORE"]
    assert listed(alter="aelter") == ["MONTH-BEFORE"]


def test_filter_by_who_took_it(client, caseworker, member):
    unit = UnitFactory()
    colleague = member("Redaktion", unit)
    me = caseworker(unit)
    EnquiryFactory(reference="MINE", unit=unit, assignee=me, state="taken")
    EnquiryFactory(reference="THEIRS", unit=unit, assignee=colleague, state="taken")
    EnquiryFactory(reference="NOBODY", unit=unit)

    def listed(account) -> list[str]:
        found = client.get(reverse("enquiry:index"), {"konto": account}).context["object_list"]
        return [enquiry.reference for enquiry in found]

    assert listed("ich") == ["MINE"]
    assert listed("niemand") == ["NOBODY"]
    assert listed(colleague.pk) == ["THEIRS"]


def test_how_much_a_colleague_has_taken_is_not_counted(client, caseworker, member):
    unit = UnitFactory()
    colleague = member("Redaktion", unit)
    me = caseworker(unit)
    EnquiryFactory(unit=unit, assignee=me, state="taken")
    EnquiryFactory(unit=unit, assignee=colleague, state="taken")

    told = {}
    for account in ("ich", colleague.pk):
        page = client.get(reverse("enquiry:index"), {"konto": account}).text
        told[account] = ["1 gefunden" in page, "1 Anfrage" in page]

    assert told == {"ich": [True, True], colleague.pk: [False, False]}


def test_only_own_units_are_offered(client, caseworker):
    unit, other = UnitFactory(), UnitFactory()
    caseworker(unit)

    choices = [key for key, _ in client.get(reverse("enquiry:index")).context["filter_form"].fields["einheit"].choices]

    assert str(unit.pk) in choices
    assert str(other.pk) not in choices


@pytest.mark.parametrize("name", ["einheit", "betreff", "seite", "gebiet", "art", "weg", "stand", "alter", "konto"])
@pytest.mark.parametrize("value", ["quatsch", "999999", "-1", "9" * 40, "1 OR 1=1"])
def test_what_makes_no_sense_is_told_and_narrows_nothing(listed, client, name, value):
    EnquiryFactory(reference="SE-1")

    response = client.get(reverse("enquiry:index"), {name: value})

    assert response.status_code == 200
    assert list(response.context["filter_form"].errors) == [name]
    assert f'id="id_{name}_error"' in response.text
    assert [enquiry.reference for enquiry in response.context["object_list"]] == ["SE-1"]


@pytest.mark.parametrize("query", ["p=0", "p=999999999999", "p=x", "q=" + "a" * 300, "q=a&q=b", "ansicht=&ordering="])
def test_odd_addresses_do_no_harm(listed, client, query):
    EnquiryFactory()

    assert client.get(f"{reverse('enquiry:index')}?{query}").status_code == 200
