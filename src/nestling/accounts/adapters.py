"""How allauth behaves here: no one signs themselves up, and a known address is enough for OIDC."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest, HttpResponse

from nestling.accounts.models import User
from nestling.foundation.clock import today


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """No."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse | None:
        """Refuse whoever's account is closed today, whether or not the day's round has run."""
        if user.is_closed(today()):
            # In memory only: allauth knows no closing but this one.
            user.is_active = False
        answer: HttpResponse | None = super().pre_login(request, user, **more)
        return answer


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Signing in with the organisation's account works for people who already have one here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """No."""
        return False
