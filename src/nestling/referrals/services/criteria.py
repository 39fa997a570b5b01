"""A team's acceptance rules, replaced by new ones from a day: the old ones stay readable."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction

from nestling.accounts.models import Team, User
from nestling.foundation import audit
from nestling.foundation.versions import Seen, check_seen, hold
from nestling.referrals.models import TeamCriteria
from nestling.referrals.services.details import CriteriaDetails


@transaction.atomic
def set_criteria(
    team: Team,
    details: CriteriaDetails,
    *,
    on: date,
    by: User | None,
    seen: Seen | None = None,
) -> TeamCriteria:
    """The team's rules from a day on; those set earlier the same day are corrected.

    Raises:
        StaleRecordError: other rules hold than those that were seen.
    """
    hold(team)
    now_held = TeamCriteria.objects.filter(team=team, until_on__isnull=True).first()
    check_seen(seen, now_held)
    values = _values(details)
    if now_held is not None and now_held.from_on >= on:
        return audit.change(now_held, {**values, "decided_by": by}, by=by)
    if now_held is not None:
        audit.change(now_held, {"until_on": on}, by=by, action="replaced")
    return audit.create(TeamCriteria(team=team, from_on=on, decided_by=by, **values), by=by)


def _values(details: CriteriaDetails) -> dict[str, Any]:
    """The rules as their columns hold them: lists, and ways as small objects."""
    ways = [{"domains": domains, "count": count} for domains, count in details.threshold]
    return asdict(details) | {
        "postcode_districts": sorted(details.postcode_districts),
        "referrer_types": sorted(details.referrer_types),
        "opening_signs": sorted(details.opening_signs),
        "threshold": ways,
    }
