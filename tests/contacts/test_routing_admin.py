"""Rules, deputies and ways of working in the admin, and the trial of a message."""

import datetime as dt
import itertools

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.models import Deputy, Enquiry, OutboxMessage, RoutingRule, UnitDesk
from stadterneuerung.base.dates import today
from stadterneuerung.users.models import User
from tests.contacts.factories import SubjectFactory
from tests.contacts.routing_factories import OFFICE, DeputyFactory, RuleFactory, reachable_unit
from tests.factories import AreaPageFactory, ProjectPageFactory, UnitFactory

pytestmark = pytest.mark.django_db

_numbers = itertools.count()


def member(group: str) -> User:
    """Return a new account of a group."""
    user = User.objects.create_user(f"konto-{next(_numbers)}")
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def signed_in(set_up_site, client, db):
    """Return a function that signs a member of a group in; rules are the test's own."""
    RoutingRule.objects.all().delete()

    def sign_in(group: str):
        client.force_login(member(group))
        return client

    return sign_in


def rule_url(name: str, *args) -> str:
    return reverse(f"wagtailsnippets_contacts_routingrule:{name}", args=args)


def deputy_url(name: str, *args) -> str:
    return reverse(f"wagtailsnippets_contacts_deputy:{name}", args=args)


def desk_url(name: str, *args) -> str:
    return reverse(f"wagtailsnippets_contacts_unitdesk:{name}", args=args)


TRIAL = "/admin/anfragen/verteilung/ausprobieren/"


def test_addresses_lie_below_the_desk():
    assert [rule_url("list"), deputy_url("list"), desk_url("list"), reverse("contacts_routing_trial")] == [
        "/admin/anfragen/verteilung/",
        "/admin/anfragen/vertretungen/",
        "/admin/anfragen/arbeitsweise/",
        TRIAL,
    ]


@pytest.mark.parametrize(
    ("group", "seen", "changed", "deleted"),
    [
        ("Redaktion", 4, 0, 0),
        ("Freigabe", 4, 3, 2),
        ("Administration", 4, 3, 3),
        ("Sachbearbeitung", 0, 0, 0),
        ("Datenschutz", 0, 0, 0),
    ],
)
def test_who_may_what(signed_in, group, seen, changed, deleted):
    client = signed_in(group)
    rule, deputy, desk = RuleFactory(unit=UnitFactory()), DeputyFactory(), UnitDesk.objects.create(unit=UnitFactory())
    places = [(rule_url, rule), (deputy_url, deputy), (desk_url, desk)]

    def opened(addresses) -> int:
        return sum(client.get(address).status_code == 200 for address in addresses)

    assert opened([*[place("list") for place, _ in places], TRIAL]) == seen
    assert opened([place("edit", row.pk) for place, row in places]) == changed
    assert opened([place("delete", row.pk) for place, row in places]) == deleted


def test_list_says_in_words_when_and_where_to(signed_in):
    client = signed_in("Freigabe")
    RuleFactory(
        kind="question",
        subject=SubjectFactory(name="Förderung"),
        page=ProjectPageFactory(title="Rosenviertel"),
        area=AreaPageFactory(title="Hörde"),
        unit=UnitFactory(name="City"),
    )
    RuleFactory(target="area")

    rows = client.get(rule_url("list")).context["object_list"]

    assert [(rule.condition, rule.destination) for rule in rows] == [
        ("Anfrage, Betreff „Förderung“, „Rosenviertel“ und was darunter liegt, Gebiet „Hörde“", "City"),
        ("immer", "die zuständige Einheit des Gebiets"),
    ]


def test_rule_that_points_nowhere_is_red_in_the_list(signed_in):
    client = signed_in("Redaktion")
    RuleFactory(unit=UnitFactory())
    good = client.get(rule_url("list")).content.decode()
    RuleFactory(unit=None)
    bad = client.get(rule_url("list")).content.decode()

    assert [page.count("w-text-critical-200") for page in (good, bad)] == [0, 1]
    assert "Die Einheit gibt es nicht mehr. Bitte wählen Sie eine andere." in bad


@pytest.mark.parametrize("place", [rule_url, deputy_url, desk_url])
def test_lists_ask_the_same_number_of_questions_for_one_and_three(signed_in, place):
    client = signed_in("Freigabe")

    def add():
        RuleFactory(unit=UnitFactory(), subject=SubjectFactory(), page=ProjectPageFactory(), area=AreaPageFactory())
        UnitDesk.objects.create(unit=DeputyFactory().unit)

    counts = []
    add()
    client.get(place("list"))
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(place("list")).status_code == 200
        counts.append(len(queries))
        add()
        add()

    assert counts[0] == counts[1]


def test_new_rule_comes_last_unless_its_number_says_otherwise(signed_in):
    client = signed_in("Freigabe")
    RuleFactory(name="Betreff", position=120, target="subject")
    form = client.get(rule_url("add")).context["form"]
    data = {
        "name": "Neu",
        "target": "page",
        "active": "on",
        "kind": "",
        "subject": "",
        "page": "",
        "area": "",
        "unit": "",
    }

    client.post(rule_url("add"), data | {"position": form["position"].value()})
    client.post(rule_url("add"), data | {"name": "Vorn", "position": 5})

    assert list(RoutingRule.objects.values_list("position", "name")) == [(5, "Vorn"), (120, "Betreff"), (130, "Neu")]


@pytest.mark.parametrize(
    ("target", "with_unit", "sentence"),
    [
        ("unit", False, "Bitte wählen Sie die Einheit, an die diese Nachrichten gehen."),
        ("page", True, "Die Einheit ergibt sich hier von selbst. Bitte lassen Sie das Feld leer."),
    ],
)
def test_rule_form_says_at_the_unit_what_is_wrong(signed_in, target, with_unit, sentence):
    client = signed_in("Freigabe")
    unit = UnitFactory().pk if with_unit else ""

    response = client.post(
        rule_url("add"), {"name": "Meine Regel", "position": 1, "target": target, "unit": unit, "active": "on"}
    )

    form = response.context["form"]
    assert form.errors == {"unit": [sentence]}
    assert form["name"].value() == "Meine Regel"


def reorder(client, rule, position) -> int:
    return client.post(f"{rule_url('reorder', rule.pk)}?position={position}").status_code


@pytest.mark.parametrize(
    ("position", "order"),
    [
        ("0", "CAB"),
        ("1", "ACB"),
        ("2", "ABC"),
        ("99", "ABC"),
        ("", "ABC"),
        ("-1", "ABC"),
        ("x", "ABC"),
        ("9" * 50, "ABC"),
    ],
)
def test_moving_a_rule_numbers_all_anew_even_those_of_equal_number(signed_in, position, order):
    client = signed_in("Freigabe")
    rules = [RuleFactory(name=name, position=0, target="page") for name in "ABC"]

    assert reorder(client, rules[2], position) == 200

    found = RoutingRule.objects.values_list("name", "position")
    assert list(found) == list(zip(order, [10, 20, 30], strict=True))


def test_who_may_only_look_moves_nothing(signed_in):
    client = signed_in("Redaktion")
    first, second = RuleFactory(position=1, target="page"), RuleFactory(position=2, target="page")

    reorder(client, second, 0)

    assert list(RoutingRule.objects.all()) == [first, second]


def test_moving_a_rule_that_is_gone_is_no_server_error(signed_in):
    client = signed_in("Freigabe")
    rule = RuleFactory(target="page")
    url = rule_url("reorder", rule.pk)
    rule.delete()

    assert client.post(url).status_code == 404


def test_list_of_deputies_says_when_they_stand_in(signed_in):
    client = signed_in("Redaktion")
    for days in (-20, -3, 0, 1):
        DeputyFactory(first_day=today() + dt.timedelta(days=days))

    rows = client.get(deputy_url("list")).context["object_list"]

    assert [row.phase for row in rows] == ["kommend", "jetzt", "jetzt", "vorbei"]


def test_deputies_may_overlap_and_stand_in_for_each_other(signed_in):
    client = signed_in("Freigabe")
    first, second = UnitFactory(), UnitFactory()

    for unit, deputy in ((first, second), (first, second), (second, first)):
        data = {"unit": unit.pk, "deputy": deputy.pk, "first_day": "2026-12-01", "last_day": "2026-12-24"}
        client.post(deputy_url("add"), data)

    assert Deputy.objects.count() == 3


def test_trial_asks_what_intake_asks_and_stores_nothing(signed_in):
    client = signed_in("Redaktion")
    unit, deputy = reachable_unit("City"), reachable_unit("Nord")
    project, subject = ProjectPageFactory(responsible_unit=unit), SubjectFactory()
    UnitDesk.objects.create(unit=unit, uses_desk=False)
    day = dt.date(2026, 12, 18)
    DeputyFactory(unit=unit, deputy=deputy, first_day=day, last_day=day)
    barrier, lost = RuleFactory(kind="barrier", target="page"), RuleFactory(unit=None)
    deciding, later = RuleFactory(target="page"), RuleFactory(unit=deputy)

    query = {"art": "question", "betreff": subject.pk, "seite": project.pk, "tag": day.isoformat()}
    with pytest.MonkeyPatch.context() as clock:
        clock.setattr("contacts.admin.routing_trial.today", lambda: dt.date(2026, 11, 25))
        response = client.get(TRIAL, query)

    found = response.context["outcome"]
    assert [step.rule for step in found.route.steps] == [barrier, lost, deciding]
    assert (found.route.unit, found.not_asked) == (unit, [later])
    assert [recipient.address for recipient in found.recipients] == [unit.mailbox, deputy.mailbox]
    assert (found.deputies, found.mail_only, found.due_on) == ([deputy], True, dt.date(2027, 1, 7))
    text = response.content.decode()
    for sentence in ("Gilt nur für: Barrieremeldung.", "Die Regel wird übergangen.", "wird nicht mehr gefragt"):
        assert sentence in text
    assert (Enquiry.objects.count(), OutboxMessage.objects.count()) == (0, 0)


def test_trial_says_why_the_office_gets_the_mail(signed_in):
    client = signed_in("Redaktion")

    without_rules = client.get(TRIAL, {"art": "barrier"})
    RuleFactory(unit=UnitFactory(name="Neu", mailbox="neu@stadtdo.example"))
    unconfirmed = client.get(TRIAL, {"art": "barrier"})

    reasons = [page.context["outcome"].recipients for page in (without_rules, unconfirmed)]
    assert reasons == [
        [("office", OFFICE, "Keine Regel nennt eine Einheit.")],
        [("office", OFFICE, "Das Postfach von „Neu“ ist noch nicht bestätigt.")],
    ]
    assert "Es ist keine Regel in Kraft." in without_rules.content.decode()
    assert without_rules.context["outcome"].due_on == today() + dt.timedelta(days=14)


def test_trial_starts_without_an_answer(signed_in):
    response = signed_in("Redaktion").get(TRIAL)

    assert "outcome" not in response.context
    assert response.context["form"].errors == {}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"art": "x"}, "art"),
        ({"betreff": "x"}, "betreff"),
        ({"betreff": "9" * 30}, "betreff"),
        ({"seite": "abc"}, "seite"),
        ({"tag": "gestern"}, "tag"),
        ({"tag": "9999-12-31"}, "tag"),
        ({"tag": "0001-01-01"}, "tag"),
        ({"tag": ""}, "tag"),
    ],
)
def test_trial_answers_bad_input_at_the_field(signed_in, query, field):
    response = signed_in("Redaktion").get(TRIAL, query)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert "outcome" not in response.context
