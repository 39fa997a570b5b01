"""Risk answers, safeguarding history and alerts: dated rows, the newest of which is current."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Ability
from nestling.foundation.privacy import Privacy, operational, sealed, sensitive
from nestling.foundation.records import Record, not_before
from nestling.foundation.sealing import SealedTextField
from nestling.people.models.families import Family
from nestling.people.models.persons import Person
from nestling.people.models.relationships import Relationship
from nestling.people.models.walls import closed_to


class RiskAnswerQuerySet(models.QuerySet["RiskAnswer"]):
    """Questions about risk answers."""

    def visible_to(self, user: User) -> Self:
        """Answers recorded by a team in which the user reads clinical content, and not locked."""
        shut = closed_to(
            user, families="family", babies=("about_person", "about_relationship__baby")
        )
        return self.filter(~shut, team__in=user.teams_where(Ability.READ_CLINICAL))

    def not_restricted(self) -> Self:
        """Without domestic abuse, which stays out of lists, timelines, prints and exports."""
        return self.filter(restricted=False)


class RiskAnswer(Record):
    """What was answered when a factor was asked about: of a person or of a relationship.

    Nothing is overwritten: asking again adds a row. ``restricted`` answers (domestic abuse) are
    shown only after a further click with a reason. ``family`` is the one in whose work it was
    asked: an adult in two families is not read about in one by what was asked in the other.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey(
        Family, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    factor = models.CharField(max_length=4)
    about_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="risk_answers"
    )
    about_relationship = models.ForeignKey(
        Relationship, on_delete=models.PROTECT, null=True, related_name="risk_answers"
    )
    answer = models.CharField(max_length=10)
    words = SealedTextField(blank=True)
    restricted = models.BooleanField(default=False)
    asked_on = models.DateField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("team", "family", "about_person", "about_relationship", "asked_on"),
        **operational("asked_by", "restricted"),
        **sensitive("factor", "answer"),
        **sealed("words"),
    }
    objects = RiskAnswerQuerySet.as_manager()

    class Meta:
        indexes = [
            # With the team: SQLite would else read all that a team has ever written.
            models.Index(fields=["family", "team"], name="risk_by_family"),
            models.Index(fields=["about_person", "factor", "-asked_on"], name="risk_by_person"),
            models.Index(
                fields=["about_relationship", "factor", "-asked_on"], name="risk_by_relationship"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="risk_is_about_a_person_or_a_relationship",
                condition=Q(about_person__isnull=False, about_relationship__isnull=True)
                | Q(about_person__isnull=True, about_relationship__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.factor} {self.answer}"


class SafeguardingStatus(Record):
    """A safeguarding or legal status of a baby, in the words of its nation, from a day to a day."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    baby = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="safeguarding")
    status = models.CharField(max_length=30)
    category = models.CharField(max_length=20, blank=True)
    words = SealedTextField(blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("team", "baby", "from_on", "until_on", "recorded_by"),
        **sensitive("status", "category"),
        **sealed("words"),
    }

    class Meta:
        indexes = [models.Index(fields=["baby", "-from_on"], name="safeguarding_by_baby")]
        verbose_name_plural = "safeguarding statuses"
        constraints = [
            not_before("safeguarding_ends_after_it_begins", later="until_on", earlier="from_on")
        ]

    def __str__(self) -> str:
        return self.status


class Alert(Record):
    """Something to know before contact or a visit: address not disclosed, lone-worker risk."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="alerts")
    kind = models.CharField(max_length=30)
    words = SealedTextField(blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("team", "person", "from_on", "until_on"),
        **sensitive("kind"),
        **sealed("words"),
    }

    class Meta:
        constraints = [
            not_before("alert_ends_after_it_begins", later="until_on", earlier="from_on")
        ]

    def __str__(self) -> str:
        return self.kind
