"""What `make run` and manage.py use: embedded database, DEBUG off unless asked for, a secret kept in var/."""

import secrets

from .base import *  # noqa: F403 - settings modules build on one another
from .base import VAR_DIR, env

DEBUG = env.bool("DEBUG", default=False)
HOST = env("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", HOST]
CSRF_TRUSTED_ORIGINS = [f"http://{name}:{PORT}" for name in ("localhost", "127.0.0.1", HOST)]
WAGTAILADMIN_BASE_URL = env("BASE_URL", default=f"http://{HOST}:{PORT}")
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=True)


def _kept_secret() -> str:
    """Return the secret of this installation, made on first use and readable by its owner alone."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


SECRET_KEY = env("SECRET_KEY", default=None) or _kept_secret()

if DEBUG:
    # Somebody looks for a mistake, with words of their own: Django's page with all values.
    DEFAULT_EXCEPTION_REPORTER = "django.views.debug.ExceptionReporter"
    DEFAULT_EXCEPTION_REPORTER_FILTER = "django.views.debug.SafeExceptionReporterFilter"
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
