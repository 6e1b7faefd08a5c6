"""Settings shared by all environments: safe and silent; each environment adds only what differs."""

from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parents[2]
env = environ.Env()

# Everything that is made at run time lives here: database, media, mails, cache, collected static files, secrets.
VAR_DIR = Path(env("VAR_DIR", default=str(ROOT / "var")))

DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "stadterneuerung.urls"
WSGI_APPLICATION = "stadterneuerung.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "users.User"

INSTALLED_APPS = [
    # Own rooms first, top to bottom: their templates and commands win over the framework's.
    "stadterneuerung.home",
    "contacts",
    "kataster",
    "news",
    "jobs",
    "projects",
    "areas",
    "stadterneuerung.base",
    "stadterneuerung.organisation",
    "stadterneuerung.users",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.typed_table_block",
    "wagtail.locales",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "stadterneuerung.base.middleware.SecretPathMiddleware",
    "stadterneuerung.base.middleware.MalformedRequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "stadterneuerung.base.csp.SplitCSPMiddleware",
    "stadterneuerung.base.middleware.SecurityHeadersMiddleware",
    "stadterneuerung.base.middleware.TombstoneMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "stadterneuerung.base.middleware.PathLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "stadterneuerung.base.middleware.PublicationErrorMiddleware",
    "stadterneuerung.base.middleware.AutosaveRaceMiddleware",
    "stadterneuerung.base.routing.RouteMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "stadterneuerung.base.context_processors.site",
            ],
        },
    },
]

# --- Database -------------------------------------------------------------------------------------------------------
# Parallel gunicorn workers need write-ahead logging, or they see "database is locked". FULL: what is committed is on
# the disk before somebody reads that the message has arrived. secure_delete: what is erased is overwritten.
SQLITE_INIT = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA secure_delete=ON"
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # an early write lock, for the same reason
        "init_command": SQLITE_INIT,
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# Shared between processes without another service; rate limits need one truth for all workers.
CACHES = {
    "default": {
        "BACKEND": "stadterneuerung.base.file_cache.TidyFileCache",
        "LOCATION": VAR_DIR / "cache",
        # Beyond this Django drops entries at random, and a flood of visitors could wash away the counts of a limit.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# --- Language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "de"
LANGUAGES = [
    ("de", "Deutsch"),
    ("en", "English"),
    ("tr", "Türkçe"),
    ("ar", "العربية"),
    ("bg", "Български"),
    ("ro", "Română"),
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

# --- Files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [ROOT / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=False)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's page editor posts one field for each part of a block

# --- Wagtail --------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Amt für Stadterneuerung"
WAGTAILADMIN_BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000")
WAGTAILADMIN_PERMITTED_LANGUAGES = [("de", "Deutsch")]
WAGTAILADMIN_USER_LOGIN_FORM = "stadterneuerung.base.forms.GermanLoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "stadterneuerung.home.password_reset.NotedPasswordResetForm"  # noqa: S105 - a form
# As people write dates here; the picker takes anything else it is given for today.
WAGTAIL_DATE_FORMAT = "%d.%m.%Y"
WAGTAIL_DATETIME_FORMAT = "%d.%m.%Y %H:%M"
WAGTAIL_USER_TIME_ZONES = ["Europe/Berlin", "UTC"]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILIMAGES_IMAGE_MODEL = "base.CustomImage"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_MODEL = "base.CustomDocument"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "geojson", "ics", "mp4", "odt", "pdf", "vtt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 200 * 1024 * 1024  # council papers and sign-language films are large
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # documents stay behind their collection's privacy
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "wagtail.search.backends.database",
        "SEARCH_CONFIG": "german",
        "FUZZY_SIMILARITY_THRESHOLD": 0.55,  # at 0.5 "Bericht" is similar to "Nachricht"
    },
}
WAGTAILEMBEDS_FINDERS: list[dict] = []  # nothing is embedded from other hosts
WAGTAIL_WORKFLOW_ENABLED = True
TAGGIT_CASE_INSENSITIVE = True

# --- Sign-in --------------------------------------------------------------------------------------------------------
LOGIN_URL = "wagtailadmin_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/admin/login/"  # restricted pages and documents ask there, in German
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Forgotten passwords (stadterneuerung.home.password_reset); too many requests are passed over in silence.
PASSWORD_RESET = {
    "per_network": 20,  # an hour; a whole office may sit behind one network
    "per_address": 3,  # an hour, so that nobody can be flooded through us
    "keep_seconds": 3600,  # while the mail server is down; then whoever asked has to ask again
}

# --- Security -------------------------------------------------------------------------------------------------------
X_FRAME_OPTIONS = "SAMEORIGIN"  # the admin shows previews of pages in a frame
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # asks for DENY, which would break these previews
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # KERN's icons are data: masks
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "frame-src": ["'self'"],
        "frame-ancestors": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
    }
}

# --- Mail -----------------------------------------------------------------------------------------------------------
# The safe default writes each mail as a file and reaches nobody outside; production sets EMAIL_URL.
EMAIL_BACKEND = "contacts.mail_files.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)  # seconds for each step of the dialogue with the mail server
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Amt für Stadterneuerung <noreply@stadterneuerung.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
OUTBOX = {
    "lease_seconds": 15 * EMAIL_TIMEOUT,  # longer than a mail takes when each of a dozen steps waits to the last
    "first_pause_seconds": env.int("OUTBOX_FIRST_PAUSE_SECONDS", default=60),  # doubled after each attempt
    "max_pause_seconds": env.int("OUTBOX_MAX_PAUSE_SECONDS", default=6 * 3600),
    "alarm_after": 8,  # attempts, about two hours
    "worker_silent_seconds": 600,  # the worker goes round every few seconds; a mail that stalls takes minutes
    "give_up_after": 30,  # attempts, about six days; mail to the office is never given up
}

# Replies come back by themselves once a mailbox is named: imaps://user:password@host/INBOX (contacts.inbound).
INBOUND_IMAP_URL = env("INBOUND_IMAP_URL", default="")
INBOUND_ADDRESS = env("INBOUND_ADDRESS", default="")  # of that mailbox
INBOUND_SUBADDRESS = env.bool("INBOUND_SUBADDRESS", default=False)  # its server takes name+anything@domain as well
INBOUND = {
    "timeout_seconds": 10,  # for each step of the dialogue with the IMAP server
    "round_seconds": 45,  # for a round; then the connection is cut. In its second half, no other mail is begun
    "files_seconds": 15,  # for the files of a mail; then no other file is begun
    "lease_seconds": 300,  # longer than a round whose last mail and file take all the time they may
    "mails_per_round": 50,
    "max_bytes": 30 * 1024 * 1024,  # a larger mail is taken with its head alone
    "max_characters": 100_000,  # of its text
    # A mail that is more work to read is set aside unread (contacts.inbound.weighing); at these limits, it takes 3 s.
    "max_boundaries": 100,
    "max_comparisons": 5_000_000,  # lines × boundaries
    "max_parts": 10_000,
    "max_fields": 300_000,
    # Beyond, a new case waits in quarantine and no mail leaves: machines answer under changing addresses.
    "cases_per_sender": 5,  # in a day
    "cases_per_hour": 60,
    "silent_seconds": 1800,  # without a round that went well, the desk is told
}

# --- The office -----------------------------------------------------------------------------------------------------
ENQUIRY_MAILBOX = env("ENQUIRY_MAILBOX", default="stadterneuerung@stadtdo.de")
ATTACHMENT_DIR = VAR_DIR / "attachments"  # files that citizens sent; outside of what the web server serves
ENQUIRY_ANSWER_DAYS = 10  # working days within which the office wants to answer; the confirmation names the day
# While true: banner, noindex, no claim to be official. Switching it off is refused while facts are missing.
SITE_PREVIEW = env.bool("SITE_PREVIEW", default=True)
# Periods in days beside those of what people send, which have versions (contacts.models.ProcessingPurpose).
RETENTION_DAYS = {
    "mail_without_case": 30,
    "upload_without_case": 1,
    "server_log": 7,
    "inbound_mail": 7,  # mails that became part of a case, in the mailbox that they came from
    # After these a case is closed by itself, and its own period begins (contacts.closing).
    "quarantine": 30,
    "answered": 60,
    # After this the desk is told of cases that are still open: while they are, nothing of them is deleted.
    "open_alarm": 180,
    "open_request": 92,  # requests to be forgotten: three months, the longest by DSGVO Art. 12 (3)
}
AUDIT_YEARS = 3  # longer than any case is kept, so that who read it can be told for as long as it exists
PROXY_COUNT = env.int("PROXY_COUNT", default=0)  # proxies in front whose X-Forwarded-For is believed
# Limits of the public forms; the privacy notice shows them.
PUBLIC_FORMS = {
    "min_seconds": 3,  # quicker than anybody types: kept, but marked as suspicious
    "max_hours": 12,  # a form that was open longer is shown again with everything that was typed
    "max_links": 4,
    "max_bytes": 128 * 1024,  # without files
    "max_fields": 50,
    "max_files": 5,  # with one message
    "files_seconds": 40,  # for all files of one form; after it none is begun
    "max_picture_bytes": 10 * 1024 * 1024,
    # By format, looked at before decoding. JPEGs are decoded in reduced size, the others need all of their pixels.
    "max_picture_pixels": {"JPEG": 50_000_000, "PNG": 25_000_000, "WEBP": 25_000_000},
    "max_picture_scans": 64,  # of a JPEG; progressive ones have about ten, each costs the time of all pixels
    "picture_wait_seconds": 20,  # for other pictures that are being decoded
    "max_pdf_bytes": 10 * 1024 * 1024,
    # What a body with files may have. More than the files that are taken, so that one too many can be told.
    "max_body_bytes": 120 * 1024 * 1024,
    "picture_side": 2560,  # pixels of the longer side, as kept
    "files_per_hour": 100,  # per network
    "misses_per_hour": 30,  # per network: links to status pages that lead nowhere
    "per_hour": 20,  # messages per network
    "per_day": 60,
    # Per address, so that nobody can be flooded through us; those of a new link that a visitor took count, too.
    "acknowledgements_per_day": 3,
    "renewals_per_day": 5,  # per case: new links that are taken on the status page
    # The task for the visitor's browser, where it is switched on (contacts.proof_of_work). Each bit doubles it.
    "work_bits": env.int("FORM_WORK_BITS", default=10),
    "work_rounds": 2000,  # of PBKDF2 for one number; the server needs them once a message
    "wait_seconds": env.int("FORM_WAIT_SECONDS", default=20),  # instead, for who comes without a solution
    "wait_holds_minutes": 30,  # then a form that was waited for and not sent waits again
}

# --- PDFs that citizens send -------------------------------------------------------------------------------------
# They are taken only where ClamAV's daemon answers: tcp://host:port or unix:///path; empty: pictures alone.
CLAMD_URL = env("CLAMD_URL", default="")
SCANNER = {
    "scan_seconds": 15,  # for one file, from the connection to the answer
    "ping_seconds": 2,
    "wait_seconds": 10,  # for another PDF that is being read
    "pause_seconds": 30,  # after each answer, or silence, that nobody asks whether it is there
}
# Limits of the process of its own that makes a PDF anew (stadterneuerung.base.confined).
PDF_READING = {
    "max_pages": 500,
    "memory_mb": 512,  # of address space
    "cpu_seconds": 10,
    "wall_seconds": 20,
    "max_written_bytes": 25 * 1024 * 1024,
    "max_answer_bytes": 100,
}

# --- Map ------------------------------------------------------------------------------------------------------------
# Servers whose tiles the map may show: "host" or "host:port" (https), "http://host:port" only where it must be.
MAP_TILE_HOSTS = env.list("MAP_TILE_HOSTS", default=[])
MAP_TILE_LOCAL_HOSTS = env.list("MAP_TILE_LOCAL_HOSTS", default=[])  # "host:port" that may lie inside our network
MAP_TILE_DAYS = env.int("MAP_TILE_DAYS", default=7)
MAP_TILE_QUOTA_MB = env.int("MAP_TILE_QUOTA_MB", default=500)
MAP_TILES = {
    "timeout_seconds": 4,  # for each wait: name, connection, handshake, next bytes
    "deadline_seconds": 8,  # for the whole fetch
    "max_bytes": 512 * 1024,
    "fetches_at_once": 3,  # per process; one of four threads stays free for pages
    "wait_seconds": 2,  # for a place among them
    "pause_seconds": 60,  # after a failure
}

# --- Outlines of areas ----------------------------------------------------------------------------------------------
# Limits of a file with outlines that an editor uploads. It is read in a process of its own (areas.uploads.reading).
OUTLINE_UPLOADS = {
    "max_bytes": env.int("OUTLINE_UPLOAD_MB", default=20) * 1024 * 1024,
    "max_unpacked_bytes": 100 * 1024 * 1024,
    "max_entries": 100,  # files in a zip
    "max_ratio": 100,  # unpacked bytes for each packed one
    "max_layers": 20,
    "max_features": 200,  # per layer; Dortmund has about a dozen areas
    "max_fields": 60,
    "max_points": 200_000,  # per layer
    "max_answer_bytes": 40 * 1024 * 1024,
    "memory_mb": 1024,  # of address space
    "cpu_seconds": 20,
    "wall_seconds": 30,
    "keep_days": 7,  # an upload that nobody finished
}

# No word of a citizen's in logs and reports: they would be kept longer, and read by others, than the enquiry itself.
DEFAULT_EXCEPTION_REPORTER = "stadterneuerung.base.discretion.PlainReporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "stadterneuerung.base.discretion.HidingFilter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "stadterneuerung.base.discretion.PlainFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "filters": {
        "not_debug": {"()": "django.utils.log.RequireDebugFalse"},
        "secret_paths": {"()": "stadterneuerung.base.log_filter.SecretPaths"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["secret_paths"]},
        # Reports to ADMINS, should an installation name any.
        "mail_admins": {
            "class": "django.utils.log.AdminEmailHandler",
            "level": "ERROR",
            "filters": ["not_debug", "secret_paths"],
            "formatter": "plain",
        },
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["mail_admins"], "level": "INFO"},
        # Django logs the path of a missing page at WARNING; visitors' paths are nobody's business.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # gunicorn's own handler would write addresses and errors with all their words.
        "gunicorn.error": {"handlers": ["console"], "propagate": False},
    },
}
