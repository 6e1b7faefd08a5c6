"""Settings of the test suite: as production, but quick, silent and confined to a temporary folder."""

import os
import tempfile

os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="stadterneuerung-test-")

from .base import *  # noqa: F403 - VAR_DIR must be known first
from .base import DATABASES

SECRET_KEY = "only-for-tests"  # noqa: S105 - signs nothing outside the test run
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    # No manifest: tests need no collectstatic run.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
SERVE_MEDIA = True
CLAMD_URL = ""  # tests bring their own scanner
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"] = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
