"""Work of people who have left: counted for the lead, without a locked record, and given on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from nestling.accounts.closing import close_account
from nestling.accounts.models import Team, User
from nestling.accounts.roles import Role
from nestling.accounts.services import end_role
from nestling.care.models import Episode
from nestling.desk.queries.leavers import leavers, work_of
from nestling.foundation.clock import today
from nestling.foundation.models import AccessLogEntry
from nestling.people import services
from nestling.people.models import Family, Note, Person, Task
from nestling.people.services import LockDetails
from tests.factories.care import EpisodeFactory
from tests.factories.people import NoteFactory, PersonFactory, TaskFactory, family_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]
Users = Callable[..., User]


@pytest.fixture
def keeper(user_as: Users) -> User:
    return user_as(Role.SYSTEM_ADMINISTRATOR)


@pytest.fixture
def leaver(user_as: Users) -> User:
    return user_as(Role.PRACTITIONER)


@pytest.fixture
def baby(team: Team) -> Person:
    return PersonFactory.create(baby=True, organisation=team.organisation)


@pytest.fixture
def family(team: Team, baby: Person) -> Family:
    return family_of(team, babies=[baby])


@pytest.fixture
def episode(team: Team, family: Family, leaver: User) -> Episode:
    return EpisodeFactory.create(team=team, family=family, practitioner=leaver)


@pytest.fixture
def work(team: Team, baby: Person, family: Family, leaver: User, episode: Episode) -> Episode:
    """A family, a task and a note that is not signed."""
    TaskFactory.create(team=team, about_person=baby, assigned_to=leaver)
    NoteFactory.create(team=team, family=family, about_person=baby, written_by=leaver)
    return episode


def counted(row) -> tuple[int, int, int]:
    return row.families, row.tasks, row.unsigned


def test_an_administrator_is_told_how_much_is_open_and_nobody_s_name(
    client_as, leaver: User, work: Episode, baby: Person
) -> None:
    client = client_as(Role.SYSTEM_ADMINISTRATOR)
    looks = AccessLogEntry.objects.count()

    page = client.get(reverse("desk:account", args=[leaver.pk])).content.decode()

    assert "1 family that they work with, 1 task, 1 note not signed" in page
    assert baby.family_name not in page
    assert AccessLogEntry.objects.count() == looks


def test_work_stands_on_the_lead_s_page_once_the_account_closes(
    leaver: User, keeper: User, work: Episode, user_as: Users
) -> None:
    lead = user_as(Role.CLINICAL_LEAD)
    assert leavers(lead, on=today()) == []

    close_account(leaver, from_on=today() + timedelta(days=7), on=today(), by=keeper)

    (row,) = leavers(lead, on=today())
    assert (row.user, counted(row)) == (leaver, (1, 1, 1))


def test_work_of_someone_without_a_role_in_the_team_stands_there_too(
    leaver: User, keeper: User, work: Episode, user_as: Users
) -> None:
    end_role(leaver.memberships.get(), on=today(), by=keeper)

    (row,) = leavers(user_as(Role.CLINICAL_LEAD), on=today())

    assert not row.in_team


def test_the_lead_of_another_team_sees_none_of_it(
    client_as, leaver: User, keeper: User, work: Episode, team: Team, other_team: Team
) -> None:
    close_account(leaver, from_on=today(), on=today(), by=keeper)
    client = client_as(Role.CLINICAL_LEAD, in_team=other_team)

    assert leaver.full_name not in client.get(reverse("desk:leavers")).content.decode()
    assert client.get(reverse("desk:leaver", args=[team.pk, leaver.pk])).status_code == 404


def test_a_locked_record_is_counted_for_nobody_whom_the_lock_does_not_name(
    leaver: User, keeper: User, work: Episode, team: Team, baby: Person, user_as: Users
) -> None:
    named, other = user_as(Role.CLINICAL_LEAD), user_as(Role.CLINICAL_LEAD)
    details = LockDetails(reason="A cousin works here", names=(named,))
    services.lock_record([baby], details, persons=[], team=team, on=today(), by=named)
    close_account(leaver, from_on=today(), on=today(), by=keeper)

    assert work_of(leaver) == []
    assert leavers(other, on=today()) == []
    assert [counted(row) for row in leavers(named, on=today())] == [(1, 1, 1)]


def test_the_lead_gives_the_families_to_one_and_the_tasks_to_anyone(
    client_as, leaver: User, keeper: User, work: Episode, team: Team, user_as: Users
) -> None:
    heir = user_as(Role.PRACTITIONER)
    close_account(leaver, from_on=today(), on=today(), by=keeper)
    client = client_as(Role.CLINICAL_LEAD)

    answer = client.post(
        reverse("desk:leaver", args=[team.pk, leaver.pk]),
        {"families_to": str(heir.pk), "tasks_to": "anyone"},
    )

    assert answer.status_code == 302
    assert Episode.objects.get().practitioner == heir
    assert Task.objects.get().assigned_to is None
    assert Note.objects.get().written_by == leaver


@pytest.mark.parametrize("sent", [{}, {"families_to": "nobody"}, {"tasks_to": "x" * 5_000}])
def test_a_form_that_gives_nothing_to_anybody_is_refused(
    client_as, leaver: User, keeper: User, work: Episode, team: Team, sent: dict[str, str]
) -> None:
    close_account(leaver, from_on=today(), on=today(), by=keeper)
    client = client_as(Role.CLINICAL_LEAD)

    answer = client.post(reverse("desk:leaver", args=[team.pk, leaver.pk]), sent)

    assert answer.status_code == 422
    assert Episode.objects.get().practitioner == leaver


def test_work_does_not_go_to_the_leaver_or_to_someone_who_leaves_too(
    client_as, leaver: User, keeper: User, work: Episode, team: Team, user_as: Users
) -> None:
    leaves_too = user_as(Role.PRACTITIONER)
    for user in (leaver, leaves_too):
        close_account(user, from_on=today() + timedelta(days=3), on=today(), by=keeper)
    client = client_as(Role.CLINICAL_LEAD)
    page = reverse("desk:leaver", args=[team.pk, leaver.pk])

    for user in (leaver, leaves_too):
        assert client.post(page, {"families_to": str(user.pk)}).status_code == 422


def test_the_second_of_two_leads_is_told_that_the_work_has_gone(
    client_as, leaver: User, keeper: User, work: Episode, team: Team, user_as: Users
) -> None:
    heir, other = user_as(Role.PRACTITIONER), user_as(Role.PRACTITIONER)
    close_account(leaver, from_on=today(), on=today(), by=keeper)
    first, second = client_as(Role.CLINICAL_LEAD), client_as(Role.CLINICAL_LEAD)
    page = reverse("desk:leaver", args=[team.pk, leaver.pk])
    seen = second.versions_of(page)
    first.post(page, {"families_to": str(heir.pk)})

    answer = second.post(page, {"families_to": str(other.pk), "versions": seen})

    assert answer.status_code == 422
    assert Episode.objects.get().practitioner == heir
