"""Locks on a record, staff who are in one, uses of emergency access, seals, and notices of them."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from nestling.accounts.models import Organisation, Team, User
from nestling.accounts.roles import Ability
from nestling.foundation.privacy import Privacy, operational, sealed, sensitive
from nestling.foundation.records import Record, both_or_neither, not_before
from nestling.foundation.sealing import SealedTextField
from nestling.people.models.families import Family
from nestling.people.models.persons import Person
from nestling.people.models.walls import UnsealedManager, own_families


class RecordLockQuerySet(models.QuerySet["RecordLock"]):
    """Questions about locks."""

    def standing(self) -> Self:
        """Not lifted."""
        return self.filter(lifted_on__isnull=True)

    def naming(self, user: User) -> Self:
        """Locks that name a user as one who may open the record."""
        names = LockName.objects.filter(lock=OuterRef("pk"), user=user, until_on__isnull=True)
        return self.filter(Exists(names))

    def visible_to(self, user: User) -> Self:
        """Locks that the user may keep: as a lead whom they name, or for the whole organisation."""
        led = Q(Exists(LockName.objects.filter(lock=OuterRef("pk"), user=user, until_on=None)))
        governed = Q(team__organisation__in=user.organisations_where(Ability.SEE_LOGS))
        return self.filter((led & Q(team__in=user.teams_where(Ability.TRIAGE))) | governed)


class RecordLock(Record):
    """That in one team only named users may open the record of a baby, with all that is about it.

    Whoever works in the team and is not named finds nothing: no name, no row, no count by name.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    baby = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="locks")
    reason = SealedTextField()
    locked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    locked_on = models.DateField()
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("team", "baby", "locked_by", "locked_on", "lifted_by", "lifted_on"),
        **sealed("reason"),
    }
    objects = UnsealedManager.from_queryset(RecordLockQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "baby"], condition=Q(lifted_on__isnull=True), name="lock_once"
            ),
            both_or_neither("lock_lifting_is_signed", "lifted_by", "lifted_on"),
            not_before("lock_lifted_after_it_is_set", later="lifted_on", earlier="locked_on"),
        ]

    def __str__(self) -> str:
        return f"lock from {self.locked_on}"


class LockName(Record):
    """That a lock names a user, who may open the record until the day given."""

    lock = models.ForeignKey(RecordLock, on_delete=models.PROTECT, related_name="names")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named_on = models.DateField()
    until_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = operational(
        "lock", "user", "named_by", "named_on", "until_on"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lock", "user"], condition=Q(until_on__isnull=True), name="lock_names_once"
            ),
            not_before("lock_name_ends_after_it_begins", later="until_on", earlier="named_on"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} may open"


class StaffPerson(Record):
    """That a member of staff is a person on the records: they never open a record they are in."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="staff_link")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="persons_link")
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_on = models.DateField()
    until_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("user", "said_by", "said_on", "until_on"),
        **sensitive("person"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "user"],
                condition=Q(until_on__isnull=True),
                name="staff_person_once",
            ),
            not_before("staff_person_ends_after_it_begins", later="until_on", earlier="said_on"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} is in a record"


class Verdict(models.TextChoices):
    """What a review found of a use of emergency access."""

    JUSTIFIED = "justified", "Justified"
    NOT_JUSTIFIED = "not_justified", "Not justified"


class EmergencyUseQuerySet(models.QuerySet["EmergencyUse"]):
    """Questions about uses of emergency access."""

    def of(self, user: User, *, at: datetime) -> Self:
        """The uses of one user that still hold at a moment."""
        return self.filter(user=user, ends_at__gt=at, opened_at__lte=at)

    def to_review_by(self, user: User) -> Self:
        """Uses that the user may review or read of: of teams they lead, or of the organisation.

        Never their own, and never that of a record they are in.
        """
        led = Q(team__in=user.teams_where(Ability.TRIAGE))
        governed = Q(team__organisation__in=user.organisations_where(Ability.SEE_LOGS))
        theirs = Q(user=user) | Q(family__in=own_families(user))
        return self.filter(led | governed).filter(~theirs)

    def open(self) -> Self:
        """Not reviewed yet."""
        return self.filter(reviewed_on__isnull=True)


class EmergencyUse(Record):
    """That someone opened a locked record, or another team's, in an emergency, and for how long.

    It is of a family, or of a referral that has no family yet. Every use is reviewed by someone
    else.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, null=True, related_name="+")
    referral_id = models.UUIDField(null=True)
    reason = SealedTextField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    verdict = models.CharField(max_length=20, choices=Verdict.choices, blank=True)
    verdict_words = SealedTextField(blank=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("user", "team", "family", "referral_id", "opened_at", "ends_at"),
        **operational("verdict", "reviewed_by", "reviewed_on"),
        **sealed("reason", "verdict_words"),
    }
    objects = UnsealedManager.from_queryset(EmergencyUseQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["user", "-ends_at"], name="emergency_by_user")]
        constraints = [
            models.CheckConstraint(
                name="emergency_is_of_one_record",
                condition=Q(family__isnull=False, referral_id__isnull=True)
                | Q(family__isnull=True, referral_id__isnull=False),
            ),
            both_or_neither("emergency_review_is_signed", "reviewed_by", "reviewed_on"),
            models.CheckConstraint(
                name="emergency_review_has_a_verdict",
                condition=Q(reviewed_on__isnull=True, verdict="")
                | (Q(reviewed_on__isnull=False) & ~Q(verdict="")),
            ),
            models.CheckConstraint(
                name="emergency_is_reviewed_by_someone_else",
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=models.F("user")),
            ),
            models.CheckConstraint(
                name="emergency_ends_after_it_begins",
                condition=Q(ends_at__gt=models.F("opened_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"emergency until {self.ends_at}"


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    """Questions about adoptions."""

    def visible_to(self, user: User) -> Self:
        """Those of the organisations whose logs the user keeps; for nobody else."""
        return self.filter(organisation__in=user.organisations_where(Ability.SEE_LOGS))


class Adoption(Record):
    """That a child's record was sealed and a new one begun; which ones stands only in the link."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    link = SealedTextField()
    sealed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sealed_on = models.DateField()

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("organisation", "sealed_by", "sealed_on"),
        **sealed("link"),
    }
    objects = AdoptionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"sealed on {self.sealed_on}"


class SealedRow(models.Model):
    """That a stored row is under a seal: for every query but information governance's it is not."""

    id = models.BigAutoField(primary_key=True)
    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, related_name="rows")
    kind = models.CharField(max_length=60)
    record_id = models.UUIDField()

    privacy: ClassVar[dict[str, Privacy]] = operational("id", "adoption", "kind", "record_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "record_id"], name="sealed_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} under a seal"


class NoticeKind(models.TextChoices):
    """What a notice is about."""

    EMERGENCY = "emergency", "Emergency access"
    MONTH = "month", "Information governance's own looks in a month"


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Questions about notices."""

    def visible_to(self, user: User) -> Self:
        """The user's own."""
        return self.filter(user=user)

    def open(self) -> Self:
        """Not dealt with yet."""
        return self.filter(seen_on__isnull=True)


class Notice(Record):
    """Something that one user is told on their home page. It names no family."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=NoticeKind.choices)
    emergency = models.ForeignKey(
        EmergencyUse, on_delete=models.PROTECT, null=True, related_name="notices"
    )
    month = models.DateField(null=True)
    told_on = models.DateField()
    seen_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = operational(
        *("user", "organisation", "kind", "emergency", "month", "told_on", "seen_on")
    )
    objects = UnsealedManager.from_queryset(NoticeQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["user", "seen_on"], name="notice_by_user")]
        constraints = [
            models.UniqueConstraint(fields=["user", "emergency"], name="notice_of_emergency_once"),
            models.UniqueConstraint(
                fields=["user", "organisation", "month"], name="notice_of_month_once"
            ),
        ]

    def __str__(self) -> str:
        return self.kind
