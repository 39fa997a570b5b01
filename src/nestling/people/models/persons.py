"""A person: an unborn baby, a baby, a child or an adult; held once in an organisation."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from nestling.accounts.models import Organisation, User
from nestling.accounts.roles import Ability
from nestling.foundation.privacy import Privacy, identifies, operational, sensitive
from nestling.foundation.records import Record, WatchedRecord, both_or_neither
from nestling.people import name_index
from nestling.people.models.walls import UnsealedManager, closed_families, closed_to
from nestling.people.names import SEARCH_LENGTH, words_to_find
from nestling.science.ages import BabyDates
from nestling.science.phonetics import CODE_LENGTH, sound_of


class PersonKind(models.TextChoices):
    """Whether the record began as a baby's (born or not), an older child's or an adult's."""

    BABY = "baby", "Baby"
    CHILD = "child", "Child"
    ADULT = "adult", "Adult"


class PersonQuerySet(models.QuerySet["Person"]):
    """Questions about persons."""

    def visible_to(self, user: User) -> Self:
        """Persons whom a team of the user works with, by a family or a referral.

        A person belongs to the organisation, yet is seen only by a team that works with them: a
        member of one team reaches no person whom only another team knows. Nor one whose record is
        closed to them: a locked baby, and an adult who is in no other family of the user's teams.
        """
        teams = user.teams_where(Ability.OPEN_FAMILY)
        links = PersonTeam.objects.filter(person=OuterRef("pk"), team__in=teams)
        return self.filter(Exists(links), ~closed_to(user, babies=("pk",)), ~behind_a_lock(user))

    def in_logs_of(self, user: User) -> Self:
        """Persons of the organisations whose logs the user keeps: names, nothing clinical."""
        return self.filter(organisation__in=user.organisations_where(Ability.SEE_LOGS))

    def named(self, typed: str, *, teams: Sequence[UUID] | None = None) -> Self:
        """Persons whose names hold every word that was typed, with or without its accents.

        A word of one or two letters is found where a word of the name begins. No one where
        nothing was typed. With ``teams`` persons who belong to no family of these teams may be
        left out: for whoever leaves them out in any case.
        """
        words = words_to_find(typed)
        return self.filter(name_index.holding(words, teams=teams)) if words else self.none()

    def few_named(self, typed: str) -> Self:
        """As `named`, by reading: for persons whom other conditions make few."""
        words = words_to_find(typed)
        return name_index.reading(self, words) if words else self.none()

    def matchable(self) -> Self:
        """Persons who may be named as a possible duplicate, or be merged: the one hook for it.

        Merged records are not among them, and no record that is locked, sealed or of an adopted
        child may ever be: whoever protects a record in a new way leaves it out here.
        """
        return self.filter(~_kept_apart(), merged_into__isnull=True)

    def babies(self) -> Self:
        """Babies, born or not."""
        return self.filter(kind=PersonKind.BABY)


def _kept_apart() -> Q:
    """Babies with a standing lock, all who are in a family with one, and members of staff."""
    lock, staff, members, ties = (
        apps.get_model("people", name)._base_manager.all()
        for name in ("RecordLock", "StaffPerson", "FamilyMember", "Relationship")
    )
    locked = lock.filter(lifted_on__isnull=True).values("baby")
    families = members.filter(person__in=locked).values("family")
    return (
        Q(pk__in=locked)
        | Q(pk__in=members.filter(family__in=families).values("person"))
        | Q(pk__in=ties.filter(baby__in=locked).values("carer"))
        | Q(pk__in=staff.filter(until_on__isnull=True).values("person"))
    )


def behind_a_lock(user: User, *, column: str = "pk") -> Q:
    """Persons who are in a closed family, or care for a locked baby, and in no open family.

    ``column`` names the person from the row that is asked about.
    """
    members = apps.get_model("people", "FamilyMember")._base_manager.all()
    ties = apps.get_model("people", "Relationship")._base_manager.filter(
        closed_to(user, babies=("baby",))
    )
    shut = closed_families(user)
    reached = members.filter(
        ~Q(family__in=shut), family__team__in=user.teams_where(Ability.OPEN_FAMILY)
    )
    touched = Q(**{f"{column}__in": members.filter(family__in=shut).values("person")})
    touched |= Q(**{f"{column}__in": ties.values("carer")})
    return touched & ~Q(Exists(reached.filter(person=OuterRef(column))))


if TYPE_CHECKING:
    CharField = models.CharField[str, str]
else:
    CharField = models.CharField


class SoundField(CharField):
    """What a name of the same row sounds like, worked out again each time the row is stored."""

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        """Keep which name it is the sound of."""
        self.of = of
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """What a migration needs to make the same column."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, list(args), {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001 - Django's
        """The code of the name as it is now; also where many rows are stored at once."""
        code = sound_of(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, code)
        return code


def sound(of: str) -> SoundField:
    """A column that holds the sound of a name."""
    return SoundField(max_length=CODE_LENGTH, blank=True, default="", editable=False, of=of)


class Person(WatchedRecord):
    """Someone whom a team works with or near.

    An unborn baby has ``due_on`` and no ``born_on``; birth fills in ``born_on`` on this same record
    and leaves ``due_on`` as it was. A loss or death fills ``lost_on`` and ``loss``: then no age is
    said and no automatic message is sent. A record that was found to be another's double only
    points to it (``merged_into``): nothing else refers to it any more.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="persons")
    kind = models.CharField(max_length=10, choices=PersonKind.choices)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    known_as = models.CharField(max_length=100, blank=True)
    due_on = models.DateField(null=True)
    due_source = models.CharField(max_length=20, blank=True)
    born_on = models.DateField(null=True)
    birth_order = models.PositiveSmallIntegerField(null=True)
    loss = models.CharField(max_length=30, blank=True)
    lost_on = models.DateField(null=True)
    sex = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=10, blank=True)
    interpreter = models.CharField(max_length=10, blank=True)
    ethnicity = models.CharField(max_length=30, blank=True)
    religion = models.CharField(max_length=60, blank=True)
    access_needs = models.TextField(blank=True)
    gp_practice = models.CharField(max_length=200, blank=True)
    search_name = models.CharField(max_length=SEARCH_LENGTH, editable=False)
    sound_given = sound("given_name")
    sound_family = sound("family_name")
    sound_known = sound("known_as")
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="merged_here"
    )

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("organisation", "kind", "birth_order", "merged_into"),
        **identifies("given_name", "family_name", "known_as", "due_on", "due_source", "born_on"),
        **identifies("sound_given", "sound_family", "sound_known"),
        **identifies("search_name", "gp_practice"),
        **sensitive("loss", "lost_on", "sex", "language", "interpreter", "ethnicity", "religion"),
        **sensitive("access_needs"),
    }
    objects = UnsealedManager.from_queryset(PersonQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "search_name"], name="person_by_name"),
            models.Index(fields=["organisation", "due_on"], name="person_by_due_date"),
            models.Index(fields=["organisation", "born_on"], name="person_by_birth_date"),
            models.Index(
                fields=["organisation", "sound_family", "sound_given"], name="person_by_sound"
            ),
            models.Index(
                fields=["organisation", "sound_given", "sound_family"], name="person_by_sound_given"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="person_is_not_merged_into_itself", condition=~Q(merged_into=F("pk"))
            ),
            models.CheckConstraint(
                name="person_loss_has_its_kind",
                condition=Q(loss="", lost_on__isnull=True) | ~Q(loss=""),
            ),
            models.CheckConstraint(
                name="person_due_date_has_a_source",
                condition=Q(due_on__isnull=True) | ~Q(due_source=""),
            ),
            models.CheckConstraint(
                name="person_has_a_name",
                condition=~Q(given_name="") | ~Q(family_name=""),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name as staff see it; a baby without a name yet is "Baby" and the family name."""
        if not self.given_name and self.kind == PersonKind.BABY:
            return f"Baby {self.family_name}"
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def short_name(self) -> str:
        """What the person is called: the name they are known as, else the given name."""
        return self.known_as or self.given_name or self.full_name

    @property
    def is_lost(self) -> bool:
        """Whether a loss or death is recorded, which silences every automatic message."""
        return bool(self.loss)

    @property
    def dates(self) -> BabyDates:
        """The dates that ages are counted from."""
        return BabyDates(due_on=self.due_on, born_on=self.born_on, lost=self.is_lost)


class PersonTeam(Record):
    """That a team works with a person; written when a referral or family brings them together."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="teams_link")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="persons_link")

    privacy: ClassVar[dict[str, Privacy]] = operational("person", "team")
    objects = UnsealedManager["PersonTeam"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "team"], name="person_once_in_team")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} with {self.team_id}"


class PersonIdentifier(Record):
    """A number that identifies a person: which system gave it, and its value without spaces."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=10)
    value = models.CharField(max_length=40)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("person", "organisation", "system"),
        **identifies("value"),
    }
    objects = UnsealedManager["PersonIdentifier"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "system", "value"], name="identifier_once_in_organisation"
            )
        ]

    def __str__(self) -> str:
        return self.system


class PersonState(Record):
    """A signed record of what became of a baby: due, born, lost."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="states")
    state = models.CharField(max_length=30)
    on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("person", "recorded_by", "recorded_on"),
        **sensitive("state", "on"),
    }

    class Meta:
        constraints = [
            both_or_neither("person_state_is_signed", "recorded_by", "recorded_on"),
        ]

    def __str__(self) -> str:
        return self.state
