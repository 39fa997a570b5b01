"""Commands of the room evidence: `nestling evidence` and `nestling case`."""

import json
import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from nestling.cli.base import BadInputError, app
from nestling.evidence import citations, listing
from nestling.evidence.checks import check as run_checks
from nestling.evidence.report.build import build
from nestling.evidence.report.given import GivenFileError
from nestling.evidence.report.inputs import Asked, CaseError, inputs_for
from nestling.evidence.report.write import UnknownEndingError, save, writer_for
from nestling.evidence.uses import Use, own_roots, uses
from nestling.need.choices import NeedError
from nestling.reference.areas import AreaNameError
from nestling.reference.claims import register
from nestling.reference.provision import ProvisionError

if TYPE_CHECKING:
    from collections.abc import Callable

evidence = typer.Typer(
    help="The register of claims: every figure with its source, and where sources disagree.",
    no_args_is_help=True,
)
app.add_typer(evidence, name="evidence")


class CheckFormat(StrEnum):
    """How the results of a check are printed."""

    TABLE = "table"
    JSON = "json"


def say(lines: "list[str] | str") -> None:
    """Print to standard output."""
    sys.stdout.write(lines if isinstance(lines, str) else "".join(f"{line}\n" for line in lines))


def today() -> date:
    """The day in London, where review dates are kept."""
    return datetime.now(tz=ZoneInfo("Europe/London")).date()


@evidence.command("list")
def list_claims(
    kind: Annotated[str | None, typer.Option(help="Only this kind, such as prevalence.")] = None,
    document: Annotated[str | None, typer.Option(help="Only this document, such as S004.")] = None,
    search: Annotated[str | None, typer.Option(help="Only claims that hold this word.")] = None,
) -> None:
    """One claim a line. Example: nestling evidence list --kind prevalence."""
    reg = register()
    known = {"kind": {claim.kind for claim in reg.claims.values()}, "document": set(reg.documents)}
    for name, given in (("kind", kind), ("document", document)):
        if given is not None and given not in known[name]:
            raise BadInputError(f"no {name} is called {given!r}: {', '.join(sorted(known[name]))}")
    found = listing.matching(reg.claims.values(), kind=kind, document=document, word=search)
    say([listing.claim_line(claim) for claim in found])


@evidence.command("show")
def show(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="E001, C05 or X20.")],
) -> None:
    """A claim, contradiction or finding in full. Example: nestling evidence show E077."""
    reg, name = register(), identifier.upper()
    if name in reg.claims:
        places = sorted({use.place for use in all_uses([]) if use.identifier == name})
        say(listing.claim_lines(reg, reg.claims[name], places))
    elif name in reg.contradictions:
        say(listing.contradiction_lines(reg.contradictions[name]))
    elif name in reg.findings:
        say(listing.finding_lines(reg.findings[name]))
    else:
        raise BadInputError(unknown(identifier))


def unknown(identifier: str) -> str:
    """What to say of an id that the register does not hold."""
    return (
        f"nothing is called {identifier!r}: claims are E001 to E139, contradictions C01 to C20, "
        f"findings X01 to X62; `nestling evidence list` shows the claims"
    )


def all_uses(folders: list[Path]) -> list[Use]:
    """Every use in the package, in the handbook beside it, and in folders that were named."""
    return list(uses([*own_roots(), *folders]))


@evidence.command("check")
def check(
    output: Annotated[
        CheckFormat, typer.Option("--format", help="How to print the results.")
    ] = CheckFormat.TABLE,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day that review dates are held against."),
    ] = None,
    docs: Annotated[
        list[Path] | None, typer.Option(help="A further folder whose pages refer to claims.")
    ] = None,
) -> int:
    """Do the sources' sums again and look for old, unused and contradicting claims.

    Exit status 1 when something fails: two sides of a contradiction used side by side without
    saying so, a reference to nothing, or a fault in a figure that no contradiction explains.
    Example: nestling evidence check --format json
    """
    missing = [folder for folder in docs or [] if not folder.is_dir()]
    if missing:
        raise BadInputError([f"{folder} is not a folder" for folder in missing])
    day = on.date() if on else today()
    results = run_checks(register(), on=day, uses=all_uses(docs or []))
    if output is CheckFormat.JSON:
        rows = {"on": day.isoformat(), "results": [result.as_row() for result in results]}
        say(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    else:
        say(list(listing.result_lines(results)))
    return int(any(result.fails for result in results))


@evidence.command("cite")
def cite(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="E005 or X20.")],
    style: Annotated[str, typer.Option("--format", help="bibtex, ris or csl-json.")] = "bibtex",
) -> None:
    """The works behind a claim. Example: nestling evidence cite E005 --format ris."""
    try:
        say(citations.cite(register(), identifier.upper(), style=style))
    except citations.UnknownFormatError as error:
        raise BadInputError(str(error)) from error
    except KeyError as error:
        raise BadInputError(unknown(identifier)) from error


CASE_EXAMPLES = """Examples:

nestling case Leeds --out leeds.pdf

nestling case Wales --out wales.docx

nestling case "West Yorkshire" --provision teams.csv --access access.csv --out report.html
"""


@app.command("case", epilog=CASE_EXAMPLES)
def case(  # noqa: PLR0913 - one argument for each option of the command
    area: Annotated[str, typer.Argument(metavar="AREA", help="A GSS code or a name.")],
    *,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Ends in .pdf, .html, .docx or .md.")],
    scenario: Annotated[
        str, typer.Option(metavar="NAME", help="The scenario that the report leads with.")
    ] = "",
    provision: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Statements of provision, CSV.")
    ] = None,
    access: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The CSV of `nestling access`.")
    ] = None,
    workforce: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Trained staff by profession, CSV.")
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day on the cover; today if left out."),
    ] = None,
) -> None:
    """A case for change for one area, ready to hand to a commissioner."""
    asked = Asked(
        area=area,
        on=on.date() if on else today(),
        scenario=scenario,
        provision=provision,
        access=access,
        workforce=workforce,
    )
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"))
    hidden = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=hidden) as progress:
        task = progress.add_task("Reading reference data")
        make_case(asked, out, step=lambda words: progress.update(task, description=words))


def make_case(asked: Asked, out: Path, *, step: "Callable[[str], None]") -> None:
    """Make the report and put it in its place; whatever is wrong leaves no file."""
    try:
        write = writer_for(out)
        if not out.parent.is_dir():
            raise BadInputError(f"there is no folder {out.parent}")
        inputs = inputs_for(asked)
        report = build(inputs, step=step)
        step(f"Writing {out.name}")
        save(write(report), out)
    except (GivenFileError, ProvisionError) as error:
        raise BadInputError(error.faults) from error
    except (AreaNameError, NeedError, CaseError, UnknownEndingError, OSError) as error:
        raise BadInputError(str(error)) from error
    for note in dict.fromkeys(inputs.notes):
        sys.stderr.write(f"nestling: {note}\n")
