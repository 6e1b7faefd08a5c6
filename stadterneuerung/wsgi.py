"""WSGI entry point for gunicorn and the development server."""

import os

from django.core.wsgi import get_wsgi_application

from stadterneuerung.base.content_type import with_plain_content_type

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stadterneuerung.settings.production")

application = with_plain_content_type(get_wsgi_application())
