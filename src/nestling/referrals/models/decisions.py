"""Decisions and who was told; pauses of the clock; each baby left without the help asked for."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Ability
from nestling.foundation.privacy import Privacy, operational, sealed, sensitive
from nestling.foundation.records import Record, not_before
from nestling.foundation.sealing import SealedTextField
from nestling.people.models import Person
from nestling.people.models.walls import UnsealedManager, closed_to
from nestling.referrals.models.consultations import Consultation
from nestling.referrals.models.referrals import Referral, closed_referrals

REFUSALS = ("decline", "redirect")


class Decision(Record):
    """A signed decision on a referral; declining and redirecting need a coded reason.

    ``someone_sees_baby`` is asked where only the network is advised: unless it is ``yes``, the
    baby is without the help asked for.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=20)
    reason = models.CharField(max_length=30, blank=True)
    rationale = SealedTextField(blank=True)
    deciders = models.CharField(max_length=300, blank=True)
    redirected_to = models.CharField(max_length=200, blank=True)
    redirect_taken_up = models.CharField(max_length=10, blank=True)
    someone_sees_baby = models.CharField(max_length=10, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("referral", "outcome", "deciders", "redirected_to", "redirect_taken_up"),
        **operational("decided_by", "decided_on", "someone_sees_baby"),
        **sensitive("reason"),
        **sealed("rationale"),
    }

    class Meta:
        indexes = [models.Index(fields=["referral", "-decided_on"], name="decision_by_referral")]
        constraints = [
            models.CheckConstraint(
                name="decision_refusal_has_reason",
                condition=~Q(outcome__in=REFUSALS) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="decision_redirect_says_where",
                condition=~Q(outcome="redirect") | ~Q(redirected_to=""),
            ),
            models.CheckConstraint(
                name="decision_consultation_says_if_the_baby_is_seen",
                condition=~Q(outcome="consultation_only") | ~Q(someone_sees_baby=""),
            ),
        ]

    def __str__(self) -> str:
        return self.outcome


class DecisionTold(Record):
    """That someone was told of a decision: who, how and when."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="told")
    whom = models.CharField(max_length=20)
    how = models.CharField(max_length=12)
    told_on = models.DateField()
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = operational(
        "decision", "whom", "how", "told_on", "told_by"
    )

    def __str__(self) -> str:
        return f"told {self.whom}"


class ClockPause(Record):
    """A delay that the family asked for; the only thing that stops the clock of a wait."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="pauses")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    words = SealedTextField(blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("referral", "from_on", "until_on", "recorded_by"),
        **sealed("words"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(until_on__isnull=True), name="pause_one_open"
            ),
            not_before("pause_ends_after_it_begins", later="until_on", earlier="from_on"),
        ]

    def __str__(self) -> str:
        return f"pause from {self.from_on}"


class UnmetNeedQuerySet(models.QuerySet["UnmetNeed"]):
    """Questions about babies left without help."""

    def visible_to(self, user: User) -> Self:
        """Rows of a team whose lists the user may see, but those of a locked record."""
        shut = closed_to(user, babies=("baby",))
        shut |= closed_referrals(user, column="referral", family="referral__family")
        return self.filter(~shut, team__in=user.teams_where(Ability.SEE_WORKLOAD))


class UnmetNeed(Record):
    """One baby for whom help was asked and not given, and why. A baby may be unnamed."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="unmet_needs")
    kind = models.CharField(max_length=30)
    reason = models.CharField(max_length=30, blank=True)
    baby = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="unmet_needs"
    )
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, related_name="unmet_needs"
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, related_name="unmet_needs"
    )
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, null=True, related_name="unmet_needs"
    )
    referrer_type = models.CharField(max_length=30, blank=True)
    on = models.DateField()
    met_on = models.DateField(null=True)

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("team", "kind", "baby", "referral", "decision", "consultation", "on"),
        **operational("referrer_type", "met_on"),
        **sensitive("reason"),
    }
    objects = UnsealedManager.from_queryset(UnmetNeedQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["team", "-on"], name="unmet_need_by_team")]
        constraints = [
            models.CheckConstraint(
                name="unmet_need_comes_from_a_request",
                condition=Q(referral__isnull=False) | Q(consultation__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["referral", "baby"],
                condition=Q(referral__isnull=False, met_on__isnull=True),
                name="unmet_need_once_for_each_baby",
            ),
            models.CheckConstraint(
                name="unmet_need_is_never_a_loss",
                condition=~Q(kind="loss") & ~Q(reason="loss"),
            ),
        ]

    def __str__(self) -> str:
        return self.kind
