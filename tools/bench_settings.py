"""As `make run`, without any cache: what is measured is the work of making a page."""

from stadterneuerung.settings.dev import *  # noqa: F403 - settings modules build on one another

CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
LOGGING = {"version": 1, "disable_existing_loggers": False}
