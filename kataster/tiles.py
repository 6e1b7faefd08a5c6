"""The map's background from our own address: visitors' browsers never talk to the service that draws it.

A tile comes from the disk while it is fresh, else from the service, else from the disk again, however old. All the
threads of a web server could be waiting for a service that hangs; so few may wait at once, and after a failure the
service is left alone for a while.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kataster import tile_store
from kataster.models import MapBackground
from kataster.tile_fetch import ServiceDown, TileError, fetch
from kataster.tile_grid import Tile
from kataster.tile_image import image_type, is_tile
from kataster.tile_store import StoredTile

logger = logging.getLogger(__name__)

FRESH_SECONDS = 24 * 3600  # how long a browser keeps a tile; after a change of the service its old tiles linger so long
STALE_SECONDS = 300


class Gate:
    """Lets few fetches run at once in this process, and never two of the same tile."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._running: set[tuple] = set()

    @contextmanager
    def enter(self, key: tuple) -> Iterator[bool]:
        """Say whether the fetch may run; it waits for `wait_seconds` at most."""
        with self._changed:
            may = self._changed.wait_for(lambda: self._has_room_for(key), settings.MAP_TILES["wait_seconds"])
            if may:
                self._running.add(key)
        try:
            yield may
        finally:
            if may:
                with self._changed:
                    self._running.discard(key)
                    self._changed.notify_all()

    def _has_room_for(self, key: tuple) -> bool:
        return key not in self._running and len(self._running) < settings.MAP_TILES["fetches_at_once"]


class Pauses:
    """What failed a moment ago and is not asked for again yet; known to this process alone, which is enough."""

    LIMIT = 5000  # entries; nobody can fill our memory by asking for tiles that fail

    def __init__(self) -> None:
        self._until: dict[tuple, float] = {}

    def add(self, key: tuple) -> None:
        if len(self._until) >= self.LIMIT:
            self._until.clear()
        self._until[key] = time.monotonic() + settings.MAP_TILES["pause_seconds"]

    def __contains__(self, key: tuple) -> bool:
        return time.monotonic() < self._until.get(key, 0)

    def clear(self) -> None:
        self._until.clear()


gate = Gate()
pauses = Pauses()


@require_safe
def map_tile(request: HttpRequest, background_id: int, z: int, x: int, y: int) -> HttpResponse:
    """Serve a tile of the active background; 404 for all others and when the service has none."""
    tile = Tile(z, x, y)
    if not tile.is_served:
        return _no_tile()
    background = MapBackground.objects.active().filter(pk=background_id, max_zoom__gte=z).first()
    stored = background and tile_for(background, tile)
    media_type = stored and image_type(stored.content)
    if not media_type:
        return _no_tile()
    response = HttpResponse(stored.content, content_type=media_type)
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS if stored.is_fresh else STALE_SECONDS}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"  # for our map, not for everybody's
    return response


def _no_tile() -> HttpResponse:
    """Answer with a short 404; the map draws its own picture underneath. The site's page would only cost time."""
    response = HttpResponse("Keine Kachel.", status=404, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={settings.MAP_TILES['pause_seconds']}"
    return response


def tile_for(background: MapBackground, tile: Tile) -> StoredTile | None:
    """Return the best tile there is."""
    folder = background.store_key
    stored = tile_store.read(folder, tile)
    if (stored and stored.is_fresh) or _rests(folder, tile):
        return stored
    with gate.enter((folder, tile)) as may_fetch:
        if may_fetch and not _rests(folder, tile):
            # While this one waited another may have fetched the same tile.
            stored = tile_store.read(folder, tile) or stored
            if not (stored and stored.is_fresh):
                stored = _fetched(background, tile) or stored
    return stored


def _rests(folder: str, tile: Tile) -> bool:
    return (folder,) in pauses or (folder, tile) in pauses


def _fetched(background: MapBackground, tile: Tile) -> StoredTile | None:
    """Ask the service and keep what it sends; None when that is no tile. The log says nothing about who asked."""
    folder = background.store_key
    try:
        content = fetch(background.source_url(tile))
        if not is_tile(content):
            raise TileError("kein Bild einer Kachel")
    except TileError as error:
        pauses.add((folder,) if isinstance(error, ServiceDown) else (folder, tile))
        logger.warning("Kartenhintergrund %s: %s", background.pk, error)
        return None
    tile_store.write(folder, tile, content)
    return StoredTile(content, is_fresh=True)
