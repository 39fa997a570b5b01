"""Runs of the command's own job over made-up cases, with its counts and what it shows of them."""

from dataclasses import replace
from pathlib import Path

from nestling.analytics.access.ages import parse_ages
from nestling.analytics.access.job import Job, Outcome, prepare, run_job
from nestling.analytics.access.periods import Period, period_until
from nestling.analytics.access.protected_parts import protected_parts
from nestling.analytics.access.protection import protected
from nestling.analytics.access.published import Material, publish
from nestling.analytics.access.relations import relations
from nestling.analytics.engines.duckdb import DuckDBEngine
from nestling.analytics.synthetic import Demo, write_demo
from nestling.reference.access import disclosure_rules
from nestling.science.disclosure import DisclosureRule, Shown
from nestling.science.disclosure.table import Cell, Table, that_hold
from tests.analytics.cases import END

EARLIER = period_until(END.replace(year=END.year - 1), months=12)
LATER = Period(EARLIER.end.replace(month=1, day=1).replace(year=END.year), END)


def demo(folder: Path, *, referrals: int) -> Path:
    """A made-up national extract."""
    write_demo(Demo(referrals=referrals), folder, step=lambda _words: None)
    return folder


def outcome_of(
    folder: Path,
    *,
    measures: tuple[str, ...],
    places: tuple[str, ...],
    by: tuple[str, ...] = (),
    ages: str = "0-2",
) -> Outcome:
    """A run over two periods under the strict rule."""
    job = Job(
        folder=folder,
        period=LATER,
        compare=EARLIER,
        ages=parse_ages(ages),
        geographies=places,
        breakdowns=by,
        measures=measures,
    )
    engine = DuckDBEngine()
    try:
        return run_job(prepare(job, engine), engine, step=lambda _words: None)
    finally:
        engine.close()


def seen_by_a_reader(outcome: Outcome, rule: DisclosureRule) -> tuple[Table, list[Shown]]:
    """Every cell and tie of an output, and what is shown of each cell, by a rule."""
    figures = outcome.figures
    shown = protected(figures, rule)
    parts = protected_parts(figures, shown, rule)
    keys = [*figures.cells, *parts]
    exact = {**figures.cells, **figures.parts}
    cells = [Cell(count=exact[key], place=key.place.kind) for key in keys]
    table = Table(cells, that_hold(relations(keys, in_both=figures.in_both), cells))
    return table, [{**shown, **parts}[key] for key in keys]


def without_second_hiding() -> DisclosureRule:
    """The strict rule, first hiding alone."""
    return replace(disclosure_rules()["strict"], secondary=False)


def told_again(outcome: Outcome) -> Outcome:
    """The same output from other counts that round to the same numbers.

    Nothing that a reader sees may differ.
    """
    rule = disclosure_rules()["strict"]
    shown = protected(outcome.figures, rule)
    parts = protected_parts(outcome.figures, shown, rule)
    figures = replace(
        outcome.figures,
        cells={key: another(count) for key, count in outcome.figures.cells.items()},
        parts={key: another(count) for key, count in outcome.figures.parts.items()},
    )
    material = Material(
        figures=figures,
        shown={**shown, **parts},
        rule=rule,
        observed=outcome.observed,
        all_in_both=outcome.all_in_both,
    )
    return replace(outcome, figures=figures, published=publish(material, outcome.prepared.measures))


def another(count: int) -> int:
    """Another count that is shown in the same way."""
    if count == 0:
        return 0
    if count < 5:
        return count % 4 + 1
    base = (count + 2) // 5 * 5
    return next(n for n in range(max(base - 2, 5), base + 3) if n != count)
