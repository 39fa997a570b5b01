"""The engines that run an analytics expression: DuckDB on a laptop, Spark on a cluster."""

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

from nestling.analytics.extract import ExtractError

if TYPE_CHECKING:
    from nestling.analytics.engines.base import Engine

CLASSES = {"duckdb": "DuckDBEngine", "spark": "SparkEngine"}


def engine_named(name: str) -> "Engine":
    """An engine by its name; Spark is only loaded when it is asked for.

    Raises ``ExtractError`` where Spark is not installed.
    """
    if name == "spark" and find_spec("pyspark") is None:
        raise ExtractError("--engine spark needs PySpark: install nestling[spark] and Java 17")
    module = import_module(f"nestling.analytics.engines.{name}")
    return cast("Engine", getattr(module, CLASSES[name])())
