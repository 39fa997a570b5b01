"""Endings, and opening an episode again within the team's window."""

from datetime import date, timedelta

from django.db import transaction

from nestling.accounts.models import User
from nestling.care.errors import AlreadyOpenError, DayNotPossibleError, ReopenWindowClosedError
from nestling.care.models import Ending, Episode
from nestling.care.queries.team_rules import team_rules
from nestling.care.services.details import EndingDetails
from nestling.care.services.episodes import add_step, check_open, note_step_outcome
from nestling.foundation import audit

STEP_DOWN = "down"


@transaction.atomic
def end_episode(episode: Episode, details: EndingDetails, *, on: date, by: User) -> Ending:
    """How the work ended, with the step that follows; it may be opened again for the team's days.

    Raises:
        EpisodeEndedError: it has ended already.
        DayNotPossibleError: the last contact lies in the future or before the referral.
        StepNotPossibleError: a destination of another direction.
    """
    check_open(episode)
    _check_last_contact(episode, details.last_contact_on, on=on)
    if details.step is not None:
        add_step(episode, details.step, on=on, by=by)
    values = {"ended_on": on, "next_session_on": None, "next_session_mode": ""}
    audit.change(episode, values, by=by, action="ended")
    days = team_rules(episode.team_id, on=on).reopen_days
    ending = Ending(
        episode=episode,
        planned=details.planned,
        reason=details.reason,
        words=details.words,
        last_contact_on=details.last_contact_on,
        ended_on=on,
        session_held=details.session_held,
        safeguarding_at_end=details.safeguarding_at_end,
        reopen_until=on + timedelta(days=days),
        ended_by=by,
    )
    return audit.create(ending, by=by)


@transaction.atomic
def reopen_episode(episode: Episode, *, on: date, by: User) -> Episode:
    """The same episode, open again; a step down at its ending is noted as one that came back.

    Raises:
        ReopenWindowClosedError: it goes on already, or the window is over: make a new referral.
        AlreadyOpenError: the family has another open episode with the team.
    """
    ending = episode.endings.filter(reopened_on__isnull=True).first()
    if ending is None or on > ending.reopen_until:
        raise ReopenWindowClosedError("This episode cannot be opened again. Make a new referral")
    if Episode.objects.filter(family=episode.family_id).open().exists():
        raise AlreadyOpenError("The family has an open episode already")
    audit.change(ending, {"reopened_on": on, "reopened_by": by}, by=by, action="reopened")
    audit.change(episode, {"ended_on": None}, by=by, action="reopened")
    for step in episode.steps.filter(direction=STEP_DOWN, came_back_on__isnull=True):
        note_step_outcome(step, accepted=step.accepted, came_back_on=on, on=on, by=by)
    return episode


def _check_last_contact(episode: Episode, day: date | None, *, on: date) -> None:
    if day is None:
        return
    if day > on:
        raise DayNotPossibleError("The date must not be in the future", field="last_contact_on")
    if day < episode.referral.received_on:
        raise DayNotPossibleError(
            "The date is before the referral was received", field="last_contact_on"
        )
