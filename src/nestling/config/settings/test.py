"""Settings of the test suite: SQLite, or PostgreSQL where `DATABASE_URL` names one."""

import os

import dj_database_url

from nestling.config.settings.base import *  # noqa: F403

SECRET_KEY = "for tests only"  # noqa: S105 - a made-up secret
SEALING_KEYS = ["dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk="]
CHAIN_KEYS = ["for-tests-only"]
DATABASES = {
    "default": dj_database_url.parse(os.environ.get("NESTLING_TEST_DATABASE", "sqlite://:memory:"))
}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"] = POSTGRESQL_OPTIONS  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]

TEMPLATES[0]["OPTIONS"]["record_misses"] = True  # noqa: F405 - from the base settings
