"""Every setting of Policy Studio; what differs between machines comes from the environment.

Two modes: `production`, the default, refuses to start when something unsafe is set; `development` is what `make run`
writes into `var/env`, a file that is read when it exists. A variable of the real environment always wins over the file.
"""

import logging
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

# So that `ModelForm[Policy]` and the like mean to Python what they mean to the type checker.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# An empty POLICYSTUDIO_ENV_FILE means: read no file.
ENV_FILE = os.environ.get("POLICYSTUDIO_ENV_FILE", str(BASE_DIR / "var" / "env"))
if ENV_FILE and Path(ENV_FILE).is_file():
    env.read_env(ENV_FILE, overwrite=False)

# --- mode and what production refuses -------------------------------------------------------------------------------
MODE = env.str("POLICYSTUDIO_MODE", default="production")
if MODE not in {"production", "development"}:
    raise ImproperlyConfigured(f"POLICYSTUDIO_MODE is {MODE!r}; set it to `production` or `development`.")
IS_PRODUCTION = MODE == "production"

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS: list[str] = env.list(
    "ALLOWED_HOSTS", default=[] if IS_PRODUCTION else ["127.0.0.1", "localhost", "[::1]"]
)

NEW_KEY = "make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
if not SECRET_KEY:
    raise ImproperlyConfigured(
        f"SECRET_KEY is not set; {NEW_KEY}"
        if IS_PRODUCTION
        else "SECRET_KEY is not set; `make run` writes one into var/env."
    )
if IS_PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("DEBUG is on, which shows secrets to visitors; unset DEBUG in production.")
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or "insecure" in SECRET_KEY.lower():
        raise ImproperlyConfigured(f"SECRET_KEY is too short or a default; {NEW_KEY}")
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS is empty; set it to the host names that people use, separated by commas."
        )
    if any("*" in host for host in ALLOWED_HOSTS):
        raise ImproperlyConfigured("ALLOWED_HOSTS holds `*`; name the host names that people use instead.")

# --- the application ------------------------------------------------------------------------------------------------
ROOT_URLCONF = "policystudio.urls"
WSGI_APPLICATION = "policystudio.wsgi.application"
AUTH_USER_MODEL = "teams.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "policystudio.audit",
    "policystudio.teams",
    "policystudio.standards",
    "policystudio.accounts",
    "policystudio.policies",
    "policystudio.search",
    "policystudio.importing",
    "policystudio.waivers",
    "policystudio.cases",
    "policystudio.guardrails",
    "policystudio.review",
    "policystudio.api",
    "policystudio.web",
    "policystudio.cli",
    "policystudio.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "rest_framework",
    "django_htmx",
    "csp",
    "axes",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "policystudio.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "policystudio.api.middleware.ApiRequests",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "policystudio.sessions.SessionLimits",
    "policystudio.web.middleware.ViewerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    },
]

# --- database -------------------------------------------------------------------------------------------------------
DATABASE: dict[str, Any] = env.db_url(
    "DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'policystudio.sqlite3'}"
)
# Services own their transactions: each is one verb, one transaction, one audit event.
DATABASE["ATOMIC_REQUESTS"] = False
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE, because a read that becomes a write cannot wait for its lock; 30 s, because waiting is not fair;
    # FULL, because NORMAL may lose the last commits with the power.
    DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
# Opening one costs more than most requests: on SQLite the statements above, on PostgreSQL a process of the server.
DATABASE["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASE["CONN_HEALTH_CHECKS"] = True
DATABASES = {"default": DATABASE}

# --- people, sessions, log-in limits --------------------------------------------------------------------------------
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"

SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=2 * 3600)
SESSION_COOKIE_AGE = env.int("SESSION_MAX_SECONDS", default=12 * 3600)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = IS_PRODUCTION
CSRF_FAILURE_VIEW = "policystudio.web.pages.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Forwarded headers are believed only as far as this many proxies in front of the application wrote them.
PROXY_COUNT = env.int("PROXY_COUNT", default=0)

AXES_HANDLER = "policystudio.log_in_limits.LogInLimits"
AXES_FAILURE_LIMIT = 5
# Wrong passwords within the cool-off time, whatever the name or whatever the address.
LOG_IN_FAILURES_PER_ADDRESS = 50
LOG_IN_FAILURES_PER_USER = 50
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "policystudio.clients.client_address"
AXES_LOCKOUT_CALLABLE = "policystudio.web.pages.login.locked_out"
AXES_RESET_ON_SUCCESS = True
# Otherwise whoever keeps trying keeps the owner out for ever.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_ALLOWED_CORS_ORIGINS = ""

# --- transport and headers ------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=IS_PRODUCTION)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 3600 if IS_PRODUCTION else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PRODUCTION
SECURE_HSTS_PRELOAD = IS_PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}

# --- limits on what comes in ----------------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# All files of an import together; they are kept in memory, as a web process has no disk of its own.
FILE_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "policystudio.web.uploads.BoundedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 1000

# --- REST API -------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    # Basic log-in stays out: wrong credentials on any request would count as log-in failures.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "policystudio.api.authentication.BearerAuthentication",
        "policystudio.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PARSER_CLASSES": ["policystudio.api.parsers.ExactJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "EXCEPTION_HANDLER": "policystudio.api.problems.handler",
    "NUM_PROXIES": PROXY_COUNT,
    "URL_FORMAT_OVERRIDE": None,
}
# A brake on loops gone wild and not a quota: each person, with all their tokens, may go on at this rate, this far ahead
# of it. Counted in each process; a limit across hosts belongs into the proxy in front.
API_REQUESTS_PER_SECOND = env.float("API_REQUESTS_PER_SECOND", default=200.0)
API_BURST = env.float("API_BURST", default=5000.0)

# --- languages and time ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "policystudio" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- static files ---------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "var" / "static")))
# The manifest needs `collectstatic`, which production runs once; elsewhere files are served from where they lie.
WHITENOISE_AUTOREFRESH = not IS_PRODUCTION
WHITENOISE_USE_FINDERS = not IS_PRODUCTION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- logs -----------------------------------------------------------------------------------------------------------
LOGGING_CONFIG = "policystudio.logs.configure"
LOGGING = {"level": env.str("LOG_LEVEL", default="INFO")}
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = ""
# One line for each request is enough: the one at its end, which knows the status.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG

# --- demo -----------------------------------------------------------------------------------------------------------
# The demo team with its well-known names exists only outside production.
DEMO_ENABLED = not IS_PRODUCTION
DEMO_PASSWORD = "" if IS_PRODUCTION else env.str("DEMO_PASSWORD", default="")
