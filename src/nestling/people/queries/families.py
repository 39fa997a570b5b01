"""A family and who is in it, read in a fixed number of statements whatever its size."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from nestling.accounts.models import User
from nestling.foundation.looks import describe_look, unwatched
from nestling.foundation.prepared import among, records_of
from nestling.people.identifiers import CHECKED_SYSTEMS, national_system, shown
from nestling.people.models import (
    Alert,
    Family,
    FamilyMember,
    NetworkMember,
    Person,
    PersonIdentifier,
    Relationship,
    SafeContact,
    SafeguardingStatus,
)
from nestling.people.models.families import FamilyMemberQuerySet
from nestling.people.rules import emergency_reason
from nestling.people.services.families import BABY, CARER, CHILD

REASON_LENGTH = 300
"""Characters of a reason that the log of looks keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What a header says of a person besides names and dates."""

    role: str
    number: str = ""
    number_system: str = ""
    safeguarding: str = ""
    safeguarding_from: date | None = None
    hides_address: bool = False
    not_alone: bool = False
    safe_contact: SafeContact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyPeople:
    """The current members of a family by their part, and the relationships among them.

    ``facts`` holds what the headers need, by person; ``others`` live in the home and are neither
    carers nor children. Nobody who is not a member of this family is here.
    """

    family: Family
    babies: tuple[Person, ...] = ()
    carers: tuple[Person, ...] = ()
    children: tuple[Person, ...] = ()
    others: tuple[Person, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    network: tuple[NetworkMember, ...] = ()
    facts: Mapping[UUID, PersonFacts] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def everyone(self) -> tuple[Person, ...]:
        """Every member, babies first."""
        return (*self.babies, *self.carers, *self.children, *self.others)

    @property
    def lost_baby(self) -> bool:
        """Whether a loss is recorded for a baby of this family."""
        return any(baby.is_lost for baby in self.babies)

    def relationships_of(self, baby: Person) -> list[Relationship]:
        """The relationships of one baby, main carers first."""
        mine = [row for row in self.relationships if row.baby_id == baby.pk]
        return sorted(mine, key=lambda row: (not row.is_primary_carer, row.kind != "mother"))


def open_family(pk: UUID, *, by: User) -> Family:
    """The family, if a team of the user declared it and it is not locked; the look is noted.

    One that the user opened in an emergency is there too, and each look at it tells the reason.

    Raises:
        Http404: there is none, it is another team's, or it is locked.
    """
    families = Family.objects.openable_by(by).select_related("team__organisation")
    family = families.filter(pk=pk).first()
    if family is None:
        raise Http404
    note_emergency(family)
    return family


def note_emergency(family: Family) -> None:
    """Keep in the log why a family was opened in an emergency, if it was."""
    if reason := emergency_reason(family):
        describe_look("opened", reason=f"Emergency: {reason}"[:REASON_LENGTH])


def family_people(family: Family, on: date, *, without: Collection[str] = ()) -> FamilyPeople:
    """Everyone who belongs to the family on a day, but for parts left out: four statements."""
    network = NetworkMember.objects.filter(_open(on), family=family)
    return _gathered(
        family,
        records_of(
            f"family but for {', '.join(sorted(without))}",
            [family.pk, on],
            lambda: _with_facts(_members(family, on=on, without=without), on=on),
        ),
        on=on,
        network=records_of(
            "network", [family.pk, on], lambda: network.select_related("professional")
        ),
    )


def _members(family: Family, *, on: date, without: Collection[str]) -> FamilyMemberQuerySet:
    members = FamilyMember.objects.filter(family=family)
    return members.current(on).exclude(role__in=sorted(without))


def header_people(family: Family, *, on: date, baby: Person | None = None) -> FamilyPeople:
    """Only those whom the header of one baby, or of every baby, names: three statements.

    The babies and the carers who have a relationship with them; so a page that shows no more than
    the header logs no more than the header.
    """
    wanted = records_of(
        f"header of {'babies' if baby is None else 'a baby'}",
        [family.pk, on] if baby is None else [family.pk, on, baby.pk],
        lambda: _with_facts(_named_in_header(family, on=on, baby=baby), on=on),
    )
    return _gathered(family, wanted, on=on)


def _named_in_header(family: Family, *, on: date, baby: Person | None) -> FamilyMemberQuerySet:
    members = FamilyMember.objects.filter(family=family)
    current = members.current(on)
    babies = members.filter(person=baby) if baby is not None else current.filter(role=BABY)
    ties = Relationship.objects.current(on).filter(
        baby__in=babies.values("person"), carer=OuterRef("person")
    )
    carers = current.filter(Exists(ties)).exclude(role=BABY)
    return members.filter(Q(pk__in=babies.values("pk")) | Q(pk__in=carers.values("pk")))


def open_member(family: Family, person_pk: UUID) -> Person:
    """A person who is, or was, a member of the family.

    Raises:
        Http404: nobody of this family has this id.
    """
    members = family.members.filter(person=OuterRef("pk"))
    person = (
        Person.objects.filter(Exists(members), pk=person_pk).select_related("organisation").first()
    )
    if person is None:
        raise Http404
    return person


def number_of(person: Person, *, nation: str) -> str:
    """A person's national number as people read it out, or nothing."""
    return number_words(number_held(person, nation=nation))


def number_held(person: Person, *, nation: str) -> PersonIdentifier | None:
    """A person's national number as it is stored, or nothing."""
    return person.identifiers.filter(system=national_system(nation)).first()


def number_words(held: PersonIdentifier | None) -> str:
    """A stored number as people read it out, or nothing."""
    return shown(held.value, system=held.system) if held else ""


def membership_of(family: Family, person: Person) -> FamilyMember | None:
    """The person's newest part in the family, over or not."""
    return family.members.filter(person=person).order_by("-created_at", "-pk").first()


def known_by_number(number: str, *, system: str, by: User) -> Person | None:
    """The person with a number whom a team of the user works with already, if there is one."""
    held = PersonIdentifier.objects.filter(person=OuterRef("pk"), system=system, value=number)
    # A form that is refused after this shows nothing of the person.
    with unwatched():
        return Person.objects.visible_to(by).filter(Exists(held)).first()


def open_baby(family: Family, person_pk: UUID) -> Person:
    """A baby of the family.

    Raises:
        Http404: no baby of this family has this id.
    """
    members = family.members.filter(person=OuterRef("pk"), role=BABY)
    babies = Person.objects.filter(Exists(members), pk=person_pk)
    baby = babies.select_related("organisation").first()
    if baby is None:
        raise Http404
    return baby


def open_relationship(family: Family, pk: UUID) -> Relationship:
    """A relationship between two members, past or present, of the family.

    Raises:
        Http404: there is none in this family.
    """
    rows = Relationship.objects.filter(
        Exists(family.members.filter(person=OuterRef("baby"))),
        Exists(family.members.filter(person=OuterRef("carer"))),
        pk=pk,
    )
    row = rows.select_related("baby", "carer").first()
    if row is None:
        raise Http404
    return row


def member_ids(family: Family) -> set[UUID]:
    """The ids of everyone who is or was a member."""
    return set(family.members.values_list("person_id", flat=True))


def past_members(family: Family, on: date) -> list[FamilyMember]:
    """Those who have left the family, with the person: one statement."""
    left = family.members.filter(until_on__lte=on).exclude(
        person__in=family.members.filter(_open(on)).values("person")
    )
    return list(left.select_related("person").order_by("-until_on"))


def _open(on: date) -> Q:
    return Q(until_on__isnull=True) | Q(until_on__gt=on)


def _with_facts(members: FamilyMemberQuerySet, *, on: date) -> QuerySet[FamilyMember]:
    """The members with their persons and, in the same statement, what a header says of them."""
    numbers = PersonIdentifier.objects.filter(
        person=OuterRef("person"), system__in=sorted(CHECKED_SYSTEMS)
    ).order_by("created_at")
    status = (
        SafeguardingStatus.objects.filter(_open(on), from_on__lte=on)
        .filter(baby=OuterRef("person"), team=OuterRef("family__team"))
        .order_by("-from_on", "-created_at")
    )
    alerts = Alert.objects.filter(_open(on), person=OuterRef("person"))
    return (
        members.select_related("person")
        .annotate(
            number=Subquery(numbers.values("value")[:1]),
            number_system=Subquery(numbers.values("system")[:1]),
            safeguarding=Subquery(status.values("status")[:1]),
            safeguarding_from=Subquery(status.values("from_on")[:1]),
            hides_address=Exists(alerts.filter(kind="do_not_disclose_address")),
            not_alone=Exists(alerts.filter(kind="lone_worker")),
        )
        .order_by("person__birth_order", "created_at", "pk")
    )


def _gathered(
    family: Family,
    members: Sequence[FamilyMember],
    *,
    on: date,
    network: Sequence[NetworkMember] = (),
) -> FamilyPeople:
    persons = {row.person_id: row.person for row in members}
    rules = _safe_contacts(persons, on=on)
    parts = {row.person_id: row.role for row in members}

    def having(*roles: str) -> tuple[Person, ...]:
        return tuple(persons[pk] for pk, role in parts.items() if role in roles)

    return FamilyPeople(
        family=family,
        babies=having(BABY),
        carers=having(CARER),
        children=having(CHILD),
        others=tuple(persons[pk] for pk, role in parts.items() if role not in (BABY, CARER, CHILD)),
        relationships=_relationships(persons, on=on),
        network=tuple(network),
        facts={row.person_id: _facts(row, rules.get(row.person_id)) for row in members},
    )


def _facts(row: FamilyMember, rule: SafeContact | None) -> PersonFacts:
    found = vars(row)
    return PersonFacts(
        role=row.role,
        number=found["number"] or "",
        number_system=found["number_system"] or "",
        safeguarding=found["safeguarding"] or "",
        safeguarding_from=found["safeguarding_from"],
        hides_address=found["hides_address"],
        not_alone=found["not_alone"],
        safe_contact=rule,
    )


def _safe_contacts(persons: Mapping[UUID, Person], *, on: date) -> dict[UUID, SafeContact]:
    chosen = among(persons)

    def rules() -> QuerySet[SafeContact]:
        rows = SafeContact.objects.filter(_open(on), person__in=chosen, from_on__lte=on)
        return rows.order_by("from_on", "created_at")

    return {row.person_id: row for row in records_of("safe contacts", [chosen, on], rules)}


def _relationships(persons: Mapping[UUID, Person], *, on: date) -> tuple[Relationship, ...]:
    ids = among(persons)
    rows = records_of(
        "relationships among persons",
        [ids, on],
        lambda: Relationship.objects.current(on).filter(baby__in=ids, carer__in=ids),
    )
    for row in rows:
        row.baby, row.carer = persons[row.baby_id], persons[row.carer_id]
    return tuple(sorted(rows, key=lambda row: (row.created_at, str(row.pk))))
