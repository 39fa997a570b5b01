"""Tasks, and the one that Nestling makes when a due date is long past with no news."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from nestling.accounts.models import Team, User
from nestling.foundation import audit
from nestling.foundation.looks import unwatched
from nestling.people.errors import TaskNotPossibleError
from nestling.people.models import Person, PersonKind, PersonTeam, Task
from nestling.people.queries.notes import who_may_do_tasks
from nestling.people.services.details import TaskDetails
from nestling.reference.codes import code_list
from nestling.science.ages import NO_NEWS_AFTER_DAYS

NO_NEWS = "no_news_of_birth"
BY_HAND = frozenset({"promised_contact", "other"})
"""Kinds that a person may still make after a loss; every other kind speaks of a baby's age."""


@transaction.atomic
def add_task(details: TaskDetails, *, team: Team, by: User | None) -> Task:
    """Something for the team to do by a day.

    Raises:
        TaskNotPossibleError: after a loss (unless a person makes it by hand), about an adult, or
            open already for this baby.
    """
    _check(details, by=by)
    row = Task(
        team=team,
        kind=details.kind,
        about_person=details.about_person,
        about_relationship=details.about_relationship,
        words=details.words,
        due_on=details.due_on,
        assigned_to=details.assigned_to,
    )
    try:
        with transaction.atomic():
            return audit.create(row, by=by)
    except IntegrityError as error:
        raise TaskNotPossibleError("A task of this kind is open for this baby already") from error


@transaction.atomic
def finish_task(task: Task, *, on: date, by: User) -> Task:
    """The task, done; done twice is done once."""
    if task.done_on is not None:
        return task
    return audit.change(task, {"done_on": on, "done_by": by}, by=by, action="done")


def reassign_task(task: Task, *, to: User | None, on: date, by: User) -> Task:
    """The task for somebody else in the team, or for anyone in it; one that is done stays.

    Raises:
        TaskNotPossibleError: this person does not work with the team's families.
    """
    if task.done_on is not None:
        return task
    if to is not None and to not in who_may_do_tasks(task.team_id, on=on):
        raise TaskNotPossibleError("Choose someone who works in the team", field="tasks_to")
    return audit.change(task, {"assigned_to": to}, by=by)


@transaction.atomic
def ensure_overdue_tasks(*, on: date) -> int:
    """Make a task for each team of each baby whose due date is long past with no news.

    Once for each baby and team, also when it was done without news. Nothing is guessed. The number
    of tasks made.
    """
    made = 0
    asked = Task.objects.filter(
        team=OuterRef("team"), about_person=OuterRef("person"), kind=NO_NEWS
    )
    links = PersonTeam.objects.filter(
        ~Exists(asked),
        person__kind=PersonKind.BABY,
        person__born_on__isnull=True,
        person__loss="",
        person__due_on__lte=on - timedelta(days=NO_NEWS_AFTER_DAYS),
    )
    # No one is shown these babies: the task is made for whoever opens the list later.
    with unwatched():
        for link in links.select_related("person", "team").order_by("pk"):
            add_task(_no_news(link.person, on=on), team=link.team, by=None)
            made += 1
    return made


def _no_news(baby: Person, *, on: date) -> TaskDetails:
    return TaskDetails(
        kind=NO_NEWS,
        words="There is no news of the birth. Ask the midwife first, gently",
        due_on=on,
        about_person=baby,
    )


def _check(details: TaskDetails, *, by: User | None) -> None:
    if details.kind not in code_list("task_kinds"):
        raise TaskNotPossibleError("Choose what kind of task it is")
    if details.about_person is not None and details.about_person.kind == PersonKind.ADULT:
        raise TaskNotPossibleError("Choose a baby, a relationship or nobody", field="about")
    by_hand = by is not None and details.kind in BY_HAND
    if _is_about_a_loss(details) and not by_hand:
        raise TaskNotPossibleError("After a loss no task is made by itself", field="about")


def _is_about_a_loss(details: TaskDetails) -> bool:
    relationship = details.about_relationship
    baby = details.about_person if relationship is None else relationship.baby
    return baby is not None and baby.is_lost
