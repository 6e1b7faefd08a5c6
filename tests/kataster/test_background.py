"""Backgrounds of the map in the admin: only services that the operator allows, with their source, one at a time."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError
from django.urls import reverse

from kataster.models import MapBackground
from kataster.tile_grid import Tile
from tests import factories

CITY = "https://karten.example/{z}/{x}/{y}.png"


@pytest.fixture(autouse=True)
def _allowed(settings):
    settings.MAP_TILE_HOSTS = ["karten.example", "wms.example:8443", "http://alt.example"]


def background(url: str = CITY, **fields) -> MapBackground:
    defaults = {"name": "Plan", "kind": "xyz", "attribution": "© Stadt"}
    return MapBackground(url=url, **defaults | fields)


def wms(url: str = "https://karten.example/wms", **fields) -> MapBackground:
    return background(url, **{"kind": "wms", "layers": "plan"} | fields)


def errors(item: MapBackground) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        item.full_clean(validate_unique=False, validate_constraints=False)
    return caught.value.message_dict


# --- addresses -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "item",
    [
        background(),
        background("https://KARTEN.example./{z}/{y}/{x}?key=a"),
        background("https://karten.example:443/{z}/{x}/{y}"),
        background("http://alt.example/{z}/{x}/{y}"),
        wms(),
        wms("https://wms.example:8443/cgi?map=/plan.map", layers="plan, namen"),
    ],
    ids=lambda item: item.url,
)
def test_allowed_service_is_accepted(item):
    item.full_clean(validate_constraints=False)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.tile.openstreetmap.org/{z}/{x}/{y}.png",
        "https://tile.openstreetmap.org./{z}/{x}/{y}.png",
        "https://TILE.openstreetmap.DE/{z}/{x}/{y}.png",
        "https://tile.osm.org/{z}/{x}/{y}.png",
    ],
)
def test_servers_of_openstreetmap_are_refused_even_when_allowed(settings, url):
    settings.MAP_TILE_HOSTS = ["a.tile.openstreetmap.org", "tile.openstreetmap.org", "tile.openstreetmap.de"]

    (sentence,) = errors(background(url))["url"]

    assert "Nutzungsrichtlinie" in sentence
    assert "https://operations.osmfoundation.org/policies/tiles/" in sentence


def test_name_that_only_looks_like_openstreetmap_is_judged_as_any_other(settings):
    settings.MAP_TILE_HOSTS = ["myopenstreetmap.org"]

    background("https://myopenstreetmap.org/{z}/{x}/{y}").full_clean(validate_constraints=False)


def test_without_setting_every_host_is_refused_with_the_way_out(settings):
    settings.MAP_TILE_HOSTS = []

    assert errors(background()) == {
        "url": [
            "Der Server karten.example ist nicht freigegeben. Der Betrieb gibt ihn frei, indem er ihn in die "
            "Einstellung MAP_TILE_HOSTS einträgt (MAP_TILE_HOSTS=karten.example, mehrere durch Komma getrennt) und "
            "die Website neu startet."
        ]
    }


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://andere.example/{z}/{x}/{y}", "MAP_TILE_HOSTS=andere.example,"),
        ("https://karten.example:8443/{z}/{x}/{y}", "MAP_TILE_HOSTS=karten.example:8443,"),
        ("https://karten.example.evil.example/{z}/{x}/{y}", "nicht freigegeben"),
        ("http://karten.example/{z}/{x}/{y}", "MAP_TILE_HOSTS=http://karten.example "),
        ("https://alt.example/{z}/{x}/{y}", "nicht freigegeben"),
        ("https://name:geheim@karten.example/{z}/{x}/{y}", "Name und Passwort"),
        ("https://karten.example@evil.example/{z}/{x}/{y}", "Name und Passwort"),
        ("https://karten.example\\@evil.example/{z}/{x}/{y}", "keine vollständige Webadresse"),
        ("https://karten.example/{z}/{x}/{y} ", "keine vollständige Webadresse"),
        ("https://karten.example/\n{z}/{x}/{y}", "keine vollständige Webadresse"),
        ("ftp://karten.example/{z}/{x}/{y}", "keine vollständige Webadresse"),
        ("//karten.example/{z}/{x}/{y}", "keine vollständige Webadresse"),
        ("https://karten.example:99999/{z}/{x}/{y}", "ungültig"),
        ("https://[::1/{z}/{x}/{y}", "ungültig"),
        ("https:///{z}/{x}/{y}", "ungültig"),
        ("https://karten.example/{z}/{x}/{y}#a", "ungültig"),
        ("https://{z}.karten.example/{x}/{y}", "ungültig"),
        ("https://karten.example/{z}/{x}", "jeden genau einmal"),
        ("https://karten.example/{z}/{x}/{y}/{y}", "jeden genau einmal"),
        ("https://karten.example/{s}/{z}/{x}/{y}", "andere Platzhalter"),
        ("https://karten.example/{z}/{x}/{-y}", "jeden genau einmal"),
    ],
)
def test_wrong_address_is_explained_at_its_field(url, words):
    (sentence,) = errors(background(url))["url"]

    assert words in sentence


def test_wms_needs_layers_and_no_placeholders():
    assert errors(wms(layers=" , ")) == {"layers": ["Ein WMS braucht mindestens eine Ebene."]}
    assert errors(wms("https://karten.example/{z}"))["url"][0].startswith("Die Adresse enthält andere Platzhalter")


def test_source_and_zoom_are_checked():
    assert errors(background(attribution="")).keys() == {"attribution"}
    assert errors(background(max_zoom=21)).keys() == {"max_zoom"}


# --- what the map and the fetch need ---------------------------------------------------------------------------------
def test_map_gets_tiles_from_our_own_address():
    assert background(pk=7).tile_url == "/karte/kacheln/7/{z}/{x}/{y}"


def test_source_of_a_tile():
    assert background().source_url(Tile(12, 2132, 1362)) == "https://karten.example/12/2132/1362.png"


def test_source_of_a_wms_tile_is_get_map_in_web_mercator():
    item = wms("https://karten.example/cgi?map=/plan.map&request=GetCapabilities", layers="plan, namen und mehr")

    assert item.source_url(Tile(1, 1, 0)) == (
        "https://karten.example/cgi?map=/plan.map&SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap"
        "&LAYERS=plan,namen%20und%20mehr&STYLES=&CRS=EPSG:3857"
        "&BBOX=0.000000,0.000000,20037508.342789,20037508.342789&WIDTH=256&HEIGHT=256&FORMAT=image/png"
    )


def test_tiles_are_kept_apart_by_what_the_service_draws():
    keys = [
        item.store_key
        for item in (background(pk=7), background(pk=7, name="Anders", attribution="Neu"), wms(pk=7), background(pk=8))
    ]

    assert keys[0] == keys[1]
    assert len(set(keys)) == 3
    assert all(key.startswith("7-") for key in keys[:3])


# --- one at a time ---------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_one_background_is_active():
    background(name="Aus").save()
    active = background(name="An", is_active=True)
    active.save()

    assert list(MapBackground.objects.active()) == [active]
    with pytest.raises(ValidationError, match="Schalten Sie ihn zuerst aus"):
        background(is_active=True).full_clean()
    with pytest.raises(IntegrityError):
        background(is_active=True).save()


@pytest.mark.django_db
def test_database_refuses_a_background_without_its_source():
    with pytest.raises(IntegrityError):
        background(attribution="").save()


# --- admin -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def editor(home_page, admin_client):
    call_command("setup_site", verbosity=0)
    return admin_client


def posted(**fields) -> dict:
    return {
        "name": "Plan",
        "kind": "xyz",
        "url": CITY,
        "image_format": "image/png",
        "attribution": "© Stadt",
        "attribution_url": "https://karten.example/",
        "max_zoom": "18",
        "is_active": "on",
    } | fields


def test_background_is_entered_and_listed(editor):
    response = editor.post(reverse("wagtailsnippets_kataster_mapbackground:add"), posted())

    assert response.status_code == 302
    assert [item.name for item in MapBackground.objects.active()] == ["Plan"]
    assert "© Stadt" in editor.get(reverse("wagtailsnippets_kataster_mapbackground:list")).content.decode()


def test_form_explains_what_is_refused(editor):
    background(is_active=True).save()
    add = reverse("wagtailsnippets_kataster_mapbackground:add")

    foreign = editor.post(add, posted(url="https://tile.openstreetmap.org/{z}/{x}/{y}.png", is_active=""))
    second = editor.post(add, posted(name="Zweiter"))

    assert "Tile Usage Policy" in foreign.content.decode()
    assert "Schalten Sie ihn zuerst aus" in second.content.decode()
    assert MapBackground.objects.count() == 1


def test_pages_may_stand_below_the_map(client, home_page):
    """Our addresses below /karte/ take nothing from the page tree."""
    page = factories.StandardPageFactory(slug="karte")

    assert client.get(page.url).status_code == 200
    assert client.get("/karte/kacheln/").status_code == 404
