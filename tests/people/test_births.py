"""Birth turns the same record into a baby; a loss silences every message and every age."""

from datetime import date, timedelta

import pytest

from nestling.accounts.models import Team, User
from nestling.foundation.models import AuditEvent
from nestling.people.errors import (
    BirthNotPossibleError,
    IdentifierTakenError,
    LossNotPossibleError,
)
from nestling.people.models import Person, Task
from nestling.people.services import (
    BirthDetails,
    ensure_overdue_tasks,
    record_birth,
    record_loss,
)
from tests.factories.people import (
    TODAY,
    PersonFactory,
    PersonIdentifierFactory,
    PersonTeamFactory,
    RelationshipFactory,
    TaskFactory,
    nhs_number,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]
BORN_ON = date(2026, 3, 8)


def unborn_of(team: Team, **facts: object) -> Person:
    baby: Person = PersonFactory.create(
        organisation=team.organisation, unborn=True, due_on=date(2026, 3, 20), **facts
    )
    PersonTeamFactory.create(person=baby, team=team)
    return baby


def test_birth_fills_in_the_same_record_and_leaves_the_due_date(team: Team, worker: User) -> None:
    baby = unborn_of(team)
    details = BirthDetails(born_on=BORN_ON, given_name="Wren", nhs_number=nhs_number(1))

    record_birth(baby, details, on=TODAY, by=worker)

    stored = Person.objects.get()
    assert (stored.pk, stored.born_on, stored.due_on) == (baby.pk, BORN_ON, date(2026, 3, 20))
    assert stored.given_name == "Wren"
    assert stored.search_name.startswith("wren ")
    assert [state.state for state in stored.states.all()] == ["born"]
    assert stored.identifiers.get().value == nhs_number(1)
    assert AuditEvent.objects.filter(record_id=baby.pk, action="born").count() == 1


def test_twins_are_two_records_and_each_is_born_by_itself(team: Team, worker: User) -> None:
    first, second = unborn_of(team, birth_order=1), unborn_of(team, birth_order=2)

    record_birth(first, BirthDetails(born_on=BORN_ON), on=TODAY, by=worker)

    second.refresh_from_db()
    assert second.born_on is None
    assert (first.birth_order, second.birth_order) == (1, 2)


def test_birth_finishes_the_task_that_asked_for_news(team: Team, worker: User) -> None:
    baby = unborn_of(team)
    task = TaskFactory.create(team=team, about_person=baby, kind="no_news_of_birth")

    record_birth(baby, BirthDetails(born_on=BORN_ON), on=TODAY, by=worker)

    task.refresh_from_db()
    assert (task.done_on, task.done_by) == (TODAY, worker)


@pytest.mark.parametrize(
    ("facts", "born_on"),
    [
        ({"born_on": date(2026, 3, 1)}, BORN_ON),
        ({"loss": "miscarriage"}, BORN_ON),
        ({}, TODAY + timedelta(days=1)),
        ({}, date(2025, 3, 8)),
        ({"kind": "adult"}, BORN_ON),
    ],
    ids=["born already", "lost", "in the future", "a year too early", "an adult"],
)
def test_a_birth_that_cannot_be_changes_nothing(
    facts: dict[str, object], born_on: date, team: Team, worker: User
) -> None:
    baby = unborn_of(team, **facts)

    with pytest.raises(BirthNotPossibleError):
        record_birth(baby, BirthDetails(born_on=born_on), on=TODAY, by=worker)

    assert not AuditEvent.objects.exists()


def test_a_number_of_someone_else_stops_the_whole_birth(team: Team, worker: User) -> None:
    baby = unborn_of(team)
    taken = PersonIdentifierFactory.create(person__organisation=team.organisation)
    details = BirthDetails(born_on=BORN_ON, nhs_number=taken.value)

    with pytest.raises(IdentifierTakenError):
        record_birth(baby, details, on=TODAY, by=worker)

    assert Person.objects.get(pk=baby.pk).born_on is None


def test_twenty_one_days_without_news_make_one_task_for_each_team(
    team: Team, other_team: Team
) -> None:
    baby = unborn_of(team)
    PersonTeamFactory.create(person=baby, team=other_team)
    day = date(2026, 3, 20) + timedelta(days=21)

    before, made, again = (
        ensure_overdue_tasks(on=day - timedelta(days=1)),
        ensure_overdue_tasks(on=day),
        ensure_overdue_tasks(on=day),
    )

    assert (before, made, again) == (0, 2, 0)
    assert set(Task.objects.values_list("team", flat=True)) == {team.pk, other_team.pk}


def test_a_task_done_without_news_is_not_made_again(team: Team, worker: User) -> None:
    baby = unborn_of(team)
    TaskFactory.create(
        team=team, about_person=baby, kind="no_news_of_birth", done_on=TODAY, done_by=worker
    )

    assert ensure_overdue_tasks(on=date(2026, 6, 1)) == 0


def test_a_loss_is_signed_and_finishes_the_tasks_about_the_baby(team: Team, worker: User) -> None:
    baby = unborn_of(team)
    tie = RelationshipFactory.create(baby=baby)
    tasks = [
        TaskFactory.create(team=team, about_person=baby),
        TaskFactory.create(team=team, about_relationship=tie),
    ]
    about_nobody = TaskFactory.create(team=team)

    record_loss(baby, loss="stillbirth", lost_on=date(2026, 3, 9), on=TODAY, by=worker)

    state = baby.states.get()
    assert (state.state, state.on, state.recorded_by) == ("stillbirth", date(2026, 3, 9), worker)
    assert all(Task.objects.get(pk=task.pk).done_on == TODAY for task in tasks)
    assert Task.objects.get(pk=about_nobody.pk).done_on is None


@pytest.mark.parametrize(
    ("facts", "loss", "lost_on"),
    [
        ({"kind": "adult"}, "stillbirth", None),
        ({}, "something else", None),
        ({}, "stillbirth", TODAY + timedelta(days=1)),
        ({"born_on": BORN_ON}, "infant_death", BORN_ON - timedelta(days=1)),
    ],
)
def test_a_loss_that_cannot_be_changes_nothing(
    facts: dict[str, object], loss: str, lost_on: date | None, team: Team, worker: User
) -> None:
    baby = unborn_of(team, **facts)

    with pytest.raises(LossNotPossibleError):
        record_loss(baby, loss=loss, lost_on=lost_on, on=TODAY, by=worker)

    assert Person.objects.get(pk=baby.pk).loss == ""
