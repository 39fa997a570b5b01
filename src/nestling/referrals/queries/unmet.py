"""Babies for whom help was asked and not given: one row each, filtered, by date."""

from dataclasses import asdict, dataclass

from nestling.accounts.models import User
from nestling.foundation.looks import describe_export, describe_look
from nestling.referrals.models import UnmetNeed
from nestling.referrals.models.decisions import UnmetNeedQuerySet
from nestling.ui.paging import PER_PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmetFilter:
    """Which rows are wanted; what is empty wants all."""

    kind: str = ""
    reason: str = ""
    referrer_type: str = ""
    still: str = ""


def unmet_count(user: User, wanted: UnmetFilter) -> int:
    """How many rows there are."""
    return _wanted(user, wanted).count()


def unmet_needs(user: User, wanted: UnmetFilter, *, page: int) -> list[UnmetNeed]:
    """A page of rows, newest first, with the baby and the request behind each: one statement."""
    describe_look("listed")
    first = (max(page, 1) - 1) * PER_PAGE
    return list(_named(user, wanted)[first : first + PER_PAGE])


def unmet_for_print(user: User, wanted: UnmetFilter, *, with_names: bool) -> list[UnmetNeed]:
    """Every row, for a print; without names the babies and referrals are not even read."""
    rows = (
        _named(user, wanted) if with_names else _wanted(user, wanted).select_related("consultation")
    )
    found = list(rows.order_by("-on", "-pk"))
    asked = {**asdict(wanted), "list": "unmet_need", "names": "yes" if with_names else "no"}
    describe_export(filter=asked, ids=[row.pk for row in found], action="printed")
    return found


def _named(user: User, wanted: UnmetFilter) -> UnmetNeedQuerySet:
    rows = _wanted(user, wanted).select_related("baby", "referral", "consultation", "team")
    return rows.order_by("-on", "-pk")


def _wanted(user: User, wanted: UnmetFilter) -> UnmetNeedQuerySet:
    rows = UnmetNeed.objects.visible_to(user)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.reason:
        rows = rows.filter(reason=wanted.reason)
    if wanted.referrer_type:
        rows = rows.filter(referrer_type=wanted.referrer_type)
    if wanted.still:
        rows = rows.filter(met_on__isnull=wanted.still == "unmet")
    return rows
