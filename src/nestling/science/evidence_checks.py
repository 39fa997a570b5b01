"""Arithmetic that shows when a printed figure cannot be right, or two cannot both be."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedShare:
    """A percentage as printed: its base, its decimals, and the count if one is given."""

    percent: float
    base: int
    decimals: int = 0
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareCheck:
    """What a printed share means in whole people."""

    share: PrintedShare
    percent_of_count: float | None
    least: int | None
    most: int | None

    @property
    def is_possible(self) -> bool:
        """Whether some whole number of people gives the printed percentage."""
        return self.least is not None

    @property
    def holds(self) -> bool:
        """Whether the printed count, or without one some number, gives the percentage."""
        if self.least is None or self.most is None:
            return False
        return self.share.count is None or self.least <= self.share.count <= self.most


def percentage(count: int, base: int, *, decimals: int = 1) -> float:
    """The share of a base in per cent, a half rounded up as people do.

    >>> percentage(108, 283)
    38.2
    """
    if base <= 0:
        raise ValueError(f"a base has at least one person: {base}")
    step = Decimal(1).scaleb(-decimals)
    share = Decimal(count) * 100 / Decimal(base)
    return float(share.quantize(step, rounding=ROUND_HALF_UP))


def people_for(share: PrintedShare) -> range:
    """Every whole number of people that rounds to the printed percentage: empty when there is none.

    >>> people_for(PrintedShare(percent=36, base=283))
    range(101, 104)
    >>> list(people_for(PrintedShare(percent=37, base=10)))
    []
    """
    half = Decimal(5).scaleb(-share.decimals - 1)
    printed = Decimal(str(share.percent))
    low = (printed - half) * share.base / 100
    high = (printed + half) * share.base / 100
    least = max(0, ceil(low))
    most = min(share.base, ceil(high) - 1)
    return range(least, most + 1)


def check_share(share: PrintedShare) -> ShareCheck:
    """Whether a printed percentage, its base and its count fit each other."""
    people = people_for(share)
    of_count = None if share.count is None else percentage(share.count, share.base)
    return ShareCheck(
        share=share,
        percent_of_count=of_count,
        least=people[0] if people else None,
        most=people[-1] if people else None,
    )


def bases_that_fit(shares: "Sequence[PrintedShare]", *, up_to: int) -> list[int]:
    """Every base, not above a limit, at which all counts give their printed percentages.

    >>> shares = [PrintedShare(percent=p, base=1, count=c) for c, p in ((225, 80), (250, 88))]
    >>> bases_that_fit(shares, up_to=309)
    [283]
    """
    least = max((share.count or 0 for share in shares), default=0)
    return [
        base
        for base in range(max(1, least), up_to + 1)
        if all(
            share.count is None
            or percentage(share.count, base, decimals=share.decimals) == share.percent
            for share in shares
        )
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalCheck:
    """A printed total beside the sum of its parts."""

    printed: int
    parts_sum: int

    @property
    def difference(self) -> int:
        """How many are missing (positive) or too many (negative)."""
        return self.printed - self.parts_sum

    @property
    def holds(self) -> bool:
        """Whether the parts give the total."""
        return self.difference == 0


def check_total(printed: int, parts: "Iterable[int]") -> TotalCheck:
    """The parts added up beside the printed total."""
    return TotalCheck(printed=printed, parts_sum=sum(parts))


def at_or_before(rows: "Mapping[str, int]", answer: str) -> int:
    """How many gave this answer or one before it, in the order of the rows.

    >>> at_or_before({"pregnancy": 26, "0": 105, "1": 4}, "0")
    131
    """
    if answer not in rows:
        raise ValueError(f"no row is called {answer!r}: {', '.join(rows)}")
    labels = list(rows)
    return sum(rows[label] for label in labels[: labels.index(answer) + 1])


def window_days(pregnancy: tuple[int, int], years: tuple[int, int]) -> tuple[int, int]:
    """The shortest and longest number of days from conception to a birthday.

    >>> window_days((266, 280), (730, 731))
    (996, 1011)
    """
    return pregnancy[0] + years[0], pregnancy[1] + years[1]


def times_apart(values: "Iterable[float]") -> float:
    """How many times the smallest value goes into the largest.

    >>> round(times_apart([18_000, 200_000]), 1)
    11.1
    """
    ordered = sorted(values)
    if not ordered or ordered[0] <= 0:
        raise ValueError("magnitudes are compared between positive values")
    return ordered[-1] / ordered[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedCount:
    """A count of one thing at one time, in a unit."""

    label: str
    at_most: float
    at_least: float
    unit: str
    on: "date"
    source_year: int | None = None

    @property
    def outdates_its_source(self) -> bool:
        """Whether the count is later than the report it is said to come from."""
        return self.source_year is not None and self.on.year > self.source_year


def falls(counts: "Sequence[DatedCount]") -> "list[tuple[DatedCount, DatedCount]]":
    """Each pair, in order of time, where the later count must be the smaller one."""
    ordered = sorted(counts, key=lambda count: count.on)
    return [(a, b) for a, b in combinations(ordered, 2) if b.at_most < a.at_least]


def units_mixed(counts: "Sequence[DatedCount]") -> list[str]:
    """The units of a series when there is more than one, in order of the alphabet."""
    units = sorted({count.unit for count in counts})
    return units if len(units) > 1 else []
