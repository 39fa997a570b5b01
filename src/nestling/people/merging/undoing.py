"""Taking a merge apart again: exactly, as long as nothing was changed or added since."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from nestling.accounts.models import User
from nestling.foundation import audit
from nestling.foundation.looks import unwatched
from nestling.foundation.records import Record
from nestling.people.merging.facts import ASK_BEFORE_MERGING, leads_all_teams
from nestling.people.merging.moving import MergeRefusedError
from nestling.people.merging.plan import references
from nestling.people.merging.stored import (
    Aside,
    Moved,
    Stored,
    Target,
    columns_from,
    model_of,
    print_of,
    read_stored,
)
from nestling.people.models import DuplicatePair, PairState, Person, PersonMerge


@transaction.atomic
def unmerge(merge: PersonMerge, *, on: date, by: User) -> PersonMerge:
    """Both records as they were before the merge; what was put aside is back.

    Versions go on rising: a form opened while the records were one cannot overwrite either.

    Raises:
        MergeRefusedError: everything that stands in the way; nothing was written.
    """
    if not leads_all_teams(by, merge.kept):
        raise MergeRefusedError([ASK_BEFORE_MERGING])
    ways = standing_in_the_way(merge)
    if ways:
        raise MergeRefusedError(ways)
    stored = read_stored(merge.moved)
    # No one is shown the rows: they are put back where they were.
    with unwatched():
        for aside in reversed(stored.aside):
            _bring_back(aside, by=by)
        for moved in reversed(stored.moved):
            _move_back(moved, by=by)
    _open_pair(merge, by=by)
    signed = {"unmerged_by_id": by.pk, "unmerged_on": on}
    return audit.change(merge, signed, by=by, action="unmerged")


def standing_in_the_way(merge: PersonMerge) -> list[str]:
    """Why a merge can no longer be taken apart exactly; empty when it can."""
    if merge.unmerged_on is not None:
        return ["This merge was taken apart already"]
    later = list(_later_merges(merge))
    if later:
        return later
    stored = read_stored(merge.moved)
    # Rows are compared, not shown.
    with unwatched():
        return list(dict.fromkeys([*_changed(merge, stored), *_added(stored)]))


def _later_merges(merge: PersonMerge) -> Iterator[str]:
    about = Q(kept__in=(merge.kept_id, merge.merged_id)) | Q(merged=merge.kept_id)
    rows = PersonMerge.objects.standing().filter(about).exclude(pk=merge.pk)
    for day in rows.filter(created_at__gt=merge.created_at).values_list("merged_on", flat=True):
        yield f"A later merge, of {day:%-d %B %Y}. Take that one apart first"


def _changed(merge: PersonMerge, stored: Stored) -> Iterator[str]:
    touched: list[Moved | Target] = [*stored.moved, *stored.targets]
    for known in touched:
        model = model_of(known.model)
        row = model._base_manager.filter(pk=known.pk).first()
        if row is None or print_of(row) != known.afterwards:
            yield _changed_words(merge, model, known.pk)


def _changed_words(merge: PersonMerge, model: type[Record], pk: str) -> str:
    if model is Person:
        which = "kept" if pk == str(merge.kept_id) else "other"
        return f"The details of the {which} record have been changed since"
    return f"A {model._meta.verbose_name} that the merge touched has been changed since"


def _added(stored: Stored) -> Iterator[str]:
    for target in stored.targets:
        now = references(_row_of(target))
        for label, ids in now.items():
            new = len(ids - set(target.references.get(label, ())))
            if new:
                name = model_of(label.rpartition(".")[0])._meta.verbose_name
                yield f"Added since: {new} × {name}"


def _row_of(target: Target) -> Record:
    return model_of(target.model)._base_manager.get(pk=target.pk)


def _bring_back(aside: Aside, *, by: User) -> None:
    model = model_of(aside.model)
    values: dict[str, Any] = columns_from(model, aside.row)
    # Put aside and brought back: two changes, so no form from before can overwrite it.
    row = model(**{**values, "version": values["version"] + 2})
    audit.create(row, by=by, action="brought_back")


def _move_back(moved: Moved, *, by: User) -> None:
    model = model_of(moved.model)
    row = model._base_manager.select_for_update().get(pk=moved.pk)
    audit.change(row, columns_from(model, moved.before), by=by, action="unmerged")


def _open_pair(merge: PersonMerge, *, by: User) -> None:
    first, second = sorted((merge.kept_id, merge.merged_id))
    pair = DuplicatePair.objects.filter(first=first, second=second).first()
    if pair is not None:
        undecided = {"state": PairState.OPEN, "decided_by_id": None, "decided_on": None}
        audit.change(pair, undecided, by=by, action="unmerged")
