"""One run: open the tables, count every measure asked for in each period."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa

from nestling.analytics.access import official, people, referrals, waits
from nestling.analytics.access.scope import source
from nestling.analytics.extract import ExtractError, Source
from nestling.reference.access import MeasureEntry, areas, deciles, definitions, extract_tables

if TYPE_CHECKING:
    from nestling.analytics.access.scope import Scope
    from nestling.analytics.access.tally import Numbers
    from nestling.analytics.engines.base import Engine

Counter = Callable[["Engine", Sequence[MeasureEntry], "Scope"], "dict[str, Numbers]"]
ALWAYS = ("MHS101Referral", "MHS001MPI", "MHS201CareContact")
BREAKDOWN_COLUMNS = {
    "sex": ("MHS001MPI", ("GenderIDCode", "Gender")),
    "ethnicity": ("MHS001MPI", ("EthnicCategory",)),
    "reason": ("MHS101Referral", ("PrimReasonReferralMH",)),
    "source": ("MHS101Referral", ("SourceOfReferralMH",)),
}


@dataclass(slots=True)
class Opened:
    """The tables that a run reads, with the columns that each has."""

    sources: dict[str, Source]
    columns: dict[str, frozenset[str]] = field(default_factory=dict)


def families(measures: Iterable[MeasureEntry]) -> list[tuple[Counter, list[MeasureEntry]]]:
    """The measures with the function that counts them together."""
    found: dict[Counter, list[MeasureEntry]] = {}
    for measure in measures:
        found.setdefault(counter_of(measure), []).append(measure)
    return list(found.items())


def counter_of(measure: MeasureEntry) -> Counter:
    """The function that counts a measure."""
    if people.is_of_people(measure):
        return people.count_people
    if measure.name in OTHERS:
        return OTHERS[measure.name]
    raise KeyError(measure.name)


OTHERS: dict[str, Counter] = {
    "referrals_received": referrals.count_referrals,
    "referrals_accepted": referrals.count_referrals,
    "caseload": referrals.count_caseload,
    "first_contacts": waits.count_first,
    "second_contacts": waits.count_first,
    "MHS95": official.count_official,
    "MHS69": official.count_official,
    "MHS91": official.count_official,
}


def open_extract(engine: "Engine", sources: dict[str, Source], *, wanted: Iterable[str]) -> Opened:
    """Make the tables readable that are wanted and there; every fault of every table at once.

    Raises ``ExtractError``.
    """
    lacking = [f"the extract has no table {name}" for name in ALWAYS if name not in sources]
    faults = list(lacking)
    opened = Opened({})
    for name in [name for name in extract_tables() if name in set(wanted) and name in sources]:
        try:
            opened.columns[name] = engine.open_table(sources[name])
            opened.sources[name] = sources[name]
        except ExtractError as error:
            faults += error.faults
    if faults:
        raise ExtractError(faults)
    put_reference(engine)
    return opened


def put_reference(engine: "Engine") -> None:
    """Give the engine the small tables of our own."""
    chain = areas().chain()
    engine.put(
        "nestling_areas",
        pa.table(
            {name: [row[i] for row in chain] for i, name in enumerate(("sub_icb", "icb", "region"))}
        ),
    )
    found = deciles()
    engine.put(
        "nestling_deciles",
        pa.table({"lsoa21": list(found), "decile": [str(value) for value in found.values()]}),
    )


def lacks(measure: MeasureEntry, opened: Opened) -> list[str]:
    """What a measure needs that the extract does not have."""
    found = []
    for table, columns in measure.needs.items():
        if table not in opened.sources:
            found.append(f"table {table}")
        found += [
            f"column {column} of {table}"
            for column in columns
            if table in opened.sources and column not in opened.columns[table]
        ]
    return found


def count(
    engine: "Engine",
    names: Sequence[str],
    scope: "Scope",
    *,
    step: Callable[[str], None] = lambda _words: None,
) -> dict[str, "Numbers"]:
    """The numbers of every measure named, by place and age, over one period."""
    measures = [definitions().measures[name] for name in names]
    found: dict[str, Numbers] = {}
    for counter, alike in families(measures):
        step(", ".join(measure.name for measure in alike))
        found |= counter(engine, alike, scope)
    return {name: found[name] for name in names}


def providers_in(engine: "Engine", scope: "Scope") -> set[str]:
    """The providers that received a referral or sent a contact in the period."""
    refs, seen = source("MHS101Referral"), source("MHS201CareContact")
    start, end = scope.period.start, scope.period.end
    parts = [
        refs.filter(refs.ReferralRequestReceivedDate.between(start, end)).select(
            provider=refs.OrgIDProv
        ),
        seen.filter(seen.CareContDate.between(start, end)).select(provider=seen.OrgIDProv),
    ]
    return {
        row["provider"]
        for row in engine.rows(parts[0].union(parts[1], distinct=True))
        if row["provider"]
    }
