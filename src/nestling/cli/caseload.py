"""The command `nestling caseload-copy`: the caseload where Nestling is not, sealed."""

import base64
import os
import secrets
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from nestling.cli.base import BadInputError, app
from nestling.cli.service import SERVICE_SETTINGS, DataDir, start_django

SHORTEST_PASSPHRASE = 16
console = Console(stderr=True)


@app.command(
    "caseload-copy",
    epilog="Example: nestling caseload-copy --to /srv/offline/today.pdf --data-dir /srv/nestling",
)
def caseload_copy(
    *,
    to: Annotated[Path, typer.Option(help="The PDF to write; an older one is replaced.")],
    data_dir: DataDir = Path("var"),
    organisation: Annotated[str, typer.Option(help="Name, where there are several.")] = "",
    team: Annotated[str, typer.Option(help="Short name of one team; otherwise every team.")] = "",
    passphrase_file: Annotated[
        Path | None, typer.Option(help="Otherwise caseload.passphrase in the keys' folder.")
    ] = None,
) -> int:
    """Write today's caseload as a PDF that only its passphrase opens, and open it to check it.

    Exit status 0: written, opened and counted. 1: it did not hold every family; no file is left.
    Any PDF reader opens it. The copy is entered in the log of looks.
    """
    if not to.parent.is_dir():
        raise BadInputError(f"--to: there is no folder {to.parent}")
    if not data_dir.is_dir():
        raise BadInputError(f"--data-dir: there is no folder {data_dir}")
    start_django(SERVICE_SETTINGS, data_dir)
    from django.utils import timezone  # noqa: PLC0415

    from nestling.desk.caseload import copy  # noqa: PLC0415
    from nestling.desk.caseload.pdf import CopyCheckError  # noqa: PLC0415
    from nestling.foundation.clock import now  # noqa: PLC0415

    words = passphrase_in(passphrase_file, default=keys_of(data_dir) / "caseload.passphrase")
    try:
        held = copy.organisation_named(organisation)
        at = timezone.localtime(now())
        made = copy.copy_caseload(held, to=to, passphrase=words, at=at, team=team)
    except copy.NotOneOrganisationError as error:
        raise BadInputError(str(error)) from error
    except CopyCheckError as error:
        console.print(f"The copy was not kept: {error}", markup=False, highlight=False)
        return 1
    typer.echo(f"{to}: {made.families} families on {made.pages} pages, {made.bytes:,} bytes.")
    typer.echo("It was opened with its passphrase and every family was read back.")
    return 0


def keys_of(data_dir: Path) -> Path:
    """The folder of a service's keys, as its settings find it."""
    return Path(os.environ.get("NESTLING_KEYS_DIR", data_dir / "keys"))


def passphrase_in(file: Path | None, *, default: Path) -> str:
    """The passphrase in a file; where none is named, one that is made once and kept."""
    from nestling.foundation.keys import read_or_make  # noqa: PLC0415

    if file is None:
        return read_or_make(default, new_passphrase)
    try:
        words = file.read_text(encoding="utf-8").splitlines()[0].strip()
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise BadInputError(f"--passphrase-file: {file} holds no passphrase") from error
    if len(words) < SHORTEST_PASSPHRASE:
        raise BadInputError(
            f"--passphrase-file: fewer than {SHORTEST_PASSPHRASE} characters in {file}"
        )
    return words


def new_passphrase() -> str:
    """Six groups of four letters and figures (120 bits) that can be read out.

    >>> len(new_passphrase())
    29
    """
    letters = base64.b32encode(secrets.token_bytes(15)).decode().lower()
    return "-".join(letters[start : start + 4] for start in range(0, 24, 4))
