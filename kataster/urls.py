"""Addresses of the Kataster that are no pages; Wagtail answers the rest below /karte/."""

from django.urls import path

from kataster.tiles import map_tile

urlpatterns = [
    path("kacheln/<int:background_id>/<int:z>/<int:x>/<int:y>", map_tile, name="map_tile"),
]
