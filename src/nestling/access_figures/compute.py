"""An extract counted into what may be published of it: CSV texts and how they were made.

Nothing of a record leaves this module: what it gives has passed disclosure control.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from nestling.analytics.access.ages import AgeGroup, Ages, parse_ages
from nestling.analytics.access.earlier import read_earlier
from nestling.analytics.access.explained import Explained, explained
from nestling.analytics.access.explained import as_csv as waterfalls_as_csv
from nestling.analytics.access.job import Job, Outcome, Prepared, prepare, run_job
from nestling.analytics.access.manifest import manifest_of
from nestling.analytics.access.periods import Period
from nestling.analytics.access.request import Request, job_of
from nestling.analytics.access.scope import source
from nestling.analytics.access.waterfall import Waterfall, waterfall
from nestling.analytics.access.writers import as_csv
from nestling.analytics.engines import engine_named
from nestling.analytics.extract import ExtractError
from nestling.reference.access import definitions, disclosure_rules
from nestling.science.disclosure import DisclosureRule

if TYPE_CHECKING:
    from nestling.analytics.engines.base import Engine

Step = Callable[[str], None]
#: Ages 0 and 1 together answer the first question; a range's total is counted, never added up.
UNDER_TWO = AgeGroup(0, 1)
MONTHS_UNDER_THREE = "0-35m"
#: Areas shown by range of age: single years are for England and its regions.
SMALL_AREAS = ("icb", "sub_icb", "provider")
#: Measures by sex and deprivation: those that the questions of Parliament ask about.
GROUPED = ("referrals_received", "referrals_accepted", "children_ge1", "children_ge2")
EXPLAINED = ("children_ge1_old_rule", "children_ge2", "referrals_accepted")
#: How the made-up extract for practice names a person; real numbers look otherwise.
MADE_UP_PERSON = r"^P\d+$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a release holds: the periods, the areas, and the groups that England is split by."""

    folder: Path
    until: str
    compare_until: str = ""
    areas: str = "region,icb"
    groups: tuple[str, ...] = ()
    disclosure: str = "strict"
    engine: str = "duckdb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A release as text: tables of figures, waterfalls, and how both were made."""

    figures: tuple[str, ...]
    waterfalls: str
    about: dict[str, Any]


class NotForPagesError(Exception):
    """A release without disclosure control, which no page may show."""


def compute(wanted: Wanted, *, step: Step) -> Pack:
    """Every figure that the extract allows, protected together.

    Raises ``ExtractError`` or ``RequestError`` with every fault, and ``NotForPagesError``.
    """
    if disclosure_rules().get(wanted.disclosure, disclosure_rules()["strict"]).is_off:
        raise NotForPagesError("pages never show figures without disclosure control")
    runner = engine_named(wanted.engine)
    try:
        return computed(wanted, runner, step=step)
    finally:
        runner.close()


def computed(wanted: Wanted, engine: "Engine", *, step: Step) -> Pack:
    """The pack of an open engine: areas first, then each group checked against them."""
    step("reading the tables")
    prepared = prepare(main_job(wanted), engine)
    outcome = run_job(prepared, engine, step=step)
    figures = [as_csv(outcome.published)]
    falls, dropped = waterfalls(prepared, outcome, engine, step=step)
    about = manifest_of(prepared, engine, command=command_of(wanted))
    about |= {"made_up": is_made_up(engine), "quality": outcome.quality.as_words()}
    left_out = {f"waterfall of {name}": "would give a hidden number away" for name in dropped}
    with TemporaryDirectory() as place:
        for group in wanted.groups:
            try:
                step(f"by {group}")
                figures.append(by_group(wanted, group, figures, engine, Path(place), step=step))
            except ExtractError as error:
                left_out[f"by {group}"] = error.faults[0]
    about["left_out"] = left_out
    return Pack(figures=tuple(figures), waterfalls=waterfalls_as_csv(falls), about=about)


def command_of(wanted: Wanted) -> list[str]:
    """The command that makes the release again, wherever its folder is."""
    options = {
        "--until": wanted.until,
        "--compare-until": wanted.compare_until,
        "--areas": wanted.areas,
        "--disclosure": wanted.disclosure,
        "--engine": wanted.engine,
    }
    given = [word for name, value in options.items() if value for word in (name, value)]
    return ["nestling", "access-release", wanted.folder.name, *given]


def main_job(wanted: Wanted) -> Job:
    """The job of all measures by age and area, for both periods."""
    request = Request(
        words=[str(wanted.folder)],
        until=wanted.until,
        compare_until=wanted.compare_until,
        by=",".join(filter(None, ["age", wanted.areas])),
        ages="bands",
        disclosure=wanted.disclosure,
    )
    job = job_of(request)
    return replace(
        job,
        ages=Ages((UNDER_TWO, *job.ages.groups)),
        months=parse_ages(MONTHS_UNDER_THREE),
        in_bands=SMALL_AREAS,
    )


def by_group(
    wanted: Wanted,
    group: str,
    earlier: Sequence[str],
    engine: "Engine",
    place: Path,
    *,
    step: Step,
) -> str:
    """England split by one group, so that with the tables before it nothing is given away."""
    files = []
    for number, text in enumerate(earlier):
        file = place / f"{number}.csv"
        file.write_text(text, encoding="utf-8")
        files.append(file)
    job = replace(
        main_job(wanted),
        geographies=("country",),
        breakdowns=(group,),
        measures=GROUPED,
        published=tuple(files),
        months=None,
        in_bands=(),
    )
    return as_csv(run_job(prepare(job, engine), engine, step=step).published)


def waterfalls(
    prepared: Prepared, outcome: Outcome, engine: "Engine", *, step: Step
) -> tuple[list[Explained], list[str]]:
    """The waterfall of each measure and period, and those that cannot stand beside the figures."""
    rule = disclosure_rules()[prepared.job.disclosure]
    young = replace(prepared.scope, ages=prepared.scope.ages.up_to(2))
    falls = []
    for name in (name for name in EXPLAINED if name in prepared.measures):
        for period in prepared.job.periods:
            step(f"explaining {name}")
            measure = definitions().measures[name]
            falls.append((waterfall(engine, measure, young.before(period)), period))
    step("checking the waterfalls")
    items = together(falls, rule, outcome)
    fit = [item for item in items if agrees(item, outcome)]
    unfit = [item for item in items if item not in fit]
    return fit, [f"{item.waterfall.measure} until {item.period.end}" for item in unfit]


def together(
    falls: Sequence[tuple[Waterfall, Period]], rule: DisclosureRule, outcome: Outcome
) -> list[Explained]:
    """The waterfalls checked with the table of figures; where that cannot be, in themselves."""
    with TemporaryDirectory() as place:
        file = Path(place) / "figures.csv"
        file.write_text(as_csv(outcome.published), encoding="utf-8")
        earlier = read_earlier([file], breakdowns=())
    try:
        return explained(falls, rule, earlier)
    except ExtractError:
        return explained(falls, rule)


def agrees(item: Explained, outcome: Outcome) -> bool:
    """True where the last step hides and shows just what the published table does.

    Where one shows what the other hides, the two together would give a hidden number away.
    """
    published = {
        row.age: row.shown
        for row in outcome.published.rows
        if (row.measure, row.period, row.kind) == (item.waterfall.measure, item.period, "country")
    }
    last = len(item.waterfall.steps) - 1
    return all(
        item.words(last, "left", age) == published[age]
        for age in item.waterfall.ages
        if age in published
    )


def is_made_up(engine: "Engine") -> bool:
    """True where every person of the extract is one of those that `nestling demo-extract` makes."""
    people = source("MHS101Referral").Person_ID
    named = people.re_search(MADE_UP_PERSON).sum()
    row = engine.rows(
        source("MHS101Referral").aggregate(rows=people.count(), named=named.cast("int64"))
    )[0]
    return bool(row["rows"]) and row["rows"] == row["named"]
