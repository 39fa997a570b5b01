"""Published rows as tables that a person reads: places down, ages across."""

from dataclasses import dataclass
from itertools import groupby

from nestling.analytics.access.published import CHANGE, Published, Row
from nestling.reference.access import areas, definitions
from nestling.reference.access.areas import UNKNOWN

HEADS = {
    "country": "Country",
    "region": "Region",
    "icb": "ICB",
    "sub_icb": "Sub-ICB location",
    "provider": "Provider",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pivot:
    """One table: a measure in a period, places (and breakdowns) down, ages across."""

    measure: str
    title: str
    period: str
    ages: tuple[str, ...]
    heads: tuple[str, ...]
    lines: tuple[tuple[tuple[str, ...], tuple[Row | None, ...]], ...]
    notes: tuple[str, ...]


def pivots(published: Published) -> list[Pivot]:
    """One table a measure and period, in the order of the rows."""
    grouped = groupby(published.rows, key=lambda row: (row.measure, row.period))
    return [pivot(measure, list(rows), published) for (measure, _period), rows in grouped]


def pivot(measure: str, rows: list[Row], published: Published) -> Pivot:
    """One table out of the rows of a measure and period."""
    ages = tuple(dict.fromkeys(row.age for row in rows))
    lines: dict[tuple[str, ...], dict[str, Row]] = {}
    for row in rows:
        lines.setdefault(line_head(row), {})[row.age] = row
    return Pivot(
        measure=measure,
        title=title_of(measure),
        period=period_words(measure, rows[0]),
        ages=tuple(age_words(age) for age in ages),
        heads=("Area", *(name.replace("_", " ").capitalize() for name in published.breakdowns)),
        lines=tuple((head, tuple(cells.get(age) for age in ages)) for head, cells in lines.items()),
        notes=tuple(
            dict.fromkeys(
                f"{row.age}: {row.note}" for row in rows if row.kind == "country" and row.note
            )
        ),
    )


def line_head(row: Row) -> tuple[str, ...]:
    """The place and the breakdowns of a row, in words."""
    return (place_words(row.kind, row.code), *row.groups)


def place_words(kind: str, code: str) -> str:
    """The name of a place with its code."""
    if kind == "country":
        return code
    if code == UNKNOWN:
        return f"Not known ({HEADS[kind]})"
    name = areas().name_of(kind, code)
    return code if name == code else f"{name} ({code})"


def title_of(measure: str) -> str:
    """The words of a measure, also of a change."""
    words = definitions().measure(measure.removesuffix(CHANGE)).words
    return f"Change: {words[0].lower()}{words[1:]}" if measure.endswith(CHANGE) else words


def period_words(measure: str, row: Row) -> str:
    """The period of a table, or the day of a caseload."""
    if definitions().measure(measure.removesuffix(CHANGE)).at_a_date:
        return f"on {day_words(row)}"
    start = row.period.start
    return f"{start.day} {start:%B %Y} to {day_words(row)}"


def day_words(row: Row) -> str:
    """The last day in words."""
    return f"{row.period.end.day} {row.period.end:%B %Y}"


def age_words(age: str) -> str:
    """An age as a column's head.

    >>> [age_words(age) for age in ("0", "1", "0-2", "7m")]
    ['Under 1', 'Age 1', 'Ages 0 to 2', '7 months']
    """
    if age.endswith("m"):
        return f"{age.removesuffix('m').replace('-', ' to ')} months"
    if "-" in age:
        return f"Ages {age.replace('-', ' to ')}"
    return "Under 1" if age == "0" else f"Age {age}"
