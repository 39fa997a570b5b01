"""Which rows go under a seal with a baby's record: found by walking the references to it.

A row that hangs on a sealed row is sealed. A family or a referral is sealed when every baby in it
is: where a brother or sister stays, it stays, without the child who left.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import models

from nestling.people.merging.rules import references_to
from nestling.people.models import Adoption, Family, FamilyMember, Person, SealedRow

Rows = dict[type[models.Model], set[UUID]]
LOOSE = frozenset(
    {
        "care.Contact.note",
        "referrals.Consultation.referral",
        "referrals.UnmetNeed.consultation",
    }
)
"""References by which a row points at another without being a part of it."""
BABY = "baby"


def rows_to_seal(child: Person) -> Rows:
    """Every row that is about the child alone, by model, as ids."""
    found: Rows = {}
    _add(found, Person, [child.pk])
    for family_id in _families_of(child):
        _add(found, Family, [family_id])
    for referral, ids in _requests_about(child):
        _add(found, referral, ids)
    return found


def store_seal(adoption: Adoption, rows: Rows) -> int:
    """Write the seal; how many rows are under it."""
    sealed = [
        SealedRow(adoption=adoption, kind=model._meta.label_lower, record_id=pk)
        for model in sorted(rows, key=lambda one: one._meta.label)
        for pk in sorted(rows[model])
    ]
    SealedRow._base_manager.bulk_create(sealed, ignore_conflicts=True)
    return len(sealed)


def _add(found: Rows, model: type[models.Model], ids: Iterable[UUID]) -> None:
    new = set(ids) - found.setdefault(model, set())
    if not new:
        return
    found[model] |= new
    for owner, name in _parts_of(model):
        rows = owner._base_manager.filter(**{f"{name}__in": new})
        _add(found, owner, rows.values_list("pk", flat=True))


def _parts_of(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """The models whose rows are a part of a row of this one, and by which field."""
    for owner, field in references_to(model):
        if f"{owner._meta.label}.{field.name}" not in LOOSE and _has_own_id(owner):
            yield owner, field.name


def _has_own_id(model: type[models.Model]) -> bool:
    return isinstance(model._meta.pk, models.UUIDField)


def _families_of(child: Person) -> list[UUID]:
    """Families in which every baby is the child, or under a seal already."""
    mine = FamilyMember._base_manager.filter(person=child, role=BABY)
    others = FamilyMember.objects.filter(role=BABY).exclude(person=child)
    rows = mine.exclude(family__in=others.values("family"))
    return list(rows.values_list("family", flat=True).distinct())


def _requests_about(child: Person) -> Iterator[tuple[type[models.Model], list[UUID]]]:
    """Referrals that are about the child and no other baby; the room above is not imported."""
    link: Any = child._meta.get_field("referrals_link")
    rows = link.related_model
    mine = rows._base_manager.filter(baby=child)
    others = rows.objects.exclude(baby=child)
    ids = mine.exclude(referral__in=others.values("referral")).values_list("referral", flat=True)
    yield rows._meta.get_field("referral").related_model, list(ids)
