"""DuckDB, Spark and the plain-Python reference agree on every measure over generated data."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nestling.analytics.engines.duckdb import DuckDBEngine
from tests.analytics.agreement import (
    disagreements,
    opened,
    other_disagreements,
    scope_of,
)
from tests.analytics.cases import make, write

if TYPE_CHECKING:
    from nestling.analytics.engines.spark import SparkEngine

CASES_AN_EXTRACT = 42
EXTRACTS = 3
SPARK_CASES = 24
#: Each further geography costs Spark as many queries as there are measures.
SPARK_PLACES = ("country", "icb")


@pytest.mark.parametrize("basis", ["residence", "gp"])
@settings(max_examples=EXTRACTS)
@given(seed=st.integers(min_value=0, max_value=10**9))
def test_duckdb_and_the_reference_agree_on_every_measure(basis: str, seed: int) -> None:
    extract = make(seed, cases=CASES_AN_EXTRACT)
    engine = DuckDBEngine()

    with TemporaryDirectory() as folder:
        opened(engine, write(extract, Path(folder)))
        found = disagreements(engine, extract, scope_of(basis=basis))
        found += other_disagreements(engine, extract) if basis == "residence" else []
    engine.close()

    assert found == []


@pytest.mark.spark
@pytest.mark.filterwarnings(
    "ignore::ResourceWarning"
)  # PySpark leaves its own sockets to be collected
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_spark_and_the_reference_agree_on_every_measure(
    spark_engine: "SparkEngine", tmp_path: Path
) -> None:
    extract = make(1, cases=SPARK_CASES)

    opened(spark_engine, write(extract, tmp_path))

    assert disagreements(spark_engine, extract, scope_of(places=SPARK_PLACES)) == []
