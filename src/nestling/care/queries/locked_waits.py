"""How many locked referrals wait: a number for the lead, who answers for everybody who waits."""

from django.db.models import Q

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.referrals.models import Referral
from nestling.referrals.models.referrals import with_oneself


def locked_waits(user: User) -> int:
    """Referrals that wait in teams the user leads and that are locked against them; no name.

    One statement for a lead, none for anybody else. What the user is in is not counted.
    """
    teams = user.teams_where(Ability.TRIAGE)
    if not teams:
        return 0
    mine = Referral.objects.visible_to(user).values("pk")
    rows = Referral.objects.waiting().filter(~Q(pk__in=mine), ~with_oneself(user), team__in=teams)
    return rows.count()
