"""The command that stores a release of published tables for the pages of access by age."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nestling.analytics.access.request import RequestError, choose, day_of
from nestling.analytics.access.scope import GEOGRAPHIES
from nestling.analytics.engines import CLASSES
from nestling.analytics.extract import ExtractError
from nestling.cli.access import plain_faults
from nestling.cli.base import BadInputError, app
from nestling.cli.service import SERVICE_SETTINGS, DataDir, start_django
from nestling.reference.access import disclosure_rules

if TYPE_CHECKING:
    from nestling.access_figures.compute import Wanted

#: England is always counted; an area kind is asked for by name.
AREAS = tuple(kind for kind in GEOGRAPHIES if kind != "country")


@app.command(
    epilog="Example: nestling access-release practice --until 2025-12-31 "
    "--compare-until 2024-12-31 --data-dir /srv/nestling"
)
def access_release(  # noqa: PLR0913 - an option is an argument
    folder: Annotated[
        Path, typer.Argument(help="Folder with a Parquet or CSV file (or folder) for each table.")
    ],
    *,
    until: Annotated[str, typer.Option(help="Last day of the period, YYYY-MM-DD.")],
    compare_until: Annotated[str, typer.Option(help="Last day of an earlier period.")] = "",
    areas: Annotated[str, typer.Option(help="Between commas: region, icb, sub_icb, provider.")] = (
        "region,icb"
    ),
    disclosure: Annotated[str, typer.Option(help="strict or nhs-england.")] = "strict",
    engine: Annotated[str, typer.Option(help="duckdb or spark.")] = "duckdb",
    data_dir: DataDir = Path("var"),
) -> None:
    """Count an extract and store the published tables for the pages; no record is stored."""
    rules = tuple(name for name, rule in disclosure_rules().items() if not rule.is_off)
    kinds = [kind.strip() for kind in areas.split(",") if kind.strip()]
    with plain_faults():
        choose("--engine", engine, tuple(CLASSES))
        choose("--disclosure", disclosure, rules)
        for kind in kinds:
            choose("--areas", kind, AREAS)
        check_days(until, compare_until)
        if not folder.is_dir():
            raise RequestError(f"there is no folder {folder}")
    start_django(SERVICE_SETTINGS, data_dir)
    from nestling.access_figures.compute import Wanted  # noqa: PLC0415 - needs Django

    store(
        Wanted(
            folder=folder,
            until=until,
            compare_until=compare_until,
            areas=",".join(kinds),
            disclosure=disclosure,
            engine=engine,
        )
    )


def check_days(until: str, compare_until: str) -> None:
    """Raise ``RequestError`` for a day that is none, or an earlier period that is not earlier."""
    last = day_of("--until", until)
    before = day_of("--compare-until", compare_until) if compare_until else date.min
    if before >= last:
        raise RequestError(f"--compare-until {compare_until} is not before --until {until}")


def store(wanted: "Wanted") -> None:
    """Count and store, saying each step on standard error and what was left out."""
    from nestling.access_figures.services import compute_release  # noqa: PLC0415 - needs Django
    from nestling.foundation.clock import today  # noqa: PLC0415

    try:
        release = compute_release(wanted, on=today(), by=None, step=say)
    except (ExtractError, RequestError) as error:
        raise BadInputError(error.faults) from error
    for name, why in release.about["left_out"].items():
        say(f"{name} was left out: {why}")
    typer.echo(f"Stored: {release.title} ({release.rows.count()} lines).")


def say(words: str) -> None:
    """One step of long work."""
    sys.stderr.write(f"nestling: {words}\n")
    sys.stderr.flush()
