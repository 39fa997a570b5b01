"""An episode: one team's work with a family from take-up to ending, and each step on the way."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Ability
from nestling.foundation.privacy import Privacy, operational, sealed, sensitive
from nestling.foundation.records import Record, WatchedRecord, not_before
from nestling.foundation.sealing import SealedTextField
from nestling.people.models import Family, Relationship
from nestling.people.models.walls import (
    UnsealedManager,
    closed_families,
    opened_in_emergency,
    own_families,
)
from nestling.referrals.models import Referral


class EpisodeQuerySet(models.QuerySet["Episode"]):
    """Questions about episodes."""

    def visible_to(self, user: User) -> Self:
        """Episodes of a team in which the user may open families, and not locked."""
        mine = self.filter(team__in=user.teams_where(Ability.OPEN_FAMILY))
        return mine.filter(~Q(family__in=closed_families(user)))

    def openable_by(self, user: User) -> Self:
        """Episodes that the user may open, with those opened in an emergency: never for a list."""
        mine = Q(team__in=user.teams_where(Ability.OPEN_FAMILY))
        may = mine & ~Q(family__in=closed_families(user))
        opened = Q(family__in=opened_in_emergency(user))
        return self.filter(may | opened, ~Q(family__in=own_families(user)))

    def open(self) -> Self:
        """Not yet ended."""
        return self.filter(ended_on__isnull=True)


class Episode(WatchedRecord):
    """Work with a family. It begins when the first session is agreed and ends with an `Ending`.

    ``next_session_on`` is the next one agreed; whoever records a session says the one after it.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="episodes")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="episodes")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="episodes")
    practitioner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="episodes")
    taken_up_on = models.DateField()
    taken_up_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    first_session_on = models.DateField()
    next_session_on = models.DateField(null=True)
    next_session_mode = models.CharField(max_length=20, blank=True)
    stage = models.CharField(max_length=20, default="assessment")
    ended_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = operational(
        *("team", "family", "referral", "practitioner", "taken_up_on", "taken_up_by"),
        *("first_session_on", "next_session_on", "next_session_mode", "stage", "ended_on"),
    )
    objects = UnsealedManager.from_queryset(EpisodeQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["team", "ended_on", "-taken_up_on"], name="episode_by_team"),
            models.Index(fields=["practitioner", "ended_on"], name="episode_by_practitioner"),
            models.Index(fields=["family", "-taken_up_on"], name="episode_by_family"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(ended_on__isnull=True), name="episode_open_once"
            ),
            not_before("episode_ends_after_take_up", later="ended_on", earlier="taken_up_on"),
        ]

    def __str__(self) -> str:
        return f"episode from {self.taken_up_on}"


class EpisodeRelationship(Record):
    """A relationship in focus, from a day."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="in_focus")
    relationship = models.ForeignKey(
        Relationship, on_delete=models.PROTECT, related_name="episodes_link"
    )
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = operational(
        "episode", "relationship", "from_on", "until_on"
    )
    objects = UnsealedManager["EpisodeRelationship"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "relationship"],
                condition=Q(until_on__isnull=True),
                name="episode_relationship_once",
            ),
            not_before("focus_ends_after_it_begins", later="until_on", earlier="from_on"),
        ]

    def __str__(self) -> str:
        return f"{self.relationship_id}"


class EpisodeFunder(Record):
    """Who pays for an episode."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="funders")
    funder = models.CharField(max_length=30)

    privacy: ClassVar[dict[str, Privacy]] = operational("episode", "funder")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "funder"], name="episode_funder_once")
        ]

    def __str__(self) -> str:
        return self.funder


class EpisodeStage(Record):
    """A signed step to a stage; the newest is also on the episode."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="stages")
    stage = models.CharField(max_length=20)
    on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = operational("episode", "stage", "on", "by")

    class Meta:
        indexes = [models.Index(fields=["episode", "-on"], name="stage_by_episode")]

    def __str__(self) -> str:
        return self.stage


class StepMove(Record):
    """A step up, down or out to another service, and whether it held."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="steps")
    direction = models.CharField(max_length=6)
    destination = models.CharField(max_length=30)
    handed_over_on = models.DateField()
    accepted = models.CharField(max_length=10, default="not_known")
    came_back_on = models.DateField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("episode", "handed_over_on", "accepted", "came_back_on", "by"),
        **sensitive("direction", "destination"),
    }

    class Meta:
        constraints = [
            not_before("step_comes_back_after_it", later="came_back_on", earlier="handed_over_on")
        ]

    def __str__(self) -> str:
        return f"{self.direction} to {self.destination}"


class Ending(Record):
    """How an episode ended. Re-opening within the window takes it away by a signed re-opening."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="endings")
    planned = models.BooleanField()
    reason = models.CharField(max_length=30)
    words = SealedTextField(blank=True)
    last_contact_on = models.DateField(null=True)
    ended_on = models.DateField()
    session_held = models.CharField(max_length=10)
    safeguarding_at_end = models.CharField(max_length=30, blank=True)
    reopen_until = models.DateField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reopened_on = models.DateField(null=True)
    reopened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("episode", "planned", "last_contact_on", "ended_on", "session_held"),
        **operational("reopen_until", "ended_by", "reopened_on", "reopened_by"),
        **sensitive("reason", "safeguarding_at_end"),
        **sealed("words"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode"], condition=Q(reopened_on__isnull=True), name="ending_once"
            ),
            models.CheckConstraint(
                name="ending_reopening_is_signed",
                condition=Q(reopened_on__isnull=True, reopened_by__isnull=True)
                | Q(reopened_on__isnull=False, reopened_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reason
