"""Spark: the engine of national analysts' clusters. The same expressions.

A local session where there is no cluster.
"""

from typing import TYPE_CHECKING, Any

import ibis
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from nestling.analytics.engines.base import Dialect, Gap, missing_columns, no_rows, wrong_kinds
from nestling.analytics.extract import ExtractError

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa
    from pyspark.sql import DataFrame

    from nestling.analytics.extract import Source

DIALECT = Dialect(matches="({} RLIKE '{}')")
WHOLE = ("tinyint", "smallint", "int", "bigint")
STORED = {"string": "text", "date": "date", "double": "real", "float": "real"}
LOCAL = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
}
GAPS = (
    Gap(
        what="a table in folders named by a column whose files lie at several depths",
        why="Spark works partitions out of the paths and wants one depth",
        exception=ExtractError,
    ),
)


def local_session(*, cores: int = 2) -> SparkSession:
    """A session on this machine, or the one that a cluster has started already."""
    running = SparkSession.getActiveSession()
    if running is not None:
        return running
    builder = SparkSession.builder.master(f"local[{cores}]").appName("nestling")
    for key, value in LOCAL.items():
        builder = builder.config(key, value)
    session: SparkSession = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


class SparkEngine:
    """One Spark session; results that several figures read are cached."""

    name = "spark"
    gaps: tuple[Gap, ...] = GAPS

    def __init__(self, session: SparkSession | None = None) -> None:
        """Use a session, or one on this machine."""
        self.session = session or local_session()
        self.connection = ibis.pyspark.connect(self.session)
        self.kept: dict[str, DataFrame] = {}

    def version(self) -> str:
        """Spark's own version."""
        return str(self.session.version)

    def open_table(self, source: "Source") -> frozenset[str]:
        """Make a table readable by its official name, each column in its kind.

        The columns that it has.
        """
        try:
            frame = self.read(source)
            stored = {name: stored_kind(kind) for name, kind in frame.dtypes}
            missing_columns(source, set(stored))
            check(source, frame, stored)
            columns = [
                f"{column_sql(column, kind, stored)} AS `{column}`"
                for column, kind in source.table.columns.items()
            ]
            frame.selectExpr(*columns).createOrReplaceTempView(source.name)
        except PySparkException as error:
            raise ExtractError(plain(source.name, error)) from error
        return frozenset(stored)

    def read(self, source: "Source") -> "DataFrame":
        """A table's files as Spark sees them."""
        paths = [str(file) for file in source.files]
        if source.is_partitioned:
            reader = self.session.read.option("basePath", str(source.root))
        else:
            reader = self.session.read
        if source.form == "parquet":
            return reader.option("mergeSchema", "true").parquet(*paths)
        return reader.options(header="true", mode="FAILFAST", escape='"').csv(paths)

    def put(self, name: str, table: "pa.Table") -> None:
        """Make a small table of our own readable."""
        rows = [tuple(row.values()) for row in table.to_pylist()]
        names = list(table.column_names)
        self.session.createDataFrame(rows, names).createOrReplaceTempView(name)

    def stage(self, name: str, expression: "ir.Table") -> "ir.Table":
        """Keep a result that several figures read; the same table again, unbound."""
        frame = self.session.sql(self.sql(expression)).cache()
        before = self.kept.pop(name, None)
        frame.count()
        frame.createOrReplaceTempView(name)
        self.kept[name] = frame
        if before is not None:
            before.unpersist()
        return ibis.table(expression.schema(), name=name)

    def sql(self, expression: "ir.Table") -> str:
        """An expression in Spark's words."""
        return str(ibis.to_sql(expression, dialect="pyspark"))

    def rows(self, expression: "ir.Table") -> list[dict[str, Any]]:
        """The rows of a result."""
        try:
            return [row.asDict() for row in self.session.sql(self.sql(expression)).collect()]
        except PySparkException as error:
            raise ExtractError(plain("the extract", error)) from error

    def close(self) -> None:
        """Forget what was cached; the session stays, because others may use it."""
        for frame in self.kept.values():
            frame.unpersist()
        self.kept.clear()


def check(source: "Source", frame: "DataFrame", stored: dict[str, str]) -> None:
    """Raise ``ExtractError`` for an empty table or a column of another kind."""
    doubtful = [
        column
        for column, kind in source.table.columns.items()
        if column in stored and kind not in {"text", stored[column]}
    ]
    sums = [
        f"COUNT_IF({DIALECT.is_wrong(f'`{column}`', kind=source.table.columns[column], stored=stored[column])})"  # noqa: E501 - one piece of text
        for column in doubtful
    ]
    count, *wrong = frame.selectExpr("COUNT(*)", *sums).collect()[0]
    no_rows(source, count)
    wrong_kinds(source, dict(zip(doubtful, wrong, strict=True)))


def stored_kind(kind: str) -> str:
    """How a column is stored, in the words of the kinds."""
    return "whole" if kind in WHOLE else STORED.get(kind, "other")


def column_sql(column: str, kind: Any, stored: dict[str, str]) -> str:
    """A column in its kind, or null in its kind where the table does not have it."""
    if column not in stored:
        return f"CAST(NULL AS {'STRING' if kind == 'text' else 'BIGINT' if kind == 'whole' else 'DATE'})"  # noqa: E501 - one piece of text
    typed = DIALECT.typed(f"`{column}`", kind=kind, stored=stored[column])
    return f"CAST({typed} AS BIGINT)" if kind == "whole" else typed


def plain(name: str, error: PySparkException) -> str:
    """What went wrong, without values from the file."""
    return f"Spark cannot read {name}: {error.getCondition() or type(error).__name__}"
