"""People counted once per geography: from contacts to people to numbers by age."""

from collections import Counter
from dataclasses import dataclass
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.types as ir

from nestling.analytics.access.scope import ALL, AREAS, Scope
from nestling.reference.access.areas import ENGLAND, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nestling.analytics.access.ages import AgeGroup
    from nestling.analytics.engines.base import Engine

#: A day and an age in one whole number, so that the lowest is the first day and on it the
#: lowest age.
STEP = 10_000
SHIFT = 5_000
EPOCH = "1900-01-01"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where, and of which breakdowns, a number is."""

    kind: str
    code: str
    groups: tuple[str, ...] = ()


Numbers = Counter[tuple[Place, "AgeGroup"]]


def first_key(day: ir.DateValue, age: ir.IntegerValue) -> ir.IntegerValue:
    """The day and the age as one number that sorts by day, then age."""
    return day.delta(ibis.date(EPOCH), unit="day").cast("int64") * STEP + age.cast("int64") + SHIFT


def age_of(first: ir.IntegerValue) -> ir.IntegerValue:
    """The age in such a number."""
    return (first % STEP) - SHIFT


def with_areas(rows: ir.Table, scope: Scope) -> ir.Table:
    """The rows with sub-ICB location, integrated care board and region.

    ``UNKNOWN`` where there is none.
    """
    if not scope.needs_areas:
        return rows
    areas = AREAS.rename(area="sub_icb")
    joined = rows.left_join(areas, rows.sub_icb == areas.area)
    filled = {
        name: ibis.coalesce(joined[column], ibis.literal(UNKNOWN))
        for name, column in (("sub_icb", "area"), ("icb", "icb"), ("region", "region"))
    }
    return joined.mutate(**filled).drop("area")


def with_provider(rows: ir.Table) -> ir.Table:
    """The rows with a provider, ``UNKNOWN`` where there is none."""
    return rows.mutate(provider=ibis.coalesce(rows.provider.nullif(""), ibis.literal(UNKNOWN)))


def place_keys(scope: Scope) -> list[str]:
    """The columns that say where and of which breakdown a contact is."""
    area = ["sub_icb"] if scope.needs_areas else []
    provider = ["provider"] if "provider" in scope.geographies else []
    return [*area, *provider, *scope.breakdowns]


def splits(scope: Scope) -> "Iterator[tuple[str, tuple[str, ...]]]":
    """Each geography with each choice of breakdowns, none of them included."""
    choices = chain.from_iterable(
        combinations(scope.breakdowns, size) for size in range(len(scope.breakdowns) + 1)
    )
    return ((kind, choice) for choice in choices for kind in scope.geographies)


def keys_of(kind: str, choice: tuple[str, ...]) -> list[str]:
    """The columns to group by for one geography and choice of breakdowns."""
    return [*([] if kind == "country" else [kind]), *choice]


def place_of(row: dict[str, Any], *, kind: str, choice: tuple[str, ...], scope: Scope) -> Place:
    """The place of one row of a result."""
    code = ENGLAND if kind == "country" else str(row[kind])
    groups = tuple(str(row[name]) if name in choice else ALL for name in scope.breakdowns)
    return Place(kind, code, groups)


def spread(rows: "Iterable[tuple[Place, int, int]]", groups: "Iterable[AgeGroup]") -> Numbers:
    """Numbers by place and single age, added up to the ages asked for."""
    wanted = list(groups)
    numbers: Numbers = Counter()
    for place, age, count in rows:
        for group in wanted:
            if group.holds(age):
                numbers[place, group] += count
    return numbers


def by_age(
    engine: "Engine",
    table: ir.Table,
    *,
    split: tuple[str, tuple[str, ...]],
    tests: "dict[str, ir.BooleanValue]",
    scope: Scope,
) -> dict[str, list[tuple[Place, int, int]]]:
    """How many rows of a table (one a person or referral) pass each test, by place and ``age``."""
    kind, choice = split
    asked = table.age.between(scope.ages.lowest, scope.ages.highest)
    flags = {name: test.cast("int64") for name, test in tests.items()}
    marked = table.mutate(**flags).filter(asked)
    sums = {name: marked[name].sum() for name in tests}
    rows = engine.rows(marked.group_by(*keys_of(kind, choice), "age").aggregate(**sums))
    placed = [(place_of(row, kind=kind, choice=choice, scope=scope), row) for row in rows]
    return {
        name: [(place, int(row["age"]), int(row[name] or 0)) for place, row in placed]
        for name in tests
    }
