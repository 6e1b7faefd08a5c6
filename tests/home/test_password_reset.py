"""A forgotten password: the page notes who asked, the worker sends the link, and nothing tells an account from none."""

import datetime as dt
import re
import threading

import pytest
from django.core.mail.backends.locmem import EmailBackend as MemoryBackend
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.inbound.judging import Sort, sort_of
from contacts.inbound.letters import read
from stadterneuerung.home import password_reset
from stadterneuerung.home.models import PasswordResetRequest
from stadterneuerung.home.password_reset import answer_due
from stadterneuerung.users.models import User

pytestmark = pytest.mark.django_db

ADDRESS = "frieda@example.org"
NEW = "neun-und-neunzig-ballons"


class DeafBackend(MemoryBackend):
    """A mail server that is not there; its error quotes the address."""

    def send_messages(self, messages):
        raise ConnectionRefusedError(f"nobody takes mail for {messages[0].to[0]}")


@pytest.fixture
def user():
    return User.objects.create_superuser("frieda", email=ADDRESS, password="vergessen-und-vorbei")


@pytest.fixture
def deaf_server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.DeafBackend"


def ask(email: str = ADDRESS, **extra) -> int:
    response = Client(**extra).post(reverse("wagtailadmin_password_reset"), {"email": email})
    assert response.url == reverse("wagtailadmin_password_reset_done")
    return PasswordResetRequest.objects.count()


def make_older(**age) -> None:
    PasswordResetRequest.objects.update(
        created_at=timezone.now() - dt.timedelta(**age), next_attempt_at=timezone.now() - dt.timedelta(seconds=1)
    )


def pause() -> dt.timedelta:
    request = PasswordResetRequest.objects.get()
    return request.next_attempt_at - timezone.now()


def test_link_in_the_mail_sets_a_new_password(user, home_page, settings, mailoutbox):
    settings.WAGTAILADMIN_BASE_URL = "https://stadterneuerung.example"
    ask()

    answer_due()

    [message] = mailoutbox
    assert (message.to, message.subject) == ([ADDRESS], "Passwort zurücksetzen")
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    [path] = re.findall(r"https://stadterneuerung\.example(/\S+)", message.body)
    client = Client()
    form = client.get(path).url
    client.post(form, {"new_password1": NEW, "new_password2": NEW})
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert PasswordResetRequest.objects.count() == 0


def test_mail_that_comes_to_the_mailbox_of_the_site_is_known_as_ours(user, mailoutbox):
    ask()

    answer_due()

    assert [sort_of(read(mail.message().as_bytes())) for mail in mailoutbox] == [Sort.OWN]


def test_only_who_may_sign_in_with_a_password_gets_a_mail(user, mailoutbox):
    User.objects.create_user("inaktiv", email="inaktiv@example.org", password=NEW, is_active=False)
    User.objects.create_user("verzeichnis", email="verzeichnis@example.org")
    for name in ("inaktiv", "verzeichnis", "erdacht", "frieda"):
        ask(f"{name}@example.org")

    answer_due()

    assert [message.to for message in mailoutbox] == [[ADDRESS]]
    assert PasswordResetRequest.objects.count() == 0


def test_nothing_secret_is_stored(user):
    ask()

    [stored] = PasswordResetRequest.objects.values()
    assert set(stored) == {"id", "email", "created_at", "next_attempt_at"}


def test_page_promises_a_mail_only_if_there_is_an_account(home_page):
    text = Client().get(reverse("wagtailadmin_password_reset_done")).text

    assert "Falls es ein Konto mit dieser Adresse gibt, kommt in wenigen Minuten eine Mail" in text


def test_an_address_is_not_flooded_from_many_networks_in_any_spelling(settings):
    settings.PASSWORD_RESET = {**settings.PASSWORD_RESET, "per_address": 2}
    spellings = [ADDRESS, ADDRESS.upper(), "Frieda@example.org", "frieda@exa\uff4dple.org"]  # the last: a wide m

    counts = [ask(email, REMOTE_ADDR=f"203.0.{number}.1") for number, email in enumerate(spellings)]

    assert counts == [1, 2, 2, 2]
    assert ask("karl@example.org", REMOTE_ADDR="203.0.113.1") == 3


def test_a_network_does_not_ask_for_everybody(settings):
    settings.PASSWORD_RESET = {**settings.PASSWORD_RESET, "per_network": 2}

    counts = [ask(f"{name}@example.org", REMOTE_ADDR="203.0.113.7") for name in ("anna", "berta", "carla")]

    assert counts == [1, 2, 2]
    assert ask("carla@example.org", REMOTE_ADDR="198.51.100.7") == 3


def test_what_is_no_address_comes_back_with_a_sentence(home_page):
    response = Client().post(reverse("wagtailadmin_password_reset"), {"email": "frieda@"})

    assert response.status_code == 200
    assert "frieda@" in response.text
    assert response.context["form"].errors == {"email": ["Bitte gültige E-Mail-Adresse eingeben."]}
    assert PasswordResetRequest.objects.count() == 0


def test_mail_server_that_is_down_is_tried_again_after_growing_pauses(user, deaf_server, settings, caplog):
    lease = dt.timedelta(seconds=settings.OUTBOX["lease_seconds"])
    ask()

    answer_due()
    first = pause()
    make_older(minutes=20)
    answer_due()
    second = pause()

    assert first <= lease < dt.timedelta(minutes=10)
    assert dt.timedelta(minutes=10) < second <= dt.timedelta(minutes=21)
    assert caplog.messages == ["Mail für ein vergessenes Passwort nicht gesendet: ConnectionRefusedError"] * 2
    assert ADDRESS not in caplog.text


def test_one_that_waits_is_not_tried_before_its_time(user, deaf_server, settings, mailoutbox):
    ask()
    answer_due()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    answer_due()
    early = len(mailoutbox)
    make_older(minutes=6)
    answer_due()

    assert (early, len(mailoutbox)) == (0, 1)


def test_mail_that_fails_does_not_hold_up_the_next(user, monkeypatch, mailoutbox):
    real = password_reset.ResetMailForm.get_users
    monkeypatch.setattr(
        password_reset.ResetMailForm,
        "get_users",
        lambda form, email: real(form, email) if email == ADDRESS else 1 / 0,
    )
    ask("karl@example.org")
    ask()

    answer_due()

    assert [message.to for message in mailoutbox] == [[ADDRESS]]
    assert [request.email for request in PasswordResetRequest.objects.all()] == ["karl@example.org"]


def test_request_is_dropped_after_an_hour(user, caplog, mailoutbox):
    ask()
    make_older(minutes=61)

    answer_due()

    assert PasswordResetRequest.objects.count() == 0
    assert mailoutbox == []
    assert caplog.messages == ["Anfragen nach einem neuen Passwort, die verworfen sind, weil sie zu lange warteten: 1"]


def test_crash_before_the_mail_loses_nothing(user, monkeypatch, mailoutbox):
    ask()
    with monkeypatch.context() as patch:
        patch.setattr(password_reset.ResetMailForm, "send_mail", lambda *_, **__: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            answer_due()
    make_older(minutes=6)

    answer_due()

    assert len(mailoutbox) == 1


def test_crash_after_the_mail_does_not_flood(user, monkeypatch, mailoutbox):
    def die(request):
        raise DatabaseError

    ask()
    monkeypatch.setattr(PasswordResetRequest, "delete", die)

    with pytest.raises(DatabaseError):
        answer_due()
    answer_due()

    assert len(mailoutbox) == 1


def test_two_workers_do_not_answer_the_same_request(user, mailoutbox, monkeypatch):
    ask()
    real = password_reset.ResetMailForm.get_users
    monkeypatch.setattr(
        password_reset.ResetMailForm, "get_users", lambda form, email: (answer_due(), list(real(form, email)))[1]
    )

    answer_due()

    assert len(mailoutbox) == 1


def test_round_ends_when_told_to_stop_or_out_of_time(user, mailoutbox):
    stop = threading.Event()
    stop.set()
    ask()

    answer_due(stop)
    answer_due(seconds=0)

    assert mailoutbox == []
    assert PasswordResetRequest.objects.count() == 1
