"""What the views of this room take from a request."""

from typing import cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from nestling.accounts.models import User
from nestling.accounts.roles import Ability


def user_of(request: HttpRequest) -> User:
    """Who is signed in: no view of this room but the public form is reached by anybody else."""
    return cast("User", request.user)


def check_can(request: HttpRequest, ability: Ability) -> User:
    """The user, who holds the ability in some team.

    Raises:
        PermissionDenied: in none.
    """
    user = user_of(request)
    if not user.can(ability):
        raise PermissionDenied
    return user


def page_number(request: HttpRequest) -> int:
    """The page of a list that is asked for; the first where the address says nonsense."""
    asked = request.GET.get("page", "")
    return max(int(asked[:6]), 1) if asked.isascii() and asked.isdigit() else 1


def chosen_id(request: HttpRequest, name: str) -> UUID | None:
    """An id in the address, or nothing where it is none."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None
