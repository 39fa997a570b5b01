"""Who works here and in what role: accounts, memberships and teams."""

from dataclasses import dataclass
from datetime import date
from itertools import chain, count

from django.db import transaction
from django.utils.text import slugify

from nestling.accounts.closing import keep_an_administrator
from nestling.accounts.models import Membership, Organisation, Team, User
from nestling.accounts.roles import TEAM_ROLES, Role
from nestling.foundation import audit


class RoleNeedsTeamError(ValueError):
    """A role that is held in a team was given without one."""


class AccountExistsError(ValueError):
    """Someone already signs in with this email address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """Someone who will sign in."""

    email: str
    given_name: str
    family_name: str


@transaction.atomic
def add_member(
    member: NewMember, *, organisation: Organisation, by: User | None, password: str | None = None
) -> User:
    """An account in an organisation, with no role yet.

    Raises:
        AccountExistsError: the email address is in use.
    """
    email = User.objects.normalize_email(member.email).lower()
    if User.objects.filter(email=email).exists():
        raise AccountExistsError(email)
    user = User(
        email=email,
        given_name=member.given_name,
        family_name=member.family_name,
        organisation=organisation,
    )
    user.set_password(password)
    return audit.create(user, by=by, action="account_added")


@transaction.atomic
def give_role(
    user: User, *, role: Role, team: Team | None, on: date, by: User | None
) -> Membership:
    """A role from a day; one that is held in a team names it.

    Raises:
        RoleNeedsTeamError: the role and the team do not fit.
    """
    if (role in TEAM_ROLES) != (team is not None):
        raise RoleNeedsTeamError(role.label)
    organisation = team.organisation if team else user.organisation
    if organisation is None:
        raise RoleNeedsTeamError("the account belongs to no organisation")
    membership = Membership(user=user, organisation=organisation, team=team, role=role, from_on=on)
    return audit.create(membership, by=by, action="role_given")


@transaction.atomic
def end_role(membership: Membership, *, on: date, by: User) -> Membership:
    """The role ends on a day; what was done in it stays signed. One that is over stays as it is.

    Raises:
        LastAdministratorError: nobody else could manage the organisation's members then.
    """
    if membership.until_on is not None:
        return membership
    if membership.held is Role.SYSTEM_ADMINISTRATOR:
        keep_an_administrator(membership.organisation, without=membership.user, on=on)
    return audit.change(membership, {"until_on": on}, by=by, action="role_ended")


class TeamExistsError(ValueError):
    """The organisation has a team of this name."""


@transaction.atomic
def add_team(
    organisation: Organisation, values: dict[str, object], *, prefix: str, by: User
) -> Team:
    """A team with no one in it yet; its reference letters are kept in capitals.

    Raises:
        TeamExistsError: there is one of this name.
    """
    name = str(values["name"])
    if Team.objects.filter(organisation=organisation, name=name).exists():
        raise TeamExistsError(name)
    slug = free_slug(name)
    team = Team(organisation=organisation, slug=slug, reference_prefix=prefix.upper())
    for field, value in values.items():
        setattr(team, field, value)
    return audit.create(team, by=by, action="team_added")


def free_slug(name: str) -> str:
    """A short name for addresses that no team of any organisation has."""
    base = slugify(name)[:50] or "team"
    taken = set(Team.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{n}" for n in count(2))
    return next(slug for slug in chain([base], numbered) if slug not in taken)


def change_team(team: Team, values: dict[str, object], *, by: User) -> Team:
    """A team's public facts."""
    return audit.change(team, values, by=by, action="team_changed")
