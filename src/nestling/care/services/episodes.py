"""The course of an episode: its stage, the relationships in focus, steps to other services."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from nestling.accounts.models import User
from nestling.care.errors import (
    DayNotPossibleError,
    EpisodeEndedError,
    FocusNotPossibleError,
    StepNotPossibleError,
)
from nestling.care.models import Episode, EpisodeRelationship, EpisodeStage, StepMove
from nestling.care.queries.relationships import relationships_in
from nestling.care.services.details import StepDetails
from nestling.care.services.take_up import begin_focus
from nestling.foundation import audit
from nestling.foundation.versions import Seen, check_seen, hold
from nestling.people.models import Relationship
from nestling.reference.codes import code_list


@transaction.atomic
def set_stage(episode: Episode, *, stage: str, on: date, by: User) -> EpisodeStage:
    """A signed step to a stage, which is now the episode's; the stage it has already stays.

    Raises:
        EpisodeEndedError: the episode has ended.
        DayNotPossibleError: before the newest step.
    """
    check_open(episode)
    newest = episode.stages.order_by("-on", "-created_at").first()
    if newest is not None and newest.stage == stage:
        return newest
    if newest is not None and on < newest.on:
        raise DayNotPossibleError("A later stage is recorded already", field="stage")
    audit.change(episode, {"stage": stage}, by=by, action="stage")
    return audit.create(EpisodeStage(episode=episode, stage=stage, on=on, by=by), by=by)


@transaction.atomic
def change_focus(
    episode: Episode,
    relationships: Collection[Relationship],
    *,
    on: date,
    by: User,
    seen: Seen | None = None,
) -> list[EpisodeRelationship]:
    """The relationships in focus from a day: new ones begin, those left out end.

    Raises:
        EpisodeEndedError: the episode has ended.
        FocusNotPossibleError: none, or one outside the family.
        StaleRecordError: the focus is not as it was seen.
    """
    hold(episode)
    check_seen(seen, episode, *episode.in_focus.all())
    check_open(episode)
    wanted = {row.pk: row for row in relationships}
    of_family = {row.pk for row in relationships_in(episode.family, on=on)}
    now = list(episode.in_focus.filter(until_on__isnull=True))
    if not wanted:
        raise FocusNotPossibleError("Choose at least one relationship", field="relationships")
    if wanted.keys() - of_family - {row.relationship_id for row in now}:
        raise FocusNotPossibleError("Choose relationships of this family", field="relationships")
    for row in now:
        if row.relationship_id not in wanted:
            audit.change(row, {"until_on": max(on, row.from_on)}, by=by, action="focus_ended")
    kept = {row.relationship_id for row in now}
    for pk, relationship in wanted.items():
        if pk not in kept:
            begin_focus(episode, relationship, on=on, by=by)
    return list(episode.in_focus.filter(until_on__isnull=True))


@transaction.atomic
def make_step(episode: Episode, details: StepDetails, *, on: date, by: User) -> StepMove:
    """A step up, down or out to another service, handed over on a day.

    Raises:
        EpisodeEndedError: the episode has ended; the step at an ending is part of the ending.
        StepNotPossibleError: a destination of another direction.
        DayNotPossibleError: before take-up, or in the future.
    """
    check_open(episode)
    return add_step(episode, details, on=on, by=by)


def add_step(episode: Episode, details: StepDetails, *, on: date, by: User) -> StepMove:
    """A step on an episode that is open or just ending."""
    _check_step(episode, details, on=on)
    row = StepMove(
        episode=episode,
        direction=details.direction,
        destination=details.destination,
        handed_over_on=details.handed_over_on,
        accepted=details.accepted,
        by=by,
    )
    return audit.create(row, by=by, action="stepped")


@transaction.atomic
def note_step_outcome(
    step: StepMove, *, accepted: str, came_back_on: date | None, on: date, by: User
) -> StepMove:
    """Whether the other service took the family, and the day on which the family came back.

    Raises:
        DayNotPossibleError: back before the step, or in the future.
    """
    if came_back_on is not None and not step.handed_over_on <= came_back_on <= on:
        raise DayNotPossibleError(
            "The family came back between the step and today", field="came_back_on"
        )
    values = {"accepted": accepted, "came_back_on": came_back_on}
    return audit.change(step, values, by=by, action="step_outcome")


def check_open(episode: Episode) -> None:
    """Nothing, when the episode goes on.

    Raises:
        EpisodeEndedError: it has ended.
    """
    if episode.ended_on is not None:
        raise EpisodeEndedError("This episode has ended")


def _check_step(episode: Episode, details: StepDetails, *, on: date) -> None:
    moves = {entry.code: entry.group for entry in code_list("step_moves").codes}
    if moves.get(details.destination) != details.direction:
        raise StepNotPossibleError("Choose a service of that direction", field="destination")
    if details.handed_over_on > on:
        raise DayNotPossibleError("The date must not be in the future", field="handed_over_on")
    if details.handed_over_on < episode.taken_up_on:
        raise DayNotPossibleError("The date is before the take-up", field="handed_over_on")
