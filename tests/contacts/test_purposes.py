"""Versions of purposes and periods: one is in force, none is changed, a new one begins no earlier than the last."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from contacts.models import Enquiry, ProcessingPurpose
from stadterneuerung.base.dates import today
from stadterneuerung.users.models import User
from tests.contacts.conftest import post
from tests.contacts.factories import EnquiryFactory, new_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def first():
    return ProcessingPurpose.objects.in_force("question")


def test_each_kind_has_its_purpose():
    assert set(ProcessingPurpose.objects.all_in_force()) == set(Enquiry.Kind.values)


def test_newest_version_that_has_begun_is_in_force(first):
    second = new_version(first, valid_from=dt.date(2027, 3, 1))
    same_day = new_version(first, valid_from=dt.date(2027, 3, 1))

    def in_force(day):
        return ProcessingPurpose.objects.in_force("question", day)

    assert in_force(dt.date(2027, 2, 28)) == first
    assert in_force(dt.date(2027, 3, 1)) == same_day
    assert (second.version, same_day.version) == (2, 3)
    assert ProcessingPurpose.objects.all_in_force(dt.date(2027, 3, 1))["question"] == same_day


def test_before_the_first_version_the_first_one_holds(first):
    assert ProcessingPurpose.objects.in_force("question", dt.date(2000, 1, 1)) == first


def test_version_is_not_saved_again(first):
    first.retention_days = 5

    with pytest.raises(TypeError, match="nicht geändert"):
        first.save()


def test_table_refuses_changes_past_the_model(first):
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ProcessingPurpose.objects.filter(pk=first.pk).update(retention_days=5)

    assert ProcessingPurpose.objects.get(pk=first.pk).retention_days == 183


def test_version_is_not_deleted(first):
    EnquiryFactory(purpose=first)

    with pytest.raises(TypeError, match="nicht gelöscht"):
        first.delete()
    with pytest.raises(ProtectedError):
        ProcessingPurpose.objects.filter(pk=first.pk).delete()


@pytest.mark.parametrize("days", [-1, 3])
def test_new_version_begins_neither_in_the_past_nor_before_the_last_one(first, days):
    new_version(first, valid_from=today() + dt.timedelta(days=5))
    wanted = ProcessingPurpose(key="question", valid_from=today() + dt.timedelta(days=days))

    with pytest.raises(ValidationError, match=r"rückwirkend|nicht früher"):
        wanted.clean()


@pytest.mark.parametrize(("duty", "days"), [(True, 0), (False, 5)])
def test_offer_to_the_archive_has_its_time(first, duty, days):
    with pytest.raises(DatabaseError), transaction.atomic():
        new_version(first, archive_duty=duty, archive_days=days)


class Retention(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(days=st.integers(1, 3660), late=st.integers(-5, 5))
    def test_enquiry_expires_after_the_days_of_its_version_and_not_before(self, days, late):
        version = new_version(ProcessingPurpose.objects.in_force("question"), retention_days=days)
        closed = timezone.now()
        EnquiryFactory(purpose=version, state="closed", closed_at=closed)

        expired = Enquiry.objects.expired(closed + dt.timedelta(days=days, minutes=late)).count()

        assert expired == (1 if late > 0 else 0)


def test_notice_at_the_form_is_the_version_in_force(client, contact_page, enquiry_data, first):
    now = new_version(first, purpose="Wir zählen Bäume.", retention_days=42, valid_from=today())
    new_version(first, purpose="Erst ab morgen.", valid_from=today() + dt.timedelta(days=1))

    html = client.get(contact_page.get_url()).text
    post(client, contact_page, enquiry_data)

    assert "Wir zählen Bäume." in html
    assert "42 Tage nach Abschluss Ihres Anliegens" in html
    assert "Erst ab morgen." not in html
    assert Enquiry.objects.get().purpose == now


def test_notice_names_the_archive_only_where_it_is_asked(client, contact_page, first):
    assert "Stadtarchiv" not in client.get(contact_page.get_url()).text

    new_version(first, archive_duty=True, archive_days=60, valid_from=today())

    assert "höchstens 60 Tage" in client.get(contact_page.get_url()).text


# --- Admin -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def signed_in(set_up_site, client, db):
    def signed_in(group: str):
        user = User.objects.create_user("konto")
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return client

    return signed_in


def test_new_version_is_made_from_the_old_one(signed_in, first):
    client = signed_in("Datenschutz")
    form = client.get(reverse("purpose:copy", args=[first.pk])).context["form"]
    data = {name: form[name].value() for name in form.fields} | {"retention_days": "90", "archive_duty": ""}
    data["valid_from"] = f"{today():%d.%m.%Y}"

    response = client.post(reverse("purpose:add"), data)

    assert response.status_code == 302
    second = ProcessingPurpose.objects.in_force("question")
    assert (second.version, second.retention_days, second.purpose) == (2, 90, first.purpose)
    assert ProcessingPurpose.objects.get(pk=first.pk).retention_days == 183


def test_mistakes_are_told_at_the_field(signed_in):
    client = signed_in("Datenschutz")

    response = client.post(
        reverse("purpose:add"), {"key": "question", "valid_from": "01.01.2020", "retention_days": "0"}
    )

    errors = response.context["form"].errors
    assert "nicht rückwirkend" in str(errors["valid_from"])
    assert {"purpose", "legal_basis", "retention_days"} <= set(errors)


@pytest.mark.parametrize("act", ["edit", "delete"])
def test_there_is_no_address_to_change_a_version(act):
    with pytest.raises(NoReverseMatch):
        reverse(f"purpose:{act}", args=[1])


PLACES = ["purpose:index", "purpose:add", "deletionrun:index", "audit:index", "contacts_holds"]


@pytest.mark.parametrize(
    ("group", "seen"),
    [
        ("Datenschutz", PLACES),
        ("Administration", ["purpose:index", "purpose:add", "deletionrun:index", "contacts_holds"]),
        ("Freigabe", ["contacts_holds"]),
        ("Redaktion", []),
        ("Sachbearbeitung", []),
    ],
)
def test_who_sees_what(signed_in, group, seen):
    client = signed_in(group)

    assert [place for place in PLACES if client.get(reverse(place)).status_code == 200] == seen
