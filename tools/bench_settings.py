"""As `make run`, and one address more that does nothing."""

from stadterneuerung.settings.dev import *  # noqa: F403 - settings modules build on one another

ROOT_URLCONF = "tools.bench_urls"
LOGGING = {"version": 1, "disable_existing_loggers": False}
