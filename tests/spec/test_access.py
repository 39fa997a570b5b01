"""The worked examples on plain Python and DuckDB; Spark runs them with the large counts."""

from collections import Counter
from pathlib import Path

import pytest

from nestling.analytics.engines.duckdb import DuckDBEngine
from tests.analytics.agreement import engine_counts, opened, scope_of
from tests.analytics.cases import END, START, write
from tests.analytics.reference_answers import answer
from tests.analytics.reference_engine import Reference
from tests.spec.access_tables import Example, examples

EXAMPLES = list(examples())


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.name for example in EXAMPLES])
def test_the_reference_gives_the_worked_numbers(example: Example) -> None:
    reference = Reference(example.extract, START, END)

    found = {name: england(answer(reference, name)) for name in example.expected}

    assert found == example.expected


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.name for example in EXAMPLES])
def test_duckdb_gives_the_worked_numbers(example: Example, tmp_path: Path) -> None:
    engine = DuckDBEngine()
    opened(engine, write(example.extract, tmp_path))

    found = engine_counts(engine, scope_of())
    engine.close()

    assert {name: england(found[name]) for name in example.expected} == example.expected


def england(counts: "Counter[tuple[str, str, str]]") -> "Counter[tuple[str, str, str]]":
    """The numbers of England alone."""
    return Counter({key: number for key, number in counts.items() if key[0] == "country"})
