"""Commands of the room: measures."""

import json
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated

import typer

from nestling.cli.base import BadInputError, app
from nestling.cli.measures_rows import Row, json_rows, read_text, sheets
from nestling.reference.instruments import (
    Instrument,
    UnknownInstrumentError,
    all_instruments,
    instrument,
)
from nestling.reference.instruments.model import DerivedEntry, ScoreEntry
from nestling.science.change import ChangeFault, ChangeResult, change_of_row
from nestling.science.change.rows import ChangeMethod
from nestling.science.scoring import (
    Fault,
    ScoredSheet,
    ScoreValue,
    ScoringKey,
    Status,
    refused_sheet,
    score_sheet,
    shown,
)

instruments = typer.Typer(
    help="The measures that Nestling scores.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(instruments, name="instruments")

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="The instrument's id, in any case.")]
File = Annotated[str, typer.Argument(metavar="FILE|-", help="A file, or - for standard input.")]


class Coding(StrEnum):
    """How the answers are coded where a row does not say."""

    RAW = "raw"
    SCORED = "scored"


class Method(StrEnum):
    """How a change is judged."""

    JT = "jt"
    FIXED = "fixed"


@app.command()
def score(
    name: Id,
    file: File,
    *,
    coding: Annotated[
        Coding, typer.Option(help="For rows that do not say: as ticked, or already oriented.")
    ] = Coding.RAW,
) -> int:
    """Score answer sheets: one JSON line out for each row in.

    FILE holds JSON lines such as {"responses":{"1":0,"2":3},"coding":"raw"}, or CSV with a column
    for each item. The exit status is 1 when a row is invalid; the other rows are scored all the
    same.

    Example: nestling score epds sheets.jsonl
    """
    measure = found(name)
    key = measure.key()
    unread: dict[str, int] = {}
    any_invalid = False
    for number, row in enumerate(sheets(read_text(file), file=file, coding=coding), start=1):
        sheet = scored(key, row)
        typer.echo(json.dumps(sheet_line(number, sheet, measure)))
        any_invalid = any_invalid or sheet.status is Status.INVALID
        for word in row.unread:
            unread.setdefault(word, number)
    for word, number in unread.items():
        typer.echo(f"nestling: “{word}” is not read (first in row {number})", err=True)
    return int(any_invalid)


@app.command()
def change(
    file: File,
    *,
    method: Annotated[
        Method, typer.Option(help="Jacobson and Truax's index, or a published threshold.")
    ],
) -> int:
    """Judge changes: reliable or not, across the cut-off or not.

    FILE holds JSON lines with pre, post and direction (higher_worse or higher_better), with sd
    and r for jt or threshold for fixed, and if wanted criterion (A, B or C) with m_clin, sd_clin,
    m_non, sd_non.

    Example: nestling change --method jt pairs.jsonl
    """
    any_invalid = False
    for said in json_rows(read_text(file)):
        answer = judged(said, method.value)
        typer.echo(json.dumps(change_line(answer)))
        any_invalid = any_invalid or not isinstance(answer, ChangeResult)
    return int(any_invalid)


@instruments.command("list")
def list_instruments(*, as_json: AsJson = False) -> None:
    """List every instrument with its evidence and whether it is on.

    Example: nestling instruments list
    """
    measures = all_instruments()
    if as_json:
        typer.echo(json.dumps([summary(measure) for measure in measures], ensure_ascii=False))
        return
    for measure in measures:
        state = "on" if measure.enabled else "off"
        words = f"{measure.short_title}: {measure.title}"
        typer.echo(f"{measure.id:<9} {state:<4} {measure.evidence:<9} {words}")


@instruments.command("show")
def show_instrument(name: Id, *, as_json: AsJson = False) -> None:
    """Show one instrument: items by our labels, key, bands, alerts, sources and licence.

    Example: nestling instruments show epds
    """
    measure = found(name)
    if as_json:
        typer.echo(json.dumps(measure.model_dump(mode="json", by_alias=True), ensure_ascii=False))
    else:
        typer.echo("\n".join(described(measure)))


def found(name: str) -> Instrument:
    """The instrument of that id. Raises `BadInputError` when there is none."""
    try:
        return instrument(name)
    except UnknownInstrumentError as error:
        raise BadInputError(str(error)) from error


def scored(key: ScoringKey, row: Row) -> ScoredSheet:
    """A row scored, or refused for what is wrong with the row itself."""
    if row.faults:
        return refused_sheet(key, row.faults)
    return score_sheet(key, row.responses, coding=row.coding, item_order=row.item_order)


def sheet_line(number: int, sheet: ScoredSheet, measure: Instrument) -> dict[str, object]:
    """One line of the answer, in the order in which it is documented."""
    line: dict[str, object] = {
        "row": number,
        "instrument": sheet.instrument,
        "version": sheet.version,
        "status": sheet.status.value,
        "missing": list(sheet.missing),
        "scores": {name: score_line(value) for name, value in sheet.scores.items()},
        "alerts": list(sheet.alerts),
        "unknown_alerts": list(sheet.unknown_alerts),
        "errors": [error_line(fault) for fault in sheet.faults],
    }
    return line if measure.is_verified() else line | {"evidence": "unverified"}


def score_line(value: ScoreValue) -> dict[str, object]:
    """One score as it is written."""
    return {
        "value": None if value.value is None else number_line(value.value),
        "band": value.band,
        "status": value.status.value,
    }


def error_line(fault: Fault | ChangeFault) -> dict[str, str | None]:
    """One fault as it is written."""
    return {"item": fault.item, "reason": str(fault.reason)}


def number_line(number: Decimal) -> int | float:
    """A number as JSON has it: 13 is written 13."""
    return int(number) if number == number.to_integral_value() else float(number)


def judged(said: object, method: ChangeMethod) -> ChangeResult | tuple[ChangeFault, ...]:
    """The change that a line describes, or why there is none."""
    if not isinstance(said, Mapping):
        return (ChangeFault("row", "wrong_type"),)
    return change_of_row(said, method=method)


def change_line(answer: ChangeResult | tuple[ChangeFault, ...]) -> dict[str, object]:
    """One change as it is written."""
    if not isinstance(answer, ChangeResult):
        nothing = dict.fromkeys(
            ("rci_threshold", "improvement", "reliable", "cutoff", "crossed", "class")
        )
        return {"status": "invalid", **nothing, "errors": [error_line(fault) for fault in answer]}
    return {
        "status": "ok",
        "rci_threshold": exact_line(answer.threshold),
        "improvement": exact_line(answer.improvement),
        "reliable": answer.reliable.value,
        "cutoff": None if answer.cut_off is None else exact_line(answer.cut_off),
        "crossed": answer.crossed,
        "class": answer.outcome.value,
    }


def exact_line(number: Fraction) -> int | float:
    """An exact number as JSON has it."""
    return number_line(shown(number))


def summary(measure: Instrument) -> dict[str, object]:
    """What the list says of one instrument."""
    return {
        "id": measure.id,
        "version": measure.version,
        "title": measure.title,
        "evidence": measure.evidence,
        "enabled": measure.enabled,
        "licence_class": measure.licence.kind,
        "scores": [entry.name for entry in measure.score_entries()],
    }


def described(measure: Instrument) -> list[str]:
    """One instrument in plain lines."""
    return [
        f"{measure.title} ({measure.short_title}), version {measure.version}",
        f"evidence: {measure.evidence}; {'on' if measure.enabled else 'off'}",
        *([measure.why_not_enabled] if measure.why_not_enabled else []),
        f"answered by: {measure.respondent}",
        f"about: the {measure.subject}; {measure.window.words}",
        f"missing answers: {measure.missing.rule}",
        "items:",
        *(item_line(measure, at) for at in range(len(measure.items))),
        "scores:",
        *(line for entry in measure.score_entries() for line in score_lines(entry)),
        *(
            f"alert: items {', '.join(map(str, alert.items))}: {alert.about}"
            for alert in measure.alerts
        ),
        f"licence: class {measure.licence.kind}: {measure.licence.words}",
        "sources:",
        *(f"  {source}" for source in measure.sources),
    ]


def item_line(measure: Instrument, at: int) -> str:
    """One item in a line."""
    item = measure.items[at]
    values = measure.responses_of(item)
    words = "".join(f", {word}" for word in item.words)
    turned = ", reversed" if item.reversed else ""
    return f"  {item.number:>2}. {item.label} ({values.low} to {values.high}{words}{turned})"


def score_lines(entry: ScoreEntry | DerivedEntry) -> list[str]:
    """One score in lines: its range, its direction, its bands and where they come from."""
    words = entry.direction.value.replace("_", " ")
    head = f"  {entry.name}: {entry.title}, {entry.low} to {entry.high}, {words}"
    if entry.bands is None:
        return [head]
    steps = ", ".join(f"{step.name} from {step.starts}" for step in entry.bands.steps)
    return [head, f"    bands: {steps} ({entry.bands.source})"]
