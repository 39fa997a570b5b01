"""Give the open work of somebody who leaves to others of the team, in one act."""

from datetime import date

from django.db import transaction

from nestling.accounts.models import User
from nestling.care.services.reassigning import reassign_episode
from nestling.desk.queries.leavers import HandOver
from nestling.people.services.tasks import reassign_task


@transaction.atomic
def hand_over(
    work: HandOver,
    *,
    families_to: User | None,
    tasks_to: User | None,
    free_tasks: bool = False,
    on: date,
    by: User,
) -> None:
    """The families' episodes and the tasks with others; what goes to nobody stays as it is.

    ``free_tasks`` leaves the tasks to anyone in the team.

    Raises:
        ReassignNotPossibleError, TaskNotPossibleError: somebody who does not work in the team.
        StaleRecordError: one of them was changed since it was read.
    """
    if families_to is not None:
        for episode in work.episodes:
            reassign_episode(episode, to=families_to, on=on, by=by)
    if tasks_to is not None or free_tasks:
        for task in work.tasks:
            reassign_task(task, to=tasks_to, on=on, by=by)
