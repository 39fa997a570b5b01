"""DuckDB: the engine of a laptop. Reads Parquet and CSV that are larger than memory."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import ibis

from nestling.analytics.engines.base import Dialect, Gap, missing_columns, no_rows, wrong_kinds
from nestling.analytics.extract import ExtractError

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from nestling.analytics.extract import Source

DIALECT = Dialect(matches="regexp_matches({}, '{}')")
STORED = {"VARCHAR": "text", "DATE": "date", "DOUBLE": "real", "FLOAT": "real"}
WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")


class DuckDBEngine:
    """One DuckDB in a folder of its own: what does not fit in memory goes to disk."""

    name = "duckdb"
    gaps: tuple[Gap, ...] = ()

    def __init__(self, *, memory: str = "3GB") -> None:
        """Open an empty database that may use so much memory."""
        self.folder = tempfile.TemporaryDirectory(prefix="nestling-")
        self.connection = ibis.duckdb.connect(str(Path(self.folder.name) / "work.duckdb"))
        for setting in (
            f"memory_limit='{memory}'",
            "preserve_insertion_order=false",
            "enable_progress_bar=false",
        ):
            self.sql(f"SET {setting}")

    def version(self) -> str:
        """DuckDB's own version."""
        return duckdb.__version__

    def sql(self, query: str, *, table: str = "the extract") -> list[tuple[Any, ...]]:
        """The rows of one statement in DuckDB's own words; ``table`` is what it reads."""
        try:
            found: list[tuple[Any, ...]] = self.connection.raw_sql(query).fetchall()
        except duckdb.Error as error:
            raise ExtractError(plain(error, table)) from error
        return found

    def open_table(self, source: "Source") -> frozenset[str]:
        """Make a table readable by its official name, each column in its kind.

        The columns that it has.
        """
        reader = reader_of(source)
        described = self.sql(f"DESCRIBE SELECT * FROM {reader}", table=source.name)  # noqa: S608 - our own names
        stored = {row[0]: stored_kind(row[1]) for row in described}
        missing_columns(source, set(stored))
        self.check(source, reader=reader, stored=stored)
        columns = ", ".join(
            f'{column_sql(column, kind, stored)} AS "{column}"'
            for column, kind in source.table.columns.items()
        )
        self.sql(f'CREATE OR REPLACE VIEW "{source.name}" AS SELECT {columns} FROM {reader}')  # noqa: S608 - our own names
        return frozenset(stored)

    def check(self, source: "Source", *, reader: str, stored: dict[str, str]) -> None:
        """Raise ``ExtractError`` for an empty table or a column of another kind."""
        doubtful = [
            column
            for column, kind in source.table.columns.items()
            if column in stored and kind not in {"text", stored[column]}
        ]
        sums = "".join(
            f", COUNT(*) FILTER ({wrong_sql(source, column, stored[column])})"
            for column in doubtful
        )
        count, *wrong = self.sql(f"SELECT COUNT(*){sums} FROM {reader}", table=source.name)[0]  # noqa: S608 - our own names
        no_rows(source, count)
        wrong_kinds(source, dict(zip(doubtful, wrong, strict=True)))

    def put(self, name: str, table: "pa.Table") -> None:
        """Make a small table of our own readable."""
        self.connection.create_table(name, table, overwrite=True)

    def stage(self, name: str, expression: "ir.Table") -> "ir.Table":
        """Keep a result that several figures read; the same table again, unbound."""
        try:
            self.connection.create_table(name, expression, overwrite=True)
        except duckdb.Error as error:
            raise ExtractError(plain(error)) from error
        return ibis.table(expression.schema(), name=name)

    def rows(self, expression: "ir.Table") -> list[dict[str, Any]]:
        """The rows of a result."""
        try:
            found: list[dict[str, Any]] = self.connection.to_pyarrow(expression).to_pylist()
        except duckdb.Error as error:
            raise ExtractError(plain(error)) from error
        return found

    def close(self) -> None:
        """Close the database and delete its folder."""
        self.connection.disconnect()
        self.folder.cleanup()


def stored_kind(kind: str) -> str:
    """How a column is stored, in the words of the kinds."""
    return "whole" if kind in WHOLE else STORED.get(kind, "other")


def column_sql(column: str, kind: Any, stored: dict[str, str]) -> str:
    """A column in its kind, or null in its kind where the table does not have it."""
    if column not in stored:
        return f"CAST(NULL AS {'VARCHAR' if kind == 'text' else 'BIGINT' if kind == 'whole' else 'DATE'})"  # noqa: E501 - one piece of text
    return DIALECT.typed(f'"{column}"', kind=kind, stored=stored[column])


def wrong_sql(source: "Source", column: str, stored: str) -> str:
    """The condition for a value that is not of the column's kind."""
    kind = source.table.columns[column]
    return DIALECT.is_wrong(f'"{column}"', kind=kind, stored=stored)


def reader_of(source: "Source") -> str:
    """DuckDB's words for a table's files."""
    files = ", ".join("'" + str(file).replace("'", "''") + "'" for file in source.files)
    hive = "true" if source.is_partitioned else "false"
    if source.form == "parquet":
        return f"read_parquet([{files}], union_by_name=true, hive_partitioning={hive})"
    return (
        f"read_csv([{files}], header=true, all_varchar=true, delim=',', quote='\"', escape='\"', "
        f"union_by_name=true, hive_partitioning={hive})"
    )


def plain(error: duckdb.Error, table: str = "the extract") -> str:
    """What cannot be read, with the first line of DuckDB's message: no values from the file."""
    first = str(error).strip().splitlines()[0]
    return f"{table} cannot be read; it may be cut short or not in its form: {first[:200]}"
