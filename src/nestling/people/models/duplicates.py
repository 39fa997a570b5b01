"""Records that may be of one person, and records that were merged and can be taken apart again."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from nestling.accounts.models import Organisation, User
from nestling.accounts.roles import Ability
from nestling.foundation.privacy import Privacy, operational, sealed, sensitive
from nestling.foundation.records import Record, both_or_neither
from nestling.foundation.sealing import SealedTextField
from nestling.people.models.persons import Person, PersonTeam, behind_a_lock
from nestling.people.models.walls import closed_to


class PairState(models.TextChoices):
    """What was decided about two records."""

    OPEN = "open", "To be looked at"
    NOT_SAME = "not_same", "Not the same person"
    MERGED = "merged", "Merged"


def _not_locked(user: User, *columns: str) -> list[Q]:
    """The conditions that the persons of these columns are not locked against a user."""
    return [
        condition
        for column in columns
        for condition in (
            ~closed_to(user, babies=(column,)),
            ~behind_a_lock(user, column=column),
        )
    ]


class DuplicatePairQuerySet(models.QuerySet["DuplicatePair"]):
    """Questions about pairs."""

    def visible_to(self, user: User) -> Self:
        """Pairs of which the user leads a team of each person; merged records are left out.

        Nor is a person there whose record is locked against the user.
        """
        links = PersonTeam.objects.filter(team__in=user.teams_where(Ability.TRIAGE))
        return self.filter(
            Exists(links.filter(person=OuterRef("first"))),
            Exists(links.filter(person=OuterRef("second"))),
            *_not_locked(user, "first", "second"),
            first__merged_into__isnull=True,
            second__merged_into__isnull=True,
        )

    def open(self) -> Self:
        """Not decided yet."""
        return self.filter(state=PairState.OPEN)


class DuplicatePair(Record):
    """Two records that may be of one person, listed once; the decision on them is kept.

    ``weight`` is the evidence for one person, in powers of two; ``first`` has the smaller id.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    weight = models.FloatField()
    found_on = models.DateField()
    state = models.CharField(
        max_length=10, choices=PairState.choices, default=PairState.OPEN, db_index=True
    )
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("organisation", "first", "second", "weight", "found_on", "state"),
        **operational("decided_by", "decided_on"),
        **sensitive("reason"),
    }
    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(name="pair_in_order", condition=Q(first__lt=F("second"))),
            both_or_neither("pair_decision_is_signed", "decided_by", "decided_on"),
        ]

    def __str__(self) -> str:
        return self.state


class PersonMergeQuerySet(models.QuerySet["PersonMerge"]):
    """Questions about merges."""

    def visible_to(self, user: User) -> Self:
        """Merges into a record of a team that the user leads, and that is not locked."""
        links = PersonTeam.objects.filter(
            person=OuterRef("kept"), team__in=user.teams_where(Ability.TRIAGE)
        )
        return self.filter(Exists(links), *_not_locked(user, "kept"))

    def standing(self) -> Self:
        """Merges that were not undone."""
        return self.filter(unmerged_on__isnull=True)


class PersonMerge(Record):
    """That one record was found to be of the same person as another, and all that was moved.

    ``moved`` is what un-merging needs: each row that was changed, as it was and as it became, each
    row that was put aside, and what stood on the kept record beside them.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_away")
    reason = models.CharField(max_length=300)
    moved = SealedTextField()
    merged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    merged_on = models.DateField()
    unmerged_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    unmerged_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("organisation", "kept", "merged", "merged_by", "merged_on"),
        **operational("unmerged_by", "unmerged_on"),
        **sensitive("reason"),
        **sealed("moved"),
    }
    objects = PersonMergeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(unmerged_on__isnull=True), name="merged_away_once"
            ),
            models.CheckConstraint(name="merge_is_of_two_records", condition=~Q(kept=F("merged"))),
            both_or_neither("unmerge_is_signed", "unmerged_by", "unmerged_on"),
        ]

    def __str__(self) -> str:
        return f"merge of {self.merged_on}"
