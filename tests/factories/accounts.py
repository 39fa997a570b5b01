"""Organisations, teams, users and the roles they hold."""

from datetime import date

from factory.django import DjangoModelFactory

from nestling.accounts.models import (
    Membership,
    Nation,
    Organisation,
    SecondStepReset,
    Team,
    User,
)
from nestling.accounts.roles import TEAM_ROLES, Role
from tests.factories import LazyAttribute, Password, SelfAttribute, Sequence, SubFactory, Trait

LONG_AGO = date(2020, 1, 1)


class OrganisationFactory(DjangoModelFactory[Organisation]):
    """An organisation in England; traits for the other nations."""

    class Meta:
        model = Organisation

    class Params:
        in_scotland = Trait(nation=Nation.SCOTLAND)
        in_wales = Trait(nation=Nation.WALES)
        in_northern_ireland = Trait(nation=Nation.NORTHERN_IRELAND)

    name = Sequence(lambda n: f"Willowbrook Trust {n}")
    nation = Nation.ENGLAND


class TeamFactory(DjangoModelFactory[Team]):
    """A team of an organisation of its own, unless one is given."""

    class Meta:
        model = Team

    organisation = SubFactory(OrganisationFactory)
    name = Sequence(lambda n: f"Willowbrook Team {n}")
    slug = Sequence(lambda n: f"willowbrook-{n}")
    reference_prefix = Sequence(lambda n: f"W{n % 1000:03d}")


class UserFactory(DjangoModelFactory[User]):
    """Someone who signs in and holds no role yet; `user_with` gives one."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = Sequence(lambda n: f"user{n}@example.org")
    given_name = "Asha"
    family_name = Sequence(lambda n: f"Fenwick{n}")
    organisation = SubFactory(OrganisationFactory)
    password = Password("nesting-birds-2026")


class MembershipFactory(DjangoModelFactory[Membership]):
    """A role in a team since long ago; a trait for each role."""

    class Meta:
        model = Membership

    class Params:
        practitioner = Trait(role=Role.PRACTITIONER)
        clinical_lead = Trait(role=Role.CLINICAL_LEAD)
        team_administrator = Trait(role=Role.TEAM_ADMINISTRATOR)
        service_manager = Trait(role=Role.SERVICE_MANAGER)
        commissioner = Trait(role=Role.COMMISSIONER, team=None)
        analyst = Trait(role=Role.ANALYST, team=None)
        information_governance = Trait(role=Role.INFORMATION_GOVERNANCE, team=None)
        system_administrator = Trait(role=Role.SYSTEM_ADMINISTRATOR, team=None)
        ended = Trait(until_on=date(2021, 1, 1))

    team = SubFactory(TeamFactory)
    organisation = LazyAttribute(
        lambda row: row.team.organisation if row.team else OrganisationFactory.create()
    )
    user = SubFactory(UserFactory, organisation=SelfAttribute("..organisation"))
    role = Role.PRACTITIONER
    from_on = LONG_AGO


class SecondStepResetFactory(DjangoModelFactory[SecondStepReset]):
    """A second step that somebody else took away; the message has not left."""

    class Meta:
        model = SecondStepReset

    user = SubFactory(UserFactory)
    reset_by = SubFactory(UserFactory, organisation=SelfAttribute("..user.organisation"))
    reason = "Lost the phone; I rang back at the clinic"
    reset_on = LONG_AGO


def user_with(role: Role, *, team: Team) -> User:
    """A new user with a role in a team, or in its organisation for roles that are held there."""
    in_team = team if role in TEAM_ROLES else None
    row = MembershipFactory.create(role=role, team=in_team, organisation=team.organisation)
    user: User = row.user
    return user
