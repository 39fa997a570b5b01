"""Commands of the room: how many babies need help, where to put teams, what a team is made of."""

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from nestling.cli.base import BadInputError, app
from nestling.need.as_json import Json, decision_as_json, study_as_json
from nestling.need.as_text import decision_as_text, study_as_csv, study_as_text
from nestling.need.asked import OwnData, StudyArea, areas_asked, births_given, with_births
from nestling.need.choices import Choices, NeedError
from nestling.need.engine import Study, study
from nestling.need.plan import PlanQuestion, UnknownFormatError, plan_team, write_plan
from nestling.need.plan.write import check_ending
from nestling.need.sites import SiteAnswer, SiteQuestion, best_sites
from nestling.need.sites_shown import sites_as_geojson, sites_as_json, sites_as_text
from nestling.reference.areas import AreaNameError, AreaType, resolve
from nestling.reference.parameters import need_parameters
from nestling.reference.parameters.staffing import CostFileError, read_costs
from nestling.reference.populations import HouseholdRiskError
from nestling.reference.populations.household_risk import SHIPPED
from nestling.reference.provision import ProvisionError, Statement, read_statements
from nestling.science.draws import FEWEST_DRAWS, Sampling
from nestling.science.placement import Wish
from nestling.science.staffing import Cost

#: Fewer draws than this say nothing about the ends of an interval.
LEAST = 100
#: More draws than this fill a small machine's memory and change nothing that is printed.
MOST = 2_000_000
NEED_EXAMPLES = """Examples:

nestling need Leeds

nestling need --births 4000 --exact --scenario disorganised_low_risk --format json

nestling need E08000035 "North Yorkshire" --scenario all --set identified=0.4 --format csv
"""


class Format(StrEnum):
    """How the figures are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@app.command(epilog=NEED_EXAMPLES)
def need(  # noqa: PLR0913 - one argument for each option of the command
    areas: Annotated[
        list[str] | None,
        typer.Argument(metavar="[AREA]...", help="GSS codes or names; leave out with --births."),
    ] = None,
    *,
    births: Annotated[int | None, typer.Option(help="Births in one year.", min=0)] = None,
    scenario: Annotated[
        str, typer.Option(metavar="NAME|all", help="Which babies are counted.")
    ] = "",
    draws: Annotated[
        int, typer.Option(help="Draws of each unknown.", min=LEAST, max=MOST)
    ] = FEWEST_DRAWS,
    seed: Annotated[int, typer.Option(help="Where the random numbers start.", min=0)] = 0,
    exact: Annotated[bool, typer.Option("--exact", help="Point values, nothing drawn.")] = False,
    values: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="Your own value of a parameter."),
    ] = None,
    provision: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your own statements of provision, CSV.")
    ] = None,
    risk: Annotated[
        Path | None,
        typer.Option("--household-risk", metavar="FILE", help="Your own household risk, CSV."),
    ] = None,
    worth: Annotated[
        str,
        typer.Option(
            "--willingness-to-pay",
            metavar="£",
            help="What helping one family is worth: adds the worth of knowing more.",
        ),
    ] = "",
    how: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
) -> None:
    """How many babies need specialised help, how many get it, and what it would take."""
    statements, recoded = _provision(provision)
    own = OwnData(statements=statements, household_risk=risk or SHIPPED)
    found, notes = _areas(areas or [], births=births, own=own)
    choices = Choices(
        scenario=scenario,
        sampling=Sampling(draws=0 if exact else draws, seed=seed),
        values=_values(values or []),
    )
    answer = _study(found, choices, notes=[*notes, *recoded])
    decision = _decision(answer, worth=worth)
    _warn([*notes, *recoded])
    _write(answer, decision=decision, how=how)


def _decision(answer: Study, *, worth: str) -> Json:
    """The decision's part of the answer; nothing where no worth was given."""
    if not worth:
        return {}
    if len(answer.areas) != 1 or len(answer.estimates) != 1:
        raise BadInputError("--willingness-to-pay is for one area and one scenario")
    pence = _pence(worth, option="--willingness-to-pay")
    today = datetime.now(tz=UTC).date()
    try:
        return {"decision": decision_as_json(answer, pence_per_family=pence, on=today)}
    except NeedError as error:
        raise BadInputError(str(error)) from error


def _study(found: list[StudyArea], choices: Choices, *, notes: list[str]) -> Study:
    try:
        return study(found, choices, notes=notes)
    except NeedError as error:
        raise BadInputError(str(error)) from error


def _areas(
    asked: Sequence[str], *, births: int | None, own: OwnData
) -> tuple[list[StudyArea], list[str]]:
    if not asked and births is None:
        raise BadInputError("give an area by its code or name, or --births N")
    if not asked and births is not None:
        return [births_given(births)], []
    found, notes = _found(asked, own=own)
    if births is None:
        return found, notes
    if len(found) != 1:
        raise BadInputError("--births stands for one area: give one area with it, or none")
    return [with_births(found[0], births=births)], notes


def _found(
    asked: Sequence[str], *, own: OwnData | None = None
) -> tuple[list[StudyArea], list[str]]:
    """The areas, or every fault among them at once."""
    faults = []
    for one in asked:
        try:
            resolve(one)
        except AreaNameError as error:
            faults.append(str(error))
    if faults:
        raise BadInputError(faults)
    try:
        return areas_asked(asked, own=own)
    except HouseholdRiskError as error:
        raise BadInputError(str(error)) from error


def _provision(path: Path | None) -> tuple[tuple[Statement, ...] | None, tuple[str, ...]]:
    if path is None:
        return None, ()
    try:
        return read_statements(path)
    except ProvisionError as error:
        raise BadInputError(error.faults) from error


def _values(given: Sequence[str]) -> dict[str, float]:
    """The user's values by name; every fault among them at once."""
    found: dict[str, float] = {}
    faults = []
    for one in given:
        name, sign, text = (part.strip() for part in one.partition("="))
        if not name or not sign:
            faults.append(f"--set {one}: write NAME=VALUE, as identified=0.4")
        elif name in found:
            faults.append(f"--set {name} is given twice")
        else:
            found[name] = _number(text, name=name, faults=faults)
    if faults:
        raise BadInputError(faults)
    return found


def _number(text: str, *, name: str, faults: list[str]) -> float:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        faults.append(f"--set {name}={text}: the value is not a number")
        return float("nan")


def _write(found: Study, *, decision: Json, how: Format) -> None:
    """The study on standard output, and nothing else."""
    if how is Format.JSON:
        whole = {**study_as_json(found), **decision}
        text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    elif how is Format.CSV:
        text = study_as_csv(found)
    else:
        held = decision.get("decision")
        text = (decision_as_text(held) if isinstance(held, dict) else "") + study_as_text(found)
    sys.stdout.write(text)


def _warn(notes: Sequence[str]) -> None:
    """Say on standard error what happened to the codes that were given."""
    for note in dict.fromkeys(notes):
        sys.stderr.write(f"nestling: {note}\n")


class SiteFormat(StrEnum):
    """How the sites are printed."""

    TABLE = "table"
    JSON = "json"
    GEOJSON = "geojson"


class SiteKind(StrEnum):
    """The kind of area that a site stands for."""

    UTLA = "utla"
    LAD = "lad"
    ICB = "icb"


class Boundary(StrEnum):
    """A boundary that a site serves, in place of a distance."""

    OWN = "own"
    HEALTH_AREA = "health_area"


PLACE_EXAMPLES = """Examples:

nestling place --teams 5 --within "North West"

nestling place --budget 5000000 --fair-share --format geojson
"""


@app.command(epilog=PLACE_EXAMPLES)
def place(  # noqa: PLR0913 - one argument for each option of the command
    *,
    teams: Annotated[int | None, typer.Option(help="At most so many teams.", min=1)] = None,
    budget: Annotated[str, typer.Option(metavar="£", help="At most so much a year.")] = "",
    inside: Annotated[
        str, typer.Option("--within", metavar="REGION", help="Only areas inside this one.")
    ] = "",
    by: Annotated[SiteKind, typer.Option(help="What a site stands for.")] = SiteKind.UTLA,
    km: Annotated[
        float | None, typer.Option(help="Reach: a straight line between centroids.", min=0)
    ] = None,
    boundary: Annotated[
        Boundary | None, typer.Option(help="Reach: a boundary in place of a distance.")
    ] = None,
    fair_share: Annotated[
        bool, typer.Option("--fair-share", help="Each region gets its share of the sites.")
    ] = False,
    scenario: Annotated[str, typer.Option(metavar="NAME", help="Which babies count.")] = "",
    provision: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your own statements of provision, CSV.")
    ] = None,
    how: Annotated[SiteFormat, typer.Option("--format", help="How to print.")] = SiteFormat.TABLE,
) -> None:
    """Where the next teams bring the most unmet need within reach."""
    if km is not None and boundary is not None:
        raise BadInputError("give --km or --boundary: a site reaches a distance or a boundary")
    statements, recoded = _provision(provision)
    question = SiteQuestion(
        wish=_wish(teams, budget=budget, fair_share=fair_share),
        by=AreaType(by.value),
        inside=inside,
        reach_km=km,
        boundary=boundary.value if boundary else "",
        scenario=scenario,
        statements=statements,
    )
    try:
        answer = best_sites(question)
    except (NeedError, AreaNameError) as error:
        raise BadInputError(str(error)) from error
    _warn(recoded)
    sys.stdout.write(_sites(answer, how=how))


def _sites(answer: SiteAnswer, *, how: SiteFormat) -> str:
    if how is SiteFormat.TABLE:
        return sites_as_text(answer)
    shown = sites_as_json(answer) if how is SiteFormat.JSON else sites_as_geojson(answer)
    return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"


def _wish(teams: int | None, *, budget: str, fair_share: bool) -> Wish:
    if (teams is None) == (not budget):
        raise BadInputError("give --teams K or --budget £: one of the two")
    gap = need_parameters().placement.gap
    if teams is not None:
        return Wish(sites=teams, fair_share=fair_share, gap=gap)
    return Wish(budget_pence=_pence(budget, option="--budget"), fair_share=fair_share, gap=gap)


def _pence(text: str, *, option: str) -> float:
    try:
        pounds = float(text.replace("£", "").replace(",", ""))
    except ValueError as error:
        raise BadInputError(f"{option} {text}: give pounds, as 2500000") from error
    if not 0 < pounds < float("inf"):
        raise BadInputError(f"{option} {text}: give more than nothing")
    return pounds * 100


PLAN_EXAMPLES = """Examples:

nestling plan-team Leeds --out leeds.pdf

nestling plan-team Wakefield --costs costs.csv --set hours_per_family=24 --out plan.xlsx
"""


@app.command(name="plan-team", epilog=PLAN_EXAMPLES)
def plan_team_command(  # noqa: PLR0913 - one argument for each option of the command
    area: Annotated[str, typer.Argument(help="A GSS code or a name.")],
    *,
    out: Annotated[Path, typer.Option(metavar="FILE", help="A .pdf, .docx or .xlsx file.")],
    scenario: Annotated[str, typer.Option(metavar="NAME", help="Which babies count.")] = "",
    values: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="Your own value of a parameter."),
    ] = None,
    costs: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="CSV: item, pounds_a_year, as_of, source."),
    ] = None,
    families: Annotated[
        float | None, typer.Option(help="Plan for so many families a year.", min=1)
    ] = None,
    waiting: Annotated[float, typer.Option(help="Families waiting now.", min=0)] = 0,
    seed: Annotated[int, typer.Option(help="Where the random numbers start.", min=0)] = 0,
) -> None:
    """A staffing plan for an area: roles, levels, supervision, capacity, waits, costs."""
    question = PlanQuestion(
        scenario=scenario,
        values=_values(values or []),
        costs=_costs(costs),
        families=families,
        waiting=waiting,
        sampling=Sampling(seed=seed),
    )
    try:
        check_ending(out)
        found, notes = _found([area])
        if len(found) != 1:
            raise BadInputError(f"{area} is now more than one area: name one of them")
        write_plan(plan_team(found[0], question), out)
    except (NeedError, UnknownFormatError) as error:
        raise BadInputError(str(error)) from error
    except OSError as error:
        raise BadInputError(f"{out} cannot be written: {error.strerror}") from error
    _warn(notes)
    sys.stdout.write(f"{out}\n")


def _costs(path: Path | None) -> dict[str, Cost]:
    if path is None:
        return {}
    try:
        return read_costs(path)
    except CostFileError as error:
        raise BadInputError(error.faults) from error
