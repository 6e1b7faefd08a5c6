"""The site's addresses and one more that does nothing: what Django itself costs."""

from django.http import HttpResponse
from django.urls import path

from stadterneuerung.urls import urlpatterns as site_urls


def nothing(request):
    return HttpResponse(b"ok", content_type="text/plain")


urlpatterns = [path("bench/", nothing), *site_urls]
