"""What the desk does with pictures and links of senders: only for whom it may see, and never without a trace."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from contacts import status
from contacts.kept_files import attach, keep
from contacts.models import Attachment, AuditEntry, Enquiry
from contacts.pictures import Picture
from stadterneuerung.organisation.models import Membership
from stadterneuerung.users.models import User
from tests.contacts.factories import EnquiryFactory
from tests.contacts.pictures_support import picture
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def enquiry(set_up_site, db):
    return EnquiryFactory(unit=UnitFactory())


@pytest.fixture
def attachment(enquiry) -> Attachment:
    kept = keep(Picture(picture(), "jpg", 60, 40))
    attach(enquiry, [kept])
    return kept


def sign_in(client, group: str, unit=None) -> User:
    user = User.objects.create_user(f"konto-{group}")
    user.groups.add(Group.objects.get(name=group))
    if unit:
        Membership.objects.create(user=user, unit=unit)
    client.force_login(user)
    return user


def test_picture_is_a_file_to_save_and_leaves_a_trace(client, enquiry, attachment):
    user = sign_in(client, "Sachbearbeitung", enquiry.unit)

    response = client.get(reverse("contacts_attachment", args=[attachment.pk]))

    assert b"".join(response.streaming_content) == picture()
    assert {name: response[name] for name in ("Content-Type", "X-Content-Type-Options")} == {
        "Content-Type": "image/jpeg",
        "X-Content-Type-Options": "nosniff",
    }
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert response["Content-Disposition"] == f'attachment; filename="{enquiry.reference}-Bild-{attachment.pk}.jpg"'
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert list(AuditEntry.objects.values_list("action", "actor", "enquiry_id", "detail")) == [
        ("downloaded", user.username, enquiry.pk, f"Bild {attachment.pk}")
    ]


@pytest.mark.parametrize(
    ("group", "member", "code"),
    [("Sachbearbeitung", False, 404), ("Redaktion", False, 404), ("Freigabe", False, 200), ("Datenschutz", True, 302)],
)
def test_who_gets_a_picture(client, enquiry, attachment, group, member, code):
    sign_in(client, group, enquiry.unit if member else None)

    response = client.get(reverse("contacts_attachment", args=[attachment.pk]))
    sent = b"".join(response) if response.streaming else b""

    assert (response.status_code, bool(sent)) == (code, code == 200)
    assert AuditEntry.objects.exists() == (code == 200)


def test_visitors_get_no_picture(client, attachment):
    response = client.get(reverse("contacts_attachment", args=[attachment.pk]))

    assert (response.status_code, response.url.split("?")[0]) == (302, "/admin/login/")


def test_picture_that_waits_or_whose_file_is_lost(client, enquiry, attachment):
    sign_in(client, "Freigabe")
    waiting = keep(Picture(picture(), "jpg", 60, 40))
    attachment.file.storage.delete(attachment.file.name)

    codes = [client.get(reverse("contacts_attachment", args=[pk])).status_code for pk in (waiting.pk, attachment.pk, 0)]

    assert codes == [404, 404, 404]


def test_no_address_of_its_own(attachment):
    with pytest.raises(ValueError, match="not accessible via a URL"):
        _ = attachment.file.url


def test_desk_asks_before_it_replaces_the_link(client, enquiry):
    sign_in(client, "Sachbearbeitung", enquiry.unit)
    address = reverse("contacts_renew_link", args=[enquiry.pk])

    shown = client.get(address)
    before = Enquiry.objects.get().status_digest
    done = client.post(address)

    assert (shown.status_code, before) == (200, None)
    assert (done.status_code, done.url) == (302, reverse("enquiry:edit", args=[enquiry.pk]))
    assert status.token_for(Enquiry.objects.get()) != ""


def test_desk_replaces_no_link_of_others(client, enquiry):
    sign_in(client, "Sachbearbeitung")

    assert client.post(reverse("contacts_renew_link", args=[enquiry.pk])).status_code == 404
    assert Enquiry.objects.get().status_generation == 1


def test_file_goes_when_its_row_cannot_be_stored(enquiry, attachment_dir, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(Attachment, "save", fail)

    with pytest.raises(RuntimeError):
        keep(Picture(picture(), "jpg", 60, 40))

    assert list(attachment_dir.glob("*")) == []
