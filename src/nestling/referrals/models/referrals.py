"""A referral: a request that a team help one or more relationships."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Ability
from nestling.foundation.prepared import ids_of
from nestling.foundation.privacy import Privacy, operational, sealed, sensitive
from nestling.foundation.records import Record, WatchedRecord
from nestling.foundation.sealing import SealedTextField
from nestling.people.models import Family, Person, ProfessionalContact, Relationship
from nestling.people.models.walls import (
    UnsealedManager,
    closed_families,
    closed_to,
    opened_in_emergency,
    own_persons,
)


class ReferralState(models.TextChoices):
    """Where a referral stands."""

    RECEIVED = "received", "New"
    MORE_INFORMATION = "more_information", "More information asked for"
    FOR_MEETING = "for_meeting", "For the referral meeting"
    WAITING = "waiting", "Waiting"
    HELD_FOR_BIRTH = "held_for_birth", "Held until the birth"
    SAFEGUARDING_FIRST = "safeguarding_first", "Safeguarding action first"
    TAKEN_UP = "taken_up", "Taken up"
    CONSULTATION_ONLY = "consultation_only", "Consultation with the network"
    REDIRECTED = "redirected", "Redirected"
    DECLINED = "declined", "Turned away"
    DUPLICATE = "duplicate", "Already open"
    CLOSED_WAITING = "closed_waiting", "Closed while waiting"


WAITING_STATES = frozenset({ReferralState.WAITING, ReferralState.HELD_FOR_BIRTH})
UNDECIDED_STATES = frozenset(
    {
        *(ReferralState.RECEIVED, ReferralState.MORE_INFORMATION, ReferralState.FOR_MEETING),
        ReferralState.SAFEGUARDING_FIRST,
    }
)


def closed_referrals(user: User, *, column: str = "pk", family: str = "family") -> Q:
    """The condition that a referral is locked against a user, or that the user is in it.

    ``column`` and ``family`` name the referral and its family from the row that is asked about.
    """
    teams = user.teams_where(Ability.OPEN_FAMILY)
    ids = ids_of("closed referrals", [user.pk, teams], lambda: _closed(user))
    return Q(**{f"{family}__in": closed_families(user)}) | Q(**{f"{column}__in": ids})


def with_oneself(user: User, column: str = "pk") -> Q:
    """Referrals about a relationship of the user's own; one made as a parent is always so."""
    ids = ids_of("own referrals", [user.pk], lambda: _of_oneself(user))
    return Q(**{f"{column}__in": ids})


def _closed(user: User) -> "models.QuerySet[Any, Any]":
    about = ReferralBaby._base_manager.filter(closed_to(user, babies=("baby",)))
    return about.values_list("referral", flat=True).union(_of_oneself(user))


def _of_oneself(user: User) -> "models.QuerySet[Any, Any]":
    mine = own_persons(user)
    cared = Relationship._base_manager.filter(carer__in=mine).values("pk")
    ties = ReferralRelationship._base_manager.filter(relationship__in=cared)
    return ties.values_list("referral", flat=True)


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Questions about referrals."""

    def visible_to(self, user: User) -> Self:
        """Referrals to a team in which the user may open families, and not locked."""
        mine = self.filter(team__in=user.teams_where(Ability.OPEN_FAMILY))
        return mine.filter(~closed_referrals(user))

    def openable_by(self, user: User) -> Self:
        """Referrals that the user may open, with those opened in an emergency: never for a list."""
        mine = Q(team__in=user.teams_where(Ability.OPEN_FAMILY)) & ~closed_referrals(user)
        opened = Q(family__in=opened_in_emergency(user))
        opened |= Q(pk__in=opened_in_emergency(user, "referral_id"))
        return self.filter((mine | opened) & ~with_oneself(user))

    def waiting(self) -> Self:
        """Accepted or held for birth, and not yet taken up."""
        return self.filter(state__in=sorted(WAITING_STATES))

    def undecided(self) -> Self:
        """Still to be decided."""
        return self.filter(state__in=sorted(UNDECIDED_STATES))


class Referral(WatchedRecord):
    """One request for help, from its arrival to its decision, its wait and its take-up.

    ``state`` repeats the newest signed step and is written only by `referrals.services`. A request
    for advice may name no baby: then ``age_band`` says how old the baby is.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="referrals")
    family = models.ForeignKey(
        Family, on_delete=models.PROTECT, null=True, related_name="referrals"
    )
    reference = models.CharField(max_length=16, unique=True)
    route = models.CharField(max_length=20)
    referrer_type = models.CharField(max_length=30)
    referrer = models.ForeignKey(
        ProfessionalContact, on_delete=models.PROTECT, null=True, related_name="referrals"
    )
    referred_by_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    referrer_stays_involved = models.CharField(max_length=10, blank=True)
    written_on = models.DateField(null=True)
    received_on = models.DateField()
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    urgency = models.CharField(max_length=10, default="routine")
    concern = SealedTextField(blank=True)
    seen_between = SealedTextField(blank=True)
    baby_signals = SealedTextField(blank=True)
    parents_view = SealedTextField(blank=True)
    strengths = SealedTextField(blank=True)
    tried_so_far = SealedTextField(blank=True)
    outcome_wanted = SealedTextField(blank=True)
    practical = SealedTextField(blank=True)
    network = SealedTextField(blank=True)
    lives_with = SealedTextField(blank=True)
    postcode = SealedTextField(blank=True)
    known_for = models.CharField(max_length=60, blank=True)
    age_band = models.CharField(max_length=15, blank=True)
    family_knows = models.CharField(max_length=15, default="not_known")
    why_without_agreement = SealedTextField(blank=True)
    state = models.CharField(
        max_length=20, choices=ReferralState.choices, default=ReferralState.RECEIVED
    )
    state_on = models.DateField()
    previous_episode_id = models.UUIDField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("team", "family", "reference", "route", "referrer_type", "referrer"),
        **operational("referred_by_person", "referrer_stays_involved", "written_on", "state"),
        **operational("received_on", "received_by", "urgency", "state_on", "previous_episode_id"),
        **operational("known_for"),
        **sensitive("family_knows", "age_band"),
        **sealed("network", "lives_with", "postcode"),
        **sealed("concern", "seen_between", "baby_signals", "parents_view", "strengths"),
        **sealed("tried_so_far", "outcome_wanted", "practical", "why_without_agreement"),
    }
    objects = UnsealedManager.from_queryset(ReferralQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["team", "state", "received_on"], name="referral_by_state"),
            models.Index(fields=["team", "-state_on"], name="referral_by_state_date"),
            models.Index(
                fields=["team"], condition=Q(family__isnull=True), name="referral_without_family"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ReferralStep(Record):
    """A signed step of a referral to a state; the newest is also in the referral's column.

    ``by`` is empty for a referral that the public sent.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=ReferralState.choices)
    on = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = operational("referral", "number", "state", "on", "by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "number"], name="referral_step_in_order")
        ]

    def __str__(self) -> str:
        return self.state


class ReferralBaby(Record):
    """That a referral is about a baby; also when no carer is known yet.

    ``number_given`` keeps an NHS number that another record already holds, for the screener.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="babies_link")
    baby = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="referrals_link")
    number_given = SealedTextField(blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("referral", "baby"),
        **sealed("number_given"),
    }
    objects = UnsealedManager["ReferralBaby"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "baby"], name="referral_baby_once")
        ]

    def __str__(self) -> str:
        return f"{self.baby_id}"


class ReferralRelationship(Record):
    """That a referral asks for help with a relationship."""

    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="relationships_link"
    )
    relationship = models.ForeignKey(
        Relationship, on_delete=models.PROTECT, related_name="referrals_link"
    )

    privacy: ClassVar[dict[str, Privacy]] = operational("referral", "relationship")
    objects = UnsealedManager["ReferralRelationship"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "relationship"], name="referral_relationship_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.relationship_id}"


class ReferralIndicator(Record):
    """What the referrer noticed: how many signs in a domain, or one that opens the door itself."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="indicators")
    domain = models.CharField(max_length=30, blank=True)
    count = models.PositiveSmallIntegerField(default=0)
    sign = models.CharField(max_length=30, blank=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("referral"),
        **sensitive("domain", "count", "sign"),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="indicator_is_a_domain_or_a_sign",
                condition=(~Q(domain="") & Q(sign="")) | (Q(domain="") & ~Q(sign="")),
            )
        ]

    def __str__(self) -> str:
        return self.domain or self.sign


class Screening(Record):
    """A signed reading of a referral against the team's rules; a later one stands beside it."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="screenings")
    complete = models.BooleanField()
    in_age = models.CharField(max_length=10)
    in_area = models.CharField(max_length=10)
    referrer_accepted = models.BooleanField()
    door_opened_by = models.CharField(max_length=60, blank=True)
    missing = models.CharField(max_length=300, blank=True)
    words = SealedTextField(blank=True)
    next_state = models.CharField(max_length=20, choices=ReferralState.choices)
    screened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    screened_on = models.DateField()

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("referral", "complete", "in_age", "in_area", "referrer_accepted", "missing"),
        **operational("next_state", "screened_by", "screened_on"),
        **sensitive("door_opened_by"),
        **sealed("words"),
    }

    def __str__(self) -> str:
        return f"screened {self.screened_on}"
