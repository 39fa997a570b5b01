"""A whole run of the command: what was asked, checked and counted, ready to be written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nestling.analytics.access import run
from nestling.analytics.access.ages import Ages
from nestling.analytics.access.earlier import read_earlier
from nestling.analytics.access.figures import Figures, Key, lay_out
from nestling.analytics.access.lifetables import part_numbers
from nestling.analytics.access.periods import Period
from nestling.analytics.access.protected_parts import protected_parts
from nestling.analytics.access.protection import GivenAwayError, protected
from nestling.analytics.access.published import Material, Published, publish
from nestling.analytics.access.quality import Quality, check_records, look
from nestling.analytics.access.scope import Scope
from nestling.analytics.access.statistics import BEHIND_PROVIDERS, observe, provider_codes
from nestling.analytics.extract import ExtractError, Source, find_sources
from nestling.reference.access import definitions, disclosure_rules, extract_tables
from nestling.reference.access.definitions import SAME_PROVIDERS

if TYPE_CHECKING:
    from nestling.analytics.access.statistics import Observed
    from nestling.analytics.access.tally import Numbers
    from nestling.analytics.engines.base import Engine
    from nestling.science.disclosure import Shown

EVERY = "all"
#: Measures that add up over ages, so that months add up to years.
BY_MONTH = ("referrals_received", "children_ge1")
Step = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What one command asks for; ``months`` stand beside the years, for England."""

    folder: Path
    period: Period
    compare: Period | None
    ages: Ages
    geographies: tuple[str, ...]
    breakdowns: tuple[str, ...] = ()
    measures: tuple[str, ...] = (EVERY,)
    icb_basis: str = "residence"
    disclosure: str = "strict"
    published: tuple[Path, ...] = ()
    months: Ages | None = None
    in_bands: tuple[str, ...] = ()

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods, earlier first."""
        return tuple(sorted({self.period, *([self.compare] if self.compare else [])}))

    @property
    def asks_for_all(self) -> bool:
        """True where every measure that the extract allows is wanted."""
        return EVERY in self.measures


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An extract that was opened and found fit, and the measures that it allows."""

    job: Job
    opened: run.Opened
    scope: Scope
    measures: tuple[str, ...]
    lacking: dict[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run gave: exact figures and statistics, not for publication, and what is published."""

    prepared: Prepared
    figures: Figures
    published: Published
    quality: Quality
    observed: "dict[Period, Observed]"
    all_in_both: bool


def prepare(job: Job, engine: "Engine") -> Prepared:
    """Open what the job reads and say what it lacks.

    Raises ``ExtractError`` with every fault: in a table, or in a measure or breakdown asked for by
    name.
    """
    unknown = [name for name in job.measures if name not in {EVERY, *definitions().measures}]
    if unknown:
        raise ExtractError([f"there is no measure {name}" for name in unknown])
    sources = find_sources(job.folder)
    if job.icb_basis == "gp" and "MHS002GP" not in sources:
        raise ExtractError("the extract has no table MHS002GP, which --icb-basis gp reads")
    opened = run.open_extract(engine, sources, wanted=wanted_tables(job, sources))
    check_records(engine)
    asked = (
        tuple(definitions().measures) if job.asks_for_all else tuple(dict.fromkeys(job.measures))
    )
    lacking = {
        name: lacks for name in asked if (lacks := run.lacks(definitions().measures[name], opened))
    }
    faults = breakdown_faults(job, opened)
    if not job.asks_for_all:
        faults += [
            f"{name} cannot be counted: the extract has no {' and no '.join(lacks)}"
            for name, lacks in lacking.items()
        ]
    if faults:
        raise ExtractError(faults)
    scope = Scope(
        period=job.period,
        ages=job.ages,
        geographies=job.geographies,
        breakdowns=job.breakdowns,
        icb_basis=job.icb_basis,
        tables=frozenset(opened.sources),
        in_bands=frozenset(job.in_bands),
    )
    able = tuple(name for name in asked if name not in lacking)
    return Prepared(job=job, opened=opened, scope=scope, measures=able, lacking=lacking)


def wanted_tables(job: Job, sources: dict[str, Source]) -> list[str]:
    """The tables that the job reads, those always read first."""
    measures = set(definitions().measures) if job.asks_for_all else set(job.measures)
    reasons = measures | ({"icb-basis gp"} if job.icb_basis == "gp" else set())
    tables = extract_tables().values()
    found = [table.name for table in tables if not table.only_for or reasons & set(table.only_for)]
    needed = [name for m in measures for name in definitions().measures[m].needs]
    return [name for name in sources if name in {*found, *needed}]


def breakdown_faults(job: Job, opened: run.Opened) -> list[str]:
    """What a breakdown asked for by name lacks."""
    faults = []
    for name in job.breakdowns:
        table, columns = run.BREAKDOWN_COLUMNS.get(name, ("", ()))
        if columns and not opened.columns[table] & set(columns):
            faults.append(f"--by {name} needs column {' or '.join(columns)} of {table}")
    return faults


def run_job(prepared: Prepared, engine: "Engine", *, step: Step) -> Outcome:
    """Count every measure in each period, protect the counts together and publish.

    Raises ``ExtractError``, also where earlier outputs would give a hidden count away.
    """
    job, scope = prepared.job, prepared.scope
    rule = disclosure_rules()[job.disclosure]
    counted: dict[Period, dict[str, Numbers]] = {}
    observed: dict[Period, Observed] = {}
    names = counts_needed(prepared.measures)
    others = [
        definitions().measures[n]
        for n in prepared.measures
        if not definitions().measures[n].is_count
    ]
    for period in job.periods:
        within = scope.before(period)
        counted[period] = run.count(engine, names, within, step=step)
        observed[period] = observe(engine, others, within)
        counted[period] |= part_numbers(observed[period].outcomes, others)
    both: tuple[str, ...] = ()
    if len(job.periods) > 1:
        step("providers present in both periods")
        both = add_same_providers(engine, scope, names=names, counted=counted)
    beside = any(name.endswith(SAME_PROVIDERS) for name in counted[job.period])
    step("checking that no hidden count can be worked out")
    figures = lay_out(
        scope, counted, provider_codes(engine) if "provider" in scope.geographies else ()
    )
    figures.in_both = both
    if job.months is not None:
        figures.cells |= months_beside(engine, prepared, step=step).cells
    shown = safe(figures, job)
    material = Material(
        figures=figures,
        shown={**shown, **protected_parts(figures, shown, rule)},
        rule=rule,
        observed=observed,
        all_in_both=len(job.periods) > 1 and not beside,
    )
    quality = look(engine, prepared.opened.sources, scope, rule=rule)
    return Outcome(
        prepared=prepared,
        figures=figures,
        published=publish(material, prepared.measures),
        quality=quality,
        observed=observed,
        all_in_both=material.all_in_both,
    )


def months_beside(engine: "Engine", prepared: Prepared, *, step: Step) -> Figures:
    """The counts of children seen and referred by month of age, for England."""
    job = prepared.job
    scope = replace(
        prepared.scope, ages=job.months or job.ages, geographies=("country",), breakdowns=()
    )
    names = [name for name in BY_MONTH if name in prepared.measures]
    step("months of age")
    counted = {p: run.count(engine, names, scope.before(p)) for p in job.periods}
    return lay_out(scope, counted, ())


def safe(figures: Figures, job: Job) -> "dict[Key, Shown]":
    """What may be shown of each cell, together with earlier outputs.

    Raises ``ExtractError`` naming the cells that earlier outputs would give away.
    """
    earlier = read_earlier(job.published, breakdowns=job.breakdowns)
    try:
        return protected(figures, disclosure_rules()[job.disclosure], earlier)
    except GivenAwayError as error:
        cells = sorted(
            {
                f"{k.measure}, {k.place.code}, age {k.age.label}, until {k.period.end}"
                for k in error.keys
            }
        )
        raise ExtractError(
            ["with the earlier outputs these hidden counts could be worked out:", *cells]
        ) from error


def counts_needed(measures: Sequence[str]) -> list[str]:
    """The counts to make: those asked for, and those that stand behind a median or a share."""
    entries = [definitions().measures[name] for name in measures]
    behind = [entry.counted_as for entry in entries if entry.counted_as]
    behind += [BEHIND_PROVIDERS for entry in entries if entry.of == "providers"]
    return list(dict.fromkeys([*(e.name for e in entries if e.is_count), *behind]))


def add_same_providers(
    engine: "Engine",
    scope: Scope,
    *,
    names: Sequence[str],
    counted: "dict[Period, dict[str, Numbers]]",
) -> tuple[str, ...]:
    """Beside each count of England the same for providers that sent something in both periods.

    Those providers; nothing is added, and none is named, where every provider is in both.
    """
    present = [run.providers_in(engine, scope.before(period)) for period in counted]
    both = tuple(sorted(set.intersection(*present)))
    if len(both) == len(set.union(*present)):
        return ()
    for period in counted:
        within = replace(
            scope.before(period), providers=both, geographies=("country",), breakdowns=()
        )
        for name, numbers in run.count(engine, names, within).items():
            counted[period][name + SAME_PROVIDERS] = numbers
    return both
