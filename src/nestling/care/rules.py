"""Who may do what in this room: an ability is held in a team, so each row's team is asked about."""

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied

from nestling.accounts.models import User
from nestling.accounts.roles import Ability

#: What each write of this room needs, in the team whose family it concerns.
WRITES: dict[str, Ability] = {
    "waiting_contact": Ability.RECEIVE_REFERRAL,
    "interim_offer": Ability.RECEIVE_REFERRAL,
    "referrer_update": Ability.RECEIVE_REFERRAL,
    "triage_again": Ability.TRIAGE,
    "close_waiting": Ability.WRITE_CLINICAL,
    "take_up": Ability.WRITE_CLINICAL,
    "work_on_episode": Ability.WRITE_CLINICAL,
}

Doable = Mapping[str, frozenset[UUID]]
"""For each write, the teams in which someone may do it."""


def doable(user: User) -> Doable:
    """What the user may do and where: asked once for a list of many rows."""
    return {act: frozenset(user.teams_where(ability)) for act, ability in WRITES.items()}


def may(user: User, act: str, *, team_id: UUID) -> bool:
    """Whether the user may do this in a team."""
    return team_id in user.teams_where(WRITES[act])


def require(user: User, act: str, *, team_id: UUID) -> None:
    """Nothing, when the user may.

    Raises:
        PermissionDenied: the user may not.
    """
    if not may(user, act, team_id=team_id):
        raise PermissionDenied(act)


def reads_clinical(user: User, *, team_id: UUID) -> bool:
    """Whether the user reads clinical content in a team."""
    return team_id in user.teams_where(Ability.READ_CLINICAL)
