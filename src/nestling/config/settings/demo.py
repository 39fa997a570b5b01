"""Settings of the demo: made-up people on this machine only, so a password is enough."""

from nestling.config.settings.service import *  # noqa: F403

DEMO = True
MFA_REQUIRED = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
SECURE_PROXY_SSL_HEADER = None
CHAIN_HEADS_LOGGED = False
