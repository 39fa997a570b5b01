"""Children seen: people with attended contacts in the period, counted once per geography."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import ibis.expr.types as ir

from nestling.analytics.access import teams
from nestling.analytics.access.rows import (
    completed_months,
    contacts,
    each_contact_once,
    with_record,
)
from nestling.analytics.access.rules import keep
from nestling.analytics.access.tally import (
    Numbers,
    age_of,
    by_age,
    first_key,
    keys_of,
    place_keys,
    place_of,
    splits,
    spread,
    with_areas,
    with_provider,
)
from nestling.reference.access import MeasureEntry, RuleEntry, definitions

if TYPE_CHECKING:
    from nestling.analytics.access.scope import Scope
    from nestling.analytics.engines.base import Engine

#: More ages than these are most of the extract: it is not worth looking for the people first.
FEW_AGES = 10
PersonTest = Callable[[ir.Table, RuleEntry], ir.BooleanValue]


def enough_contacts(people: ir.Table, rule: RuleEntry) -> ir.BooleanValue:
    """At least so many contacts in the geography."""
    return people.contacts >= rule.number("at_least")


def enough_on_one(people: ir.Table, rule: RuleEntry) -> ir.BooleanValue:
    """At least so many contacts on one referral in the geography."""
    return people.most >= rule.number("at_least")


def only_adult_teams(people: ir.Table, _rule: RuleEntry) -> ir.BooleanValue:
    """Every contact is on a referral to a team for adults."""
    return people.adult_contacts == people.contacts


def by_no_childrens_team(people: ir.Table, _rule: RuleEntry) -> ir.BooleanValue:
    """No contact is with a children's team as it was once derived."""
    return people.old_contacts == 0


PERSON_TESTS: dict[str, PersonTest] = {
    "at_least_one": enough_contacts,
    "at_least_two": enough_contacts,
    "two_on_one_referral": enough_on_one,
    "adult_teams_only": only_adult_teams,
    "lost_by_old_rule": by_no_childrens_team,
}
AT_AN_AGE = ("one_at_that_age", "two_at_that_age")
EXTRAS = {
    "two_on_one_referral": "referral",
    "adult_teams_only": "adult_team",
    "lost_by_old_rule": "old_team",
    "old_childrens_team": "old_team",
}


def row_rules(measure: MeasureEntry) -> tuple[str, ...]:
    """The rules of a measure that look at one contact."""
    return tuple(
        name for name in measure.rules if name not in PERSON_TESTS and name not in AT_AN_AGE
    )


def person_rules(measure: MeasureEntry) -> tuple[str, ...]:
    """The rules of a measure that look at a person's contacts together."""
    return tuple(name for name in measure.rules if name in PERSON_TESTS)


def is_of_people(measure: MeasureEntry) -> bool:
    """True for a measure that this module counts."""
    return "counted_once" in measure.rules


def count_people(
    engine: "Engine", measures: Sequence[MeasureEntry], scope: "Scope"
) -> dict[str, Numbers]:
    """The numbers of each measure of children seen, by place and age."""
    found: dict[str, Numbers] = {}
    for rules in dict.fromkeys(row_rules(measure) for measure in measures):
        alike = [measure for measure in measures if row_rules(measure) == rules]
        found |= count_alike(engine, alike, rules, scope)
    return found


def count_alike(
    engine: "Engine", measures: Sequence[MeasureEntry], rules: Sequence[str], scope: "Scope"
) -> dict[str, Numbers]:
    """The numbers of measures that look at the same contacts."""
    extras = {EXTRAS[name] for measure in measures for name in measure.rules if name in EXTRAS}
    seen = seen_contacts(engine, rules, scope=scope, extras=extras)
    at_first = [measure for measure in measures if not set(AT_AN_AGE) & set(measure.rules)]
    at_any = [measure for measure in measures if measure not in at_first]
    if at_first and at_any:
        seen = engine.stage("nestling_seen", seen)
    found = count_at_first(engine, seen, at_first, scope) if at_first else {}
    return found | (count_at_any_age(engine, seen, at_any, scope) if at_any else {})


def seen_contacts(
    engine: "Engine", rules: Sequence[str], *, scope: "Scope", extras: Iterable[str] = ()
) -> ir.Table:
    """One row a contact that passes the rules, of people with one at an age asked for."""
    wanted = set(extras)
    early = [
        name for name in rules if name not in {"in_england", "counted_once", "old_childrens_team"}
    ]
    rows = with_record(keep(contacts(), early, scope), scope)
    rows = keep(rows, [name for name in rules if name == "in_england"], scope)
    rows = in_months(rows) if scope.ages.unit == "months" else rows
    rows = with_provider(of_asked_people(rows, scope))
    if scope.providers is not None:
        rows = rows.filter(rows.provider.isin(scope.providers))
    rows = each_contact_once(trimmed(rows, scope, wanted)) if once(rules, scope) else rows
    rows = teams.with_team(engine, rows, scope=scope, wanted=wanted)
    return keep(rows, [name for name in rules if name == "old_childrens_team"], scope)


def once(rules: Sequence[str], scope: "Scope") -> bool:
    """True where a contact that was sent twice counts once."""
    return "counted_once" in rules and "counted_once" not in scope.without


def trimmed(rows: ir.Table, scope: "Scope", extras: set[str]) -> ir.Table:
    """The columns that are read further on, no others."""
    needs_referral = bool(extras) or set(scope.breakdowns) & set(teams.BREAKDOWNS)
    own = [name for name in place_keys(scope) if name in rows.columns]
    return rows.select(
        *dict.fromkeys(
            ["person", "contact", "day", "month", "row", "age", *own]
            + (["referral"] if needs_referral else [])
        )
    )


def in_months(rows: ir.Table) -> ir.Table:
    """The rows with ages in completed months; those without a birth date have none."""
    months = completed_months(rows.birth, rows.day)
    aged = rows.mutate(age=months)
    return aged.filter(aged.age.notnull())


def of_asked_people(rows: ir.Table, scope: "Scope") -> ir.Table:
    """Every row of the people who have one at an age asked for; no other person can count."""
    ages = scope.ages
    if ages.highest - ages.lowest > FEW_AGES and ages.unit == "years":
        return rows
    asked = rows.filter(rows.age.between(ages.lowest, ages.highest))
    people = asked.select(asked_person=asked.person).distinct()
    return rows.semi_join(people, rows.person == people.asked_person)


def count_at_first(
    engine: "Engine", seen: ir.Table, measures: Sequence[MeasureEntry], scope: "Scope"
) -> dict[str, Numbers]:
    """The numbers at the age of the first contact in each geography."""
    extras = {EXTRAS[name] for measure in measures for name in measure.rules if name in EXTRAS}
    tally = engine.stage("nestling_tally", tally_of(seen, scope, extras))
    tally = with_areas(tally, scope)
    counted: dict[str, list[tuple[object, int, int]]] = {measure.name: [] for measure in measures}
    for split in splits(scope):
        people = people_of(tally, keys_of(*split), extras)
        tests = {measure.name: person_test(people, measure, scope) for measure in measures}
        for name, rows in by_age(engine, people, split=split, tests=tests, scope=scope).items():
            counted[name] += rows
    return {
        measure.name: spread(counted[measure.name], scope.ages.up_to(measure.oldest).groups)  # type: ignore[arg-type]
        for measure in measures
    }


def tally_of(seen: ir.Table, scope: "Scope", extras: set[str]) -> ir.Table:
    """One row a person and finest place (and referral).

    The first day with its age, and how many contacts.
    """
    keys = ["person", *place_keys(scope), *(["referral"] if "referral" in extras else [])]
    sums = {
        column: seen[flag].cast("int64").sum()
        for flag, column in (("adult_team", "adult_contacts"), ("old_team", "old_contacts"))
        if flag in extras and flag in seen.columns
    }
    return seen.group_by(*keys).aggregate(
        first=first_key(seen.day, seen.age).min(), contacts=seen.count(), **sums
    )


def people_of(tally: ir.Table, keys: list[str], extras: set[str]) -> ir.Table:
    """One row a person and place of one split.

    With age at first contact and the counts that the rules read.
    """
    sums = [name for name in ("adult_contacts", "old_contacts") if name in tally.columns]
    if "referral" in extras:
        tally = tally.group_by("person", *keys, "referral").aggregate(
            first=tally.first.min(),
            contacts=tally.contacts.sum(),
            **{name: tally[name].sum() for name in sums},
        )
    most = {"most": tally.contacts.max()} if "referral" in extras else {}
    people = tally.group_by("person", *keys).aggregate(
        first=tally.first.min(),
        contacts=tally.contacts.sum(),
        **most,
        **{name: tally[name].sum() for name in sums},
    )
    return people.mutate(age=age_of(people.first))


def person_test(people: ir.Table, measure: MeasureEntry, scope: "Scope") -> ir.BooleanValue:
    """The condition under which a person counts in a measure."""
    rules = definitions().rules
    test = people.contacts > 0
    for name in person_rules(measure):
        if name not in scope.without:
            test = test & PERSON_TESTS[name](people, rules[name])
    return test


def count_at_any_age(
    engine: "Engine", seen: ir.Table, measures: Sequence[MeasureEntry], scope: "Scope"
) -> dict[str, Numbers]:
    """The numbers at every age at which a person was seen often enough.

    Ranges count each person once.
    """
    keys = ["person", *place_keys(scope), "age"]
    tally = engine.stage("nestling_ages", seen.group_by(*keys).aggregate(contacts=seen.count()))
    tally = with_areas(tally, scope)
    found: dict[str, Numbers] = {measure.name: Counter() for measure in measures}
    for split in splits(scope):
        people = tally.group_by("person", *keys_of(*split), "age").aggregate(
            contacts=tally.contacts.sum()
        )
        for measure in measures:
            enough = people.filter(people.contacts >= least_at_age(measure, scope))
            found[measure.name].update(ages_of(engine, enough, split=split, scope=scope))
    return found


def least_at_age(measure: MeasureEntry, scope: "Scope") -> int:
    """How many contacts at one age a measure asks for."""
    rules = [name for name in measure.rules if name in AT_AN_AGE and name not in scope.without]
    return max((definitions().rules[name].number("at_least") for name in rules), default=1)


def ages_of(
    engine: "Engine", people: ir.Table, *, split: tuple[str, tuple[str, ...]], scope: "Scope"
) -> Numbers:
    """People by single age, and each range's people once."""
    kind, choice = split
    keys = keys_of(kind, choice)
    counted = by_age(engine, people, split=split, tests={"n": people.contacts > 0}, scope=scope)[
        "n"
    ]
    numbers = spread(counted, scope.ages.singles)
    for group in (group for group in scope.ages.groups if not group.is_single):
        within = people.filter(people.age.between(group.lowest, group.highest))
        grouped = within.group_by(*keys) if keys else within
        rows = engine.rows(grouped.aggregate(n=within.person.nunique()))
        numbers.update(
            {
                (place_of(row, kind=kind, choice=choice, scope=scope), group): row["n"]
                for row in rows
            }
        )
    return numbers
