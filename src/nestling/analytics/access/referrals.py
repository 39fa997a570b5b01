"""Referrals received and accepted, and the caseload on a day."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import ibis.expr.types as ir

from nestling.analytics.access.rows import (
    completed_months,
    completed_years,
    contacts,
    each_contact_once,
    earliest,
    referral_rows,
    with_record,
)
from nestling.analytics.access.rules import keep
from nestling.analytics.access.tally import (
    Numbers,
    by_age,
    keys_of,
    place_keys,
    splits,
    spread,
    with_areas,
    with_provider,
)
from nestling.reference.access import MeasureEntry, definitions

if TYPE_CHECKING:
    from nestling.analytics.access.scope import Scope
    from nestling.analytics.engines.base import Engine

RECEIVED = "referrals_received"
CASELOAD = "caseload"


def count_referrals(
    engine: "Engine", measures: Sequence[MeasureEntry], scope: "Scope"
) -> dict[str, Numbers]:
    """The numbers of referrals received, and of those never rejected.

    By place and age when received.
    """
    base = definitions().measures[RECEIVED].rules
    rows = engine.stage("nestling_referrals", received(scope, base))
    rows = with_areas(rows, scope)
    counted: dict[str, list[tuple[object, int, int]]] = {measure.name: [] for measure in measures}
    for split in splits(scope):
        tests = {measure.name: kept(rows, measure, scope) for measure in measures}
        for name, found in by_age(engine, rows, split=split, tests=tests, scope=scope).items():
            counted[name] += found
    return {name: spread(found, scope.ages.groups) for name, found in counted.items()}  # type: ignore[arg-type]


def kept(rows: ir.Table, measure: MeasureEntry, scope: "Scope") -> ir.BooleanValue:
    """The condition under which a referral counts beyond having been received."""
    asks = "never_rejected" in measure.rules and "never_rejected" not in scope.without
    return rows.first_rejected.isnull() if asks else rows.age.notnull()


def received(scope: "Scope", rules: Sequence[str]) -> ir.Table:
    """One row a referral received in the period, with the values of its earliest row."""
    rows = referral_rows()
    if "received_in_window" not in scope.without:
        near = rows.filter(rows.received.between(scope.period.start, scope.period.end))
        near = near.select(near=near.referral).distinct()
        rows = rows.semi_join(near, rows.referral == near.near)
    early = [name for name in rules if name in {"received_in_window", "referral_age_known"}]
    refs = keep(earliest(rows), early, scope)
    refs = with_record(refs, scope)
    refs = keep(refs, [name for name in rules if name == "in_england"], scope)
    if scope.ages.unit == "months":
        refs = refs.mutate(age=completed_months(refs.birth, refs.received))
    refs = with_provider(refs)
    if scope.providers is not None:
        refs = refs.filter(refs.provider.isin(scope.providers))
    return refs.select("referral", "age", "first_rejected", "first_discharged", *place_keys(scope))


def count_caseload(
    engine: "Engine", measures: Sequence[MeasureEntry], scope: "Scope"
) -> dict[str, Numbers]:
    """The numbers of people on the caseload on the period's last day, by place and age that day."""
    people = engine.stage("nestling_caseload", on_caseload(scope, measures[0].rules))
    people = with_areas(people, scope)
    counted: list[tuple[object, int, int]] = []
    for split in splits(scope):
        once = people.group_by("person", *keys_of(*split)).aggregate(age=people.age.min())
        found = by_age(engine, once, split=split, tests={CASELOAD: once.age.notnull()}, scope=scope)
        counted += found[CASELOAD]
    return {CASELOAD: spread(counted, scope.ages.groups)}  # type: ignore[arg-type]


def open_referrals(scope: "Scope", rules: Sequence[str]) -> ir.Table:
    """One row a referral that is open on the last day, with the age of its person that day."""
    early = ("received_by_date", "not_rejected_by_date", "not_discharged_by_date")
    refs = keep(earliest(referral_rows()), [name for name in rules if name in early], scope)
    refs = with_record(refs, scope, birth=True)
    refs = keep(refs, [name for name in rules if name in {"in_england", "birth_date_known"}], scope)
    to_age = completed_months if scope.ages.unit == "months" else completed_years
    day = refs.mutate(last_day=scope.period.end)
    aged = day.mutate(age=to_age(day.birth, day.last_day))
    aged = aged.filter(aged.age.between(scope.ages.lowest, scope.ages.highest))
    own = [name for name in scope.breakdowns if name in aged.columns]
    return aged.select("referral", "person", "age", *own)


def on_caseload(scope: "Scope", rules: Sequence[str]) -> ir.Table:
    """One row a person, age and place of an attended contact on an open referral."""
    refs = open_referrals(scope, rules)
    seen = keep(contacts(), ("attended", "spoken_contact", "age_known", "on_a_referral"), scope)
    theirs = refs.select(open_person=refs.person).distinct()
    seen = seen.filter(seen.day <= scope.period.end).drop("age", "attendance", "mechanism")
    seen = each_contact_once(seen.semi_join(theirs, seen.person == theirs.open_person))
    open_ = refs.rename(open_person="person", open_referral="referral")
    joined = seen.inner_join(
        open_, [seen.referral == open_.open_referral, seen.person == open_.open_person]
    )
    own = scope.breakdowns
    placed = with_area_of_contact(joined.drop("open_person", "open_referral"), scope)
    placed = with_provider(placed)
    if scope.providers is not None:
        placed = placed.filter(placed.provider.isin(scope.providers))
    return placed.select(
        "person", "age", *place_keys(scope), *[n for n in own if n not in place_keys(scope)]
    ).distinct()


def with_area_of_contact(rows: ir.Table, scope: "Scope") -> ir.Table:
    """The contacts with the area of their own record; all else stays the referral's."""
    area = with_record(rows.select("record").distinct(), scope).select("record", "sub_icb")
    area = area.rename(area_record="record")
    return rows.left_join(area, rows.record == area.area_record).drop("area_record")
