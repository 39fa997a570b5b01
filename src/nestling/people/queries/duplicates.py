"""Pairs that may be one person, two records side by side, merges: for a team's lead."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from nestling.accounts.models import User
from nestling.people.models import (
    DuplicatePair,
    Family,
    FamilyMember,
    Person,
    PersonIdentifier,
    PersonMerge,
)

PAIRS_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPage:
    """One page of the review list, and how long the list is."""

    pairs: list[DuplicatePair]
    total: int


def open_pairs(user: User, *, page: int) -> PairPage:
    """Pairs that wait for the user to look at, the surest first: two statements."""
    rows = DuplicatePair.objects.visible_to(user).open()
    rows = rows.filter(
        first__in=Person.objects.visible_to(user).matchable().values("pk"),
        second__in=Person.objects.visible_to(user).matchable().values("pk"),
    )
    start = (page - 1) * PAIRS_A_PAGE
    ordered = rows.select_related("first", "second").order_by("-weight", "pk")
    return PairPage(pairs=list(ordered[start : start + PAIRS_A_PAGE]), total=rows.count())


def open_two(first: UUID, second: UUID, *, by: User) -> tuple[Person, Person]:
    """Two persons whom the user may see and whose records may be compared.

    Raises:
        Http404: one of them is not there, not for the user, merged already or kept apart.
    """
    found = Person.objects.visible_to(by).matchable().select_related("organisation")
    persons = {person.pk: person for person in found.filter(pk__in=(first, second))}
    if first == second or len(persons) != 2:
        raise Http404
    return persons[first], persons[second]


def numbers_of(persons: Sequence[Person]) -> dict[object, list[PersonIdentifier]]:
    """The numbers of persons, by person."""
    found: dict[object, list[PersonIdentifier]] = {}
    for row in PersonIdentifier.objects.filter(person__in=persons).order_by("system", "pk"):
        found.setdefault(row.person_id, []).append(row)
    return found


def family_ids_of(persons: Sequence[Person], *, by: User) -> dict[UUID, list[UUID]]:
    """The families of the user's teams in which persons are, or were: ids alone."""
    mine = Family.objects.visible_to(by).values("pk")
    rows = FamilyMember.objects.filter(person__in=persons, family__in=mine).order_by("-from_on")
    found: dict[UUID, list[UUID]] = {}
    for person, family in rows.values_list("person_id", "family_id"):
        if family not in found.setdefault(person, []):
            found[person].append(family)
    return found


def pair_of(first: Person, second: Person) -> DuplicatePair | None:
    """What is noted of two records, if anything."""
    low, high = sorted((first.pk, second.pk))
    return DuplicatePair.objects.filter(first=low, second=high).first()


def open_merge(pk: UUID, *, by: User) -> PersonMerge:
    """A merge into a record of the user's team.

    Raises:
        Http404: there is none.
    """
    rows = PersonMerge.objects.visible_to(by).select_related("kept", "merged", "merged_by")
    mine = rows.filter(kept__in=Person.objects.visible_to(by).values("pk"))
    merge = mine.filter(pk=pk).first()
    if merge is None:
        raise Http404
    return merge


def merges_into(person: Person) -> list[PersonMerge]:
    """Merges into a person's record that stand, newest first; nobody else is fetched."""
    rows = PersonMerge.objects.filter(kept=person).standing().defer("moved")
    return list(rows.order_by("-merged_on", "-created_at"))


def kept_for(person: UUID, *, by: User) -> UUID | None:
    """The record that took over another one, if the user may see it."""
    found = Person.objects.filter(pk=person).values_list("merged_into", flat=True).first()
    last = None
    while found is not None:
        last = found
        found = Person.objects.filter(pk=last).values_list("merged_into", flat=True).first()
    visible = last is not None and Person.objects.visible_to(by).filter(pk=last).exists()
    return last if visible else None
