"""A consultation given to a colleague: it may name no family and may become a referral."""

from typing import ClassVar, Self

from django.db import models

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Ability
from nestling.foundation.privacy import Privacy, operational, sealed, sensitive
from nestling.foundation.records import Record
from nestling.foundation.sealing import SealedTextField
from nestling.referrals.models.referrals import Referral, closed_referrals


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Questions about consultations."""

    def visible_to(self, user: User) -> Self:
        """Consultations of a team in which the user may receive referrals, and not locked."""
        shut = closed_referrals(user, column="referral", family="referral__family")
        return self.filter(~shut, team__in=user.teams_where(Ability.RECEIVE_REFERRAL))


class Consultation(Record):
    """Advice to a colleague about a baby who need not be named."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="consultations")
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    consultee_type = models.CharField(max_length=30)
    consultee_workplace = models.CharField(max_length=200, blank=True)
    age_band = models.CharField(max_length=15)
    theme = SealedTextField()
    advice = SealedTextField(blank=True)
    outcome = models.CharField(max_length=20)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, related_name="consultations"
    )

    privacy: ClassVar[dict[str, Privacy]] = {
        **operational("team", "on", "minutes", "consultee_type", "consultee_workplace"),
        **operational("outcome", "given_by", "referral"),
        **sensitive("age_band"),
        **sealed("theme", "advice"),
    }
    objects = ConsultationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["team", "-on"], name="consultation_by_team")]

    def __str__(self) -> str:
        return f"consultation {self.on}"
