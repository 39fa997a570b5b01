"""Does this baby count? For each rule of a measure, who is left after it and who was lost by it.

By age, in England.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir

from nestling.analytics.access import people as seen_people
from nestling.analytics.access import teams
from nestling.analytics.access.ages import AgeGroup
from nestling.analytics.access.rows import (
    completed_years,
    contacts,
    earliest,
    known_pairs,
    referral_rows,
    with_record,
)
from nestling.analytics.access.rules import keep, passes
from nestling.analytics.access.tally import age_of, first_key
from nestling.reference.access import MeasureEntry, definitions

if TYPE_CHECKING:
    from nestling.analytics.access.scope import Scope
    from nestling.analytics.engines.base import Engine

OTHER, UNKNOWN_AGE, TOTAL = "other ages", "not known", "all"
NO_AGE = -4_000
EVERY_AGE = AgeGroup(0, 150)


class NoWaterfallError(Exception):
    """A measure whose rules do not take people away one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One rule: people left after it and lost by it, by age.

    The first step is everyone, without a rule.
    """

    rule: str
    words: str
    left: dict[str, int]
    lost: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall:
    """The steps of one measure in one period."""

    measure: str
    ages: tuple[str, ...]
    steps: tuple[Step, ...]


def waterfall(engine: "Engine", measure: MeasureEntry, scope: "Scope") -> Waterfall:
    """Who is left after each rule of a measure.

    Each person has one age throughout: that at which she counts, or that of her first row when she
    was lost. Raises
    ``NoWaterfallError`` for a measure without people's rules in order.
    """
    whole = replace(scope, geographies=("country",), breakdowns=())
    if seen_people.is_of_people(measure) and not set(seen_people.AT_AN_AGE) & set(measure.rules):
        lost = lost_among_contacts(engine, measure, whole)
    elif measure.name in {"referrals_received", "referrals_accepted"}:
        lost = lost_among_referrals(engine, measure, whole)
    elif measure.at_a_date:
        lost = lost_from_caseload(engine, measure, whole)
    else:
        raise NoWaterfallError(f"{measure.name} has no waterfall")
    return steps_of(measure, lost, scope)


def steps_of(measure: MeasureEntry, lost: dict[str, Counter[str]], scope: "Scope") -> Waterfall:
    """The steps from the numbers lost by each rule and those left at the end (under no name)."""
    ages = (*(group.label for group in scope.ages.singles), OTHER, UNKNOWN_AGE, TOTAL)
    left = Counter[str]()
    for numbers in lost.values():
        left.update(numbers)
    steps = [
        Step(
            rule="", words="everyone", left=with_total(left, ages), lost=with_total(Counter(), ages)
        )
    ]
    for name in measure.rules:
        gone = lost.get(name, Counter())
        left = left - gone
        words = definitions().rules[name].words
        steps.append(
            Step(rule=name, words=words, left=with_total(left, ages), lost=with_total(gone, ages))
        )
    return Waterfall(measure=measure.name, ages=ages, steps=tuple(steps))


def with_total(numbers: Counter[str], ages: Sequence[str]) -> dict[str, int]:
    """The numbers at every age, with their sum."""
    return {**{age: numbers[age] for age in ages[:-1]}, TOTAL: numbers.total()}


def label_of(age: int | None, scope: "Scope") -> str:
    """The column of an age."""
    if age is None or age == NO_AGE:
        return UNKNOWN_AGE
    return next((group.label for group in scope.ages.singles if group.holds(age)), OTHER)


def counted(engine: "Engine", rows: ir.Table, scope: "Scope") -> Counter[tuple[int, str]]:
    """How many rows (one a person) have each ``step`` and age."""
    grouped = rows.group_by("step", "age").aggregate(n=rows.count())
    found: Counter[tuple[int, str]] = Counter()
    for row in engine.rows(grouped):
        found[int(row["step"]), label_of(row["age"], scope)] += row["n"]
    return found


def step_of(rows: ir.Table, rules: Sequence[str], scope: "Scope") -> ir.IntegerValue:
    """The number of the first rule that a row does not pass, or the number of rules."""
    tests = [
        (~ibis.coalesce(passes(rows, name, scope), ibis.literal(False)), n)  # noqa: FBT003 - a value
        for n, name in enumerate(rules)
    ]
    return ibis.cases(*tests, else_=len(rules)).cast("int64")


def named(
    found: Counter[tuple[int, str]], rules: Sequence[str], *, kept: bool = False
) -> dict[str, Counter[str]]:
    """Numbers lost by each rule.

    Those who pass every rule stand under no name, if they are kept here.
    """
    lost: dict[str, Counter[str]] = {}
    for (step, age), number in found.items():
        if step < len(rules) or kept:
            lost.setdefault(rules[step] if step < len(rules) else "", Counter())[age] += number
    return lost


def lost_among_contacts(
    engine: "Engine", measure: MeasureEntry, scope: "Scope"
) -> dict[str, Counter[str]]:
    """Numbers lost by each rule of a measure of children seen."""
    rules = [name for name in seen_people.row_rules(measure) if name != "counted_once"]
    rows = flagged_contacts(engine, measure, scope)
    rows = rows.mutate(
        step=step_of(rows, rules, scope),
        first=first_key(rows.day, ibis.coalesce(rows.age, ibis.literal(NO_AGE))),
    )
    far = engine.stage(
        "nestling_steps",
        rows.group_by("person", "step").aggregate(first=rows.first.min()),
    )
    last = far.group_by("person").aggregate(step=far.step.max(), first=far.first.argmax(far.step))
    lost = named(counted(engine, last.mutate(age=age_of(last.first)), scope), rules)
    return lost | lost_as_people(engine, measure, scope)


def flagged_contacts(engine: "Engine", measure: MeasureEntry, scope: "Scope") -> ir.Table:
    """Every contact row with its record, and marked with what the rules ask of its referral."""
    rows = with_record(contacts(), scope)
    rows = rows.filter(rows.person.notnull())
    pairs = known_pairs().distinct().mutate(carried=True)
    joined = rows.left_join(
        pairs, [rows.person == pairs.pair_person, rows.referral == pairs.pair_referral]
    )
    marked = joined.mutate(on_a_referral=joined.carried.notnull()).drop(
        "pair_person", "pair_referral", "carried"
    )
    if "old_childrens_team" in measure.rules:
        marked = teams.with_team(engine, marked, scope=scope, wanted={"old_team"})
    return marked


def lost_as_people(
    engine: "Engine", measure: MeasureEntry, scope: "Scope"
) -> dict[str, Counter[str]]:
    """Numbers lost by the rules that look at a person's contacts together.

    And those left at the end.
    """
    rules = list(seen_people.person_rules(measure))
    extras = {seen_people.EXTRAS[name] for name in measure.rules if name in seen_people.EXTRAS}
    everyone = replace(scope, ages=replace(scope.ages, groups=(EVERY_AGE,)))
    rows = seen_people.seen_contacts(
        engine, seen_people.row_rules(measure), scope=everyone, extras=extras
    )
    tally = engine.stage("nestling_tally", seen_people.tally_of(rows, scope, extras))
    people = seen_people.people_of(tally, [], extras)
    known = definitions().rules
    tests = [
        (~seen_people.PERSON_TESTS[name](people, known[name]), number)
        for number, name in enumerate(rules)
    ]
    marked = people.mutate(step=ibis.cases(*tests, else_=len(rules)).cast("int64"))
    return named(counted(engine, marked, scope), rules, kept=True)


def lost_among_referrals(
    engine: "Engine", measure: MeasureEntry, scope: "Scope"
) -> dict[str, Counter[str]]:
    """Numbers lost by each rule of a measure of referrals."""
    rules = [name for name in measure.rules if name != "first_row"]
    rows = with_record(earliest(referral_rows()), scope)
    marked = rows.mutate(step=step_of(rows, rules, scope))
    return named(counted(engine, marked, scope), rules, kept=True)


def lost_from_caseload(
    engine: "Engine", measure: MeasureEntry, scope: "Scope"
) -> dict[str, Counter[str]]:
    """Numbers of people lost by each rule of the caseload.

    A person is lost where her last referral is.
    """
    rules = [name for name in measure.rules if name not in {"first_row", "seen_by_date"}]
    refs = with_record(earliest(referral_rows()), scope, birth=True)
    seen = keep(contacts(), ("attended", "spoken_contact", "age_known"), scope)
    seen = seen.filter(seen.day <= scope.period.end)
    pairs = (
        seen.select(seen_person=seen.person, seen_referral=seen.referral)
        .distinct()
        .mutate(was_seen=True)
    )
    joined = refs.left_join(
        pairs, [refs.person == pairs.seen_person, refs.referral == pairs.seen_referral]
    ).mutate(last_day=ibis.literal(scope.period.end))
    step = step_of(joined, rules, scope)
    last = ibis.ifelse(joined.was_seen.notnull(), len(rules) + 1, len(rules))
    marked = joined.mutate(
        step=ibis.ifelse(step == len(rules), last, step).cast("int64"),
        age=ibis.coalesce(completed_years(joined.birth, joined.last_day), ibis.literal(NO_AGE)),
    )
    top = engine.stage(
        "nestling_steps", marked.group_by("person", "step").aggregate(age=marked.age.min())
    )
    people = top.group_by("person").aggregate(step=top.step.max(), age=top.age.argmax(top.step))
    return named(counted(engine, people, scope), [*rules, "seen_by_date"], kept=True)
