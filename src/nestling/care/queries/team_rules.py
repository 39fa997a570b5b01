"""A team's own numbers on a day, from its acceptance rules."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from nestling.referrals.models import TeamCriteria
from nestling.science.waiting import WaitRules

#: What holds for a team that has not set its rules yet: the defaults of the model.
UNSET = TeamCriteria()


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRules:
    """Age limit in months, days near it, days without contact, days for opening again."""

    limit_months: int
    near_limit_days: int
    no_contact_days: int
    reopen_days: int

    @property
    def of_waits(self) -> WaitRules:
        """What waits are judged by."""
        return WaitRules(
            limit_months=self.limit_months,
            near_limit_days=self.near_limit_days,
            no_contact_days=self.no_contact_days,
        )


def criteria_on(on: date) -> QuerySet[TeamCriteria]:
    """The rules that hold on a day, newest first."""
    current = Q(until_on__isnull=True) | Q(until_on__gt=on)
    return TeamCriteria.objects.filter(current, from_on__lte=on).order_by("-from_on")


def team_rules(team_id: UUID, *, on: date) -> TeamRules:
    """The numbers that hold for a team on a day."""
    found = criteria_on(on).filter(team=team_id).first() or UNSET
    return TeamRules(
        limit_months=found.limit_months,
        near_limit_days=found.near_limit_days,
        no_contact_days=found.no_contact_days,
        reopen_days=found.reopen_days,
    )
