"""Work that goes from one practitioner to another of the team."""

from datetime import date

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.care.errors import ReassignNotPossibleError
from nestling.care.models import Episode
from nestling.care.queries.team_members import practitioners_of
from nestling.foundation import audit


def reassign_episode(episode: Episode, *, to: User, on: date, by: User) -> Episode:
    """The episode with another practitioner; one that has ended stays with the one who did it.

    Raises:
        ReassignNotPossibleError: this person does not work with the team's families.
    """
    if episode.ended_on is not None:
        return episode
    if to not in practitioners_of(episode.team_id, ability=Ability.WRITE_CLINICAL, on=on):
        raise ReassignNotPossibleError("Choose someone who works in the team", field="families_to")
    return audit.change(episode, {"practitioner": to}, by=by)
