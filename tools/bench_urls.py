"""The site's addresses and one more that does nothing: what Django itself costs."""

from django.http import HttpResponse
from django.urls import path

from stadterneuerung.urls import urlpatterns as site_urls


def nothing(request):
    # The length lets the server keep the connection without chunks, as CommonMiddleware does for all other pages.
    return HttpResponse(b"ok", content_type="text/plain", headers={"Content-Length": "2"})


urlpatterns = [path("bench/", nothing), *site_urls]
