"""Members, roles and teams: who keeps them and what is checked."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nestling.accounts.models import Membership, Organisation, Team, User
from nestling.accounts.roles import ABILITIES, TEAM_ROLES, Ability, Role, roles_with
from nestling.accounts.services import (
    AccountExistsError,
    NewMember,
    RoleNeedsTeamError,
    add_member,
    add_team,
    end_role,
    give_role,
)
from nestling.accounts.setup import SetupError, make_first_administrator
from nestling.foundation.clock import today

pytestmark = pytest.mark.django_db
ANN = NewMember(email="Ann@Example.org", given_name="Ann", family_name="O'Hara")


def test_every_role_has_its_abilities() -> None:
    assert set(ABILITIES) == set(Role)


@pytest.mark.parametrize(
    "role",
    [Role.COMMISSIONER, Role.ANALYST, Role.INFORMATION_GOVERNANCE, Role.SYSTEM_ADMINISTRATOR],
)
def test_roles_of_the_organisation_open_no_family(role: Role) -> None:
    assert not {Ability.OPEN_FAMILY, Ability.READ_CLINICAL} & ABILITIES[role]


def test_only_team_roles_open_families() -> None:
    assert set(roles_with(Ability.OPEN_FAMILY)) == TEAM_ROLES


def test_an_email_address_is_one_whatever_its_capitals(organisation: Organisation) -> None:
    add_member(ANN, organisation=organisation, by=None)

    with pytest.raises(AccountExistsError):
        add_member(
            NewMember(email="ann@example.org", given_name="A", family_name="B"),
            organisation=organisation,
            by=None,
        )


def test_a_team_role_names_its_team(organisation: Organisation, team: Team) -> None:
    ann = add_member(ANN, organisation=organisation, by=None)

    with pytest.raises(RoleNeedsTeamError):
        give_role(ann, role=Role.PRACTITIONER, team=None, on=today(), by=None)
    with pytest.raises(RoleNeedsTeamError):
        give_role(ann, role=Role.ANALYST, team=team, on=today(), by=None)


def test_an_ended_role_opens_nothing(organisation: Organisation, team: Team) -> None:
    ann = add_member(ANN, organisation=organisation, by=None)
    membership = give_role(ann, role=Role.PRACTITIONER, team=team, on=today(), by=None)
    assert ann.can(Ability.OPEN_FAMILY)

    end_role(membership, on=today(), by=ann)

    assert not User.objects.get(pk=ann.pk).can(Ability.OPEN_FAMILY)


def test_a_role_from_tomorrow_opens_nothing_today(organisation: Organisation, team: Team) -> None:
    ann = add_member(ANN, organisation=organisation, by=None)

    tomorrow = today() + timedelta(days=1)
    give_role(ann, role=Role.PRACTITIONER, team=team, on=tomorrow, by=None)

    assert not ann.can(Ability.OPEN_FAMILY)


def test_an_ability_is_held_in_one_team_alone(team: Team, other_team: Team, user_as) -> None:
    user = user_as(Role.CLINICAL_LEAD)

    assert user.teams_where(Ability.TRIAGE) == [team.pk]


def test_an_administrator_adds_a_member_and_gives_a_role(client_as, team: Team) -> None:
    client = client_as(Role.SYSTEM_ADMINISTRATOR)
    client.post(
        reverse("accounts:member_add"),
        {"given_name": "Ann", "family_name": "O'Hara", "email": "ann@example.org"},
    )
    ann = User.objects.get(email="ann@example.org")
    day = today()

    client.post(
        reverse("accounts:membership_add", args=[ann.pk]),
        {
            "role": "practitioner",
            "team": str(team.pk),
            "from_on-day": str(day.day),
            "from_on-month": str(day.month),
            "from_on-year": str(day.year),
        },
    )

    assert Membership.objects.get(user=ann).role == Role.PRACTITIONER
    assert "O&#39;Hara" in client.get(reverse("accounts:members")).content.decode()


def test_a_used_address_is_said_beside_the_field(client_as, user_as) -> None:
    taken = user_as(Role.ANALYST)
    client = client_as(Role.SYSTEM_ADMINISTRATOR)

    answer = client.post(
        reverse("accounts:member_add"),
        {"given_name": "Ann", "family_name": "Hay", "email": taken.email},
    )

    assert answer.status_code == 422
    assert "already signs in" in answer.content.decode()


def test_an_administrator_ends_a_role_and_changes_a_team(client_as, user_as, team: Team) -> None:
    member = user_as(Role.PRACTITIONER)
    client = client_as(Role.SYSTEM_ADMINISTRATOR)
    held = member.memberships.get()

    assert client.get(reverse("accounts:membership_end", args=[held.pk])).status_code == 200
    client.post(reverse("accounts:membership_end", args=[held.pk]))
    client.post(reverse("accounts:team_edit", args=[team.pk]), {"name": "New name"})

    held.refresh_from_db()
    team.refresh_from_db()
    assert held.until_on == today()
    assert team.name == "New name"
    assert not team.takes_public_referrals


def test_another_organisation_s_members_are_not_there(client_as) -> None:
    elsewhere = Organisation.objects.create(name="Elsewhere", nation="wales")
    stranger = add_member(ANN, organisation=elsewhere, by=None)
    client = client_as(Role.SYSTEM_ADMINISTRATOR)

    answer = client.get(reverse("accounts:membership_add", args=[stranger.pk]))

    assert answer.status_code == 404


def test_the_first_administrator_can_sign_in(db: None) -> None:
    password = make_first_administrator("ann@example.org", organisation="A Trust", nation="wales")

    ann = User.objects.get(email="ann@example.org")
    assert ann.check_password(password)
    assert ann.roles == {Role.SYSTEM_ADMINISTRATOR}
    with pytest.raises(SetupError):
        make_first_administrator("b@example.org", organisation="A Trust", nation="wales")
    with pytest.raises(SetupError):
        make_first_administrator("b@example.org", organisation="B Trust", nation="france")
    with pytest.raises(SetupError):
        make_first_administrator("Ann@example.org", organisation="B Trust", nation="wales")


def test_an_administrator_adds_the_first_team(client_as, organisation: Organisation) -> None:
    client = client_as(Role.SYSTEM_ADMINISTRATOR)
    answers = {"name": "Fern Team", "reference_prefix": "fe", "takes_public_referrals": "on"}

    client.post(reverse("accounts:team_add"), answers)
    again = client.post(reverse("accounts:team_add"), answers)
    wrong = client.post(reverse("accounts:team_add"), {**answers, "reference_prefix": "F1"})

    team = Team.objects.get(name="Fern Team")
    assert (team.reference_prefix, team.slug) == ("FE", "fern-team")
    assert again.status_code == 422
    assert "There is a team of this name already" in again.content.decode()
    assert "Enter 2 to 4 letters" in wrong.content.decode()


def test_a_team_of_the_same_name_elsewhere_gets_another_address(
    organisation: Organisation, user_as
) -> None:
    elsewhere = Organisation.objects.create(name="Elsewhere", nation="wales")
    by = user_as(Role.SYSTEM_ADMINISTRATOR)

    first = add_team(organisation, {"name": "Fern Team"}, prefix="fe", by=by)
    second = add_team(elsewhere, {"name": "Fern Team"}, prefix="fe", by=by)

    assert {first.slug, second.slug} == {"fern-team", "fern-team-2"}
