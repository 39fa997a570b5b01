"""Taking up: the wait ends, the episode begins."""

from datetime import date, timedelta

from django.db import transaction

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.care.errors import DayNotPossibleError, TakeUpNotPossibleError
from nestling.care.models import Episode, EpisodeFunder, EpisodeRelationship, EpisodeStage
from nestling.care.queries.relationships import relationships_in
from nestling.care.queries.team_members import practitioners_of
from nestling.care.services.details import TakeUpDetails
from nestling.care.services.waiting import check_waiting
from nestling.foundation import audit
from nestling.people.models import Family, Relationship
from nestling.referrals import services as referrals
from nestling.referrals.models import Referral

FIRST_STAGE = "assessment"
FARTHEST_SESSION = timedelta(days=183)
"""A first session agreed further ahead than this is a slip of the pen. Nestling's own limit."""


@transaction.atomic
def take_up(referral: Referral, details: TakeUpDetails, *, on: date, by: User) -> Episode:
    """The episode that a waiting referral becomes once a first session is agreed.

    Raises:
        NotWaitingError: the referral does not wait.
        TakeUpNotPossibleError: no family, no relationship of it, a loss, or not a practitioner.
        DayNotPossibleError: the first session lies before the referral or too far ahead.
    """
    check_waiting(referral)
    family = _check(referral, details, on=on)
    referrals.mark_taken_up(referral, on=on, by=by)
    episode = Episode(
        team_id=referral.team_id,
        family=family,
        referral=referral,
        practitioner=details.practitioner,
        taken_up_on=on,
        taken_up_by=by,
        first_session_on=details.first_session_on,
        next_session_on=details.first_session_on,
        next_session_mode=details.first_session_mode,
        stage=FIRST_STAGE,
    )
    audit.create(episode, by=by, action="taken_up")
    audit.create(EpisodeStage(episode=episode, stage=FIRST_STAGE, on=on, by=by), by=by)
    for relationship in details.relationships:
        begin_focus(episode, relationship, on=on, by=by)
    for funder in dict.fromkeys(details.funders):
        audit.create(EpisodeFunder(episode=episode, funder=funder), by=by)
    return episode


def begin_focus(
    episode: Episode, relationship: Relationship, *, on: date, by: User
) -> EpisodeRelationship:
    """That a relationship is in focus from a day."""
    row = EpisodeRelationship(episode=episode, relationship=relationship, from_on=on)
    return audit.create(row, by=by)


def _check(referral: Referral, details: TakeUpDetails, *, on: date) -> Family:
    if referral.family is None:
        raise TakeUpNotPossibleError("Say first who belongs to the family")
    if not details.relationships:
        raise TakeUpNotPossibleError("Choose at least one relationship", field="relationships")
    of_family = {row.pk for row in relationships_in(referral.family, on=on)}
    if any(row.pk not in of_family for row in details.relationships):
        raise TakeUpNotPossibleError(
            "Choose relationships of this family’s living babies", field="relationships"
        )
    able = practitioners_of(referral.team_id, ability=Ability.WRITE_CLINICAL, on=on)
    if details.practitioner not in able:
        raise TakeUpNotPossibleError("Choose someone who works in the team", field="practitioner")
    _check_first_session(referral, details.first_session_on, on=on)
    return referral.family


def _check_first_session(referral: Referral, day: date, *, on: date) -> None:
    if day < referral.received_on:
        raise DayNotPossibleError(
            "The first session is before the referral was received", field="first_session_on"
        )
    if day > on + FARTHEST_SESSION:
        raise DayNotPossibleError(
            "The first session is more than 6 months ahead. Check the year",
            field="first_session_on",
        )
