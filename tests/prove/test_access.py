"""The large counts of access by age.

Thousands of cases on both engines, a thousand tables attacked.
"""

import os
import shutil
import time
from pathlib import Path

import pytest

from nestling.analytics.engines.base import Engine
from nestling.analytics.engines.duckdb import DuckDBEngine
from nestling.science.disclosure.secondary import protect
from tests.analytics.agreement import (
    GEOGRAPHIES,
    disagreements,
    engine_counts,
    opened,
    other_disagreements,
    scope_of,
)
from tests.analytics.cases import make, write
from tests.prove import table
from tests.science.disclosure_tables import narrowed, random_table, rule_of
from tests.spec.access_tables import examples, together

#: A tenth, say, tries the tests themselves: NESTLING_PROVE_SHARE=0.1.
SHARE = float(os.environ.get("NESTLING_PROVE_SHARE", "1"))
CASES_AN_EXTRACT = 42
#: Extracts, cases in each area, and places compared. Each query costs Spark seconds, whatever the
#: rows: so it gets the same number of cases in fewer, fuller extracts and in fewer places.
PLANS = {
    "DuckDB": (max(round(50 * SHARE), 1), 1, GEOGRAPHIES),
    "Spark": (max(round(5 * SHARE), 1), max(round(10 * SHARE), 1), ("country", "icb")),
}
TABLES = max(round(1000 * SHARE), 1)
#: PySpark leaves its sockets to the collector, which pytest would hold against us.
LEFT_OPEN = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


def report(*, subject: str, count: int, seconds: float, detail: str) -> None:
    """Keep what the whole count showed; a share of it says nothing."""
    if SHARE == 1:
        table.report(subject=subject, count=count, seconds=seconds, detail=detail)


def prove_agreement(engine: Engine, folder: Path, *, name: str) -> list[str]:
    """Every disagreement over all extracts."""
    found = []
    extracts, rounds, places = PLANS[name]
    for seed in range(extracts):
        extract = make(seed, cases=CASES_AN_EXTRACT, rounds=rounds)
        opened(engine, write(extract, folder / str(seed)))
        found += disagreements(engine, extract, scope_of(places=places))
        found += other_disagreements(engine, extract)
    return found


@pytest.mark.parametrize("name", ["DuckDB", pytest.param("Spark", marks=LEFT_OPEN)])
def test_the_engine_agrees_with_plain_python_on_thousands_of_cases(
    name: str, tmp_path: Path
) -> None:
    if name == "Spark" and shutil.which("java") is None:
        pytest.skip("Spark needs Java 17")
    if name == "Spark":
        from nestling.analytics.engines.spark import SparkEngine  # noqa: PLC0415 - needs PySpark

        engine: Engine = SparkEngine()
    else:
        engine = DuckDBEngine()
    start = time.perf_counter()

    found = prove_agreement(engine, tmp_path, name=name)
    engine.close()

    report(
        subject=f"access measures: {name} against plain Python",
        count=PLANS[name][0] * PLANS[name][1] * CASES_AN_EXTRACT,
        seconds=time.perf_counter() - start,
        detail=f"{len(found)} cells differ",
    )
    assert found == []


@pytest.mark.parametrize("base", [1, 5])
def test_an_exact_attack_narrows_no_hidden_cell(base: int) -> None:
    start = time.perf_counter()
    rule = rule_of(base)

    found = [
        seed for seed in range(TABLES) if narrowed(t := random_table(seed), protect(t, rule), rule)
    ]

    report(
        subject=f"disclosure attack at base {base}",
        count=TABLES,
        seconds=time.perf_counter() - start,
        detail=f"{len(found)} tables narrowed",
    )
    assert found == []


@LEFT_OPEN
def test_spark_gives_the_numbers_of_every_worked_example(tmp_path: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17")
    from nestling.analytics.engines.spark import SparkEngine  # noqa: PLC0415 - needs PySpark

    engine = SparkEngine()
    example = together(examples())
    opened(engine, write(example.extract, tmp_path))

    found = engine_counts(engine, scope_of(places=("country",)))
    engine.close()

    assert {name: found[name] for name in example.expected} == example.expected
