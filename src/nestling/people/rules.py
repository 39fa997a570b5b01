"""Who may do what with a family: an ability counts only in the team that declared the family."""

from django.core.exceptions import PermissionDenied

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.people.models import Family

LENT = frozenset({Ability.OPEN_FAMILY, Ability.READ_CLINICAL})
"""What emergency access lends to someone who has it in another team: to read, not to write."""


def may(user: User, ability: Ability, family: Family) -> bool:
    """Whether the user has an ability in the family's team, or is lent it in an emergency."""
    if family.team_id in user.teams_where(ability):
        return True
    return ability in LENT and bool(emergency_reason(family)) and user.can(ability)


def emergency_reason(family: Family) -> str:
    """Why the family was opened in an emergency; nothing where it was opened otherwise."""
    return vars(family).get("emergency") or ""


def reads_clinical(user: User, family: Family) -> bool:
    """Whether notes, risks and safeguarding words of the family are for the user."""
    return may(user, Ability.READ_CLINICAL, family)


def writes_clinical(user: User, family: Family) -> bool:
    """Whether the user works with the family."""
    return may(user, Ability.WRITE_CLINICAL, family)


def keeps_details(user: User, family: Family) -> bool:
    """Whether the user keeps names, dates, numbers, contact details and tasks in order."""
    return may(user, Ability.RECEIVE_REFERRAL, family)


def require(user: User, ability: Ability, family: Family) -> None:
    """Refuse a user without the ability in the family's team.

    Raises:
        PermissionDenied: no role there has it.
    """
    if not may(user, ability, family):
        raise PermissionDenied(ability)
