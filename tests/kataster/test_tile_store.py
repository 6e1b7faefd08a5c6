"""Tiles on disk: below a quota, by background, and no reason to fail."""

import os

from django.core.management import call_command

from kataster import tile_store
from kataster.models import MapBackground
from kataster.tile_grid import Tile
from tests.kataster.tile_support import HERE, ask


def kept() -> list[str]:
    return sorted(
        str(path.relative_to(tile_store.root())) for path in tile_store.root().rglob("[0-9]*") if path.is_file()
    )


def test_quota_drops_the_oldest(tile_settings):
    tile_settings.MAP_TILE_QUOTA_MB = 10 * tile_store.BLOCK / tile_store.MEGABYTE
    for number in range(10):
        tile_store.write("1-a", Tile(12, number, 0), b"x")
        os.utime(tile_store.root() / f"1-a/12/{number}/0", (number, number))

    assert len(kept()) == 10

    tile_store.write("1-a", Tile(12, 10, 0), b"x")

    assert kept() == sorted(f"1-a/12/{number}/0" for number in range(2, 11))
    assert not (tile_store.root() / "1-a/12/0").exists()


def test_files_are_counted_rarely(tile_settings, monkeypatch):
    sweeps = []
    monkeypatch.setattr(tile_store, "_sweep", lambda: sweeps.append(1))
    tile_settings.MAP_TILE_QUOTA_MB = 1  # five per cent of it are twelve small files
    for number in range(40):
        tile_store.write("1-a", Tile(12, number, 0), b"x")

    assert len(sweeps) == 4


def test_quota_of_nothing_keeps_nothing(client, service, background, tile_settings):
    tile_settings.MAP_TILE_QUOTA_MB = 0

    assert [ask(client, background).status_code for _ in range(2)] == [200, 200]
    assert len(service.requests) == 2
    assert not tile_store.root().exists()


def test_disk_that_refuses_costs_speed_only(client, background, tile_settings, tmp_path, caplog):
    tile_settings.VAR_DIR = tmp_path / "file"
    tile_settings.VAR_DIR.write_text("not a folder")

    assert ask(client, background).status_code == 200
    assert "lassen sich nicht ablegen" in caplog.text


def test_changed_service_starts_with_an_empty_folder(client, service, background):
    ask(client, background)
    MapBackground.objects.update(url=f"http://127.0.0.1:{service.port}/neu/{{z}}/{{x}}/{{y}}")

    assert ask(client, background).status_code == 200
    assert [path for path, _ in service.requests] == [f"/{HERE}.png", f"/neu/{HERE}"]
    assert len(list(tile_store.root().glob(f"{background.pk}-*"))) == 1


def test_command_clears_all_tiles(client, service, background, capsys):
    ask(client, background)

    call_command("clear_map_tiles")
    call_command("clear_map_tiles")

    assert capsys.readouterr().out.splitlines() == ["1 Kacheln gelöscht (0,0 MB).", "0 Kacheln gelöscht (0,0 MB)."]
    assert kept() == []
