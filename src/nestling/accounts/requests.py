"""The request of someone who is signed in: its user is ours, never anonymous."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from nestling.accounts.models import User


class StaffRequest(HttpRequest):
    """A request that the sign-in middleware has let through; for annotations only."""

    user: "User"
