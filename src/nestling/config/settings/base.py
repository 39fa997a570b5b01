"""What every way of running Nestling shares."""

from pathlib import Path
from typing import Any

from csp.constants import NONCE, SELF

PACKAGE = Path(__file__).parent.parent.parent

DEBUG = False
ALLOWED_HOSTS: list[str] = []
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
USE_I18N = True
ROOT_URLCONF = "nestling.config.urls"
WSGI_APPLICATION = "nestling.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "nestling.foundation",
    "nestling.ui",
    "nestling.accounts",
    "nestling.staff",
    "nestling.people",
    "nestling.referrals",
    "nestling.care",
    "nestling.need",
    "nestling.evidence",
    "nestling.access_figures",
    "nestling.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "rules",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nestling.accounts.middleware.SignInMiddleware",
    # PostgreSQL only: the request's transaction, around the look that it leaves and a form's.
    "nestling.foundation.row_security.middleware.RowSecurityMiddleware",
    "nestling.foundation.access_log.AccessLogMiddleware",
    "nestling.people.redirects.MergedAddressMiddleware",
    # Last: a sent form is one transaction, and the log of looks stands outside it.
    "nestling.ui.once.FormKeyMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "nestling.ui.jinja.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "nestling.config.navigation.navigation",
                "nestling.accounts.sign_in.offer_providers",
                "nestling.ui.once.form_input",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
        },
    },
]
FORM_RENDERER = "nestling.ui.renderer.NestlingRenderer"

# Sign-in: an email address, a password and a second step; no one can sign themselves up.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "nestling.accounts.signed_in.SignInBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
ACCOUNT_ADAPTER = "nestling.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "nestling.accounts.adapters.SocialAccountAdapter"
ACCOUNT_FORMS = {"login": "nestling.accounts.forms.SignInForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/15m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_REQUIRED = True
"""Whether roles that can open a family must have a second step; only demo settings may say no."""

SESSION_ENGINE = "nestling.accounts.signed_in"
SESSION_COOKIE_AGE = 24 * 3600
"""As long as the draft of a public referral is kept; staff are signed out by silence far sooner."""
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "nestling.ui.views.csrf_failure"
IDLE_MINUTES = 30
"""Minutes without a request after which a session ends (NHS guidance for shared machines)."""

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
PUBLIC_REFERRAL_RATE = "20/h"
"""Public referrals from one address in an hour before the form asks to wait."""
DRAFT_HOURS = 24
"""Hours for which an unsent public referral is kept."""
FORM_KEY_HOURS = 24
"""Hours after which an open page can no longer be sent: it comes back with what was typed."""
DRAFT_DAYS = 14
"""Days for which what a member of staff wrote and did not save is kept for them."""
DRAFT_BYTES = 256 * 1024
DRAFTS_EACH = 100
DRAFTS_OFFERED = 5
"""The most that one draft holds, that one person has, and that one page offers."""
OUTBOX_BACKEND = "nestling.people.outbox.ConsoleBackend"
EXTRACT_DIR = ""
"""Folder of the national extract that `access_release` counts when no other is named."""
CHAIN_KEYS: list[str] = []
"""Keys that sign the logs, newest first."""
CHAIN_HEAD_FILE = ""
"""File outside the database to which the head of a log is added after each commit."""
CHAIN_HEADS_LOGGED = False
"""Whether heads go to the structured log too."""
LOOKS_FLUSHED = False
"""Whether a page waits until its look has reached the disk; else that takes up to a second."""
DEMO = False
SILENCED_SYSTEM_CHECKS: list[str] = []

POSTGRESQL_OPTIONS = {
    # A page's statements are many and small: compiling them takes longer than running them, and
    # what they read lies in memory or on a disk without moving parts.
    "options": "-c jit=off -c random_page_cost=1.1",
    # Uses of a statement after which the server keeps it prepared, see `foundation.kept_plans`.
    "prepare_threshold": 3,
}
