"""Who is signed in: a session and its user, which every page reads, by prepared statements."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.db import SessionStore as StoredSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from nestling.accounts.models import User
from nestling.foundation.clock import now
from nestling.foundation.prepared import rows_of


class SessionStore(StoredSession):
    """Django's session in the database; `settings.SESSION_ENGINE` names this module."""

    def load(self) -> dict[str, Any]:
        """What the session holds; one that has ended or never was holds nothing and has no key."""
        key, at = self.session_key or "", now()

        def live() -> QuerySet[Session, tuple[str]]:
            found = Session.objects.filter(session_key=key, expire_date__gt=at)
            return found.values_list("session_data")

        for (stored,) in rows_of("the session", [key, at], live):
            return self.decode(stored)
        self._session_key = None
        return {}


class SignInBackend(AuthenticationBackend):  # type: ignore[misc]
    """The library's way to sign in with an address and a password."""

    def get_user(self, user_id: UUID) -> User | None:
        """The user whose session this is; nobody where the account may not sign in."""
        user = User.with_roles_held(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
