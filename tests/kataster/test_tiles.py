"""Tiles of the map's background: fetched with distrust, kept on disk, handed out around Dortmund and nowhere else."""

import threading
import time

import pytest
from PIL import Image

from kataster import tile_store, tiles
from kataster.models import MapBackground
from kataster.tile_grid import Tile
from kataster.tile_image import is_tile
from tests.kataster.tile_support import (
    HERE,
    TileService,
    ask,
    free_port,
    grow_old,
    image,
    mapproxy_server,
    running,
    sends,
)

NEXT = Tile(12, 2134, 1362)


# --- what visitors get -----------------------------------------------------------------------------------------------
def test_tile_is_fetched_once_and_then_comes_from_the_disk(client, service, background):
    responses = [ask(client, background) for _ in range(2)]

    assert [response.status_code for response in responses] == [200, 200]
    assert [response.content for response in responses] == [image(), image()]
    assert [path for path, _ in service.requests] == [f"/{HERE}.png"]


def test_headers_suit_every_cache(client, background):
    response = ask(client, background)

    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=86400"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert not response.has_header("Vary")
    assert not response.cookies


def test_service_learns_nothing_about_the_visitor(client, service, background):
    client.cookies["sessionid"] = "geheim"
    url = background.tile_url.format(z=HERE.z, x=HERE.x, y=HERE.y)

    client.get(url, HTTP_USER_AGENT="Firefox", HTTP_REFERER="https://www.example.org/", HTTP_X_FORWARDED_FOR="8.8.8.8")

    ((_, headers),) = service.requests
    assert headers == {
        "Host": f"127.0.0.1:{service.port}",
        "Accept-Encoding": "identity",
        "User-Agent": "Stadterneuerung-Kartencache (+http://127.0.0.1:8000)",
        "Accept": "image/png, image/jpeg, image/webp",
        "Connection": "close",
    }


@pytest.mark.parametrize(("kind", "size"), [("PNG", 256), ("JPEG", 256), ("WEBP", 512)])
def test_type_is_told_by_the_content(client, service, background, kind, size):
    service.answer = sends(image(kind, (size, size)), Content_Type="text/html")

    assert ask(client, background)["Content-Type"] == f"image/{kind.lower()}"


@pytest.mark.parametrize(
    ("tile", "status"),
    [
        (Tile(0, 0, 0), 200),
        (Tile(12, 2127, 1359), 200),  # 6.94–7.03° E
        (Tile(12, 2126, 1362), 404),  # west of the box
        (Tile(12, 2138, 1362), 404),  # east of it
        (Tile(12, 2133, 1353), 404),  # north
        (Tile(12, 2133, 1370), 404),  # south
        (Tile(12, 4096, 1362), 404),
        (Tile(12, 2133, 5458), 404),
        (Tile(19, 273047, 174453), 404),  # deeper than max_zoom
        (Tile(21, 1092188, 697812), 404),
        (Tile(10**30, 10**30, 10**30), 404),
    ],
    ids=str,
)
def test_only_tiles_around_dortmund_exist(client, service, background, tile, status):
    assert ask(client, background, tile).status_code == status
    assert len(service.requests) == (status == 200)


def test_only_the_active_background_is_served(client, service, background):
    other = MapBackground.objects.create(name="Aus", kind="xyz", url=service.url, attribution="© Stadt")

    assert ask(client, other).status_code == 404
    assert client.get(f"/karte/kacheln/{10**25}/{HERE}").status_code == 404
    assert service.requests == []


def test_deactivated_background_is_no_longer_served_from_the_disk(client, background):
    ask(client, background)
    MapBackground.objects.update(is_active=False)

    assert ask(client, background).status_code == 404


def test_tiles_are_only_read(client, background):
    assert client.post(background.tile_url.format(z=HERE.z, x=HERE.x, y=HERE.y)).status_code == 405


# --- what services do wrong ------------------------------------------------------------------------------------------
def trickle(handler) -> None:
    """Send a header line now and then: never silent for long enough to be a time-out, never done either."""
    for number in range(30):
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n" if number == 0 else b"X-Slow: 1\r\n")
        handler.wfile.flush()
        time.sleep(0.1)


def silent(handler) -> None:
    time.sleep(0.6)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"/>'
EXCEPTION = b'<?xml version="1.0"?><ServiceExceptionReport version="1.3.0"/>'
FAILURES = {
    "500": sends(image(), status=500),
    "404": sends(image(), status=404),
    "204": sends(b"", status=204),
    "503": sends(image(), status=503),
    "silence": silent,
    "trickle": trickle,
    "redirect": sends(image(), status=302, Location="http://169.254.169.254/latest/meta-data/"),
    "html": sends(b"<!doctype html><script>alert(1)</script>"),
    "svg": sends(SVG, Content_Type="image/svg+xml"),
    "service exception": sends(EXCEPTION, Content_Type="text/xml"),
    "gif": sends(image("GIF"), Content_Type="image/gif"),
    "small": sends(image(size=(10, 10))),
    "large": sends(image(size=(600, 600))),
    "oblong": sends(image(size=(256, 512))),
    "broken": sends(image()[:-40]),
    "png in name only": sends(b"\x89PNG\r\n\x1a\n<script>alert(1)</script>"),
    "empty": sends(b""),
    "cut off": sends(image(), Content_Length="99999"),
    "said to be too long": sends(image(), Content_Length=str(10**9)),
    "rubbish behind": sends(image() + b"x" * 600_000),
    "no http": lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n"),
    "hangs up": lambda handler: None,
}


@pytest.mark.parametrize("failure", FAILURES)
def test_failure_is_a_short_404(client, service, background, impatient, caplog, failure):
    service.answer = FAILURES[failure]

    response = ask(client, background)

    assert response.status_code == 404
    assert response["Cache-Control"] == "public, max-age=60"
    assert [record.name for record in caplog.records] == ["kataster.tiles"]
    assert caplog.records[0].getMessage().startswith(f"Kartenhintergrund {background.pk}: ")


def test_endless_body_is_read_no_further_than_the_limit(client, service, background, caplog):
    sent = []

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(image())
        for _ in range(2000):
            handler.wfile.write(b"x" * 10_000)
            sent.append(10_000)

    service.answer = endless

    assert ask(client, background).status_code == 404
    assert "zu groß" in caplog.text
    assert sum(sent) < 15_000_000  # what fits into the buffers between us, not the whole


def test_redirect_is_not_followed(client, service, background):
    elsewhere = TileService()
    service.answer = sends(b"", status=301, Location=f"http://127.0.0.1:{elsewhere.port}/")

    with running(elsewhere.server):
        assert ask(client, background).status_code == 404
    assert elsewhere.requests == []


def test_one_tile_that_fails_rests_alone(client, service, background):
    service.answer = FAILURES["500"]
    ask(client, background)
    service.answer = sends(image())

    assert ask(client, background).status_code == 404
    assert ask(client, background, NEXT).status_code == 200
    assert len(service.requests) == 2


def test_service_that_hangs_is_left_alone_for_a_while(client, service, background, impatient, tile_settings):
    service.answer = silent
    ask(client, background)
    tile_settings.MAP_TILES = tile_settings.MAP_TILES | {"timeout_seconds": 4, "deadline_seconds": 8}
    service.answer = sends(image())

    assert ask(client, background, NEXT).status_code == 404
    assert len(service.requests) == 1

    tiles.pauses.clear()

    assert ask(client, background, NEXT).status_code == 200


def test_service_that_is_not_there_is_a_404(client, background, tile_settings):
    port = free_port()
    tile_settings.MAP_TILE_HOSTS = [f"http://127.0.0.1:{port}"]
    tile_settings.MAP_TILE_LOCAL_HOSTS = [f"127.0.0.1:{port}"]
    MapBackground.objects.update(url=f"http://127.0.0.1:{port}/{{z}}/{{x}}/{{y}}")

    assert ask(client, background).status_code == 404


def test_pauses_take_little_memory(tile_settings):
    for number in range(tiles.Pauses.LIMIT + 1):
        tiles.pauses.add(("1-a", number))

    assert ("1-a", tiles.Pauses.LIMIT) in tiles.pauses
    assert ("1-a", 0) not in tiles.pauses


# --- stale -----------------------------------------------------------------------------------------------------------
def test_old_tile_is_fetched_anew(client, service, background):
    ask(client, background)
    grow_old(background)
    service.answer = sends(image(colour="red"))

    assert ask(client, background).content == image(colour="red")
    assert len(service.requests) == 2


def test_old_tile_is_better_than_none(client, service, background):
    ask(client, background)
    grow_old(background)
    service.answer = FAILURES["503"]

    responses = [ask(client, background) for _ in range(2)]

    assert [response.content for response in responses] == [image(), image()]
    assert responses[0]["Cache-Control"] == "public, max-age=300"
    assert len(service.requests) == 2


# --- many at once ----------------------------------------------------------------------------------------------------
def test_same_tile_is_fetched_once_at_a_time(service, background):
    service.answer = lambda handler: (time.sleep(0.1), sends(image())(handler))
    found = []
    threads = [threading.Thread(target=lambda: found.append(tiles.tile_for(background, HERE))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [stored.content for stored in found] == [image()] * 4
    assert len(service.requests) == 1


def test_only_a_few_threads_wait_for_the_service(service, background, tile_settings):
    tile_settings.MAP_TILES = tile_settings.MAP_TILES | {"fetches_at_once": 1, "wait_seconds": 0.05}
    entered, over = threading.Event(), threading.Event()

    def hold(handler):
        entered.set()
        over.wait(0.25)
        sends(image())(handler)

    service.answer = hold
    first = threading.Thread(target=tiles.tile_for, args=(background, HERE))
    first.start()
    entered.wait(2)

    assert tiles.tile_for(background, NEXT) is None
    over.set()
    first.join()
    assert tiles.tile_for(background, NEXT).content == image()


# --- a real WMS ------------------------------------------------------------------------------------------------------
@pytest.mark.filterwarnings("ignore")  # what MapProxy's libraries deprecate is not ours
def test_tile_of_a_real_wms(client, background, tile_settings, tmp_path):
    server = mapproxy_server(tmp_path)
    host = f"127.0.0.1:{server.server_port}"
    tile_settings.MAP_TILE_HOSTS, tile_settings.MAP_TILE_LOCAL_HOSTS = [f"http://{host}"], [host]
    background.kind, background.url, background.layers = "wms", f"http://{host}/service", "plan"
    background.full_clean()
    background.save()

    with running(server):
        response = ask(client, background)

    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert is_tile(response.content)
    with Image.open(tile_store.root() / background.store_key / str(HERE)) as picture:
        assert (picture.format, picture.size) == ("PNG", (256, 256))
