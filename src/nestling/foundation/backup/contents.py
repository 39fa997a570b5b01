"""What a database holds, counted: the same numbers before a copy and after it was put back."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Self

LOGS = {"audit": "foundation_auditevent", "access": "foundation_accesslogentry"}
"""The chained logs and their tables."""
Ask = Callable[[str], list[tuple[Any, ...]]]
"""Answers a question in SQL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Rows by table, and the last position and signature of each log."""

    rows: dict[str, int]
    heads: dict[str, list[Any]]

    @classmethod
    def counted(cls, tables: list[str], ask: Ask) -> Self:
        """What stands in these tables."""
        rows = {name: int(ask(f'SELECT count(*) FROM "{name}"')[0][0]) for name in sorted(tables)}  # noqa: S608 - names from the database itself
        heads = {
            log: [*found[0]]
            for log, table in LOGS.items()
            if table in rows
            and (found := ask(f"SELECT id, mac FROM {table} ORDER BY id DESC LIMIT 1"))  # noqa: S608 - our own tables
        }
        return cls(rows=rows, heads=heads)

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Self:
        """As a manifest holds them."""
        return cls(rows=record["rows"], heads=record["heads"])

    def record(self) -> dict[str, Any]:
        """As a manifest holds them."""
        return asdict(self)

    def differences(self, other: Self) -> list[str]:
        """In words, where another count is not this one."""
        names = sorted(set(self.rows) | set(other.rows))
        pairs = [(one, self.rows.get(one), other.rows.get(one)) for one in names]
        found = [
            f"{name}: {before} rows before, {after} after"
            for name, before, after in pairs
            if before != after
        ]
        if self.heads != other.heads:
            found.append("the logs end elsewhere")
        return found

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.rows.values())
