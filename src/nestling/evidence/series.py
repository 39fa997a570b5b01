"""Counts of one thing over time: dates, units, and which are later than their source."""

from datetime import date
from typing import TYPE_CHECKING

from nestling.evidence.results import CheckResult
from nestling.reference.claims import words_for
from nestling.science.evidence_checks import DatedCount, falls, units_mixed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nestling.reference.claims import Register
    from nestling.reference.claims.rows import Series
    from nestling.reference.claims.values import Value


def first_day(moment: str) -> date:
    """The first day of a year, a month or a day written as `2021`, `2021-03` or `2021-03-31`.

    >>> first_day("2021-03")
    datetime.date(2021, 3, 1)
    """
    parts = [int(part) for part in moment.split("-")]
    year, month, day = [*parts, 1, 1][:3]
    return date(year, month, day)


def counted(value: "Value", *, label: str, on: str, source_year: int | None) -> DatedCount:
    """A dated count from a claim or an outside figure."""
    low, high = value.limits or (0.0, 0.0)
    strict = 1 if value.qualifier == "fewer_than" else 0
    return DatedCount(
        label=label,
        at_least=max(low, 0),
        at_most=high - strict,
        unit=value.unit,
        on=first_day(on),
        source_year=source_year,
    )


def claimed(reg: "Register", measure: str) -> dict[str, DatedCount]:
    """The register's own counts of a measure by claim."""
    found = {}
    for claim in reg.measuring(measure):
        if claim.as_of is None:
            continue
        issued = reg.sources[claim.rests_on].issued
        found[claim.id] = counted(
            claim,
            label=words_for(claim),
            on=claim.as_of,
            source_year=int(issued[:4]) if issued else None,
        )
    return found


def found_outside(reg: "Register", measure: str) -> list[tuple[str, DatedCount]]:
    """Counts of a measure in outside findings, in order of time."""
    rows = [
        (
            finding.id,
            counted(figure, label=words_for(figure), on=figure.as_of, source_year=None),
        )
        for finding in reg.findings.values()
        for figure in finding.figures
        if figure.measure == measure and figure.as_of
    ]
    return sorted(rows, key=lambda row: row[1].on)


def counts_over_time(reg: "Register") -> "Iterable[CheckResult]":
    """Measures counted more than once whose dates, units or sources do not agree."""
    for row in reg.arithmetic.series:
        counts = claimed(reg, row.measure)
        late = [identifier for identifier, count in counts.items() if count.outdates_its_source]
        mixed = units_mixed(list(counts.values()))
        if late or mixed or falls(list(counts.values())):
            yield series_result(reg, row, counts, late=late)


def series_result(
    reg: "Register", row: "Series", counts: dict[str, DatedCount], *, late: list[str]
) -> CheckResult:
    """The whole series in words, with what does not fit."""
    listed = sorted(counts.items(), key=lambda item: item[1].on)
    said = "; ".join(f"{count.label} in {count.on:%B %Y} ({key})" for key, count in listed)
    years = sorted(year for key in late if (year := counts[key].source_year))
    parts = [f"{row.topic}: {said}."]
    if late:
        said = " and ".join(late)
        parts.append(f"{said} cite a report of {years[0]} for a count made after it.")
    if mixed := units_mixed(list(counts.values())):
        parts.append(f"The units differ: {' and '.join(mixed)}.")
    if not falls(list(counts.values())):
        parts.append("No later count has to be smaller, so the series can be a rising one.")
    outside = found_outside(reg, row.measure)
    parts.append(
        "Outside: " + "; ".join(f"{c.label} in {c.on:%B %Y} ({key})" for key, c in outside) + "."
    )
    return CheckResult(
        check="dated_series",
        about=tuple(key for key, _ in listed),
        words=" ".join(parts),
        numbers={
            "counts": {key: [count.at_least, count.at_most] for key, count in listed},
            "dates": {key: count.on.isoformat() for key, count in listed},
            "later_than_source": late,
        },
    )
