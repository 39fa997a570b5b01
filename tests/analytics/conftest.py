"""One Spark session for all of this room's tests, or a plain skip where there is no Java."""

import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestling.analytics.engines.spark import SparkEngine


@pytest.fixture(scope="session")
def spark_engine() -> "Iterator[SparkEngine]":
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17")
    pytest.importorskip("pyspark")
    from nestling.analytics.engines.spark import (  # noqa: PLC0415 - needs PySpark
        SparkEngine,
        local_session,
    )

    engine = SparkEngine(local_session(cores=2))
    yield engine
    engine.close()
    engine.session.stop()
