"""Tile services for tests: one that does as it is told, and MapProxy, a real WMS; both on the loopback address."""

import io
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from django.urls import reverse
from PIL import Image

from kataster import tile_store
from kataster.tile_grid import Tile

HERE = Tile(12, 2133, 1362)  # the city's centre
openssl_is_there = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")

Answer = Callable[[BaseHTTPRequestHandler], None]

MAPPROXY = """
services:
  wms:
    srs: ["EPSG:3857"]
    image_formats: ["image/png"]
layers:
  - name: plan
    title: Plan
    sources: [plan]
sources:
  plan:
    type: debug
"""


def image(kind: str = "PNG", size: tuple[int, int] = (256, 256), colour: str = "teal") -> bytes:
    """Return an image file."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind)
    return file.getvalue()


def sends(content: bytes, *, status: int = 200, **headers: str) -> Answer:
    """Return an answer with this body; headers are named with underscores."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Type": "image/png", "Content_Length": str(len(content)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


class TileService:
    """A server on a free port; `answer` says what it does, `requests` notes what it was asked."""

    def __init__(self) -> None:
        self.answer: Answer = sends(image())
        self.requests: list[tuple[str, dict]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                service.requests.append((self.path, dict(self.headers)))
                try:
                    service.answer(self)
                except OSError:  # who asked has gone: that is what some tests are about
                    self.close_connection = True

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port: int = self.server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/{{z}}/{{x}}/{{y}}.png"


@contextmanager
def running(server) -> Iterator[None]:
    """Serve in a thread; threads of requests are waited for."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def mapproxy_server(folder: Path) -> WSGIServer:
    """Return MapProxy with one layer "plan" that writes its bounding box on each picture."""
    from mapproxy.wsgiapp import make_wsgi_app  # late: its import takes a second and warns

    class Quiet(WSGIRequestHandler):
        def log_message(self, *args):
            pass

    config = folder / "mapproxy.yaml"
    config.write_text(f"{MAPPROXY}globals: {{cache: {{base_dir: {folder}/cache, lock_dir: {folder}/locks}}}}\n")
    server = WSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(make_wsgi_app(str(config)))
    return server


def certificate(folder: Path, name: str) -> Path:
    """Return a file with a new key and a certificate for `name` that it has signed itself."""
    file = folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    names = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-days", "2"]
    subprocess.run([*command, *names, "-keyout", file, "-out", folder / "public.pem"], check=True, capture_output=True)
    file.write_text(file.read_text() + (folder / "public.pem").read_text())
    return file


def ask(client, background, tile: Tile = HERE):
    """Return our answer to a visitor's request for a tile."""
    return client.get(reverse("map_tile", args=[background.pk, tile.z, tile.x, tile.y]))


def grow_old(background, tile: Tile = HERE, days: float = 8) -> None:
    """Let the stored tile look as if it had been fetched `days` ago."""
    then = time.time() - days * 24 * 3600
    os.utime(tile_store.root() / background.store_key / str(tile), (then, then))


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]
