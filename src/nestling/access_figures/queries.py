"""What pages read: releases, the lines of one table, the steps of one waterfall."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from nestling.access_figures.models import PublishedRow, Release, WaterfallStep
from nestling.accounts.models import User
from nestling.accounts.roles import Ability


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a release can show: each measure with its breakdowns, and its periods' last days."""

    breakdowns: dict[str, tuple[str, ...]]
    ends: tuple[date, ...]


def reader_of(request: HttpRequest) -> User:
    """The signed-in user.

    Raises:
        PermissionDenied: the user may not see figures.
    """
    user = request.user
    if not isinstance(user, User) or not user.can(Ability.SEE_FIGURES):
        raise PermissionDenied(Ability.SEE_FIGURES)
    return user


def open_release(words: str = "") -> Release | None:
    """The release that an address names, else the newest; none where none is stored.

    A real release goes before the made-up one that comes with Nestling. Raises ``Http404`` for a
    name that is no release's.
    """
    if not words:
        return Release.objects.order_by("is_practice", "-made_on", "-created_at").first()
    try:
        found = Release.objects.filter(pk=UUID(words)).first()
    except ValueError as error:
        raise Http404("no such release") from error
    if found is None:
        raise Http404("no such release")
    return found


def held(release: Release) -> Held:
    """What the release holds, in the order of its tables."""
    rows = PublishedRow.objects.filter(release=release).order_by()
    kinds = rows.values_list("measure", "breakdown").distinct()
    found: dict[str, set[str]] = {}
    for measure, breakdown in kinds:
        found.setdefault(measure, set()).add(breakdown)
    ends = rows.values_list("period_end", flat=True).distinct()
    return Held(
        breakdowns={name: tuple(sorted(kinds)) for name, kinds in found.items()},
        ends=tuple(sorted(ends)),
    )


def lines(release: Release, measure: str, *, breakdown: str, end: date) -> list[PublishedRow]:
    """The lines of one table, in order."""
    wanted = {"measure": measure, "breakdown": breakdown, "period_end": end}
    return list(PublishedRow.objects.filter(release=release, **wanted).order_by("place"))


def of_measures(
    release: Release, measures: Iterable[str], *, breakdown: str, end: date
) -> list[PublishedRow]:
    """The lines of several measures by one breakdown in one period, in order."""
    rows = PublishedRow.objects.filter(release=release, breakdown=breakdown, period_end=end)
    return list(rows.filter(measure__in=list(measures)).order_by("place"))


def england(release: Release, measures: Iterable[str]) -> list[PublishedRow]:
    """England's lines of some measures, in every period."""
    rows = PublishedRow.objects.filter(release=release, breakdown="country")
    return list(rows.filter(measure__in=list(measures)))


def waterfalls(release: Release) -> list[tuple[str, date]]:
    """The measures and last days for which a waterfall is held."""
    rows = WaterfallStep.objects.filter(release=release, number=0)
    return list(rows.order_by("measure", "period_end").values_list("measure", "period_end"))


def steps(release: Release, measure: str, *, end: date) -> list[WaterfallStep]:
    """The steps of one waterfall, in order."""
    wanted = {"measure": measure, "period_end": end}
    return list(WaterfallStep.objects.filter(release=release, **wanted).order_by("number"))


def places(release: Release, measure: str, *, breakdown: str) -> list[PublishedRow]:
    """Every area's lines of a measure and of its change, in every period, in order."""
    rows = PublishedRow.objects.filter(release=release, breakdown=breakdown)
    return list(rows.filter(measure__in=[measure, f"{measure}_change"]).order_by("place"))
