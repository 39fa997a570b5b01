"""Waits: first contacts, days to the first and second contact.

And what became of everyone referred.
"""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.types as ir

from nestling.analytics.access import referrals
from nestling.analytics.access.people import of_asked_people
from nestling.analytics.access.rows import (
    completed_years,
    contacts,
    each_contact_once,
    earliest,
    known_pairs,
    referral_rows,
    with_record,
)
from nestling.analytics.access.rules import keep
from nestling.analytics.access.tally import (
    Numbers,
    Place,
    by_age,
    keys_of,
    place_keys,
    place_of,
    splits,
    spread,
    with_areas,
    with_provider,
)
from nestling.reference.access import MeasureEntry, definitions

if TYPE_CHECKING:
    from nestling.analytics.access.ages import AgeGroup
    from nestling.analytics.access.scope import Scope
    from nestling.analytics.engines.base import Engine

Spread = dict[tuple[Place, "AgeGroup"], Counter[Any]]
FIRST, SECOND = "first_contacts", "second_contacts"


def count_first(
    engine: "Engine", measures: Sequence[MeasureEntry], scope: "Scope"
) -> dict[str, Numbers]:
    """The numbers of referrals whose first (second) attended contact was in the period."""
    return {m.name: count_nth(engine, scope, nth=2 if m.name == SECOND else 1) for m in measures}


def count_nth(engine: "Engine", scope: "Scope", *, nth: int) -> Numbers:
    """The numbers of referrals whose first (second) attended contact ever was in the period."""
    rows = engine.stage("nestling_first", nth_contacts(scope, nth=nth))
    rows = with_areas(in_period(rows, scope), scope)
    found: list[tuple[Place, int, int]] = []
    for split in splits(scope):
        tests = {FIRST: rows.age.notnull()}
        found += by_age(engine, rows, split=split, tests=tests, scope=scope)[FIRST]
    return spread(found, scope.ages.groups)


def in_period(rows: ir.Table, scope: "Scope") -> ir.Table:
    """The rows whose day is in the period."""
    if "contact_in_window" in scope.without:
        return rows
    return rows.filter(rows.day.between(scope.period.start, scope.period.end))


def nth_contacts(scope: "Scope", *, nth: int) -> ir.Table:
    """One row a referral that reached its first (second) attended contact ever.

    On that day and at that age.
    """
    rules = [
        name
        for name in definitions().measures[FIRST].rules
        if name not in {"first_ever", "contact_in_window"}
    ]
    rows = keep(contacts(), rules[:-1], scope)
    rows = keep(with_record(rows, scope), rules[-1:], scope)
    rows = with_provider(of_asked_people(rows, scope))
    if scope.providers is not None:
        rows = rows.filter(rows.provider.isin(scope.providers))
    own = [name for name in place_keys(scope) if name in rows.columns]
    rows = each_contact_once(
        rows.select(
            *dict.fromkeys(["person", "contact", "day", "month", "row", "age", "referral", *own])
        )
    )
    order = ibis.window(
        group_by=["person", "referral"], order_by=[rows.day, rows.age, rows.contact]
    )
    ranked = rows.mutate(nth=ibis.row_number().over(order) + 1)
    return ranked.filter(ranked.nth == nth).drop("nth", "contact")


def wait_days(engine: "Engine", scope: "Scope", *, nth: int) -> Spread:
    """How many waited how many days to their first (second) contact.

    Of those who had it in the period.
    """
    rows = in_period(engine.stage("nestling_nth", nth_contacts(scope, nth=nth)), scope)
    carried = rows.select(carried=rows.referral).distinct()
    refs = referral_rows()
    first = earliest(refs.semi_join(carried, refs.referral == carried.carried), ("received",))
    first = first.select("received", its_referral="referral")
    joined = rows.inner_join(first, rows.referral == first.its_referral)
    waited = joined.mutate(days=ibis.greatest(joined.day.delta(joined.received, unit="day"), 0))
    return distribution(engine, waited, scope=scope, columns=("days",))


def outcomes(engine: "Engine", scope: "Scope") -> Spread:
    """What became of everyone referred in the period, and after how many days.

    Seen, left, aged out, or waiting still.
    """
    rows = with_first_seen(
        engine, referrals.received(scope, definitions().measures["referrals_received"].rules), scope
    )
    last = ibis.literal(scope.period.end)
    left = ibis.coalesce(
        ibis.least(rows.first_rejected, rows.first_discharged),
        rows.first_rejected,
        rows.first_discharged,
    )
    dated = rows.mutate(
        seen=days_to(rows.seen_on, rows.received, last),
        left_after=days_to(left, rows.received, last),
        out_after=days_to(aged_out_on(rows), rows.received, last),
        followed=last.delta(rows.received, unit="day"),
    )
    far = 10**6
    days = ibis.least(
        dated.seen.fill_null(far),
        dated.left_after.fill_null(far),
        dated.out_after.fill_null(far),
        dated.followed,
    )
    ended = dated.mutate(days=days)
    event = ibis.cases(
        (ended.seen == ended.days, "seen"),
        (ended.left_after == ended.days, "left"),
        (ended.out_after == ended.days, "aged_out"),
        else_="waiting",
    )
    return distribution(engine, ended.mutate(event=event), scope=scope, columns=("event", "days"))


def aged_out_on(rows: ir.Table) -> ir.DateValue:
    """The birthday at which a child passes the next age limit; one of 29 February on 1 March."""
    age = completed_years(rows.birth, rows.received)
    limits = definitions().rules["life_table"].numbers("age_limits")
    limit = ibis.cases(*((age < years, years) for years in limits))
    leap = (rows.birth.month() == 2) & (rows.birth.day() == 29)
    month = leap.ifelse(3, rows.birth.month()).cast("int32")
    day = leap.ifelse(1, rows.birth.day()).cast("int32")
    return ibis.date((rows.birth.year() + limit).cast("int32"), month, day)


def with_first_seen(engine: "Engine", rows: ir.Table, scope: "Scope") -> ir.Table:
    """The referrals with the day they were received.

    The birth date and the day of the first attended contact.
    """
    rows = engine.stage("nestling_received", rows)
    asked = rows.select(asked=rows.referral).distinct()
    refs = referral_rows()
    first = earliest(refs.semi_join(asked, refs.referral == asked.asked), ("received", "record"))
    first = with_record(first, scope, birth=True).select(
        "received", "birth", first_referral="referral"
    )
    joined = rows.inner_join(first, rows.referral == first.first_referral)
    seen = keep(contacts(), ("attended", "spoken_contact", "age_known"), scope)
    pairs = known_pairs()
    seen = seen.semi_join(
        pairs, [seen.person == pairs.pair_person, seen.referral == pairs.pair_referral]
    )
    seen = seen.semi_join(asked, seen.referral == asked.asked)
    seen = seen.filter(seen.day <= scope.period.end)
    firsts = seen.group_by(seen_referral=seen.referral).aggregate(seen_on=seen.day.min())
    return joined.left_join(firsts, joined.referral == firsts.seen_referral)


def days_to(day: ir.DateValue, received: ir.DateValue, last: ir.DateValue) -> ir.IntegerValue:
    """Days from the referral to a day that has come by the end of the period, never below zero."""
    days = ibis.greatest(day.delta(received, unit="day"), 0)
    return (day.notnull() & (day <= last)).ifelse(days, ibis.null().cast("int64"))


def distribution(
    engine: "Engine", rows: ir.Table, *, scope: "Scope", columns: tuple[str, ...]
) -> Spread:
    """How many rows have each value, by place and age asked for."""
    rows = with_areas(rows.filter(rows.age.between(scope.ages.lowest, scope.ages.highest)), scope)
    rows = engine.stage("nestling_spread", rows.select("age", *columns, *spread_keys(scope)))
    found: Spread = {}
    for kind, choice in splits(scope):
        grouped = rows.group_by(*keys_of(kind, choice), "age", *columns).aggregate(n=rows.count())
        for row in engine.rows(grouped):
            place = place_of(row, kind=kind, choice=choice, scope=scope)
            value = tuple(row[name] for name in columns) if columns[1:] else row[columns[0]]
            for group in (g for g in scope.ages.groups if g.holds(int(row["age"]))):
                found.setdefault((place, group), Counter())[value] += row["n"]
    return found


def spread_keys(scope: "Scope") -> list[str]:
    """The columns of every split."""
    return list(dict.fromkeys(name for split in splits(scope) for name in keys_of(*split)))


def percentile(days: "Counter[int]", percent: int) -> float | None:
    """A percentile of waits: midway between two middle ones for a median; ``None`` for nobody.

    >>> percentile(Counter({10: 1, 20: 1}), 50)
    15.0
    """
    people = days.total()
    if not people:
        return None
    ordered = sorted(days.elements())
    at = (people - 1) * percent / 100
    low = int(at)
    high = min(low + 1, people - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)
