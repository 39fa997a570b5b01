"""Accounts of people who leave: closed from a day, opened again, never the last keeper's."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from nestling.accounts.closing import (
    ClosingNotPossibleError,
    LastAdministratorError,
    close_account,
    close_due_accounts,
    reopen_account,
)
from nestling.accounts.models import Membership, Organisation, Team, User
from nestling.accounts.roles import Ability, Role
from nestling.accounts.services import end_role, give_role
from nestling.foundation.clock import now, today
from nestling.foundation.models import AuditEvent

pytestmark = pytest.mark.django_db
PASSWORD = "nesting-birds-2026"


def again(user: User) -> User:
    """The user as a new request reads them."""
    return User.objects.get(pk=user.pk)


def test_a_closed_account_has_no_roles_and_loses_none(user_as) -> None:
    leaver, keeper = user_as(Role.PRACTITIONER), user_as(Role.SYSTEM_ADMINISTRATOR)

    close_account(leaver, from_on=today(), on=today(), by=keeper)

    assert again(leaver).roles == set()
    assert leaver.memberships.get().until_on is None
    assert AuditEvent.objects.filter(record_id=leaver.pk, action="account_closed").exists()


def test_before_the_day_everything_is_as_it_was_and_from_it_nothing_opens(user_as) -> None:
    leaver, keeper = user_as(Role.PRACTITIONER), user_as(Role.SYSTEM_ADMINISTRATOR)
    last = today() + timedelta(days=10)

    close_account(leaver, from_on=last, on=today(), by=keeper)

    assert again(leaver).can(Ability.OPEN_FAMILY)
    with time_machine.travel(now() + timedelta(days=9)):
        assert again(leaver).can(Ability.OPEN_FAMILY)
    with time_machine.travel(now() + timedelta(days=10)):
        assert not again(leaver).can(Ability.OPEN_FAMILY)
        assert not Membership.objects.current(today()).filter(user=leaver).exists()


def test_an_account_that_is_opened_again_has_the_roles_it_had(user_as) -> None:
    leaver, keeper = user_as(Role.PRACTITIONER), user_as(Role.SYSTEM_ADMINISTRATOR)
    close_account(leaver, from_on=today(), on=today(), by=keeper)

    reopen_account(again(leaver), by=keeper)

    assert again(leaver).roles == {Role.PRACTITIONER}
    assert again(leaver).closed_by is None


def test_the_last_administrator_cannot_be_closed_by_anybody(
    user_as, organisation: Organisation
) -> None:
    keeper = user_as(Role.SYSTEM_ADMINISTRATOR)

    with pytest.raises(LastAdministratorError, match=organisation.name):
        close_account(keeper, from_on=today() + timedelta(days=30), on=today(), by=keeper)

    assert again(keeper).is_active


def test_an_administrator_who_leaves_too_does_not_count_as_another(user_as) -> None:
    first, second = user_as(Role.SYSTEM_ADMINISTRATOR), user_as(Role.SYSTEM_ADMINISTRATOR)
    close_account(first, from_on=today() + timedelta(days=5), on=today(), by=second)

    with pytest.raises(LastAdministratorError):
        close_account(second, from_on=today() + timedelta(days=5), on=today(), by=second)


def test_an_administrator_of_another_organisation_does_not_count(user_as) -> None:
    keeper, stranger = user_as(Role.SYSTEM_ADMINISTRATOR), user_as(Role.SYSTEM_ADMINISTRATOR)
    elsewhere = Organisation.objects.create(name="Elsewhere", nation="wales")
    Membership.objects.filter(user=stranger).update(organisation=elsewhere)

    with pytest.raises(LastAdministratorError):
        close_account(keeper, from_on=today(), on=today(), by=keeper)


def test_one_of_two_administrators_closes_their_own_account(client_as, user_as) -> None:
    user_as(Role.SYSTEM_ADMINISTRATOR)
    client = client_as(Role.SYSTEM_ADMINISTRATOR)
    me = User.objects.latest("created_at")

    client.post(reverse("desk:account", args=[me.pk]), day_from(today()))

    assert again(me).is_closed(today())
    assert client.get(reverse("desk:home")).status_code == 302


def test_the_role_of_the_last_administrator_does_not_end(client_as) -> None:
    client = client_as(Role.SYSTEM_ADMINISTRATOR)
    held = Membership.objects.get(role=Role.SYSTEM_ADMINISTRATOR)

    answer = client.post(reverse("accounts:membership_end", args=[held.pk]))

    assert answer.status_code == 422
    assert "last administrator" in answer.content.decode()
    held.refresh_from_db()
    assert held.until_on is None


def test_one_of_two_administrators_loses_the_role(user_as) -> None:
    first, second = user_as(Role.SYSTEM_ADMINISTRATOR), user_as(Role.SYSTEM_ADMINISTRATOR)

    ended = end_role(first.memberships.get(), on=today(), by=second)

    assert ended.until_on == today()


@pytest.mark.parametrize("days", [-400, 400])
def test_a_day_more_than_a_year_away_is_a_slip_of_the_pen(user_as, days: int) -> None:
    leaver, keeper = user_as(Role.PRACTITIONER), user_as(Role.SYSTEM_ADMINISTRATOR)

    with pytest.raises(ClosingNotPossibleError, match="Check the year"):
        close_account(leaver, from_on=today() + timedelta(days=days), on=today(), by=keeper)


def test_the_day_s_round_marks_the_accounts_whose_day_has_come(user_as) -> None:
    leaver, keeper = user_as(Role.PRACTITIONER), user_as(Role.SYSTEM_ADMINISTRATOR)
    close_account(leaver, from_on=today() + timedelta(days=1), on=today(), by=keeper)

    early = close_due_accounts(on=today())
    then = close_due_accounts(on=today() + timedelta(days=1))
    once_more = close_due_accounts(on=today() + timedelta(days=1))

    assert (early, then, once_more) == (0, 1, 0)
    assert not again(leaver).is_active


def sign_in(user: User) -> Client:
    """A browser in which somebody has typed the right password."""
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


@pytest.mark.parametrize("round_has_run", [True, False])
def test_sign_in_is_refused_from_the_day(user_as, round_has_run: bool) -> None:
    leaver, keeper = user_as(Role.ANALYST), user_as(Role.SYSTEM_ADMINISTRATOR)
    close_account(leaver, from_on=today() + timedelta(days=1), on=today(), by=keeper)

    assert "_auth_user_id" in sign_in(again(leaver)).session
    with time_machine.travel(now() + timedelta(days=1)):
        if round_has_run:
            close_due_accounts(on=today())
        assert "_auth_user_id" not in sign_in(again(leaver)).session


def test_a_session_ends_on_the_day(client_as, user_as) -> None:
    client = client_as(Role.ANALYST)
    leaver, keeper = User.objects.latest("created_at"), user_as(Role.SYSTEM_ADMINISTRATOR)
    close_account(leaver, from_on=today() + timedelta(days=1), on=today(), by=keeper)
    assert client.get(reverse("desk:home")).status_code == 200

    with time_machine.travel(now() + timedelta(minutes=1)):
        User.objects.filter(pk=leaver.pk).update(closed_on=today())
        answer = client.get(reverse("desk:home"))

    assert answer["Location"] == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


def test_a_closed_account_says_so_in_plain_words(client: Client) -> None:
    page = client.get(reverse("account_inactive")).content.decode()

    assert "Your account is closed" in page
    assert "administrator" in page


def day_from(day) -> dict[str, str]:
    """The three boxes of the closing form."""
    return {
        "from_on-day": str(day.day),
        "from_on-month": str(day.month),
        "from_on-year": str(day.year),
    }


def test_an_administrator_closes_an_account_and_opens_it_again(client_as, user_as) -> None:
    leaver = user_as(Role.PRACTITIONER)
    client = client_as(Role.SYSTEM_ADMINISTRATOR)
    page = reverse("desk:account", args=[leaver.pk])

    client.post(page, day_from(today()))
    closed = client.get(reverse("accounts:members")).content.decode()
    client.post(page, {"part": "reopen"})
    opened = client.get(reverse("accounts:members")).content.decode()

    assert "nhsuk-tag--grey" in closed
    assert "nhsuk-tag--grey" not in opened
    assert again(leaver).roles == {Role.PRACTITIONER}


def test_the_last_administrator_is_told_beside_the_field(client_as) -> None:
    client = client_as(Role.SYSTEM_ADMINISTRATOR)
    me = User.objects.get()

    answer = client.post(reverse("desk:account", args=[me.pk]), day_from(today()))

    assert answer.status_code == 422
    assert "Make somebody else a system administrator first" in answer.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"from_on-day": "31", "from_on-month": "2", "from_on-year": "2026"},
        {"from_on-day": "1", "from_on-month": "1", "from_on-year": "1826"},
        {"from_on-day": "x" * 10_000, "from_on-month": "’", "from_on-year": "😀"},
    ],
)
def test_a_bad_day_closes_nothing(client_as, user_as, sent: dict[str, str]) -> None:
    leaver = user_as(Role.PRACTITIONER)
    client = client_as(Role.SYSTEM_ADMINISTRATOR)

    answer = client.post(reverse("desk:account", args=[leaver.pk]), sent)

    assert answer.status_code == 422
    assert again(leaver).closed_on is None


def test_the_second_of_two_administrators_is_told_that_the_account_is_closed(
    client_as, user_as
) -> None:
    leaver = user_as(Role.PRACTITIONER)
    first = client_as(Role.SYSTEM_ADMINISTRATOR)
    second = client_as(Role.SYSTEM_ADMINISTRATOR)
    page = reverse("desk:account", args=[leaver.pk])
    seen = second.versions_of(page)
    first.post(page, day_from(today() + timedelta(days=20)))

    answer = second.post(page, {**day_from(today()), "versions": seen})

    assert answer.status_code == 422
    assert 'id="two-versions"' in answer.content.decode()
    assert again(leaver).closed_on == today() + timedelta(days=20)


def test_an_account_of_another_organisation_is_not_there(client_as) -> None:
    elsewhere = Organisation.objects.create(name="Elsewhere", nation="wales")
    stranger = User.objects.create_user("s@example.org", organisation=elsewhere)
    client = client_as(Role.SYSTEM_ADMINISTRATOR)

    for page in ("desk:account", "accounts:second_step"):
        assert client.get(reverse(page, args=[stranger.pk])).status_code == 404


def test_the_team_s_page_marks_a_closed_account(client_as, user_as, team: Team) -> None:
    leaver, keeper = user_as(Role.PRACTITIONER), user_as(Role.SYSTEM_ADMINISTRATOR)
    client = client_as(Role.CLINICAL_LEAD)
    leaver_client = Client()
    leaver_client.force_login(leaver, backend="nestling.accounts.signed_in.SignInBackend")
    leaver_client.post(reverse("staff:me"), {"profession": "midwife", "versions": "none"})
    give_role(leaver, role=Role.CLINICAL_LEAD, team=team, on=today(), by=keeper)

    close_account(again(leaver), from_on=today(), on=today(), by=keeper)

    page = client.get(reverse("staff:team")).content.decode()
    assert leaver.full_name in page
    assert "Closed from" in page
