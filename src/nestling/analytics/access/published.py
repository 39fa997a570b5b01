"""Published figures: what a reader may see of each cell, and what is worked out from that alone."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nestling.analytics.access.figures import Figures, Key
from nestling.science.disclosure import HIDDEN, DisclosureRule, Shown

if TYPE_CHECKING:
    from nestling.analytics.access.periods import Period

CHANGE = "_change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of an output."""

    measure: str
    period: "Period"
    kind: str
    code: str
    groups: tuple[str, ...]
    age: str
    shown: str
    value: str = ""
    note: str = ""
    extras: dict[str, str] = field(default_factory=dict)

    @property
    def is_hidden(self) -> bool:
        """True where the reader may not see the number."""
        return self.shown == str(HIDDEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The rows of a run with the rule that they were made under."""

    rows: tuple[Row, ...]
    rule: DisclosureRule
    breakdowns: tuple[str, ...]


def publish(figures: Figures, shown: dict[Key, Shown], rule: DisclosureRule) -> Published:
    """Every row: the counts of each period, then the changes."""
    rows: list[Row] = []
    for measure in figures.measures:
        keys = [key for key in figures.cells if key.measure == measure]
        rows += [count_row(figures, key, shown, rule) for key in keys]
        if len(figures.periods) == 2:
            rows += change_rows(figures, keys, shown, rule)
    return Published(rows=tuple(rows), rule=rule, breakdowns=figures.scope.breakdowns)


def count_row(figures: Figures, key: Key, shown: dict[Key, Shown], rule: DisclosureRule) -> Row:
    """The row of one count."""
    value = str(figures.cells[key]) if rule.is_off else ""
    return row_of(key, measure=key.measure, shown=str(shown[key]), value=value)


def row_of(key: Key, *, measure: str, shown: str, value: str, note: str = "") -> Row:
    """A row about a key's place and age."""
    return Row(
        measure=measure,
        period=key.period,
        kind=key.place.kind,
        code=key.place.code,
        groups=key.place.groups,
        age=key.age.label,
        shown=shown,
        value=value,
        note=note,
    )


def change_rows(
    figures: Figures, keys: list[Key], shown: dict[Key, Shown], rule: DisclosureRule
) -> list[Row]:
    """Later minus earlier, from the two published counts alone."""
    earlier, later = figures.periods
    rows = []
    for key in (key for key in keys if key.period == later):
        before = Key(key.measure, earlier, key.place, key.age)
        value = str(figures.cells[key] - figures.cells[before]) if rule.is_off else ""
        words = str(difference(shown[before], shown[key]))
        rows.append(row_of(key, measure=key.measure + CHANGE, shown=words, value=value))
    return rows


def difference(earlier: Shown, later: Shown) -> Shown:
    """Later minus earlier, hidden where either is."""
    if earlier is HIDDEN or later is HIDDEN:
        return HIDDEN
    return later - earlier
