"""The form pages, the accounts that work with what is sent, and browsers that fill in forms."""

import datetime as dt
from unittest import mock

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.models import Attachment
from contacts.models.attachments import private_storage
from contacts.models.pages import STAMP_FIELD
from stadterneuerung.base.http import issue_stamp
from stadterneuerung.organisation.models import Membership
from stadterneuerung.users.models import User
from tests.contacts import accounts
from tests.contacts.clamd_support import FakeClamd
from tests.contacts.factories import BarrierReportPageFactory, ContactPageFactory, SubjectFactory
from tests.factories import start_page


@pytest.fixture(autouse=True)
def attachment_dir(tmp_path, monkeypatch):
    """The folder of citizens' pictures, an empty one for each test; the field's storage has read its setting before."""
    folder = tmp_path / "attachments"
    storage = Attachment._meta.get_field("file").storage
    monkeypatch.setitem(storage.__dict__, "base_location", str(folder))
    monkeypatch.setitem(storage.__dict__, "location", str(folder))
    return folder


@pytest.fixture
def folders(settings, tmp_path, monkeypatch):
    """Mails and attachments are files in a folder of this test alone."""
    settings.EMAIL_BACKEND = "contacts.mail_files.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.ATTACHMENT_DIR = tmp_path / "attachments"
    monkeypatch.setattr(Attachment._meta.get_field("file"), "storage", private_storage())
    return tmp_path


@pytest.fixture
def contact_page(home_page):
    return ContactPageFactory()


@pytest.fixture
def barrier_page(home_page):
    return BarrierReportPageFactory()


@pytest.fixture
def subject(home_page):
    return SubjectFactory(name="Allgemeines", slug="allgemeines")


def stamp_for(page, *, seconds: int = 60) -> str:
    """Return the stamp of a form that was handed out so many seconds ago."""
    then = timezone.now() - dt.timedelta(seconds=seconds)
    with mock.patch.object(timezone, "now", return_value=then):
        return issue_stamp(page._meta.model_name)


def post(client: Client, page, data: dict, *, stamp: str | None = None, **headers):
    """Send a form as a browser does: from this site, a minute after it was handed out."""
    stamp = stamp_for(page) if stamp is None else stamp
    headers = {"Sec-Fetch-Site": "same-origin", **headers}
    return client.post(page.get_url(), {STAMP_FIELD: stamp, **data}, headers=headers)


@pytest.fixture
def enquiry_data(subject):
    return {
        "subject": subject.slug,
        "zu": "",
        "message": "Wann beginnt der Umbau?",
        "name": "Frieda Beispiel",
        "email": "frieda@example.org",
    }


@pytest.fixture(scope="module")
def set_up_site(rows_of_module) -> None:
    """The start page, and the groups with their rights."""
    start_page()
    call_command("setup_site", verbosity=0)


@pytest.fixture
def member(set_up_site, client, db):
    """Return a function that signs in a member of a group, perhaps of a unit, and gives the account."""

    def sign_in(group: str, unit=None):
        account = User.objects.create_user(f"konto-{group}".lower())
        account.groups.add(Group.objects.get(name=group))
        if unit is not None:
            Membership.objects.create(user=account, unit=unit)
        client.force_login(account)
        return account

    return sign_in


@pytest.fixture
def caseworker(member):
    return lambda unit=None: member("Sachbearbeitung", unit)


@pytest.fixture
def lead(member):
    return lambda: member("Freigabe")


@pytest.fixture
def operator(member):
    return lambda: member("Administration")


@pytest.fixture
def user(home_page):
    """An account that sees and changes all enquiries."""
    return accounts.lead(first_name="Rosa", last_name="Amt")


@pytest.fixture
def desk(client, user):
    """The browser in which `user` is signed in."""
    client.force_login(user)
    return client


@pytest.fixture
def by(home_page):
    """The account that acts."""
    return accounts.clerk()


@pytest.fixture
def account(set_up_site, db):
    """Return a function that makes an account of a group."""

    def account(name: str, group: str = "Datenschutz") -> User:
        user = User.objects.create_user(name)
        user.groups.add(Group.objects.get(name=group))
        return user

    return account


@pytest.fixture
def officer(client, account):
    """An account of data protection, signed in."""
    user = account("schuetzer")
    client.force_login(user)
    return user


def ask(client, enquiries=(), **data):
    """Search for a person as data protection does; `was` says what to do with these enquiries."""
    numbers = [enquiry.pk for enquiry in enquiries]
    return client.post(reverse("contacts_people"), {"email": "frieda@example.org", "vorgang": numbers, **data})


@pytest.fixture
def clamd(settings):
    """A scanner that finds everything clean unless it is told otherwise; the site is set up to ask it."""
    server = FakeClamd()
    settings.CLAMD_URL = server.url
    yield server
    server.stop()
