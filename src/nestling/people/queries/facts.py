"""What is known and agreed: safeguarding, risk answers, agreements, ways to reach a person.

Each is read for one family in the team that declared it. What is an adult's own is read only by
the functions that say so in their name.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from nestling.accounts.models import Organisation
from nestling.foundation.prepared import among, records_of
from nestling.people.factors import ADULT_GROUP, group_of
from nestling.people.models import (
    Address,
    Agreement,
    ContactPoint,
    Family,
    FamilyMember,
    LawfulBasis,
    Person,
    RiskAnswer,
    SafeContact,
    SafeguardingStatus,
)
from nestling.people.models.risks import RiskAnswerQuerySet
from nestling.people.queries.families import FamilyPeople
from nestling.people.services.messages import current_rule, is_current
from nestling.reference.codes import code_list


def _open(on: date) -> Q:
    return Q(until_on__isnull=True) | Q(until_on__gt=on)


def current_safeguarding(
    baby_ids: Collection[UUID], *, teams: Collection[UUID], on: date
) -> dict[UUID, SafeguardingStatus]:
    """Each baby's status on a day as these teams recorded it; a baby without one is left out.

    Give only teams in which the reader reads clinical content.
    """
    rows = SafeguardingStatus.objects.filter(
        _open(on), baby__in=baby_ids, team__in=teams, from_on__lte=on
    )
    return {row.baby_id: row for row in rows.order_by("from_on", "created_at")}


def safeguarding_history(family: Family, baby: Person) -> list[SafeguardingStatus]:
    """Every status of a baby in the family's team, newest first."""
    rows = baby.safeguarding.filter(team=family.team)
    return list(rows.order_by("-from_on", "-created_at"))


def safeguarding_now(family: Family, baby: Person) -> SafeguardingStatus | None:
    """The status that the family's team has recorded and not ended."""
    return baby.safeguarding.filter(team=family.team, until_on__isnull=True).first()


def current_risks(people: FamilyPeople) -> list[RiskAnswer]:
    """The newest answer to each factor about the babies and the relationships of a family.

    For shared pages: nothing of an adult's own, nothing restricted.
    """
    family = people.family
    babies = among(baby.pk for baby in people.babies)
    ties = among(row.pk for row in people.relationships)
    about = Q(about_person__in=babies) | Q(about_relationship__in=ties)
    rows = records_of(
        "risks of a family",
        [family.pk, family.team_id, babies, ties],
        lambda: _answers(family).filter(about),
    )
    return [row for row in newest_answers(rows) if group_of(row.factor) != ADULT_GROUP]


def adult_risks(family: Family, adult: Person) -> list[RiskAnswer]:
    """The newest answers about an adult, for the adult's own page; nothing restricted."""
    return newest_answers(_answers(family).filter(about_person=adult))


def newest_answers(rows: Iterable[RiskAnswer]) -> list[RiskAnswer]:
    """The newest answer for each factor and subject, in the order of the list of factors."""
    found: dict[tuple[str, UUID | None, UUID | None], RiskAnswer] = {}
    for row in rows:
        found.setdefault((row.factor, row.about_person_id, row.about_relationship_id), row)
    order = {entry.code: n for n, entry in enumerate(code_list("risk_factors").codes)}
    return sorted(found.values(), key=lambda row: order[row.factor])


def restricted_answers(family: Family) -> list[RiskAnswer]:
    """Answers about domestic abuse in the family's work, newest first, with whom they are about.

    Only for the page that has asked for a reason.
    """
    rows = RiskAnswer.objects.filter(family=family, team=family.team, restricted=True)
    found = rows.select_related("about_person")
    return list(found.order_by("-asked_on", "-created_at"))


def _answers(family: Family) -> RiskAnswerQuerySet:
    rows = RiskAnswer.objects.filter(family=family, team=family.team).not_restricted()
    return rows.order_by("-asked_on", "-created_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow:
    """One of C1 to C9 with the newest answer of each person for each baby, perhaps none."""

    code: str
    label: str
    answers: tuple[Agreement, ...]


def agreements_table(family: Family) -> list[AgreementRow]:
    """All nine agreements of a family, each with its newest answers: one statement.

    Only what members of this family agreed to about members of this family.
    """
    found: dict[tuple[str, UUID, UUID], Agreement] = {}
    given = [family.pk, family.team_id]
    for row in records_of("agreements of a family", given, lambda: _agreements(family)):
        found.setdefault((row.code, row.about_id, row.given_by_id), row)
    return [
        AgreementRow(
            code=entry.code,
            label=entry.label,
            answers=tuple(row for row in found.values() if row.code == entry.code),
        )
        for entry in code_list("agreements").codes
    ]


def _agreements(family: Family) -> QuerySet[Agreement]:
    """What members of the family agreed to about members of it, newest first."""
    members = FamilyMember.objects.filter(family=family).values("person")
    rows = Agreement.objects.filter(team=family.team, about__in=members, given_by__in=members)
    return rows.select_related("about", "given_by").order_by("-given_on", "-created_at")


def open_agreement(family: Family, pk: UUID) -> Agreement:
    """An agreement about a member of the family, recorded by its team.

    Raises:
        Http404: there is none in this family.
    """
    members = FamilyMember.objects.filter(family=family).values("person")
    rows = Agreement.objects.filter(
        team=family.team, about__in=members, given_by__in=members, pk=pk
    )
    row = rows.select_related("about", "given_by").first()
    if row is None:
        raise Http404
    return row


def has_agreed(family: Family, code: str, *, baby: Person, on: date) -> bool:
    """Whether the newest answer of anyone to an agreement about a baby is a current yes."""
    rows = Agreement.objects.filter(team=family.team, about=baby, code=code, given_on__lte=on)
    newest = rows.order_by("-given_on", "-created_at").first()
    return newest is not None and is_current(newest, on=on)


def lawful_basis(organisation: Organisation) -> LawfulBasis | None:
    """Why the organisation keeps families' records now; not an agreement."""
    return organisation.bases.filter(until_on__isnull=True).first()


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysToReach:
    """How a person may be reached on a day, and where."""

    rule: SafeContact | None
    points: tuple[ContactPoint, ...]
    addresses: tuple[Address, ...]


def ways_to_reach(person: Person, *, on: date, confidential: bool) -> WaysToReach:
    """A person's safe-contact rule, numbers and addresses: three statements.

    ``confidential`` addresses are read only for a reader who may know them; never for a shared
    page or a print.
    """
    addresses = person.addresses.filter(_open(on))
    if not confidential:
        addresses = addresses.filter(confidential=False)
    points = person.contact_points.filter(_open(on))
    return WaysToReach(
        rule=current_rule(person, on=on),
        points=tuple(points.order_by("-preferred", "created_at")),
        addresses=tuple(addresses.order_by("-from_on")),
    )


def standing_addresses(person: Person) -> list[Address]:
    """Every address that a new one would end, without its lines: some may not be shown."""
    return list(person.addresses.filter(until_on__isnull=True).defer("lines", "postcode"))


def shared_addresses(people: FamilyPeople, *, on: date) -> dict[UUID, Address]:
    """The address of each member of a family that may stand on a shared page or a print.

    Confidential ones never do, nor any address of someone whose address must not be disclosed.
    """
    open_to_all = [pk for pk, facts in people.facts.items() if not facts.hides_address]
    rows = Address.objects.filter(_open(on), person__in=open_to_all, confidential=False)
    return {row.person_id: row for row in rows.order_by("from_on")}


def postcode_of(person_ids: Collection[UUID], *, on: date) -> dict[UUID, str]:
    """Each person's newest open postcode: for tests of area, not for screens."""
    newest = Address.objects.filter(_open(on), person=OuterRef("pk"), confidential=False)
    rows = Person.objects.filter(pk__in=person_ids).values_list(
        "pk", Subquery(newest.order_by("-from_on").values("postcode")[:1])
    )
    return {pk: code for pk, code in rows if code}


def adults_of(people: FamilyPeople) -> list[Person]:
    """The carers and the others of the home, each of whom has a page of their own."""
    return [*people.carers, *people.others]
