"""Families that a team declares, who belongs to them, and the professionals around them."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from nestling.accounts.models import Organisation, Team, User
from nestling.foundation import audit
from nestling.foundation.versions import Seen, check_seen
from nestling.people.errors import MembershipNotPossibleError
from nestling.people.identifiers import national_system
from nestling.people.models import (
    Family,
    FamilyMember,
    NetworkMember,
    Note,
    OnMyMind,
    Person,
    PersonKind,
    ProfessionalContact,
    RiskAnswer,
)
from nestling.people.services.details import PersonDetails
from nestling.people.services.persons import add_person, link_to_team

BABY, CARER, CHILD, HOUSEHOLD = "baby", "carer", "child", "household"


@transaction.atomic
def declare_family(
    team: Team,
    *,
    babies: Sequence[Person],
    carers: Sequence[Person],
    on: date,
    by: User | None,
    others: Sequence[Person] = (),
) -> Family:
    """A family as the team sees it: these babies, these carers, and others (brothers, sisters).

    It takes with it what the team had asked and written about these persons before there was a
    family.

    Raises:
        MembershipNotPossibleError: no baby, or someone of another organisation.
    """
    if not babies:
        raise MembershipNotPossibleError("A family has at least one baby")
    family = audit.create(Family(team=team, declared_on=on, declared_by=by), by=by)
    parts = [(BABY, babies), (CARER, carers), (CHILD, others)]
    for role, persons in parts:
        for person in persons:
            add_member(family, person, role=role, on=on, by=by)
    _take_along(family, persons=[*babies, *carers, *others], by=by)
    return family


@transaction.atomic
def add_member(
    family: Family, person: Person, *, role: str, on: date, by: User | None
) -> FamilyMember:
    """A person in a part of a family, from a day; the family's team now works with them.

    Raises:
        MembershipNotPossibleError: a member already, or of another organisation.
    """
    if person.organisation_id != family.team.organisation_id:
        raise MembershipNotPossibleError("This person is on another organisation's records")
    if family.members.filter(person=person, until_on__isnull=True).exists():
        raise MembershipNotPossibleError("This person is in the family already")
    link_to_team(person, team=family.team, by=by)
    row = FamilyMember(family=family, person=person, role=role, from_on=on, added_by=by)
    return audit.create(row, by=by)


@transaction.atomic
def add_new_member(
    family: Family, details: PersonDetails, *, role: str, number: str, on: date, by: User
) -> Person:
    """A person who was not on the records before, now in a part of the family.

    Raises:
        IdentifierNotValidError, IdentifierTakenError: the number is wrong or on another record.
    """
    organisation = family.team.organisation
    numbers = {national_system(organisation.nation): number} if number else {}
    person = add_person(
        details, organisation=organisation, team=family.team, by=by, identifiers=numbers
    )
    add_member(family, person, role=role, on=on, by=by)
    return person


@transaction.atomic
def add_known_member(
    family: Family, person: Person | None, *, role: str, on: date, by: User
) -> Person:
    """Someone whom a team of the user knows already, now in a part of this family too.

    Raises:
        MembershipNotPossibleError: nobody was found, or the part does not fit the person.
    """
    if person is None:
        raise MembershipNotPossibleError(
            "Nobody whom you work with has this number", field="number"
        )
    if (role == BABY) != (person.kind == PersonKind.BABY):
        raise MembershipNotPossibleError("This person has another part in a family", field="role")
    add_member(family, person, role=role, on=on, by=by)
    return person


@transaction.atomic
def end_membership(
    family: Family, person: Person, *, on: date, by: User | None, seen: Seen | None = None
) -> FamilyMember:
    """The person's part in the family, over from a day. The last baby cannot leave.

    Raises:
        MembershipNotPossibleError: no current member, the only baby, or before it began.
        StaleRecordError: it is not the part that was seen.
    """
    parts = family.members.filter(person=person)
    check_seen(seen, parts.order_by("-created_at", "-pk").first())
    row = family.members.filter(person=person, until_on__isnull=True).first()
    if row is None:
        raise MembershipNotPossibleError("This person is not in the family now")
    if on < row.from_on:
        raise MembershipNotPossibleError("It cannot end before it began", field="until_on")
    if row.role == BABY and not _another_baby(family, apart_from=row):
        raise MembershipNotPossibleError("A family keeps at least one baby")
    return audit.change(row, {"until_on": on}, by=by, action="left")


@transaction.atomic
def keep_professional(  # noqa: PLR0913 - a professional is all of these at once
    organisation: Organisation,
    *,
    name: str,
    role: str,
    workplace: str,
    phone: str,
    email: str,
    by: User | None,
) -> ProfessionalContact:
    """A referrer or network member on the organisation's list: the same one, or a new one."""
    wanted = {"name": name, "role": role, "workplace": workplace, "phone": phone, "email": email}
    found = ProfessionalContact.objects.filter(organisation=organisation, **wanted).first()
    return found or audit.create(ProfessionalContact(organisation=organisation, **wanted), by=by)


@transaction.atomic
def add_to_network(
    family: Family, professional: ProfessionalContact, *, role: str, on: date, by: User | None
) -> NetworkMember:
    """That a professional is around the family, from a day, said once.

    Raises:
        MembershipNotPossibleError: the professional is another organisation's contact.
    """
    if professional.organisation_id != family.team.organisation_id:
        raise MembershipNotPossibleError("This contact is on another organisation's list")
    now_there = family.network.filter(professional=professional, until_on__isnull=True).first()
    row = NetworkMember(family=family, professional=professional, role=role, from_on=on)
    return now_there or audit.create(row, by=by)


@transaction.atomic
def add_professional(
    family: Family, values: Mapping[str, str], *, on: date, by: User
) -> NetworkMember:
    """A professional, kept on the organisation's list and now around the family."""
    professional = keep_professional(family.team.organisation, **values, by=by)
    return add_to_network(family, professional, role=values["role"], on=on, by=by)


@transaction.atomic
def mark_family(family: Family, *, words: str, by: User, seen: Seen | None = None) -> OnMyMind:
    """The user's own mark on a family, with their words; a mark that is there gets new words.

    Raises:
        StaleRecordError: it is not the mark that was seen.
    """
    check_seen(seen, _newest_mark(family, by=by))
    row = OnMyMind.objects.filter(family=family, user=by, until_on__isnull=True).first()
    if row is not None:
        return audit.change(row, {"words": words}, by=by)
    return audit.create(OnMyMind(family=family, user=by, words=words), by=by)


@transaction.atomic
def unmark_family(family: Family, *, on: date, by: User, seen: Seen | None = None) -> None:
    """Take the user's own mark away, if there is one.

    Raises:
        StaleRecordError: it is not the mark that was seen.
    """
    check_seen(seen, _newest_mark(family, by=by))
    row = OnMyMind.objects.filter(family=family, user=by, until_on__isnull=True).first()
    if row is not None:
        audit.change(row, {"until_on": on}, by=by, action="ended")


def _newest_mark(family: Family, *, by: User) -> OnMyMind | None:
    mine = OnMyMind.objects.filter(family=family, user=by)
    return mine.order_by("-created_at", "-pk").first()


def _another_baby(family: Family, *, apart_from: FamilyMember) -> bool:
    current = family.members.filter(role=BABY, until_on__isnull=True)
    return current.exclude(pk=apart_from.pk).exists()


def _take_along(family: Family, *, persons: Sequence[Person], by: User | None) -> None:
    """Answers and notes from before the family was declared now belong to its work."""
    ids = [person.pk for person in persons]
    about = Q(about_person__in=ids) | Q(
        about_relationship__baby__in=ids, about_relationship__carer__in=ids
    )
    for answer in RiskAnswer.objects.filter(about, team=family.team, family__isnull=True):
        audit.change(answer, {"family": family}, by=by, action="filed")
    for note in Note.objects.filter(about, team=family.team, family__isnull=True):
        audit.change(note, {"family": family}, by=by, action="filed")
