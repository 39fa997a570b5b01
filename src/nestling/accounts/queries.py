"""Members and teams that a user may see or manage."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from nestling.accounts.models import Membership, Team, User
from nestling.accounts.roles import Ability
from nestling.foundation.clock import today


def members(by: User) -> QuerySet[User]:
    """Everyone with an account in an organisation whose members the user manages."""
    held = Membership.objects.dated(today()).select_related("team").order_by("role")
    return (
        User.objects.filter(organisation__in=by.organisations_where(Ability.MANAGE_MEMBERS))
        .prefetch_related(Prefetch("memberships", queryset=held, to_attr="held_now"))
        .order_by("family_name", "given_name")
    )


def open_member(pk: UUID, *, by: User) -> User:
    """One account that the user manages.

    Raises:
        Http404: there is none, or it is not theirs to manage.
    """
    found = members(by).filter(pk=pk).first()
    if found is None:
        raise Http404("no such member")
    return found


def open_membership(pk: UUID, *, by: User, also_over: bool = False) -> Membership:
    """One role that the user may end; also one that ended while its page was open.

    Raises:
        Http404: there is none, or it is not theirs to end.
    """
    organisations = by.organisations_where(Ability.MANAGE_MEMBERS)
    rows = Membership.objects.filter(organisation__in=organisations)
    rows = rows if also_over else rows.filter(until_on__isnull=True)
    found = rows.select_related("user", "team").filter(pk=pk).first()
    if found is None:
        raise Http404("no such role")
    return found


def managed_teams(by: User) -> QuerySet[Team]:
    """Teams of the organisations whose members the user manages."""
    organisations = by.organisations_where(Ability.MANAGE_MEMBERS)
    return Team.objects.filter(organisation__in=organisations).order_by("name")


def open_team(pk: UUID, *, by: User) -> Team:
    """One team that the user manages.

    Raises:
        Http404: there is none, or it is not theirs to manage.
    """
    found = managed_teams(by).filter(pk=pk).first()
    if found is None:
        raise Http404("no such team")
    return found


def teams_open_to_the_public() -> list[Team]:
    """Teams that take referrals from the public form."""
    return list(Team.objects.filter(takes_public_referrals=True).order_by("name"))
