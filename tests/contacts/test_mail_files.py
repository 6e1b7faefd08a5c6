"""Mail of the embedded installation: files that a mail program opens, readable by their owner alone."""

import stat
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from contacts.mail_files import forget_files

BACKEND = "contacts.mail_files.EmailBackend"


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = BACKEND
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return tmp_path / "mail"


def send(message_id: str = "<abc@example.org>", **kwargs) -> int:
    return EmailMessage(
        "Grün", "Höhe über Null", to=["a@example.org"], headers={"Message-ID": message_id}, **kwargs
    ).send()


def test_each_mail_is_a_file_of_its_own(folder):
    assert (send("<eins@example.org>"), send("<zwei@example.org>")) == (1, 1)

    names = sorted(path.name.split("-", 3)[3] for path in folder.iterdir())
    assert names == ["eins@example.org.eml", "zwei@example.org.eml"]


def test_file_opens_as_the_mail_it_is(folder):
    send(reply_to=["b@example.org"])

    parsed = message_from_bytes(next(folder.glob("*.eml")).read_bytes(), policy=policy.default)
    assert (parsed["Subject"], parsed["To"], parsed["Reply-To"]) == ("Grün", "a@example.org", "b@example.org")
    assert parsed.get_content().strip() == "Höhe über Null"


def test_only_the_owner_reads(folder):
    send()

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_no_name_leads_out_of_the_folder(folder):
    send("<../../../etc/passwd@example.org>")

    assert [path.parent for path in folder.parent.rglob("*.eml")] == [folder]


def test_mail_to_nobody_is_no_file(folder):
    assert mail.get_connection(BACKEND).send_messages([EmailMessage("x", "y", to=[])]) == 0
    assert list(folder.iterdir()) == []


def test_files_of_some_mails_are_forgotten(folder):
    for name in ("eins", "zwei", "drei"):
        send(f"<{name}@example.org>")

    assert forget_files(["<eins@example.org>", "<drei@example.org>", "<vier@example.org>"]) == 2
    assert [path.name.split("-", 3)[3] for path in folder.iterdir()] == ["zwei@example.org.eml"]


def test_without_a_folder_nothing_is_forgotten(folder):
    assert forget_files(["<eins@example.org>"]) == 0
