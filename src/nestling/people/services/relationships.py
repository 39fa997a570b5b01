"""Relationships: a baby and one caregiver, begun, changed and ended."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from nestling.accounts.models import User
from nestling.foundation import audit
from nestling.people.errors import RelationshipNotPossibleError
from nestling.people.models import Person, PersonKind, Relationship

CHANGEABLE = frozenset(
    {"kind", "parental_responsibility", "is_primary_carer", "lives_with", "from_on"}
)
"""What may change while a relationship goes on; who it is between never does."""


@transaction.atomic
def relate(  # noqa: PLR0913 - a relationship is all of these at once
    baby: Person,
    carer: Person,
    *,
    kind: str,
    by: User | None,
    parental_responsibility: str = "not_known",
    is_primary_carer: bool = False,
    lives_with: str = "not_known",
    from_on: date | None = None,
) -> Relationship:
    """A new relationship between a baby and someone who cares for them.

    Raises:
        RelationshipNotPossibleError: not a baby, another organisation's person, or there already.
    """
    _check_pair(baby, carer)
    relationship = Relationship(
        baby=baby,
        carer=carer,
        kind=kind,
        parental_responsibility=parental_responsibility,
        is_primary_carer=is_primary_carer,
        lives_with=lives_with,
        from_on=from_on,
    )
    try:
        with transaction.atomic():
            return audit.create(relationship, by=by)
    except IntegrityError as error:
        raise RelationshipNotPossibleError("This relationship is recorded already") from error


@transaction.atomic
def change_relationship(
    relationship: Relationship, values: dict[str, Any], *, by: User | None
) -> Relationship:
    """The same relationship with other facts.

    Raises:
        RelationshipNotPossibleError: a fact that does not change, or a beginning after the end.
    """
    fixed = sorted(values.keys() - CHANGEABLE)
    if fixed:
        raise RelationshipNotPossibleError(f"These do not change: {', '.join(fixed)}")
    begins = values.get("from_on", relationship.from_on)
    _check_days(from_on=begins, until_on=relationship.until_on)
    return audit.change(relationship, values, by=by)


@transaction.atomic
def update_relationship(
    relationship: Relationship, values: dict[str, Any], *, by: User | None
) -> Relationship:
    """The same relationship with other facts and, where ``until_on`` is a day, its end."""
    facts = {name: value for name, value in values.items() if name in CHANGEABLE}
    change_relationship(relationship, facts, by=by)
    until_on = values.get("until_on")
    if until_on is not None and relationship.until_on is None:
        end_relationship(relationship, on=until_on, by=by)
    return relationship


@transaction.atomic
def end_relationship(relationship: Relationship, *, on: date, by: User | None) -> Relationship:
    """The relationship, over from a day; what was known of it stays.

    Raises:
        RelationshipNotPossibleError: it is over already, or had not begun.
    """
    if relationship.until_on is not None:
        raise RelationshipNotPossibleError("This relationship has ended already")
    _check_days(from_on=relationship.from_on, until_on=on)
    return audit.change(relationship, {"until_on": on}, by=by, action="ended")


def _check_pair(baby: Person, carer: Person) -> None:
    if baby.kind != PersonKind.BABY or baby.pk == carer.pk:
        raise RelationshipNotPossibleError("A relationship is between a baby and another person")
    if baby.organisation_id != carer.organisation_id:
        raise RelationshipNotPossibleError("Both must be on the records of one organisation")


def _check_days(*, from_on: date | None, until_on: date | None) -> None:
    if from_on is not None and until_on is not None and until_on < from_on:
        raise RelationshipNotPossibleError("It cannot end before it began", field="until_on")
