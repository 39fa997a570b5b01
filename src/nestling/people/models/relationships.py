"""A relationship: one baby and one caregiver. This is the client."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.foundation.privacy import Privacy, operational, sensitive
from nestling.foundation.records import Record, not_before
from nestling.people.models.persons import Person, PersonTeam
from nestling.people.models.walls import UnsealedManager, closed_to


class RelationshipQuerySet(models.QuerySet["Relationship"]):
    """Questions about relationships."""

    def visible_to(self, user: User) -> Self:
        """Relationships of which a team of the user works with both the baby and the carer."""
        teams = user.teams_where(Ability.OPEN_FAMILY)
        links = PersonTeam.objects.filter(team__in=teams)
        return self.filter(
            Exists(links.filter(person=OuterRef("baby"))),
            Exists(links.filter(person=OuterRef("carer"))),
            ~closed_to(user, babies=("baby",), adults=("carer",)),
        )

    def current(self, on: date) -> Self:
        """Not ended on a day."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=on))


class Relationship(Record):
    """A baby and one caregiver, from a day and perhaps to a day; a baby may have many."""

    baby = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="carers_link")
    carer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="babies_link")
    kind = models.CharField(max_length=20)
    parental_responsibility = models.CharField(max_length=10, default="not_known")
    is_primary_carer = models.BooleanField(default=False)
    lives_with = models.CharField(max_length=10, default="not_known")
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("baby", "carer"),
        **sensitive("kind", "parental_responsibility", "is_primary_carer", "lives_with"),
        **sensitive("from_on", "until_on"),
    }
    objects = UnsealedManager.from_queryset(RelationshipQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="relationship_is_between_two", condition=~Q(baby=F("carer"))
            ),
            models.UniqueConstraint(
                fields=["baby", "carer"],
                condition=Q(until_on__isnull=True),
                name="relationship_open_once",
            ),
            not_before("relationship_ends_after_it_begins", later="until_on", earlier="from_on"),
        ]

    def __str__(self) -> str:
        return f"{self.baby} and {self.carer}"
