"""Commands: access by age from a national extract, and a made-up extract to practise on."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from nestling.analytics.access.earlier import read_earlier
from nestling.analytics.access.explained import Explained, explained
from nestling.analytics.access.job import Job, Outcome, Prepared, prepare, run_job
from nestling.analytics.access.manifest import manifest_of, with_outputs
from nestling.analytics.access.output import OutputError, names_of, write_all
from nestling.analytics.access.release import pack
from nestling.analytics.access.render import FORMS, rendered, rendered_waterfalls
from nestling.analytics.access.request import (
    Request,
    RequestError,
    choose,
    job_of,
    questions_asked,
)
from nestling.analytics.access.waterfall import NoWaterfallError, waterfall
from nestling.analytics.engines import CLASSES, engine_named
from nestling.analytics.extract import ExtractError
from nestling.analytics.synthetic import Demo, write_demo
from nestling.cli.base import BadInputError, app
from nestling.reference.access import definitions, disclosure_rules

if TYPE_CHECKING:
    from nestling.analytics.access.periods import Period
    from nestling.analytics.access.waterfall import Waterfall

Step = Callable[[str], None]
BY = "age, region, icb, sub_icb, provider, sex, ethnicity, deprivation, team_type, reason, source"


@app.command("access")
def access(  # noqa: PLR0913, PLR0917 - an option is an argument
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="FOLDER", help="Folder with a Parquet or CSV file (or folder) for each table."
        ),
    ],
    until: Annotated[str, typer.Option(help="Last day of the period, YYYY-MM-DD.")],
    months: Annotated[int, typer.Option(help="How many months the period has.")] = 12,
    compare_until: Annotated[str, typer.Option(help="Last day of an earlier period.")] = "",
    by: Annotated[str, typer.Option(help=f"Between commas: {BY}.")] = "",
    ages: Annotated[str, typer.Option(help="Such as 0-2, 0,1, bands or 0-35m.")] = "",
    measure: Annotated[list[str] | None, typer.Option(help="A measure, several, or all.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show who each rule loses.")] = False,  # noqa: FBT002 - a flag
    question: Annotated[str, typer.Option(help="120765, 120766, 120767 or all.")] = "",
    engine: Annotated[str, typer.Option(help="duckdb or spark.")] = "duckdb",
    icb_basis: Annotated[str, typer.Option(help="residence or gp.")] = "residence",
    disclosure: Annotated[str, typer.Option(help="strict, nhs-england or none.")] = "strict",
    published: Annotated[
        list[str] | None,
        typer.Option(help="Earlier outputs (CSV), checked together with this one."),
    ] = None,
    form: Annotated[str, typer.Option("--format", help="table, csv, json or html.")] = "table",
    out: Annotated[str, typer.Option(help="File or folder to write.")] = "",
    release: Annotated[str, typer.Option(help="Folder for a release pack.")] = "",
) -> None:
    """Children referred and seen, by single year of age and area, from a national extract.

    Example: nestling access practice --until 2025-12-31 --by age,icb --measure children_ge1
    --format csv --out icb.csv
    """
    request = Request(
        words=words,
        until=until,
        months=months,
        compare_until=compare_until,
        by=by,
        ages=ages,
        measures=measure or (),
        question=question,
        icb_basis=icb_basis,
        disclosure=disclosure,
        published=published or (),
    )
    with plain_faults():
        choose("--engine", engine, tuple(CLASSES))
        choose("--format", form, FORMS)
        if release and explain:
            raise RequestError("--release and --explain cannot be asked for together")
        answer(job_of(request), Wanted(engine, form, out, release, question), explain=explain)


class Wanted:
    """How an answer is to be made and where it is to go."""

    def __init__(self, engine: str, form: str, out: str, release: str, question: str) -> None:
        """Keep the words."""
        self.engine, self.form, self.out, self.release, self.question = (
            engine,
            form,
            out,
            release,
            question,
        )


def answer(job: Job, wanted: Wanted, *, explain: bool) -> None:
    """Count, protect and write; nothing is written before everything is made."""
    with progress() as step:
        runner = engine_named(wanted.engine)
        try:
            step("reading the tables")
            prepared = prepare(job, runner)
            about = manifest_of(prepared, runner, command=["nestling", *sys.argv[1:]])
            outcome = None if explain else run_job(prepared, runner, step=step)
            found = waterfalls(prepared, runner, step=step) if explain else []
        finally:
            runner.close()
        text = (
            rendered_waterfalls(found, wanted.form)
            if outcome is None
            else rendered(outcome, about, form=wanted.form, asked=questions_asked(wanted.question))
        )
        files = (
            release_files(outcome, about, Path(wanted.release))
            if wanted.release and outcome
            else {}
        )
    deliver(text, about, outcome, wanted=wanted)
    if files:
        write_all(Path(wanted.release), files)
    say(prepared, outcome)


def waterfalls(prepared: Prepared, engine: Any, *, step: Step) -> list[Explained]:
    """The waterfall of each measure that has one, in each period."""
    found: list[tuple[Waterfall, Period]] = []
    for name in prepared.measures:
        for period in prepared.job.periods:
            step(f"explaining {name}")
            try:
                falls = waterfall(
                    engine, definitions().measures[name], prepared.scope.before(period)
                )
            except NoWaterfallError as error:
                if not prepared.job.asks_for_all:
                    raise RequestError(f"--explain: {error}") from error
                continue
            found.append((falls, period))
    job = prepared.job
    earlier = read_earlier(job.published, breakdowns=job.breakdowns)
    return explained(found, disclosure_rules()[job.disclosure], earlier)


def deliver(text: str, about: dict[str, Any], outcome: Outcome | None, *, wanted: Wanted) -> None:
    """Print the answer, or write it with its manifest beside it."""
    if not wanted.out:
        if not wanted.release:
            sys.stdout.write(text)
        return
    folder, name, beside = names_of(Path(wanted.out), wanted.form)
    files = {name: text.encode()}
    write_all(folder, {**files, beside: with_outputs(about, outcome, files).encode()})


def release_files(outcome: Outcome, about: dict[str, Any], folder: Path) -> dict[str, bytes]:
    """The files of a release pack, its manifest last."""
    files = pack(outcome, folder=folder)
    return {**files, "manifest.json": with_outputs(about, outcome, files).encode()}


def say(prepared: Prepared, outcome: Outcome | None) -> None:
    """Say on standard error what could not be counted and which rows were sent twice."""
    lines = [
        f"nestling: {name} was not counted: the extract has no {' and no '.join(lacks)}"
        for name, lacks in prepared.lacking.items()
    ]
    repeats = {} if outcome is None else outcome.quality.as_words()
    lines += [
        f"nestling: {words}: {n}" for words, n in repeats.items() if "repeat" in words and n != "0"
    ]
    sys.stderr.write("".join(f"{line}\n" for line in lines))


@contextmanager
def progress() -> Iterator[Step]:
    """A function that says on a terminal's standard error what is being done."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _words: None
        return
    with console.status("starting") as status:
        yield lambda words: status.update(words[: console.width - 10])


@contextmanager
def plain_faults() -> Iterator[None]:
    """Faults of the request, the extract or the output as plain lines and exit status 2."""
    try:
        yield
    except (RequestError, ExtractError) as error:
        raise BadInputError(error.faults) from error
    except OutputError as error:
        raise BadInputError(str(error)) from error


@app.command("demo-extract")
def demo_extract(
    out: Annotated[Path, typer.Option(help="Folder to write.")],
    referrals: Annotated[int, typer.Option(min=1, help="How many referrals.")] = 100_000,
    until: Annotated[str, typer.Option(help="Last day of the extract, YYYY-MM-DD.")] = "2025-12-31",
) -> None:
    """Write a made-up national extract for practice: no row is about a real person.

    Example: nestling demo-extract --referrals 100000 --out practice
    """
    try:
        demo = Demo(referrals=referrals, until=date.fromisoformat(until))
    except ValueError as error:
        raise BadInputError(f"--until {until} is not a date: write it as YYYY-MM-DD") from error
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadInputError(f"{out} is there already and is not an empty folder")
    with progress() as step:
        rows = write_demo(demo, out, step=step)
    sys.stdout.write(json.dumps(rows, indent=1) + "\n")
