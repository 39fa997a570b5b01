"""A made-up national extract for practice and benchmarks: no row is about a real person."""

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from nestling.reference.access import areas, deciles

if TYPE_CHECKING:
    from collections.abc import Callable

TABLES = {
    "MHS001MPI": "RecordNumber",
    "MHS101Referral": "MHS101UniqID",
    "MHS201CareContact": "MHS201UniqID",
    "MHS102OtherServiceType": "MHS102UniqID",
    "MHS204IndirectActivity": "UniqServReqID, IndirectActDate",
    "MHS002GP": "RecordNumber",
    "AcceptsUnderTwos": "OrgIDProv",
}
#: Rows are put in order, so that two runs write the same files, up to this many referrals.
SORTED_UP_TO = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """How large a made-up extract is, and where it ends."""

    referrals: int
    until: date = date(2025, 12, 31)
    months: int = 26
    monthly: bool = (
        True  # a referral is sent again in each month in which something happens, as in life
    )


def write_demo(
    demo: Demo, folder: Path, *, step: "Callable[[str], None]" = print
) -> dict[str, int]:
    """The number of rows of each table written to the folder as Parquet."""
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit='3GB'")
        connection.execute("SET enable_progress_bar=false")
        load_places(connection)
        run_script(connection, demo, step)
        return {name: write(connection, name, folder, demo, step) for name in TABLES}


def load_places(connection: duckdb.DuckDBPyConnection) -> None:
    """Put the real area codes where the script finds them."""
    for name, codes in (
        ("areas", [area.code for area in areas().of_type("sub_icb")]),
        ("boards", [areas().parent_of(area.code) for area in areas().of_type("sub_icb")]),
        ("small_areas", sorted(deciles())[::40]),
    ):
        connection.execute(f"CREATE TABLE {name} (number BIGINT, code VARCHAR)")
        connection.executemany(f"INSERT INTO {name} VALUES (?, ?)", list(enumerate(codes)))  # noqa: S608 - our own names


def run_script(
    connection: duckdb.DuckDBPyConnection, demo: Demo, step: "Callable[[str], None]"
) -> None:
    """Make the tables, one statement after the other."""
    script = files("nestling.analytics").joinpath("synthetic.sql").read_text(encoding="utf-8")
    for name, value in (
        ("$referrals", str(demo.referrals)),
        ("$until", f"'{demo.until}'"),
        ("$monthly", str(demo.monthly).lower()),
        ("$months", str(demo.months)),
    ):
        script = script.replace(name, value)
    for statement in filter(str.strip, script.split(";\n")):
        step("drawing")
        connection.execute(statement)


def write(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    folder: Path,
    demo: Demo,
    step: "Callable[[str], None]",
) -> int:
    """The rows of one table, written as Parquet."""
    step(name)
    order = f" ORDER BY {TABLES[name]}" if demo.referrals <= SORTED_UP_TO else ""
    target = str(folder / f"{name}.parquet").replace("'", "''")
    found = connection.execute(
        f"COPY (SELECT * FROM \"{name}\"{order}) TO '{target}' (FORMAT parquet)"  # noqa: S608 - our own names
    ).fetchone()
    return int(found[0]) if found else 0
