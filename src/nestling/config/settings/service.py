"""Settings of a real service: everything that differs between services comes from the environment.

`NESTLING_DATA_DIR` is the folder of the database, the keys and the collected static files;
`DATABASE_URL` names PostgreSQL instead of SQLite; `NESTLING_HOSTS` the names it answers to.
"""

import json
import os
from pathlib import Path

import dj_database_url

from nestling.config.logs import configure_logs
from nestling.config.settings.base import *  # noqa: F403
from nestling.foundation.keys import chain_keys, sealing_keys, secret_key

DATA_DIR = Path(os.environ.get("NESTLING_DATA_DIR", "var")).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
KEYS_DIR = Path(os.environ.get("NESTLING_KEYS_DIR", DATA_DIR / "keys"))

SECRET_KEY = secret_key(KEYS_DIR)
SEALING_KEYS = sealing_keys(KEYS_DIR)
CHAIN_KEYS = chain_keys(KEYS_DIR)
CHAIN_HEAD_FILE = os.environ.get("NESTLING_CHAIN_HEAD_FILE", str(DATA_DIR / "chain-heads.jsonl"))
CHAIN_HEADS_LOGGED = True
LOOKS_FLUSHED = os.environ.get("NESTLING_LOOKS_FLUSHED", "no") == "yes"
ALLOWED_HOSTS = os.environ.get("NESTLING_HOSTS", "127.0.0.1 localhost [::1]").split()
CSRF_TRUSTED_ORIGINS = os.environ.get("NESTLING_ORIGINS", "").split()
HTTPS = os.environ.get("NESTLING_HTTPS", "yes") == "yes"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

SQLITE_OPTIONS = {
    "timeout": 20,
    # The service has some hundred statements; a connection that knows them need not parse them.
    "cached_statements": 1000,
    # Writers queue at the door instead of failing half way.
    "transaction_mode": "IMMEDIATE",
    # WAL lets readers pass a writer; FULL keeps every acknowledged write through a power cut.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32768;"
    # Checkpoints are taken beside the requests, see `foundation.chain_flush`; this is the limit.
    " PRAGMA wal_autocheckpoint=10000",
}
# A pool in front of PostgreSQL that lends a connection for one transaction knows no kept plan.
if os.environ.get("NESTLING_KEEP_PLANS", "yes") != "yes":
    POSTGRESQL_OPTIONS["prepare_threshold"] = None  # noqa: F405

# Behind a web server every visitor has its address: this header then says who really asks.
CLIENT_IP_HEADER = os.environ.get("NESTLING_CLIENT_IP_HEADER", "")
if CLIENT_IP_HEADER:
    RATELIMIT_IP_META_KEY = "HTTP_" + CLIENT_IP_HEADER.upper().replace("-", "_")
    ALLAUTH_TRUSTED_CLIENT_IP_HEADER = CLIENT_IP_HEADER

# Without a mail server, letters such as a new password's link are written to the log.
EMAIL_HOST = os.environ.get("NESTLING_MAIL_HOST", "")
if EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_PORT = int(os.environ.get("NESTLING_MAIL_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("NESTLING_MAIL_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("NESTLING_MAIL_PASSWORD", "")
    EMAIL_USE_TLS = True
DEFAULT_FROM_EMAIL = os.environ.get("NESTLING_MAIL_FROM", "nestling@localhost")

# The web server signs in as a role that row-level security holds; commands as the tables' owner.
_OWNER = "" if os.environ.get("NESTLING_AS_APPLICATION") else "NESTLING_OWNER_DATABASE_URL"
_URL = os.environ.get(_OWNER, "") or os.environ.get("DATABASE_URL", "")
DATABASES = {
    "default": dj_database_url.parse(_URL, conn_max_age=600) | {"OPTIONS": POSTGRESQL_OPTIONS}  # noqa: F405
    if _URL
    else {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(DATA_DIR / "nestling.sqlite3"),
        # A new connection reads the whole schema and knows no statement: half of a page's time.
        "CONN_MAX_AGE": 600,
        "OPTIONS": SQLITE_OPTIONS,
    }
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
    }
}
# A counter that is shared by the web server's processes, kept in files; see the ADR on sign-in.
SILENCED_SYSTEM_CHECKS = ["django_ratelimit.E003", "django_ratelimit.W001"]
EXTRACT_DIR = os.environ.get("NESTLING_EXTRACT_DIR", "")
DRAFT_DAYS = int(os.environ.get("NESTLING_DRAFT_DAYS", str(DRAFT_DAYS)))  # noqa: F405
STATIC_ROOT = DATA_DIR / "static"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"APPS": json.loads(os.environ.get("NESTLING_OIDC", "[]"))}
}
LOGGING_CONFIG = None
configure_logs()
