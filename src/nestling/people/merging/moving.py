"""Merging two records of one person: all in one transaction, each row with its audit event."""

from datetime import date
from typing import Any

from django.db import transaction

from nestling.accounts.models import User
from nestling.foundation import audit
from nestling.foundation.looks import unwatched
from nestling.foundation.records import Record
from nestling.people.errors import PeopleRuleError
from nestling.people.merging.facts import ASK_BEFORE_MERGING, leads_all_teams
from nestling.people.merging.plan import MergePlan, Step, plan_merge, references
from nestling.people.merging.stored import Aside, Moved, Stored, Target, plain, print_of, values_of
from nestling.people.models import DuplicatePair, PairState, Person, PersonMerge


class MergeRefusedError(PeopleRuleError):
    """A merge, or its undoing, that may not be done: every reason, in words."""

    def __init__(self, reasons: list[str]) -> None:
        """Keep the reasons."""
        self.reasons = reasons
        super().__init__(". ".join(reasons))


@transaction.atomic
def merge_persons(
    kept: Person, merged: Person, *, reason: str, on: date, by: User, seen: str = ""
) -> PersonMerge:
    """Two records, now one: every reference moved, the other record a pointer to the kept one.

    ``seen`` is the digest of the plan that the lead looked at.

    Raises:
        MergeRefusedError: for all its reasons at once; nothing was written.
        StaleRecordError: a row was changed meanwhile.
    """
    kept, merged = _again(kept), _again(merged)
    plan = plan_merge(kept, merged, on=on)
    refuse_if_needed(plan, by=by, seen=seen)
    moved = [_move(step, by=by) for step in plan.steps.values() if step.changes]
    aside = [_put_aside(row, by=by) for row in plan.aside]
    row = PersonMerge(
        organisation_id=kept.organisation_id,
        kept=kept,
        merged=merged,
        reason=reason,
        moved=Stored(moved=moved, aside=aside, targets=_targets(plan)).as_text(),
        merged_by=by,
        merged_on=on,
    )
    audit.create(row, by=by, action="merged")
    audit.record_event("took_over", about=kept, by=by, details={"merged": str(merged.pk)})
    _close_pair(kept, merged, on=on, by=by)
    return row


def refuse_if_needed(plan: MergePlan, *, by: User, seen: str = "") -> None:
    """Stop a merge that has reasons against it, or that rests on what was changed since.

    Raises:
        MergeRefusedError: with every reason.
    """
    if not leads_all_teams(by, plan.kept, plan.merged):
        raise MergeRefusedError([ASK_BEFORE_MERGING])
    if plan.refusals:
        raise MergeRefusedError(plan.refusals)
    if seen and seen != plan.digest:
        raise MergeRefusedError(["Something was changed since you looked. Look at both once more"])


def _again(person: Person) -> Person:
    """The person as stored now, held until the transaction ends."""
    # No one is shown anything here: the page that asked has logged its look.
    with unwatched():
        return Person.objects.select_for_update().get(pk=person.pk)


def _move(step: Step, *, by: User) -> Moved:
    row = step.row
    before = {name: plain(getattr(row, name)) for name in step.changes}
    audit.change(row, step.changes, by=by, action="merged")
    return Moved(
        model=row._meta.label, pk=str(row.pk), before=before, afterwards=print_of(fresh(row))
    )


def _put_aside(row: Record, *, by: User) -> Aside:
    whole = values_of(row)
    gone: dict[str, Any] = {name: [value, None] for name, value in whole.items() if value}
    audit.record_event("put_aside", about=row, by=by, details=gone)
    if not type(row)._base_manager.filter(pk=row.pk, version=row.version).delete()[0]:
        raise audit.StaleRecordError(row)
    return Aside(model=row._meta.label, row=whole)


def _targets(plan: MergePlan) -> list[Target]:
    return [
        Target(
            model=row._meta.label,
            pk=str(row.pk),
            afterwards=print_of(fresh(row)),
            references={name: sorted(ids) for name, ids in references(row).items()},
        )
        for row in plan.targets
    ]


def fresh(row: Record) -> Record:
    """A row as the database has it now."""
    # For a print or an undoing: nobody is shown it.
    with unwatched():
        return type(row)._base_manager.get(pk=row.pk)


def _close_pair(kept: Person, merged: Person, *, on: date, by: User) -> None:
    first, second = sorted((kept.pk, merged.pk))
    pair = DuplicatePair.objects.filter(first=first, second=second).first()
    if pair is not None:
        decided = {"state": PairState.MERGED, "decided_by_id": by.pk, "decided_on": on}
        audit.change(pair, decided, by=by, action="merged")
