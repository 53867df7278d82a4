"""The one settings file; everything a city may change comes from the environment (docs/operate.md lists the names)."""

from pathlib import Path

import environ
from django.utils.csp import CSP

from gongchuang import keys, logs, sqlite

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent
# Which city: database, key, uploads, built static files and backups of one installation stand in one folder.
DATA = Path(env.str("GONGCHUANG_DATA", "data")).resolve()
DEBUG = env.bool("GONGCHUANG_DEBUG", False)

# Where the head of the event chain is written down, outside the database.
ANCHORS = DATA / "anchors.txt"
# Made by `gongchuang init` with mode 0600, kept outside the database; all other keys are derived from it by purpose.
KEY_FILE = DATA / "secret" / "master.key"
MASTER_KEY = keys.read(KEY_FILE)
# Empty before init: Django then refuses to sign anything, and commands that need no city still run.
SECRET_KEY = keys.for_django(MASTER_KEY)
ALLOWED_HOSTS = env.list("GONGCHUANG_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("GONGCHUANG_ORIGINS", default=[])

INSTALLED_APPS = [
    # In the order of the staircase; excel, paper and cli are plain packages.
    "gongchuang.kernel",
    "gongchuang.people",
    "gongchuang.bank",
    "gongchuang.proposals",
    "gongchuang.results",
    "gongchuang.studios",
    "gongchuang.academy",
    "gongchuang.contests",
    "gongchuang.matchmaker",
    "gongchuang.honours",
    "gongchuang.indicators",
    "gongchuang.report",
    "gongchuang.web",
    "gongchuang.api",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "django_htmx",
    "django_ox",
    "django_structlog",
    "ninja",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gongchuang.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "gongchuang.people.request.SessionAccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "gongchuang.people.request.PersonMiddleware",
    "gongchuang.kernel.remembered.RememberedMiddleware",
    "gongchuang.web.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "gongchuang.urls"
WSGI_APPLICATION = "gongchuang.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.csp",
                "django.template.context_processors.i18n",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongchuang.web.context.page",
            ],
        },
    }
]

# --- Database: SQLite in the data folder, or PostgreSQL 15 and later by DATABASE_URL -------------------------------
if env.str("DATABASE_URL", ""):
    DATABASES = {"default": env.db_url("DATABASE_URL")}
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
else:
    DATABASES = {
        "default": {
            "ENGINE": "gongchuang.sqlite",
            "NAME": DATA / "gongchuang.sqlite3",
            "OPTIONS": {
                "init_command": sqlite.init_command(),
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
            },
        }
    }
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Accounts -------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "gongchuang.people.backends.AccountBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "gongchuang.people.hashers.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_ADAPTER = "gongchuang.people.backends.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/15m/key,100/15m/ip"}
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# No e-mail is sent: whom a record waits for is told on pages, a lost password is given anew by a person. Whatever tried would fail
# aloud instead of being lost, and the pages of allauth that promise one are closed (gongchuang/urls.py).
MAILERS: dict[str, dict[str, str]] = {}
# HSTS speaks for this host alone: what other names of the city's domain serve is not ours to say (W005, W021).
SILENCED_SYSTEM_CHECKS = ["mail.W001", "security.W005", "security.W021"]
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "gongchuang"
SESSION_ENGINE = "gongchuang.people.sessions"

# --- Language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- Files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Source maps are read by developers alone: they are served, but not worth compressing.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["jpg", "jpeg", "png", "gif", "webp", "zip", "gz", "br", "woff", "woff2", "map"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20

# --- Background tasks: Django's own task API, kept in the same database --------------------------------------------
# Sealing and folding is done every few seconds beside the worker (gongchuang/cli/served.py), without a row in the queue.
SCHEDULES = {
    "escalate": {"task": "gongchuang.cli.tasks.escalate_overdue", "cron": "0 8 * * *"},
    "clear": {"task": "gongchuang.cli.tasks.clear_away", "cron": "30 3 * * *"},
}
TASKS = {"default": {"BACKEND": "django_ox.backend.OxBackend", "OPTIONS": {"SCHEDULES": SCHEDULES}}}

# --- Browser security -----------------------------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
CSRF_FAILURE_VIEW = "gongchuang.web.views.csrf_failed"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# Behind a city's TLS proxy; a demo on plain http leaves it off, and `check --deploy` says so.
BEHIND_TLS = env.bool("GONGCHUANG_TLS", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0

LOGGING = logs.configuration(env.str("GONGCHUANG_LOG", "WARNING").upper())
