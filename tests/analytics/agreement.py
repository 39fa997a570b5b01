"""Compares an engine with the plain-Python reference, cell by cell."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa

from nestling.analytics.access import run, waits
from nestling.analytics.access.ages import parse_ages
from nestling.analytics.access.figures import Key
from nestling.analytics.access.periods import Period
from nestling.analytics.access.scope import Scope
from nestling.analytics.access.statistics import observe, of_providers
from nestling.analytics.access.tally import Place
from nestling.analytics.engines.base import Engine
from nestling.analytics.extract import find_sources
from nestling.reference.access import definitions
from tests.analytics.cases import END, START
from tests.analytics.reference_answers import MEASURES, answer
from tests.analytics.reference_engine import Counts, Extract, Reference
from tests.analytics.reference_outcomes import outcomes, providers
from tests.analytics.reference_referrals import waits as waits_of

GEOGRAPHIES = ("country", "region", "icb", "sub_icb", "provider")


def scope_of(
    *,
    basis: str = "residence",
    start: date = START,
    end: date = END,
    places: tuple[str, ...] = GEOGRAPHIES,
) -> Scope:
    """Ages 0 to 2, in every geography unless fewer are asked for."""
    return Scope(
        period=Period(start, end),
        ages=parse_ages("0-2"),
        geographies=places,
        icb_basis=basis,
        tables=frozenset({"MHS102OtherServiceType"}),
    )


def opened(engine: Engine, folder: Path) -> Engine:
    """The engine with the folder's tables."""
    for source in find_sources(folder).values():
        engine.open_table(source)
    run.put_reference(engine)
    return engine


def engine_counts(engine: Engine, scope: Scope) -> dict[str, Counts]:
    """Every measure's numbers in the reference's form."""
    return {
        name: Counter(
            {
                (place.kind, place.code, str(group.lowest) if group.is_single else "all"): number
                for (place, group), number in numbers.items()
                if number and (name != "suspect_0_2" or place.kind == "country")
            }
        )
        for name, numbers in run.count(engine, MEASURES, scope).items()
    }


def disagreements(engine: Engine, extract: Extract, scope: Scope) -> list[str]:
    """Each cell in which the engine and the reference differ."""
    reference = Reference(extract, scope.period.start, scope.period.end, basis=scope.icb_basis)
    found = engine_counts(engine, scope)
    return [
        f"{name} {cell}: engine {found[name][cell]}, reference {expected[cell]}"
        for name in MEASURES
        for expected in [answer(reference, name)]
        for cell in sorted(found[name].keys() | expected.keys())
        if cell[0] in scope.geographies
        if found[name][cell] != expected[cell]
    ]


def wait_disagreements(engine: Engine, extract: Extract, scope: Scope) -> list[str]:
    """Differences between the waits of the engine and of the reference, in England."""
    reference = Reference(extract, scope.period.start, scope.period.end)
    england = (Place("country", "England"), scope.ages.totals[0])
    own = replace(scope, geographies=("country",))
    return [
        f"wait {nth}: engine {found}, reference {waits_of(reference, nth)}"
        for nth in (1, 2)
        for found in [waits.wait_days(engine, own, nth=nth).get(england, Counter())]
        if found != waits_of(reference, nth)
    ]


def outcome_disagreements(engine: Engine, extract: Extract, scope: Scope) -> list[str]:
    """Differences between what became of everyone referred, in every place and age."""
    reference = Reference(extract, scope.period.start, scope.period.end)
    expected = outcomes(reference)
    found = {
        (place.kind, place.code, str(group.lowest) if group.is_single else "all"): ends
        for (place, group), ends in waits.outcomes(engine, scope).items()
    }
    return [
        f"outcomes {cell}: engine {found.get(cell)}, reference {expected.get(cell)}"
        for cell in sorted(found.keys() | expected.keys())
        if found.get(cell) != expected.get(cell)
    ]


def provider_disagreements(engine: Engine, extract: Extract, scope: Scope) -> list[str]:
    """Differences between the counts of providers on paper and in practice."""
    accepts = {"X01": "yes", "X02": "no", "X09": "yes"}
    engine.put(
        "AcceptsUnderTwos",
        pa.table(
            {"OrgIDProv": [*accepts], "Accepts": [*accepts.values()], "ICB": [""] * len(accepts)}
        ),
    )
    reference = Reference(extract, scope.period.start, scope.period.end)
    measures = [m for m in definitions().measures.values() if m.of == "providers"]
    observed = observe(engine, measures, scope)
    place, age = Place("country", "England"), scope.ages.totals[0]
    found = Counter(
        {
            m.name: int(of_providers(Key(m.name, scope.period, place, age), observed, {}).shown)
            for m in measures
        }
    )
    expected = providers(reference, accepts)
    return [] if +found == +expected else [f"providers: engine {found}, reference {expected}"]


def other_disagreements(engine: Engine, extract: Extract) -> list[str]:
    """Differences in all figures that are no counts of people or referrals."""
    checks = (wait_disagreements, outcome_disagreements, provider_disagreements)
    return [words for check in checks for words in check(engine, extract, scope_of())]
