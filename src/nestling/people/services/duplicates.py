"""What is decided about records that may be of one person: kept, so that nobody is asked twice."""

from datetime import date

from django.db import transaction

from nestling.accounts.models import User
from nestling.foundation import audit
from nestling.people.matching import Matches
from nestling.people.models import DuplicatePair, PairState, Person


@transaction.atomic
def note_not_same(
    one: Person, other: Person, *, reason: str, weight: float, on: date, by: User
) -> DuplicatePair:
    """That two records are of two people, with the reason; the pair is not listed again."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    decided = {
        "state": PairState.NOT_SAME,
        "reason": reason,
        "decided_by_id": by.pk,
        "decided_on": on,
    }
    pair = DuplicatePair.objects.filter(first=first, second=second).first()
    if pair is not None:
        return audit.change(pair, decided, by=by, action="not_same")
    row = DuplicatePair(
        organisation_id=first.organisation_id,
        first=first,
        second=second,
        weight=weight,
        found_on=on,
        **decided,
    )
    return audit.create(row, by=by, action="not_same")


@transaction.atomic
def note_new_person(person: Person, matches: Matches, *, reason: str, on: date, by: User) -> None:
    """That someone was added although others fit: none of those shown is the same person."""
    for match in matches.same:
        weight = match.comparison.weight
        note_not_same(person, match.person, reason=reason, weight=weight, on=on, by=by)
    audit.record_event("added_all_the_same", about=person, by=by, details={"reason": reason})
