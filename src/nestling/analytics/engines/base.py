"""What an engine must be able to do, and the columns that every engine reads in the same way."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from nestling.analytics.extract import ExtractError

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from nestling.analytics.extract import Source
    from nestling.reference.access.definitions import Kind

SQL_TYPES = {"text": "STRING", "whole": "BIGINT", "date": "DATE"}
WORDS = {"date": "a date (YYYY-MM-DD)", "whole": "a whole number", "text": "text"}
DATE_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T]00:00:00([.]0+)?)?$"
WHOLE_PATTERN = r"^-?[0-9]+([.]0+)?$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that an engine cannot do, why, and the exception that it raises."""

    what: str
    why: str
    exception: type[Exception]


class Engine(Protocol):
    """Runs expressions on unbound tables over the tables of an extract."""

    name: str
    gaps: tuple[Gap, ...]

    def version(self) -> str:
        """The engine's own version."""

    def open_table(self, source: "Source") -> frozenset[str]:
        """Make a table readable by its official name, each column in its kind.

        The columns that it has.
        """

    def put(self, name: str, table: "pa.Table") -> None:
        """Make a small table of our own readable."""

    def stage(self, name: str, expression: "ir.Table") -> "ir.Table":
        """Keep a result that several figures read; the same table again, unbound."""

    def rows(self, expression: "ir.Table") -> list[dict[str, Any]]:
        """The rows of a result."""

    def close(self) -> None:
        """Give back what the engine held."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """The few words in which two engines differ when they read a file."""

    matches: str
    is_nan: str = "isnan"

    def typed(self, column: str, *, kind: "Kind", stored: str) -> str:
        """An SQL expression for a column in its declared kind.

        Null where it is not of that kind.
        """
        if kind == "text":
            return self.as_text(column, stored)
        if kind == stored:
            return column
        if kind == "date":
            text = f"CAST({column} AS STRING)"
            return (
                f"CASE WHEN {self.matches.format(text, DATE_PATTERN)} "
                f"THEN TRY_CAST(SUBSTRING({text}, 1, 10) AS DATE) END"
            )
        text = f"CAST({column} AS STRING)"
        return (
            f"CASE WHEN {self.matches.format(text, WHOLE_PATTERN)} "
            f"THEN TRY_CAST(TRY_CAST({text} AS DOUBLE) AS BIGINT) END"
        )

    def as_text(self, column: str, stored: str) -> str:
        """An SQL expression for an identifier or code.

        One stored as text is read as it is, so that filters stay cheap.
        """
        if stored == "text":
            return column
        return f"CAST({f'CAST({column} AS BIGINT)' if stored == 'real' else column} AS STRING)"

    def is_wrong(self, column: str, *, kind: "Kind", stored: str) -> str:
        """An SQL condition: something stands in the column and it is not of the declared kind."""
        blank = f"{column} IS NULL"
        if stored == "text":
            blank += f" OR {column} = ''"
        if stored == "real":
            blank += f" OR {self.is_nan}({column})"
        return f"NOT ({blank}) AND ({self.typed(column, kind=kind, stored=stored)}) IS NULL"


def missing_columns(source: "Source", present: "set[str]") -> None:
    """Raise ``ExtractError`` naming each required column that a table lacks."""
    lacking = [column for column in source.table.required if column not in present]
    if lacking:
        raise ExtractError(
            f"{source.name} lacks {'columns' if lacking[1:] else 'the column'} {', '.join(lacking)}"
        )


def wrong_kinds(source: "Source", counts: dict[str, int]) -> None:
    """Raise ``ExtractError`` for columns that hold something else than their kind."""
    faults = [
        f"{source.name}: {column} has {count:,} {'value' if count == 1 else 'values'} that "
        f"{'is' if count == 1 else 'are'} not {WORDS[source.table.columns[column]]}"
        for column, count in counts.items()
        if count
    ]
    if faults:
        raise ExtractError(faults)


def no_rows(source: "Source", count: int) -> None:
    """Raise ``ExtractError`` for a table without a row."""
    if count == 0:
        raise ExtractError(f"{source.name} has no rows")
