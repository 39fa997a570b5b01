"""Organisations, teams, users and the roles they hold."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from nestling.accounts.models import Membership, Nation, Organisation, Team, User
from nestling.accounts.roles import TEAM_ROLES, Role

LONG_AGO = date(2020, 1, 1)


class OrganisationFactory(DjangoModelFactory):
    """An organisation in England; traits for the other nations."""

    class Meta:
        model = Organisation

    class Params:
        in_scotland = factory.Trait(nation=Nation.SCOTLAND)
        in_wales = factory.Trait(nation=Nation.WALES)
        in_northern_ireland = factory.Trait(nation=Nation.NORTHERN_IRELAND)

    name = factory.Sequence(lambda n: f"Willowbrook Trust {n}")
    nation = Nation.ENGLAND


class TeamFactory(DjangoModelFactory):
    """A team of an organisation of its own, unless one is given."""

    class Meta:
        model = Team

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Willowbrook Team {n}")
    slug = factory.Sequence(lambda n: f"willowbrook-{n}")
    reference_prefix = factory.Sequence(lambda n: f"W{n % 1000:03d}")


class UserFactory(DjangoModelFactory):
    """Someone who signs in and holds no role yet; `user_with` gives one."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"user{n}@example.org")
    given_name = "Asha"
    family_name = factory.Sequence(lambda n: f"Fenwick{n}")
    organisation = factory.SubFactory(OrganisationFactory)
    password = factory.django.Password("nesting-birds-2026")


class MembershipFactory(DjangoModelFactory):
    """A role in a team since long ago; a trait for each role."""

    class Meta:
        model = Membership

    class Params:
        practitioner = factory.Trait(role=Role.PRACTITIONER)
        clinical_lead = factory.Trait(role=Role.CLINICAL_LEAD)
        team_administrator = factory.Trait(role=Role.TEAM_ADMINISTRATOR)
        service_manager = factory.Trait(role=Role.SERVICE_MANAGER)
        commissioner = factory.Trait(role=Role.COMMISSIONER, team=None)
        analyst = factory.Trait(role=Role.ANALYST, team=None)
        information_governance = factory.Trait(role=Role.INFORMATION_GOVERNANCE, team=None)
        system_administrator = factory.Trait(role=Role.SYSTEM_ADMINISTRATOR, team=None)
        ended = factory.Trait(until_on=date(2021, 1, 1))

    team = factory.SubFactory(TeamFactory)
    organisation = factory.LazyAttribute(
        lambda row: row.team.organisation if row.team else OrganisationFactory()
    )
    user = factory.SubFactory(UserFactory, organisation=factory.SelfAttribute("..organisation"))
    role = Role.PRACTITIONER
    from_on = LONG_AGO


def user_with(role: Role, *, team: Team) -> User:
    """A new user with a role in a team, or in its organisation for roles that are held there."""
    in_team = team if role in TEAM_ROLES else None
    row = MembershipFactory.create(role=role, team=in_team, organisation=team.organisation)
    user: User = row.user
    return user
