"""Settings, all from the environment. Without DATABASE_URL the program brings its own servers and demo data.

A malformed variable stops the start with its name; a missing one likewise, once DATABASE_URL is set.
"""

import os
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from refprogram.ops import places
from refprogram.wiring import *  # noqa: F403  what each room plugs in is part of the settings

# Processes are the parallelism here: threads inside a linear algebra would only make them wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

env = environ.Env()
BASE_DIR = places.BASE_DIR
EMBEDDED = places.is_embedded()


def refuse(name: str, why: str) -> ImproperlyConfigured:
    """Return the error that stops the start, naming the variable."""
    return ImproperlyConfigured(f"{name}: {why}")


def postgres_at(name: str) -> dict[str, Any]:
    """Return the database that a variable names."""
    try:
        found: dict[str, Any] = env.db(name)
    except Exception as error:
        raise refuse(name, "is not a database address such as postgres://user:password@host/name") from error
    if "postgresql" not in str(found.get("ENGINE")):
        raise refuse(name, "must name a Postgres database")
    return found


def needed(name: str, fallback: str) -> str:
    """Return a variable that a real deployment must set; `fallback` serves the embedded one only."""
    value = str(env.str(name, default=""))
    if value:
        return value
    if EMBEDDED:
        return fallback
    raise refuse(name, "must be set when DATABASE_URL is set")


def switch(name: str, *, default: bool) -> bool:
    """Return a yes/no variable; anything but 1/0/true/false/yes/no/on/off is refused."""
    raw = str(env.str(name, default="")).strip().lower()
    if not raw:
        return default
    if raw not in {"1", "0", "true", "false", "yes", "no", "on", "off"}:
        raise refuse(name, f"{raw!r} is neither yes nor no (use 1 or 0)")
    return raw in {"1", "true", "yes", "on"}


# --- what kind of place this is -------------------------------------------------------------------
DEBUG = switch("DEBUG", default=False)
DEMO = switch("DEMO", default=EMBEDDED)
SECRET_KEY = needed("SECRET_KEY", "") if not EMBEDDED or env.str("SECRET_KEY", default="") else places.own_secret()
BASE_URL = needed("BASE_URL", f"http://127.0.0.1:{env.str('PORT', default='8000')}").rstrip("/")
if urlsplit(BASE_URL).scheme not in {"http", "https"} or not urlsplit(BASE_URL).netloc:
    raise refuse("BASE_URL", f"{BASE_URL!r} is not an address such as https://references.example.com")
ALLOWED_HOSTS = [
    h.strip() for h in needed("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",") if h.strip()
]
SECURE = BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# --- apps -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "refprogram.urls"
WSGI_APPLICATION = "refprogram.wsgi.application"
INSTALLED_APPS = [
    "refprogram.kernel",
    "refprogram.people",
    "refprogram.notices",
    "refprogram.governance",
    "references",
    "nominations",
    "awards",
    "incentives",
    "refprogram.dashboards",
    "refprogram.ops",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_celery_beat",
    "django_filters",
    "django_htmx",
    "django_prometheus",
    "django_structlog",
    "django_tables2",
    "health_check",
    "ninja",
    "pghistory",
    "pgtrigger",
    "rules.apps.AutodiscoverRulesConfig",
    "template_partials",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "refprogram.dashboards.middleware.RequestIdMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "refprogram.dashboards.middleware.ViewerMiddleware",
    "refprogram.dashboards.middleware.ActorMiddleware",
    "refprogram.dashboards.middleware.UnreadableMiddleware",
]
_LOADERS = [
    (
        "template_partials.loader.Loader",
        [
            (
                "django.template.loaders.cached.Loader",
                ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
            )
        ],
    )
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": _LOADERS,
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "refprogram.dashboards.navigation.shell",
                "refprogram.people.demo.sign_ins",
            ],
            "builtins": ["django.templatetags.static", "django.templatetags.i18n"],
            "debug": DEBUG,
        },
    }
]
FORM_RENDERER = "refprogram.kernel.form_renderer.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- the database, its replica, the cache and the broker -------------------------------------------
if EMBEDDED:
    _default: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": places.POSTGRES_DB,
        "USER": places.POSTGRES_USER,
        "HOST": str(places.postgres_socket_dir()),
    }
else:
    _default = postgres_at("DATABASE_URL")
# Pages ask for few rows with much joined to them: there, finding the best order of joins takes longer than any order
# takes to run, and compiling a plan (JIT) never pays. `?options=` in DATABASE_URL says otherwise.
_options = {"options": "-c join_collapse_limit=3 -c jit=off", **_default.get("OPTIONS", {})}
# Behind a pool that hands out connections per transaction nothing may stay in a session: no cursors, no kept plans.
_pooled = env.bool("DATABASE_POOLED", default=False)
_kept = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "DISABLE_SERVER_SIDE_CURSORS": _pooled}
_test = {"TEMPLATE": env.str("TEST_DATABASE_TEMPLATE", default="") or None}  # ops.migrated, which leaves no migration
_test |= {"MIGRATE": not _test["TEMPLATE"]}
DATABASES = {"default": {**_default, "OPTIONS": _options, "TEST": _test, **_kept}}
DATABASE_ROUTERS = ["refprogram.kernel.replica.Router"]
if env.str("DATABASE_REPLICA_URL", default=""):  # never written to
    _replica = postgres_at("DATABASE_REPLICA_URL")
    _read = {**_replica.get("OPTIONS", {}), "options": f"{_options['options']} -c default_transaction_read_only=on"}
    DATABASES["replica"] = {**_replica, "OPTIONS": _read, **_kept}
REDIS_URL = needed("REDIS_URL", "embedded")
if REDIS_URL != "embedded" and not re.match(r"(rediss?|unix)://", REDIS_URL):
    raise refuse("REDIS_URL", "is not an address such as redis://host:6379/0")
CACHES = {
    "default": {
        "BACKEND": "refprogram.kernel.soft_cache.SoftCache",
        "LOCATION": places.redis_url(0),
        "KEY_PREFIX": "refprogram",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

CELERY_BROKER_URL = places.broker_url(1)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A broker that sleeps is given up at once: the work is in the database, and the sweep finds it (kernel.queueing).
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"

# --- who may come in --------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["refprogram.people.auth.Backend", "rules.permissions.ObjectPermissionBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "refprogram.notices.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "refprogram.people.adapter.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "refprogram.people.adapter.display_name"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody can sign up, so a stranger gets no mail from us
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE else 0  # rate limits count callers, not the proxy that ends TLS
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Addresses come from invitations and single sign-on, not from sign-up: there is nothing to verify a second time.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True  # who comes by single sign-on is the user of that address
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if env.str("OIDC_SERVER_URL", default=""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": env.str("OIDC_NAME", default="Single sign-on"),
                "client_id": needed("OIDC_CLIENT_ID", ""),
                "secret": needed("OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": env.str("OIDC_SERVER_URL")},
            }
        ]
    }

# --- safety ------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000

# --- files --------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static_root"
STATICFILES_DIRS = [d for d in (BASE_DIR / "static", BASE_DIR / "static_vendor") if d.is_dir()]
MEDIA_ROOT = Path(places.state_dir()) / "files"
# A release collects and fingerprints its files (Dockerfile); a checkout serves them straight from the folders.
# `collectstatic` itself must already write the names by which they are served afterwards.
COLLECTED = (STATIC_ROOT / "staticfiles.json").exists() or sys.argv[1:2] == ["collectstatic"]
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
STORAGE_URL = env.str("STORAGE_URL", default="")
if STORAGE_URL:
    _storage = urlsplit(STORAGE_URL)
    if _storage.scheme != "s3" or not _storage.netloc:
        raise refuse("STORAGE_URL", "is not an address such as s3://bucket?region=eu-west-1")
    _names = {"region": "region_name", "endpoint": "endpoint_url", "prefix": "location"}
    _given = dict(parse_qsl(_storage.query))
    if unknown := _given.keys() - _names.keys():
        raise refuse("STORAGE_URL", f"knows no {', '.join(sorted(unknown))}; after ? come region, endpoint, prefix")
    _s3_options = {_names[name]: value for name, value in _given.items()}
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": _storage.netloc, "querystring_auth": True, **_s3_options},
    }
# One request may bring this much; what each purpose allows stands in the wiring (FILE_POLICIES).
UPLOAD_MAX_BYTES = 100 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "refprogram.kernel.files.handlers.SizeCap",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# A callable `(bytes) -> what was found`; none: files are ready at once, washed but not scanned.
ANTIVIRUS_URL = env.str("ANTIVIRUS_URL", default="")
ANTIVIRUS = env.str("ANTIVIRUS", default="refprogram.kernel.files.antivirus.clamd" if ANTIVIRUS_URL else "")
if ANTIVIRUS_URL and (urlsplit(ANTIVIRUS_URL).scheme != "clamd" or not urlsplit(ANTIVIRUS_URL).hostname):
    raise refuse("ANTIVIRUS_URL", f"{ANTIVIRUS_URL!r} is not an address such as clamd://host:3310")

# --- mail ----------------------------------------------------------------------------------------------
_email_url = needed("EMAIL_URL", "catcher://")
MAIL_CATCHER = _email_url.startswith("catcher:")
MAIL_CATCHER_DIR = Path(places.state_dir()) / "mail"
if MAIL_CATCHER:
    EMAIL_BACKEND = "refprogram.notices.catcher.CatcherBackend"
else:
    try:
        vars().update(env.email_url("EMAIL_URL"))
    except Exception as error:
        raise refuse("EMAIL_URL", "is not an address such as smtp+tls://user:password@host:587") from error
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="refprogram <references@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Who asks: customers read the organisation's name on their pages and in their mails.
PROGRAM_NAME = "refprogram"
ORGANISATION_NAME = env.str("ORGANISATION_NAME", default="Halden Software" if DEMO else "")

# --- language, time, money --------------------------------------------------------------------------------
LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="en")
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
try:
    ZoneInfo(TIME_ZONE)
except Exception as error:
    raise refuse("TIME_ZONE", f"{TIME_ZONE!r} is not a zone such as Europe/Amsterdam") from error
CURRENCY = env.str("CURRENCY", default="USD")
CRM_RECORD_URL = env.str("CRM_RECORD_URL", default="")  # of a record there: {kind}, {id}; empty: no links
if not re.fullmatch(r"[A-Z]{3}", CURRENCY):
    raise refuse("CURRENCY", f"{CURRENCY!r} is not a three-letter code such as EUR")

# --- watching -----------------------------------------------------------------------------------------------
LOG_FORMAT = env.str("LOG_FORMAT", default="console")
if LOG_FORMAT not in {"console", "json"}:
    raise refuse("LOG_FORMAT", "must be console or json")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "refprogram.logs.formatter", "style": LOG_FORMAT}},
    "filters": {"brief": {"()": "refprogram.logs.BriefRefusals"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["brief"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"handlers": ["console"], "propagate": False},
        "pikepdf": {"level": "WARNING"},  # says at its first use that it can log
    },
}
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
SENTRY_DSN = env.str("SENTRY_DSN", default="")
