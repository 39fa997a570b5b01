"""Where a service keeps what a copy must hold: its database, its keys, the heads of its logs."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

DATABASE_FILE = "nestling.sqlite3"
HEADS_FILE = "chain-heads.jsonl"
KEYS_NEEDED = ("sealing.key", "chain.key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A service's folders and the address of its database; empty for SQLite in the data folder."""

    data_dir: Path
    keys_dir: Path
    heads_file: Path
    database_url: str

    @classmethod
    def from_environment(cls, data_dir: Path) -> Self:
        """The place that a service's settings name; the owner's address of the database first."""
        data = data_dir.resolve()
        owner = os.environ.get("NESTLING_OWNER_DATABASE_URL", "")
        return cls(
            data_dir=data,
            keys_dir=Path(os.environ.get("NESTLING_KEYS_DIR", data / "keys")).resolve(),
            heads_file=Path(os.environ.get("NESTLING_CHAIN_HEAD_FILE", data / HEADS_FILE)),
            database_url=owner or os.environ.get("DATABASE_URL", ""),
        )

    @property
    def sqlite_file(self) -> Path:
        """The file of a SQLite database."""
        return self.data_dir / DATABASE_FILE

    def missing_keys(self) -> list[str]:
        """The key files without which a copy can be put back and not read."""
        return [name for name in KEYS_NEEDED if not (self.keys_dir / name).is_file()]

    def environment(self) -> dict[str, str]:
        """The environment in which Nestling works on this place."""
        return {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "NESTLING_DATA_DIR": str(self.data_dir),
            "NESTLING_KEYS_DIR": str(self.keys_dir),
            "NESTLING_CHAIN_HEAD_FILE": str(self.heads_file),
            "NESTLING_OWNER_DATABASE_URL": "",
            **({"DATABASE_URL": self.database_url} if self.database_url else {}),
        }
