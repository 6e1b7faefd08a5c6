"""Origin, stamp and limit of public forms."""

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from stadterneuerung.base.http import (
    RateLimit,
    StaleStamp,
    UnreadableForm,
    client_network,
    is_own_origin,
    issue_stamp,
    posted_form,
    public_post,
    read_stamp,
)


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://testserver"}, False),
        ({"Origin": "http://testserver.example"}, False),
        ({"Origin": "http://testserver:81"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://[broken"}, False),
        ({"Referer": "http://testserver/kontakt/?zu=3"}, True),
        ({"Referer": "http://elsewhere.example/testserver"}, False),
        ({"Origin": "http://elsewhere.example", "Referer": "http://testserver/"}, False),
        ({}, False),
    ],
)
def test_own_origin(headers, own):
    request = RequestFactory().post("/kontakt/", headers=headers)

    assert is_own_origin(request) is own


def test_trusted_origins_are_own(settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://stadt.example"]
    request = RequestFactory().post("/kontakt/", headers={"Origin": "https://stadt.example"})

    assert is_own_origin(request)


class Untouchable:
    """A session that fails the test when it is used."""

    def __getattr__(self, name):
        raise AssertionError("the session was read")


def test_public_post_refuses_strangers_only_on_post_and_never_reads_the_session():
    view = public_post(refused=lambda request: HttpResponse(status=403))(lambda request: HttpResponse("ja"))
    foreign = {"Sec-Fetch-Site": "cross-site"}
    requests = [
        RequestFactory().get("/", headers=foreign),
        RequestFactory().post("/", headers=foreign),
        RequestFactory().post("/", headers={"Sec-Fetch-Site": "same-origin"}),
    ]
    for request in requests:
        request.session = Untouchable()

    statuses = [view(request).status_code for request in requests]

    assert statuses == [200, 403, 200]
    assert view.csrf_exempt


def test_stamp_comes_back_with_its_age(clock):
    value = issue_stamp("kontakt")
    clock.move(seconds=2)
    quick = read_stamp("kontakt", value)
    assert quick.is_too_quick

    clock.move(seconds=2)
    assert not read_stamp("kontakt", value).is_too_quick
    assert read_stamp("kontakt", value).nonce == quick.nonce


def test_renewed_stamp_is_never_too_quick(clock):
    assert not read_stamp("kontakt", issue_stamp("kontakt", renewed=True)).is_too_quick


def test_stamp_runs_out(clock, settings):
    value = issue_stamp("kontakt")
    clock.move(hours=settings.PUBLIC_FORMS["max_hours"], seconds=1)

    with pytest.raises(StaleStamp):
        read_stamp("kontakt", value)


@pytest.mark.parametrize("value", ["", "x", "a:b", "\x00", "ä" * 50, "eyJuIjoxfQ:forged"])
def test_stamp_not_from_here(value):
    with pytest.raises(StaleStamp):
        read_stamp("kontakt", value)


def test_stamp_of_another_form():
    with pytest.raises(StaleStamp):
        read_stamp("barriere", issue_stamp("kontakt"))


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("unix", "unknown"),
        ("", "unknown"),
    ],
)
def test_client_network_is_shortened(address, network):
    assert client_network(RequestFactory().post("/", REMOTE_ADDR=address)) == network


@pytest.mark.parametrize(
    ("proxies", "forwarded", "network"),
    [
        (0, "198.51.100.9", "127.0.0.0/24"),
        (1, "198.51.100.9", "198.51.100.0/24"),
        (1, "1.2.3.4, 198.51.100.9", "198.51.100.0/24"),
        (2, "1.2.3.4, 198.51.100.9, 10.0.0.1", "198.51.100.0/24"),
        (2, "198.51.100.9", "127.0.0.0/24"),
        (1, "nonsense", "unknown"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, proxies, forwarded, network):
    settings.PROXY_COUNT = proxies
    request = RequestFactory().post("/", headers={"X-Forwarded-For": forwarded})

    assert client_network(request) == network


def test_limit_counts_by_network_and_window(clock):
    limit = RateLimit("test", 2, 3600)
    clock.now = clock.now.replace(minute=0, second=0, microsecond=0)
    here, neighbour, elsewhere = (
        RequestFactory().post("/", REMOTE_ADDR=address) for address in ("192.0.2.1", "192.0.2.2", "198.51.100.1")
    )
    assert not limit.is_reached(here)

    limit.add(here)
    limit.add(neighbour)
    assert (limit.is_reached(here), limit.is_reached(elsewhere)) == (True, False)

    clock.move(hours=1)
    assert not limit.is_reached(here)


def test_limit_keeps_no_address(monkeypatch):
    kept = {}
    monkeypatch.setattr(cache, "set", lambda key, value, timeout: kept.update({key: value}))

    RateLimit("test", 2, 3600).add(RequestFactory().post("/", REMOTE_ADDR="203.0.113.77"))

    assert list(kept.values()) == [1]
    assert "203.0.113" not in str(kept)


def test_count_ends_with_its_window(clock, monkeypatch):
    lifetimes = []
    monkeypatch.setattr(cache, "set", lambda key, value, timeout: lifetimes.append(timeout))
    clock.now = clock.now.replace(hour=23, minute=59, second=0, microsecond=0)

    RateLimit("test", 2, 86400).add(RequestFactory().post("/"))

    assert lifetimes == [60]


@pytest.mark.parametrize(
    ("body", "content_type", "extra", "status"),
    [
        ("a=1" * 100_000, "application/x-www-form-urlencoded", {}, 413),
        ("&".join(f"f{n}=" for n in range(200)), "application/x-www-form-urlencoded", {}, 400),
        ("kaputt", "multipart/form-data; boundary=", {}, 400),
        ("kaputt", "multipart/form-data", {}, 400),
        ("a=1", "application/x-www-form-urlencoded", {"CONTENT_LENGTH": "viel"}, 400),
    ],
)
def test_bodies_that_cannot_be_read(body, content_type, extra, status):
    request = RequestFactory().post("/", body, content_type=content_type, **extra)

    with pytest.raises(UnreadableForm) as caught:
        posted_form(request)

    assert caught.value.status == status
