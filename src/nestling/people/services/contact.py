"""Where a person is reached and how it is safe: each change ends what was said before."""

from datetime import date

from django.db import transaction

from nestling.accounts.models import User
from nestling.foundation import audit
from nestling.foundation.versions import Seen, check_seen, hold
from nestling.people.errors import ContactNotPossibleError
from nestling.people.models import Address, ContactPoint, Person, SafeContact
from nestling.people.services.details import (
    AddressDetails,
    ContactPointDetails,
    SafeContactDetails,
)


@transaction.atomic
def set_safe_contact(
    person: Person,
    details: SafeContactDetails,
    *,
    on: date,
    by: User | None,
    seen: Seen | None = None,
) -> SafeContact:
    """The ways of reaching a person that are safe from a day on; all others are not.

    Raises:
        ContactNotPossibleError: the present rule began later than that day.
        StaleRecordError: another rule holds than the one that was seen.
    """
    hold(person)
    present = person.safe_contacts.filter(until_on__isnull=True).first()
    check_seen(seen, present)
    if present is not None:
        _end(present, on=on, by=by)
    row = SafeContact(
        person=person,
        may_call=details.may_call,
        may_leave_voicemail=details.may_leave_voicemail,
        may_text=details.may_text,
        may_email=details.may_email,
        may_post=details.may_post,
        words=details.words,
        from_on=on,
        recorded_by=by,
    )
    return audit.create(row, by=by)


@transaction.atomic
def add_address(
    person: Person,
    details: AddressDetails,
    *,
    on: date,
    by: User | None,
    seen: Seen | None = None,
) -> Address:
    """A person's own address from a day on; the one before it ends.

    It is this person's only: nobody else in the family gets it. A confidential one keeps its
    postcode among the sealed lines.

    Raises:
        ContactNotPossibleError: the present address began later than that day.
        StaleRecordError: other addresses stand than those that were seen.
    """
    hold(person)
    standing = list(person.addresses.filter(until_on__isnull=True))
    check_seen(seen, *standing)
    for present in standing:
        _end(present, on=on, by=by)
    row = Address(person=person, from_on=on, confidential=details.confidential)
    row.lines, row.postcode = details.lines, details.postcode
    if details.confidential and details.postcode:
        row.lines, row.postcode = f"{details.lines}\n{details.postcode}", ""
    return audit.create(row, by=by)


@transaction.atomic
def add_contact_point(
    person: Person, details: ContactPointDetails, *, by: User | None, seen: Seen | None = None
) -> ContactPoint:
    """A phone number or email address; if preferred, the others are so no longer.

    Raises:
        StaleRecordError: there are others than those that were seen.
    """
    hold(person)
    check_seen(seen, *person.contact_points.filter(until_on__isnull=True))
    if details.preferred:
        for other in person.contact_points.filter(preferred=True, until_on__isnull=True):
            audit.change(other, {"preferred": False}, by=by)
    row = ContactPoint(
        person=person, kind=details.kind, value=details.value, preferred=details.preferred
    )
    return audit.create(row, by=by)


@transaction.atomic
def end_contact_point(point: ContactPoint, *, on: date, by: User | None) -> ContactPoint:
    """The number or address, no longer used from a day on."""
    return audit.change(point, {"until_on": on}, by=by, action="ended")


def _end(row: SafeContact | Address, *, on: date, by: User | None) -> None:
    if on < row.from_on:
        raise ContactNotPossibleError("What is recorded now began later than that")
    audit.change(row, {"until_on": on}, by=by, action="ended")
