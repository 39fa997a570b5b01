"""Notes, each of which says whom it is about; and tasks."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Ability
from nestling.foundation.privacy import Privacy, operational, sealed, sensitive
from nestling.foundation.records import Record, both_or_neither
from nestling.foundation.sealing import SealedTextField
from nestling.people.models.families import Family
from nestling.people.models.persons import Person
from nestling.people.models.relationships import Relationship
from nestling.people.models.walls import UnsealedManager, closed_to, opened_in_emergency


def _closed(user: User, *, families: str = "") -> Q:
    """The condition that a row about a person or a relationship is closed to a user."""
    return closed_to(
        user,
        families=families,
        babies=("about_person", "about_relationship__baby"),
        adults=("about_relationship__carer",),
    )


class NoteQuerySet(models.QuerySet["Note"]):
    """Questions about notes."""

    def visible_to(self, user: User) -> Self:
        """Notes of a team in which the user reads clinical content, and not locked."""
        mine = self.filter(team__in=user.teams_where(Ability.READ_CLINICAL))
        return mine.filter(~_closed(user, families="family"))

    def openable_by(self, user: User) -> Self:
        """Notes that the user may open, with those of families opened in an emergency."""
        reads = user.can(Ability.READ_CLINICAL)
        opened = Q(family__in=opened_in_emergency(user)) if reads else Q(pk__in=())
        mine = Q(team__in=user.teams_where(Ability.READ_CLINICAL))
        return self.filter((mine & ~_closed(user, families="family")) | opened)

    def shared_story(self) -> Self:
        """Notes about a baby or a relationship: what the family page may show.

        A note about an adult stays on that adult's own page, a restricted one behind its reason.
        """
        about_baby = Q(about_person__kind="baby") | Q(about_relationship__isnull=False)
        return self.filter(about_baby, restricted=False)


class Note(Record):
    """What was written about a person or a relationship; once signed, only added to.

    ``family`` is the one in whose work it was written: a father of babies in two families has
    notes in each, and neither family's pages show what was written in the other's.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey(
        Family, on_delete=models.PROTECT, null=True, related_name="notes", db_index=False
    )
    kind = models.CharField(max_length=20)
    about_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="notes"
    )
    about_relationship = models.ForeignKey(
        Relationship, on_delete=models.PROTECT, null=True, related_name="notes"
    )
    happened_on = models.DateField()
    body = SealedTextField()
    third_party = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    signed_on = models.DateField(null=True)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="corrections"
    )

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("team", "family", "about_person", "about_relationship", "happened_on"),
        **operational("written_by", "written_on", "signed_by", "signed_on", "restricted"),
        **operational("corrects"),
        **sensitive("kind", "third_party"),
        **sealed("body"),
    }
    objects = UnsealedManager.from_queryset(NoteQuerySet)()

    class Meta:
        indexes = [
            # With the team: SQLite would else read all that a team has ever written.
            models.Index(fields=["family", "team"], name="note_by_family"),
            models.Index(fields=["about_person", "-happened_on"], name="note_by_person"),
            models.Index(fields=["about_relationship", "-happened_on"], name="note_by_relation"),
        ]
        constraints = [
            models.CheckConstraint(
                name="note_is_about_a_person_or_a_relationship",
                condition=Q(about_person__isnull=False, about_relationship__isnull=True)
                | Q(about_person__isnull=True, about_relationship__isnull=False),
            ),
            both_or_neither("note_signature_has_its_day", "signed_by", "signed_on"),
        ]

    def __str__(self) -> str:
        return self.kind


class TaskQuerySet(models.QuerySet["Task"]):
    """Questions about tasks."""

    def visible_to(self, user: User) -> Self:
        """Tasks of a team whose families the user may open, but those about a locked record."""
        mine = self.filter(team__in=user.teams_where(Ability.OPEN_FAMILY))
        return mine.filter(~_closed(user))

    def open(self) -> Self:
        """Not yet done."""
        return self.filter(done_on__isnull=True)


class Task(Record):
    """Something to do about a baby, a relationship or nobody, by a day."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=30)
    about_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="tasks"
    )
    about_relationship = models.ForeignKey(
        Relationship, on_delete=models.PROTECT, null=True, related_name="tasks"
    )
    words = models.CharField(max_length=300)
    due_on = models.DateField()
    assigned_to = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="tasks")
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("team", "kind", "about_person", "about_relationship", "due_on"),
        **operational("assigned_to", "done_on", "done_by"),
        **sensitive("words"),
    }
    objects = UnsealedManager.from_queryset(TaskQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["team", "done_on", "due_on"], name="task_by_team")]
        constraints = [
            models.CheckConstraint(
                name="task_is_about_one_or_nobody",
                condition=Q(about_person__isnull=True) | Q(about_relationship__isnull=True),
            ),
            both_or_neither("task_done_is_signed", "done_by", "done_on"),
            models.UniqueConstraint(
                fields=["team", "kind", "about_person"],
                condition=Q(done_on__isnull=True, about_person__isnull=False) & ~Q(kind="other"),
                name="task_open_once_for_each_baby",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
