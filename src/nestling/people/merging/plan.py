"""What a merge would do, row by row, and every reason why it may not be done. Nothing is written.

The plan is made before anything moves, so that a merge either happens whole or is refused with all
its reasons.
"""

from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from nestling.foundation.looks import unwatched
from nestling.foundation.records import Record
from nestling.people.merging.facts import gaps_of, reasons_against
from nestling.people.merging.rules import (
    CONFLICTS,
    FOLLOWED,
    How,
    Rule,
    label_of,
    references_to,
    rule_of,
)
from nestling.people.models import Person

UNTIL = "until_on"


@dataclass(slots=True)
class Step:
    """One row and the columns that change in it."""

    row: Record
    changes: dict[str, Any]


@dataclass(slots=True)
class MergePlan:
    """Rows that change, rows that are put aside, and the reasons why not.

    What is put aside comes after whatever refers to it.
    ``targets`` are the rows of the kept record that take over references: the person first.
    """

    kept: Person
    merged: Person
    steps: dict[tuple[str, Any], Step] = field(default_factory=dict)
    aside: list[Record] = field(default_factory=list)
    targets: list[Record] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    def change(self, row: Record, changes: dict[str, Any]) -> None:
        """Note that columns of a row change."""
        found = self.steps.setdefault((row._meta.label, row.pk), Step(row, {}))
        found.changes.update(changes)

    def refuse(self, words: str) -> None:
        """Note a reason once."""
        if words not in self.refusals:
            self.refusals.append(words)

    @property
    def digest(self) -> str:
        """What the plan rests on: another one when any row that it touches was changed."""
        rows = [*(step.row for step in self.steps.values()), *self.aside, *self.targets]
        seen = sorted(f"{row._meta.label} {row.pk} {row.version}" for row in rows)
        return sha256("\n".join([*seen, *self.refusals]).encode()).hexdigest()

    def counts(self) -> list[tuple[str, int]]:
        """How many rows of each kind refer to the kept record afterwards."""
        found: dict[str, int] = {}
        for step in self.steps.values():
            if step.row not in (self.kept, self.merged):
                name = str(step.row._meta.verbose_name)
                found[name] = found.get(name, 0) + 1
        return sorted(found.items())


def plan_merge(kept: Person, merged: Person, *, on: date) -> MergePlan:
    """What merging would do on a day, with all reasons against it."""
    plan = MergePlan(kept=kept, merged=merged, targets=[kept])
    for words in reasons_against(kept, merged):
        plan.refuse(words)
    plan.change(merged, {"merged_into_id": kept.pk})
    plan.change(kept, gaps_of(kept, merged))
    # Nobody is shown the rows that are read here: the page gives their number.
    with unwatched():
        _retarget(plan, merged, to=kept, on=on)
    return plan


def _retarget(plan: MergePlan, old: Record, *, to: Record, on: date) -> None:
    for reference in references_to(type(old)):
        rule = rule_of(reference)
        if rule.how is How.STAY:
            continue
        model, column = reference
        for row in _rows(model, {column.name: old}):
            _place(plan, row, column=column, rule=rule, to=to, on=on)


def _rows(model: type[models.Model], where: dict[str, Any]) -> "models.QuerySet[Any]":
    return model._base_manager.filter(**where).order_by("pk")


def _place(
    plan: MergePlan,
    row: Any,
    *,
    column: "models.Field[Any, Any]",
    rule: Rule,
    to: Record,
    on: date,
) -> None:
    counterpart = _counterpart(row, column=column, rule=rule, to=to)
    moved = {column.attname: to.pk}
    if counterpart is None:
        plan.change(row, moved)
        _check_database(plan, row, column=column, to=to)
        return
    if _differ(row, counterpart, rule=rule):
        plan.refuse(rule.words)
    elif rule.how is How.CLOSE:
        plan.change(row, {**moved, UNTIL: max(on, row.from_on)})
    else:
        _fold(plan, row, into=counterpart, rule=rule, on=on)


def _counterpart(row: Any, *, column: "models.Field[Any, Any]", rule: Rule, to: Record) -> Any:
    """The kept record's row that says what this one says, if there is one."""
    if rule.how not in (How.FOLD, How.CLOSE):
        return None
    if rule.while_open and getattr(row, UNTIL) is not None:
        return None
    same = {name: getattr(row, name) for name in rule.within}
    still = {UNTIL: None} if rule.while_open else {}
    return next(iter(_rows(type(row), {column.name: to, **same, **still})), None)


def _differ(row: Any, counterpart: Any, *, rule: Rule) -> bool:
    pairs = ((getattr(row, name), getattr(counterpart, name)) for name in rule.agree)
    return any(a != b and a not in rule.unknown and b not in rule.unknown for a, b in pairs)


def _fold(plan: MergePlan, row: Any, *, into: Any, rule: Rule, on: date) -> None:
    """Put a row aside that says nothing new, after what it says more, and what refers to it."""
    gaps = {
        name: getattr(row, name)
        for name in rule.fill
        if getattr(into, name) in rule.unknown and getattr(row, name) not in rule.unknown
    }
    if type(row) in FOLLOWED:
        plan.targets.append(into)
        plan.change(into, gaps)
        _retarget(plan, row, to=into, on=on)
    plan.aside.append(row)


def _check_database(
    plan: MergePlan, row: Record, *, column: "models.Field[Any, Any]", to: Record
) -> None:
    """Whether the row, moved, would break a rule of the database that it keeps now."""
    before = getattr(row, column.attname)
    setattr(row, column.attname, to.pk)
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and column.name in constraint.fields:
            try:
                # The stubs do not know what Django has had since 4.1.
                constraint.validate(type(row), row)  # type: ignore[attr-defined]
            except ValidationError:
                unknown = f"Both have a {row._meta.verbose_name} that can stand only once"
                plan.refuse(CONFLICTS.get(constraint.name, unknown))
    setattr(row, column.attname, before)


def references(row: Record) -> dict[str, set[str]]:
    """The ids of every row that refers to a row, by reference, but for those that stay."""
    return {
        label_of(reference): {
            str(pk)
            for pk in reference[0]
            ._base_manager.filter(**{reference[1].name: row})
            .values_list("pk", flat=True)
        }
        for reference in references_to(type(row))
        if rule_of(reference).how is not How.STAY
    }
