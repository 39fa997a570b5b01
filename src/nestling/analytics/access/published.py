"""Published figures: what a reader may see of each cell, and what is worked out from that alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nestling.analytics.access.figures import Figures, Key
from nestling.analytics.access.periods import share_people
from nestling.analytics.access.statistics import Observed, keys_of_statistic, statistic
from nestling.reference.access import breaks, definitions, populations, statements
from nestling.reference.access.areas import populations_on
from nestling.reference.access.definitions import SAME_PROVIDERS
from nestling.science.disclosure import HIDDEN, DisclosureRule, Shown
from nestling.science.disclosure.derived import difference, rate, ratio

if TYPE_CHECKING:
    from nestling.analytics.access.periods import Period

CHANGE = "_change"
NO_RATE = "no population is held for this age, so no rate"
CHANCE = "chance variation only"


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
    rate: float | None = None

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
    periods: "tuple[Period, ...]"
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What is published from.

    The exact figures, what may be seen of them, and the statistics of each period.
    """

    figures: Figures
    shown: Mapping[Key, Shown]
    rule: DisclosureRule
    observed: "Mapping[Period, Observed]" = field(default_factory=dict)
    all_in_both: bool = False

    def exact(self, number: float) -> str:
        """A number for the column of exact values: empty unless nothing is protected."""
        return str(number) if self.rule.is_off else ""


def publish(material: Material, measures: Sequence[str]) -> Published:
    """Every row of the measures asked for: the counts of each period, then the changes."""
    rows: list[Row] = []
    figures = material.figures
    by_measure: dict[str, list[Key]] = {}
    for key in figures.cells:
        by_measure.setdefault(key.measure, []).append(key)
    for name in measures:
        if definitions().measures[name].is_count:
            keys = by_measure[name]
            rows += [count_row(material, key) for key in keys]
            rows += change_rows(material, keys) if len(figures.periods) > 1 else []
        else:
            rows += statistic_rows(material, name, by_measure)
    return Published(
        rows=tuple(rows),
        rule=material.rule,
        breakdowns=figures.scope.breakdowns,
        periods=figures.periods,
        measures=tuple(measures),
    )


def count_row(material: Material, key: Key) -> Row:
    """The row of one count, with its rate where a population is held."""
    shown = material.shown[key]
    row = row_of(key, shown=str(shown), value=material.exact(material.figures.cells[key]))
    plain = all(value == "all" for value in key.place.groups)
    population = populations().get((key.place.kind, key.place.code, key.age.label))
    found = rate(shown, population, per=statements().per.value) if plain else None
    return replace(row, rate=found, note=count_note(key, shown, found))


def count_note(key: Key, shown: Shown, per_thousand: float | None) -> str:
    """The words beside a count."""
    words = []
    if definitions().measure(key.measure).at_a_date:
        words.append(f"on {key.period.end}")
    if shown is HIDDEN:
        words.append("hidden so that nobody can be picked out")
    elif per_thousand is not None:
        words.append(
            f"{per_thousand:.2f} per {statements().per.value:,} of that age ({populations_on()})"
        )
    elif key.age.unit == "years" and not is_counted_age(key):
        words.append(NO_RATE)
    return "; ".join(words)


def is_counted_age(key: Key) -> bool:
    """True for an age whose population is held for England."""
    return ("country", "England", key.age.label) in populations()


def row_of(key: Key, *, shown: str, value: str, note: str = "") -> Row:
    """A row about a key."""
    return Row(
        measure=key.measure,
        period=key.period,
        kind=key.place.kind,
        code=key.place.code,
        groups=key.place.groups,
        age=key.age.label,
        shown=shown,
        value=value,
        note=note,
    )


def change_rows(material: Material, keys: Sequence[Key]) -> list[Row]:
    """Later minus earlier, from the two published counts alone."""
    figures = material.figures
    earlier, later = figures.periods
    rows = []
    for key in (key for key in keys if key.period == later):
        before = replace(key, period=earlier)
        shown = difference(material.shown[before], material.shown[key])
        value = material.exact(figures.cells[key] - figures.cells[before])
        row = row_of(key, shown=str(shown), value=value, note=change_note(material, before, key))
        rows.append(replace(row, measure=key.measure + CHANGE))
    return rows


def change_note(material: Material, before: Key, after: Key) -> str:
    """What a reader must know beside a change.

    The ratio or why there is none, the same providers, the breaks.
    """
    words = [ratio_words(material, before, after), same_words(material, before, after)]
    crossed = [b.words for b in breaks() if before.period.start < b.since <= after.period.end]
    words.append("breaks in the series: " + ", ".join(crossed) if crossed else "")
    return "; ".join(word for word in words if word)


def ratio_words(material: Material, before: Key, after: Key) -> str:
    """The ratio of the published counts with its interval.

    Unless many people are in both periods.
    """
    if share_people(before.period, after.period):
        return "the periods share people: no interval"
    confidence = statements().confidence.value
    found = ratio(material.shown[before], material.shown[after], confidence=confidence)
    if found is None:
        return ""
    percent = f"{100 * confidence:g}%"
    return f"ratio {found.value:.2f} ({percent} {found.low:.2f} to {found.high:.2f}, {CHANCE})"


def same_words(material: Material, before: Key, after: Key) -> str:
    """The change at providers present in both periods."""
    name = after.measure + SAME_PROVIDERS
    first = material.shown.get(replace(before, measure=name))
    second = material.shown.get(replace(after, measure=name))
    if first is None or second is None:
        return "every provider is in both periods" if material.all_in_both else ""
    if first is HIDDEN or second is HIDDEN:
        return "at providers in both periods hidden"
    return f"at providers in both periods {first} to {second} ({second - first:+d})"


def statistic_rows(
    material: Material, name: str, by_measure: Mapping[str, Sequence[Key]]
) -> list[Row]:
    """The rows of a measure that is no count, in each period."""
    measure = definitions().measures[name]
    places = by_measure[measure.counted_as] if measure.counted_as else []
    rows = []
    for key in keys_of_statistic(measure, material.figures, places):
        found = statistic(key, material.observed[key.period], material.rule, material.shown)
        value = found.value if material.rule.is_off else ""
        rows.append(row_of(key, shown=found.shown, value=value, note=found.note))
    return rows
