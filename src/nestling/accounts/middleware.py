"""Who may pass: signed in unless the page is public, with a second step for families' records."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from nestling.accounts.public import PUBLIC_PAGES, SECOND_STEP_PAGES
from nestling.accounts.roles import Ability
from nestling.foundation.clock import now, today
from nestling.foundation.drafts import keep_sent

WRITING_KEPT = "Your form was not saved yet. What you wrote comes back when you have signed in."
LAST_SEEN = "last_seen_minute"
NEEDS_SECOND_STEP = (Ability.OPEN_FAMILY, Ability.READ_CLINICAL)


class SignInMiddleware:
    """Login required by default, idle time-out, and the second step."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the way."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; `process_view` decides once the page is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """An answer in place of the page, or nothing when the visitor may pass."""
        page = request.resolver_match.view_name if request.resolver_match else ""
        if request.user.is_authenticated and request.user.is_closed(today()):
            logout(request)
            return None if page in PUBLIC_PAGES else redirect("account_inactive")
        if request.user.is_authenticated and has_been_idle(request):
            logout(request)
            messages.info(request, "You were signed out because nothing happened for a while.")
            return None if page in PUBLIC_PAGES else to_sign_in(request)
        if page in PUBLIC_PAGES:
            return None
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if page not in SECOND_STEP_PAGES and lacks_second_step(request):
            messages.info(request, "Set up a second step before you open families' records.")
            keep_sent(request)
            return redirect("mfa_index")
        return None


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; a form that was sent comes back with what it said."""
    if keep_sent(request):
        messages.info(request, WRITING_KEPT)
    return redirect_to_login(request.get_full_path())


def has_been_idle(request: HttpRequest) -> bool:
    """Whether the session was silent for too long; otherwise its last minute is noted.

    The minute is written at most once a minute, so that most pages do not write the session.
    """
    minute = int(now().timestamp()) // 60
    last = request.session.get(LAST_SEEN, minute)
    if minute - last >= timedelta(minutes=settings.IDLE_MINUTES).total_seconds() // 60:
        return True
    if request.session.get(LAST_SEEN) != minute:
        request.session[LAST_SEEN] = minute
    return False


def lacks_second_step(request: HttpRequest) -> bool:
    """Whether the user's roles need a second step that the user has not set up."""
    user = request.user
    if not settings.MFA_REQUIRED or not user.is_authenticated:
        return False
    return any(user.can(ability) for ability in NEEDS_SECOND_STEP) and not is_mfa_enabled(user)
