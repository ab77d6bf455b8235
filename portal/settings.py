"""Settings of the portal: one file, everything variable read from the environment.

Each variable is described in docs/settings.md (a test keeps the two in step). A wrong value stops the start with
a sentence that names the variable; nothing is guessed.
"""

import re
from datetime import timedelta
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from portal.content_security import content_security_policy
from portal.maps import MAP_CREDIT, OPENSTREETMAP, map_origins
from portal.networks import read_networks
from portal.rate_limits import LIMITS
from portal.secrets import read_or_create_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()  # NAME_FILE=/path is read where NAME is not set

# --- Where things live ----------------------------------------------------------------------------

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).absolute()
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or read_or_create_secret_key(VAR_DIR / "secret_key")
BASE_URL = env.str("BASE_URL", default="http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[BASE_URL])
HTTPS = env.bool("HTTPS", default=BASE_URL.startswith("https://"))

# --- Applications ---------------------------------------------------------------------------------

INSTALLED_APPS = [
    "search",
    "library",
    "catalog_pages",
    "events",
    "archive",
    "enquiries",
    "circulation",
    "home",
    "portal",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "library.apps.StaffAccountsConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.forms",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "portal.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "portal.middleware.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.middleware.LanguageMiddleware",
    "library.limits.RateLimitMiddleware",
    "django.middleware.common.CommonMiddleware",
    "home.page_cache.PageCacheMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "library.sign_in.middleware.StaffSessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "home.old_addresses.OldAddressMiddleware",
    "axes.middleware.AxesMiddleware",
    "library.deletion.RefusedDeletionMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "library.User"

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # widgets of ours have templates among the others

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "home.context.site",
            ],
        },
    },
]

# --- Databases and cache --------------------------------------------------------------------------

SQLITE_OPTIONS = {
    "timeout": 20,
    # Taking the write lock at BEGIN keeps concurrent writers waiting their turn instead of failing half-way.
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
}


def sqlite_database(path: Path) -> dict[str, object]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": dict(SQLITE_OPTIONS)}


DATABASE_URL = env.str("DATABASE_URL", default="")
if DATABASE_URL:
    DATABASES = {"default": env.db_url_config(DATABASE_URL)}
    if DATABASES["default"].get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured(
            "DATABASE_URL must begin with postgres:// (leave it empty to use the built-in SQLite)"
        )
    DATABASES["default"] |= {
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": env.int("DATABASE_CONNECT_TIMEOUT", default=3),
            "options": f"-c statement_timeout={env.int('DATABASE_STATEMENT_TIMEOUT', default=20_000)}",
        },
    }
else:
    # The cache has a file of its own: its many small writes must not wait for an import, nor an import for them.
    DATABASES = {
        "default": sqlite_database(VAR_DIR / "db.sqlite3"),
        "cache": sqlite_database(VAR_DIR / "cache.sqlite3"),
    }
DATABASE_ROUTERS = ["portal.routers.CacheRouter"]

CACHE_URL = env.str("CACHE_URL", default="dbcache://portal_cache")
CACHES = {"default": env.cache_url_config(CACHE_URL) | {"KEY_PREFIX": "portal", "TIMEOUT": 300}}
if CACHE_URL.startswith("dbcache://"):
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 20_000}
# Pages are large and many: a store of their own, so that they push out no counter of the rate limits.
CACHES["pages"] = CACHES["default"] | {"KEY_PREFIX": "pages"}
if CACHE_URL.startswith("dbcache://"):
    CACHES["pages"] |= {"LOCATION": "portal_pages", "OPTIONS": {"MAX_ENTRIES": 5_000}}
PAGE_CACHE = env.bool("PAGE_CACHE", default=not DEBUG)

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# --- Search ---------------------------------------------------------------------------------------

ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", default="")
ELASTICSEARCH_PREFIX = env.str("ELASTICSEARCH_PREFIX", default="portal")
if not re.fullmatch(r"[a-z][a-z0-9_-]*", ELASTICSEARCH_PREFIX):
    raise ImproperlyConfigured("ELASTICSEARCH_PREFIX may hold small Latin letters, digits, - and _ only")
SEARCH_TIMEOUT = env.float("SEARCH_TIMEOUT", default=5.0)
SEARCH_INDEX_DIR = VAR_DIR / "index"

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "library.admin_search"}}  # the boxes of the staff pages

# --- Background work ------------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
LINK_CHECK = env.bool("LINK_CHECK", default=True)

# --- Languages ------------------------------------------------------------------------------------

LANGUAGES = [
    ("az", "Azərbaycanca"),
    ("kk", "Қазақша"),
    ("ka", "ქართული"),
    ("uz", "Oʻzbekcha"),
    ("tr", "Türkçe"),
    ("ru", "Русский"),
    ("en", "English"),
]
LANGUAGE_CODE = env.str("LIBRARY_LANGUAGE", default="az")
CONTENT_LANGUAGES = env.list("CONTENT_LANGUAGES", default=["az", "ru", "en"])
for code in [LANGUAGE_CODE, *CONTENT_LANGUAGES]:
    if code not in dict(LANGUAGES):
        raise ImproperlyConfigured(
            f"LIBRARY_LANGUAGE and CONTENT_LANGUAGES take {', '.join(dict(LANGUAGES))}; not {code!r}"
        )
if LANGUAGE_CODE not in CONTENT_LANGUAGES:
    raise ImproperlyConfigured("CONTENT_LANGUAGES must include LIBRARY_LANGUAGE")

USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Baku")
# The first wins: ours, then Wagtail's administration in the languages that Wagtail lacks, then months.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale_admin", BASE_DIR / "locale_dates"]
# Order and signs of dates and numbers; names of months in the midst of a date stand in locale_dates/.
FORMAT_MODULE_PATH = ["portal.formats"]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = [(code, name) for code, name in LANGUAGES if code in CONTENT_LANGUAGES]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# Those of the region: the system's whole list holds names that browsers do not know.
WAGTAIL_USER_TIME_ZONES = sorted(
    {
        TIME_ZONE,
        "Asia/Almaty",
        "Asia/Baku",
        "Asia/Qyzylorda",
        "Asia/Tashkent",
        "Asia/Tbilisi",
        "Europe/Istanbul",
    }
)
WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE = True

# --- Files ----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# Fonts are cut from their package at set-up; without them the pages fall back to system fonts.
STATICFILES_DIRS = [BASE_DIR / "static", *filter(Path.is_dir, [VAR_DIR / "assets"])]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_ROOT = VAR_DIR / "private"
PRINT_FONTS = VAR_DIR / "print-fonts"  # whole fonts for PDF, made at set-up
STATIC_MANIFEST = env.bool("STATIC_MANIFEST", default=not DEBUG)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# A style that was not collected is served under its plain name; it must not take the page down.
WHITENOISE_MANIFEST_STRICT = False
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
X_ACCEL_PREFIX = env.str("X_ACCEL_PREFIX", default="")
# Files too big to be uploaded are copied here, for imports to be started by staff; empty: nowhere.
IMPORT_DIR = env.str("IMPORT_DIR", default="")
IMPORT_MAX_MB = env.int("IMPORT_MAX_MB", default=512)  # of one uploaded file
MALWARE_COMMAND = env.str("MALWARE_COMMAND", default="")
MALWARE_TIMEOUT = env.int("MALWARE_TIMEOUT", default=60)

# --- Wagtail --------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Library portal"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "library.rich_text.TextArea"}}
WAGTAILIMAGES_IMAGE_MODEL = "library.PortalImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "library.files.forms.PictureForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = env.int("UPLOAD_MAX_PIXELS", default=80_000_000)  # over all frames
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_MODEL = "library.PortalDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "library.files.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_EXTENSIONS += ["mp4", "webm", "mp3", "m4a", "ogg", "vtt"]  # video, sound, and captions to them
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_MAX_UPLOAD_SIZE = env.int("DOCUMENT_MAX_MB", default=100) * 1024 * 1024
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no request leaves the site
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []

# --- Security -------------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]

# Five wrong passwords for one account from one address, and it is closed to that address for a while. What is
# counted is forgotten then; the lasting record is the audit log, which knows accounts and no passwords.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
AXES_HANDLER = "library.sign_in.throttling.SignInHandler"
AXES_CLIENT_IP_CALLABLE = "library.addresses.client_address"
AXES_LOCKOUT_CALLABLE = "library.sign_in.throttling.locked_out"

STAFF_IDLE_MINUTES = env.int("STAFF_IDLE_MINUTES", default=60)
AUDIT_DAYS = env.int("AUDIT_DAYS", default=730)
for name, value in {"STAFF_IDLE_MINUTES": STAFF_IDLE_MINUTES, "AUDIT_DAYS": AUDIT_DAYS}.items():
    if value < 1:
        raise ImproperlyConfigured(f"{name} must be 1 or more; not {value}")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000 if HTTPS else 0)
# Other hosts of the library's domain are not ours to bind (W005, W021); Wagtail previews pages in a frame (W019).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W019", "security.W021"]
SECURE_CONTENT_TYPE_NOSNIFF = True
# What people search must not travel to other sites, not even as the address they came from (A29).
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
RATE_LIMIT_MODE = env.str("RATE_LIMIT_MODE", default="on")
if RATE_LIMIT_MODE not in ("on", "report", "off"):
    raise ImproperlyConfigured(f"RATE_LIMIT_MODE is on, report or off; not {RATE_LIMIT_MODE!r}")
# Requests from this machine are its operator's, or those of a proxy that all readers come through.
LOOPBACK = ["127.0.0.0/8", "::1"]
RATE_LIMITS = LIMITS
RATE_LIMIT_ALLOW = read_networks("RATE_LIMIT_ALLOW", env.list("RATE_LIMIT_ALLOW", default=LOOPBACK))
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^health/"]


# --- Maps -----------------------------------------------------------------------------------------

MAP_TILES = env.str("MAP_TILES", default="")  # empty: maps are drawn, and no request leaves the site
MAP_TILES_CREDIT = env.str("MAP_TILES_CREDIT", default=MAP_CREDIT)
MAP_LINK = env.str("MAP_LINK", default=OPENSTREETMAP)
CONTENT_SECURITY_POLICY = content_security_policy(pictures_from=map_origins(tiles=MAP_TILES, link=MAP_LINK))

# --- Mail and logs --------------------------------------------------------------------------------

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=15)  # seconds for each step of the talk with the mail server
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="library@localhost")
BOUNCE_ADDRESS = env.str("BOUNCE_ADDRESS", default=DEFAULT_FROM_EMAIL)
BOUNCES_URL = env.str("BOUNCES_URL", default="")

# News are announced in a channel of the library, if it has one. The address is Telegram's own, or a relay's.
TELEGRAM_BOT_TOKEN = env.str("TELEGRAM_BOT_TOKEN", default="")
TELEGRAM_CHANNEL = env.str("TELEGRAM_CHANNEL", default="")
TELEGRAM_API_URL = env.str("TELEGRAM_API_URL", default="https://api.telegram.org")
if bool(TELEGRAM_BOT_TOKEN) != bool(TELEGRAM_CHANNEL):
    raise ImproperlyConfigured("TELEGRAM_BOT_TOKEN and TELEGRAM_CHANNEL belong together: set both or neither")
if TELEGRAM_BOT_TOKEN and not re.fullmatch(r"[0-9]+:[\w-]+", TELEGRAM_BOT_TOKEN):
    raise ImproperlyConfigured("TELEGRAM_BOT_TOKEN is a number, a colon and letters, as BotFather gave it")
if TELEGRAM_CHANNEL and not re.fullmatch(r"@\w+|-?[0-9]+", TELEGRAM_CHANNEL):
    raise ImproperlyConfigured(f"TELEGRAM_CHANNEL is @name or a number; not {TELEGRAM_CHANNEL!r}")
if not re.match(r"https?://[^/]", TELEGRAM_API_URL):
    raise ImproperlyConfigured("TELEGRAM_API_URL must begin with https:// or http://")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "portal.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "portal": {"level": env.str("LOG_LEVEL", default="INFO").upper()},
        "library": {"level": "INFO"},
        "search": {"level": "INFO"},
        "django_tasks_db": {"level": "WARNING"},
        # Its messages carry the whole address with the query; our own request log says the same without it.
        "django.request": {"level": "ERROR"},
        "elastic_transport": {"level": "ERROR"},
        # Its warnings name accounts and addresses; the audit log has what is needed.
        "axes": {"level": "ERROR"},
    },
}
