"""Two applications in one server: the site, and below /bench/ Django without any middleware to compare with."""

import os

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tools.bench_settings")

site = get_wsgi_application()
middleware, settings.MIDDLEWARE = settings.MIDDLEWARE, []
bare = WSGIHandler()
settings.MIDDLEWARE = middleware


def application(environ, start_response):
    chosen = bare if environ["PATH_INFO"] == "/bench/" else site
    return chosen(environ, start_response)
