"""Builds the demo: the same seed and day give the same rows."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from nestling.accounts.models import Organisation
from nestling.demo.bulk import Stock, copy_families, fresh_press
from nestling.demo.caring import Carer
from nestling.demo.maker import Maker
from nestling.demo.people import ORGANISATION, logins, make_service
from nestling.demo.stories import ALWAYS, OFTEN, Story, Teller
from nestling.demo.storing import count_up, written_fast
from nestling.demo.teams import open_teams
from nestling.foundation.clock import fixed_at
from nestling.foundation.clock import today as clock_today
from nestling.foundation.ids import seeded_ids
from nestling.people.models import Family
from nestling.people.services import ensure_overdue_tasks

__all__ = ["DemoMade", "DemoSettings", "build_demo", "logins"]

OPENED_DAYS_AGO = 900
TOLD_AT_MOST = 300
"""So many families are each told through the services; of more, the rest are copies."""
TOLD_FOR_COPIES = 120
"""How many are told when the rest are copied from them."""
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSettings:
    """How many families, from which seed, and the day that counts as today (else the real one)."""

    families: int = 60
    seed: int = 1001
    as_at: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoMade:
    """What was made, or found made before, in words."""

    words: str
    families: int


def build_demo(wanted: DemoSettings, *, on_progress: Progress) -> DemoMade:
    """A fictional service with so many families; what is there already is left as it is."""
    if Organisation.objects.filter(name=ORGANISATION).exists():
        found = Family.objects.count()
        words = f"The made-up service is there already: {found} families."
        return DemoMade(words=f"{words} Delete the folder to start afresh.", families=found)
    day = wanted.as_at or clock_today()
    if wanted.families <= TOLD_AT_MOST:
        tell_all(wanted, day=day, on_progress=on_progress)
    else:
        with written_fast():
            tell_and_copy(wanted, day=day, on_progress=on_progress)
            count_up()
    made = Family.objects.count()
    return DemoMade(
        words=f"Made up {wanted.families} families (seed {wanted.seed}).", families=made
    )


@transaction.atomic
def tell_all(wanted: DemoSettings, *, day: date, on_progress: Progress) -> Maker:
    """Every family told through the services that staff use."""
    # Loads the query engines, which a second start has no need of.
    from nestling.access_figures.services import load_practice_release  # noqa: PLC0415

    with seeded_ids(wanted.seed):
        rng = random.Random(wanted.seed)  # noqa: S311 - made-up people, not secrets
        with fixed_at(morning(day - timedelta(days=OPENED_DAYS_AGO))):
            service = make_service(on=day - timedelta(days=OPENED_DAYS_AGO))
        maker = Maker(service, rng=rng, today=day)
        tell_stories(maker, families=wanted.families, on_progress=on_progress)
        with fixed_at(morning(day)):
            ensure_overdue_tasks(on=day)
            load_practice_release(on=day)
    return maker


@transaction.atomic
def tell_and_copy(wanted: DemoSettings, *, day: date, on_progress: Progress) -> None:
    """Some families told; the rest copied from them for other people, in more teams."""
    told = replace(wanted, families=TOLD_FOR_COPIES)
    maker = tell_all(told, day=day, on_progress=on_progress)
    opened = day - timedelta(days=OPENED_DAYS_AGO)
    with seeded_ids(wanted.seed + 1), fixed_at(morning(day)):
        press = fresh_press(maker.service.organisation, rng=maker.rng)
        stock = Stock.gathered()
        roster = open_teams(
            maker.service, families=wanted.families, on=opened, rng=maker.rng, crowd=press.crowd
        )
        copy_families(
            stock,
            roster,
            press,
            count=wanted.families - TOLD_FOR_COPIES,
            on_progress=lambda made: on_progress(
                f"Making up families… {made + TOLD_FOR_COPIES} of {wanted.families}"
            ),
        )


def tell_stories(maker: Maker, *, families: int, on_progress: Progress) -> None:
    """One story of each kind, then as many more as there are families to make."""
    tell = Teller(make=maker, care=Carer(maker))
    teams = list(maker.service.teams.values())
    told = 0
    for number, (story, size) in enumerate(story_order(maker.rng, families=families)):
        # Two families in three are the first team's.
        story(tell, teams[1] if number % 3 == 2 else teams[0])
        told += size
        on_progress(f"Making up families… {told} of {families}")


def story_order(rng: random.Random, *, families: int) -> list[tuple[Story, int]]:
    """Which stories are told, with the number of families of each, until there are enough."""
    order: list[tuple[Story, int]] = []
    left = families
    for story, size in ALWAYS:
        if size <= left:
            order.append((story, size))
            left -= size
    order += [(rng.choice(OFTEN), 1) for _ in range(left)]
    return order


def morning(day: date) -> datetime:
    """Nine o'clock on a day, where the service is."""
    return timezone.make_aware(datetime.combine(day, time(hour=9)))
