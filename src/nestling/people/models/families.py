"""A family: a group that a team declares. It is never worked out from relationships."""

from datetime import date, datetime
from typing import ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from nestling.accounts.models import Organisation, Team, User
from nestling.accounts.roles import Ability
from nestling.foundation.clock import now
from nestling.foundation.privacy import Privacy, identifies, operational, sealed, sensitive
from nestling.foundation.records import Record, WatchedRecord, not_before
from nestling.foundation.sealing import SealedTextField
from nestling.people.models.persons import Person
from nestling.people.models.walls import (
    UnsealedManager,
    closed_families,
    opened_in_emergency,
    own_families,
)


class FamilyQuerySet(models.QuerySet["Family"]):
    """Questions about families."""

    def visible_to(self, user: User) -> Self:
        """Families declared by a team in which the user may open families, and not locked."""
        mine = self.filter(team__in=user.teams_where(Ability.OPEN_FAMILY))
        return mine.filter(~Q(pk__in=closed_families(user)))

    def openable_by(self, user: User, *, at: datetime | None = None) -> Self:
        """Families that the user may open, with those opened in an emergency: never for a list.

        ``emergency`` of each is the reason given, where there was one. What is prepared around it
        names the moment and gives it as ``at``.
        """
        at = at or now()
        mine = Q(team__in=user.teams_where(Ability.OPEN_FAMILY))
        may = (mine & ~Q(pk__in=closed_families(user))) | Q(pk__in=opened_in_emergency(user, at=at))
        uses = apps.get_model("people", "EmergencyUse")._base_manager.filter(
            user=user, family=OuterRef("pk"), ends_at__gt=at
        )
        return self.filter(may, ~Q(pk__in=own_families(user))).annotate(
            emergency=Subquery(uses.order_by("-opened_at").values("reason")[:1])
        )


class Family(WatchedRecord):
    """One or more babies and the carers a team works with; two teams may declare their own."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="families")
    declared_on = models.DateField()
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    strengths = models.TextField(blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("team", "declared_on", "declared_by"),
        **sensitive("strengths"),
    }
    objects = UnsealedManager.from_queryset(FamilyQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["team", "-declared_on"], name="family_by_team")]
        verbose_name_plural = "families"

    def __str__(self) -> str:
        return str(self.pk)


class FamilyMemberQuerySet(models.QuerySet["FamilyMember"]):
    """Questions about who belongs to a declared family."""

    def visible_to(self, user: User) -> Self:
        """Members of families of the user's teams, without those that are locked."""
        mine = self.filter(family__team__in=user.teams_where(Ability.OPEN_FAMILY))
        return mine.filter(~Q(family__in=closed_families(user)))

    def current(self, on: date) -> Self:
        """Members on a day."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=on))


class FamilyMember(Record):
    """That someone added a person to a declared family, in a part, from a day."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("family", "person", "added_by", "from_on", "until_on"),
        **sensitive("role"),
    }
    objects = UnsealedManager.from_queryset(FamilyMemberQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "person"],
                condition=Q(until_on__isnull=True),
                name="family_member_once",
            ),
            not_before("family_member_leaves_after_joining", later="until_on", earlier="from_on"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.family_id}"


class ProfessionalContact(Record):
    """A referrer or someone in a family's network: not a patient record, never merged with one."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=40, blank=True)
    workplace = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("organisation", "role", "workplace"),
        **identifies("name", "phone", "email"),
    }

    def __str__(self) -> str:
        return self.name


class NetworkMember(Record):
    """That a professional is, or was, around a family."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="network")
    professional = models.ForeignKey(
        ProfessionalContact, on_delete=models.PROTECT, related_name="networks"
    )
    role = models.CharField(max_length=40)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = operational(
        "family", "professional", "role", "from_on", "until_on"
    )

    class Meta:
        constraints = [
            not_before("network_member_ends_after_it_begins", later="until_on", earlier="from_on")
        ]

    def __str__(self) -> str:
        return self.role


class OnMyMind(Record):
    """A practitioner's own mark on a family, with their words; only they see it."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="marks")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="marks")
    words = SealedTextField()
    until_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("family", "user", "until_on"),
        **sealed("words"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "user"],
                condition=Q(until_on__isnull=True),
                name="on_my_mind_once",
            )
        ]
        verbose_name_plural = "on my mind"

    def __str__(self) -> str:
        return "on my mind"
