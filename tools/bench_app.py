"""For `make bench`: the site, and beside it under the same gunicorn a Django view without middleware or database."""

import os

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test.utils import override_settings
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tools.bench_settings")

from stadterneuerung.wsgi import application as site

BARE_PATH = "/nackte-ansicht"


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path(BARE_PATH.lstrip("/"), bare)]


class BareHandler(WSGIHandler):
    """Django's own way from WSGI to a view, with nothing in between."""

    def load_middleware(self, is_async: bool = False) -> None:
        with override_settings(MIDDLEWARE=[]):
            super().load_middleware(is_async)

    def get_response(self, request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__
        return super().get_response(request)


bare_site = BareHandler()


def application(environ, start_response):
    handler = bare_site if environ["PATH_INFO"] == BARE_PATH else site
    return handler(environ, start_response)
