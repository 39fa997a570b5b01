"""Birth and loss: what becomes of a baby is recorded on the record that is there."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from nestling.accounts.models import User
from nestling.foundation import audit
from nestling.people.errors import BirthNotPossibleError, LossNotPossibleError
from nestling.people.identifiers import national_system
from nestling.people.models import OutboxMessage, Person, PersonKind, Task
from nestling.people.models.contact import HeldBack, MessageState
from nestling.people.names import name_columns
from nestling.people.services.details import BirthDetails
from nestling.people.services.persons import BORN, set_identifier, sign_state
from nestling.people.services.tasks import NO_NEWS, finish_task
from nestling.reference.codes import code_list

EARLIEST_BEFORE_DUE = timedelta(weeks=20)
LATEST_AFTER_DUE = timedelta(weeks=10)
"""A birth date outside these is a slip of the pen, or the due date is wrong: about 20 weeks of
pregnancy is before any baby lives, ten weeks past term does not happen. Nestling's own limits."""


@transaction.atomic
def record_birth(baby: Person, details: BirthDetails, *, on: date, by: User) -> Person:
    """The unborn baby's own record, now with a birth date; the due date stays as it was.

    Each of twins is born separately: only this record changes.

    Raises:
        BirthNotPossibleError: already born, lost, or a date that cannot be.
        IdentifierNotValidError, IdentifierTakenError: the number is wrong or on another record.
    """
    _check_birth(baby, details, on=on)
    audit.change(baby, _born(baby, details), by=by, action="born")
    sign_state(baby, state=BORN, on=details.born_on, recorded_on=on, by=by)
    if details.nhs_number:
        system = national_system(baby.organisation.nation)
        set_identifier(baby, system=system, value=details.nhs_number, by=by)
    for task in baby.tasks.open().filter(kind=NO_NEWS):
        finish_task(task, on=on, by=by)
    return baby


def _check_birth(baby: Person, details: BirthDetails, *, on: date) -> None:
    if baby.kind != PersonKind.BABY:
        raise BirthNotPossibleError("Only a baby's birth can be recorded here")
    if baby.is_lost:
        raise BirthNotPossibleError("A loss is recorded for this baby. Correct that first")
    if baby.born_on is not None:
        raise BirthNotPossibleError("This baby's birth is recorded already")
    if details.born_on > on:
        raise BirthNotPossibleError("The date of birth must not be in the future")
    if baby.due_on is not None and not fits_due_date(details.born_on, baby.due_on):
        raise BirthNotPossibleError(
            "The date of birth is far from the due date. Check the year, or correct the due date"
        )


def fits_due_date(born_on: date, due_on: date) -> bool:
    """Whether a baby due on a day can have been born on another."""
    return due_on - EARLIEST_BEFORE_DUE <= born_on <= due_on + LATEST_AFTER_DUE


def _born(baby: Person, details: BirthDetails) -> dict[str, Any]:
    given = details.given_name or baby.given_name
    family = details.family_name or baby.family_name
    return {
        "born_on": details.born_on,
        "given_name": given,
        "family_name": family,
        "sex": details.sex or baby.sex,
        "birth_order": details.birth_order or baby.birth_order,
        **name_columns(given_name=given, family_name=family, known_as=baby.known_as),
    }


@transaction.atomic
def record_loss(baby: Person, *, loss: str, lost_on: date | None, on: date, by: User) -> Person:
    """The baby's record after a loss or death: silent from now on.

    What waits to be sent about the baby, or by itself to the baby's carers, is held back; open
    tasks about the baby and its relationships are finished.

    Raises:
        LossNotPossibleError: not a baby, or a kind or day of loss that cannot be.
    """
    _check_loss(baby, loss=loss, lost_on=lost_on, on=on)
    audit.change(baby, {"loss": loss, "lost_on": lost_on}, by=by, action="lost")
    sign_state(baby, state=loss, on=lost_on, recorded_on=on, by=by)
    for message in _waiting_messages(baby):
        held = {"state": MessageState.HELD_BACK, "held_back_because": HeldBack.LOSS}
        audit.change(message, held, by=by, action="held_back")
    about = Q(about_person=baby) | Q(about_relationship__baby=baby)
    for task in Task.objects.open().filter(about):
        finish_task(task, on=on, by=by)
    return baby


def _check_loss(baby: Person, *, loss: str, lost_on: date | None, on: date) -> None:
    if baby.kind == PersonKind.ADULT:
        raise LossNotPossibleError("A loss is recorded for a baby or child")
    if loss not in code_list("losses"):
        raise LossNotPossibleError("Choose what happened")
    if lost_on is not None and lost_on > on:
        raise LossNotPossibleError("The date must not be in the future", field="lost_on")
    if lost_on is not None and baby.born_on is not None and lost_on < baby.born_on:
        raise LossNotPossibleError("The date is before the birth", field="lost_on")


def _waiting_messages(baby: Person) -> list[OutboxMessage]:
    """Messages about the baby, and automatic ones that would reach the baby's family or carers."""
    families = baby.memberships.values("family")
    same_family = Q(about__memberships__family__in=families, automatic=True)
    to_carers = Q(person__babies_link__baby=baby, about__isnull=True, automatic=True)
    waiting = OutboxMessage.objects.filter(state=MessageState.QUEUED)
    found = waiting.filter(Q(about=baby) | Q(person=baby) | same_family | to_carers)
    return list(found.distinct())
