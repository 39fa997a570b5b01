"""Practitioners whom a user may see."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from nestling.accounts.models import User
from nestling.staff.models import Practitioner


def practitioners(by: User) -> QuerySet[Practitioner]:
    """Practitioners of the teams whose staff the user manages, and the user's own row."""
    return (
        Practitioner.objects.visible_to(by)
        .select_related("user")
        .prefetch_related("leave", "certificates")
        .order_by("user__family_name", "user__given_name")
    )


def open_practitioner(pk: UUID, *, by: User) -> Practitioner:
    """One practitioner.

    Raises:
        Http404: there is none, or the user may not see them.
    """
    found = practitioners(by).filter(pk=pk).first()
    if found is None:
        raise Http404("no such practitioner")
    return found


def own(by: User) -> Practitioner | None:
    """The user's own facts, if there are any yet."""
    return practitioners(by).filter(user=by).first()
