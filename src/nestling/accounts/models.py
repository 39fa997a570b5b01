"""Organisations, their teams, the people who sign in, and the roles they hold."""

from collections.abc import Collection
from datetime import date
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q

from nestling.accounts.roles import ABILITIES, TEAM_ROLES, Ability, Role
from nestling.foundation.clock import today
from nestling.foundation.prepared import records_of
from nestling.foundation.privacy import Privacy, identifies, operational, sealed
from nestling.foundation.records import Record, both_or_neither, not_before
from nestling.foundation.sealing import SealedTextField


class Nation(models.TextChoices):
    """The nation whose law, terms and numbers a service works with."""

    ENGLAND = "england", "England"
    SCOTLAND = "scotland", "Scotland"
    WALES = "wales", "Wales"
    NORTHERN_IRELAND = "northern_ireland", "Northern Ireland"


class Organisation(Record):
    """An NHS trust, charity or council that runs teams; the wall around its families."""

    name = models.CharField(max_length=200, unique=True)
    nation = models.CharField(max_length=20, choices=Nation.choices)
    ods_code = models.CharField(max_length=12, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = operational("name", "nation", "ods_code")

    def __str__(self) -> str:
        return self.name


class Team(Record):
    """A specialised parent and infant relationship team."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60, unique=True)
    reference_prefix = models.CharField(max_length=4)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    opening_hours = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    takes_public_referrals = models.BooleanField(default=True)

    privacy: ClassVar[dict[str, Privacy]] = operational(
        *("organisation", "name", "slug", "reference_prefix", "phone", "email", "opening_hours"),
        *("place", "takes_public_referrals"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="team_name_once_in_organisation"
            )
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes users, who are known by their email address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with a usable password, or none when they sign in elsewhere."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin, Record):
    """Someone who signs in. What they may do comes from their memberships alone.

    ``closed_on`` is the first day on which they no longer sign in; it may lie ahead.
    """

    email = models.EmailField(unique=True)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="users", null=True
    )
    is_active = models.BooleanField(default=True)
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = {
        **identifies("email", "given_name", "family_name"),
        **operational("organisation", "is_active", "password", "last_login", "is_superuser"),
        **operational("closed_on", "closed_by"),
    }

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["given_name", "family_name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [both_or_neither("account_closing_is_signed", "closed_by", "closed_on")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Given and family name."""
        return f"{self.given_name} {self.family_name}".strip()

    def is_closed(self, on: date) -> bool:
        """Whether the account is closed on a day."""
        return not self.is_active or (self.closed_on is not None and self.closed_on <= on)

    @cached_property
    def current_memberships(self) -> list["Membership"]:
        """The roles held today, read once a request."""
        if self.is_closed(today()):
            return []
        return self._own(memberships_of(self.pk, on=today()))

    def _own(self, rows: list["Membership"]) -> list["Membership"]:
        """Memberships that were just read, with this user in each."""
        for row in rows:
            row.user = self
        return rows

    @classmethod
    def with_roles_held(cls, pk: UUID) -> "User | None":
        """A user with the roles held today, which every page asks for: mostly one statement."""
        rows = memberships_of(pk, on=today())
        if not rows:
            found = records_of("the user", [pk], lambda: cls.objects.filter(pk=pk))
            return next(iter(found), None)
        user = rows[0].user
        user.current_memberships = user._own(rows)
        return user

    def can(self, ability: Ability) -> bool:
        """Whether any role held today has the ability."""
        return any(ability in ABILITIES[row.held] for row in self.current_memberships)

    def teams_where(self, ability: Ability) -> list[UUID]:
        """The teams in which the user has the ability, by id."""
        rows = (row for row in self.current_memberships if ability in ABILITIES[row.held])
        return [row.team_id for row in rows if row.team_id is not None]

    def organisations_where(self, ability: Ability) -> list[UUID]:
        """The organisations in which the user has the ability, by id."""
        rows = self.current_memberships
        return [row.organisation_id for row in rows if ability in ABILITIES[row.held]]

    @property
    def roles(self) -> set[Role]:
        """The roles held today."""
        return {row.held for row in self.current_memberships}

    @property
    def current_team(self) -> Team | None:
        """The team whose name stands in the header: the first that the user works in."""
        return next((row.team for row in self.current_memberships if row.team), None)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about memberships."""

    def dated(self, on: date) -> "MembershipQuerySet":
        """Given by a day and not ended by then, whether or not the account is open."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=on), from_on__lte=on)

    def current(self, on: date) -> "MembershipQuerySet":
        """Held on a day by someone whose account is not closed then."""
        return self.dated(on).exclude(user__closed_on__lte=on)

    def with_roles(self, roles: Collection[Role]) -> "MembershipQuerySet":
        """In one of these roles."""
        return self.filter(role__in=roles)


class Membership(Record):
    """A role that a user holds, in a team or in the whole organisation, for a time."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships", null=True)
    role = models.CharField(max_length=30, choices=Role.choices)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = operational(
        "user", "organisation", "team", "role", "from_on", "until_on"
    )
    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="membership_team_roles_name_a_team",
                condition=Q(role__in=sorted(TEAM_ROLES), team__isnull=False)
                | (~Q(role__in=sorted(TEAM_ROLES)) & Q(team__isnull=True)),
            ),
            not_before("membership_ends_after_it_begins", later="until_on", earlier="from_on"),
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.get_role_display()}"

    @property
    def held(self) -> Role:
        """The role as its type."""
        return Role(self.role)


def memberships_of(user_id: UUID, *, on: date) -> list[Membership]:
    """The roles that a user holds on a day, with user, team and organisation."""

    def held() -> "models.QuerySet[Membership]":
        mine = Membership.objects.filter(user=user_id).current(on)
        return mine.select_related("user", "team", "organisation")

    return records_of("memberships", [user_id, on], held)


class SecondStepReset(Record):
    """That somebody's second step was taken away, so that they set up another; and why.

    ``told_at`` is empty until the message that tells them has left.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="second_step_resets")
    reason = SealedTextField()
    reset_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reset_on = models.DateField()
    told_at = models.DateTimeField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("user", "reset_by", "reset_on", "told_at"),
        **sealed("reason"),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="second_step_is_reset_by_someone_else",
                condition=~Q(user=models.F("reset_by")),
            )
        ]

    def __str__(self) -> str:
        return f"second step reset on {self.reset_on}"
