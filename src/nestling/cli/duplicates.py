"""The command `nestling duplicates`: pairs of records that may be one person, for leads to read."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from nestling.cli.audit import open_service
from nestling.cli.base import app
from nestling.reference.matching import matching_rules

DataDir = Annotated[
    Path, typer.Option("--data-dir", help="Folder of the database (nestling.sqlite3) and its keys.")
]


@app.command(epilog="Example: nestling duplicates --data-dir /srv/nestling --threshold 12")
def duplicates(
    *,
    data_dir: DataDir = Path("var"),
    threshold: Annotated[
        float | None,
        typer.Option(min=0, max=60, help="Least evidence of a pair, in powers of two."),
    ] = None,
) -> None:
    """Compare all records of each organisation and list pairs that may be one person, once each.

    Leads find them under Possible duplicates. Prints numbers, never names.
    """
    open_service(data_dir)
    from nestling.accounts.models import Organisation  # noqa: PLC0415 - needs Django
    from nestling.foundation.clock import today  # noqa: PLC0415
    from nestling.people.pairing import list_pairs  # noqa: PLC0415

    least = matching_rules().possible_from if threshold is None else threshold
    for organisation in Organisation.objects.order_by("name"):
        with Console(stderr=True).status(f"Comparing the records of {organisation.name}…"):
            done = list_pairs(organisation, threshold=least, on=today())
        typer.echo(
            f"{done.organisation}: {done.persons:,} records compared, {done.new:,} new pairs, "
            f"{done.listed:,} to look at"
        )
