"""Persons, relationships, families and what is known about them, one trait a situation.

Dates stand around `TODAY`; a test that needs its own day gives its own dates.
"""

from datetime import date, timedelta
from typing import Any

from factory.django import DjangoModelFactory
from nhs_number.validate import calculate_checksum

from nestling.accounts.models import Team
from nestling.people import models
from nestling.people.models import Family, Person, PersonKind, Relationship
from nestling.people.models.contact import ContactKind, MessageState
from nestling.people.names import search_name
from tests.factories import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait
from tests.factories.accounts import OrganisationFactory, TeamFactory, UserFactory

TODAY = date(2026, 3, 10)


def nhs_number(number: int) -> str:
    """The n-th made-up NHS number of the range that is never issued, with its check digit."""
    for digits in range(999_000_000 + 11 * number, 1_000_000_000):
        check = calculate_checksum(str(digits))
        if check != 10:
            return f"{digits}{check}"
    raise ValueError("no number is left in the range")


class PersonFactory(DjangoModelFactory[Person]):
    """An adult; traits make a baby of each situation, or a child."""

    class Meta:
        model = Person

    class Params:
        baby = Trait(
            kind=PersonKind.BABY,
            given_name="Wren",
            due_on=date(2025, 11, 26),
            due_source="scan",
            born_on=date(2025, 11, 12),
        )
        unborn = Trait(
            kind=PersonKind.BABY,
            given_name="",
            due_on=TODAY + timedelta(weeks=10),
            due_source="scan",
        )
        overdue = Trait(
            kind=PersonKind.BABY, given_name="", due_on=date(2026, 2, 1), due_source="scan"
        )
        lost_in_pregnancy = Trait(
            kind=PersonKind.BABY,
            given_name="",
            due_on=TODAY + timedelta(weeks=10),
            due_source="scan",
            loss="miscarriage",
            lost_on=date(2026, 3, 1),
        )
        died = Trait(
            kind=PersonKind.BABY,
            given_name="Wren",
            born_on=date(2025, 11, 12),
            loss="infant_death",
            lost_on=date(2026, 2, 1),
        )
        child = Trait(kind=PersonKind.CHILD, given_name="Fern", born_on=date(2022, 5, 1))

    organisation = SubFactory(OrganisationFactory)
    kind = PersonKind.ADULT
    given_name = "Juniper"
    family_name = Sequence(lambda n: f"Thistledown{n}")
    search_name = LazyAttribute(
        lambda row: search_name(row.given_name, row.family_name, row.known_as)
    )
    known_as = ""


class PersonTeamFactory(DjangoModelFactory[models.PersonTeam]):
    """That a team works with a person."""

    class Meta:
        model = models.PersonTeam

    team = SubFactory(TeamFactory)
    person = SubFactory(PersonFactory, organisation=SelfAttribute("..team.organisation"))


class PersonIdentifierFactory(DjangoModelFactory[models.PersonIdentifier]):
    """A made-up NHS number."""

    class Meta:
        model = models.PersonIdentifier

    person = SubFactory(PersonFactory)
    organisation = SelfAttribute("person.organisation")
    system = "nhs"
    value = Sequence(nhs_number)


class PersonStateFactory(DjangoModelFactory[models.PersonState]):
    """That a baby was born."""

    class Meta:
        model = models.PersonState

    person = SubFactory(PersonFactory, baby=True)
    state = "born"
    on = SelfAttribute("person.born_on")


class RelationshipFactory(DjangoModelFactory[Relationship]):
    """A baby and the mother; traits for others."""

    class Meta:
        model = Relationship

    class Params:
        with_father = Trait(kind="father")
        with_foster_carer = Trait(kind="foster_carer", parental_responsibility="no")
        ended = Trait(until_on=date(2026, 2, 1))

    baby = SubFactory(PersonFactory, baby=True)
    carer = SubFactory(PersonFactory, organisation=SelfAttribute("..baby.organisation"))
    kind = "mother"
    parental_responsibility = "yes"
    lives_with = "yes"
    from_on = date(2025, 11, 12)


class FamilyFactory(DjangoModelFactory[Family]):
    """A declared family without members; `family_of` makes one with them."""

    class Meta:
        model = Family

    team = SubFactory(TeamFactory)
    declared_on = date(2026, 1, 10)


class FamilyMemberFactory(DjangoModelFactory[models.FamilyMember]):
    """A baby in a family."""

    class Meta:
        model = models.FamilyMember

    family = SubFactory(FamilyFactory)
    person = SubFactory(
        PersonFactory, baby=True, organisation=SelfAttribute("..family.team.organisation")
    )
    role = "baby"
    from_on = SelfAttribute("family.declared_on")


class ProfessionalContactFactory(DjangoModelFactory[models.ProfessionalContact]):
    """A health visitor."""

    class Meta:
        model = models.ProfessionalContact

    organisation = SubFactory(OrganisationFactory)
    name = "Opal Dray"
    role = "health_visitor"


class NetworkMemberFactory(DjangoModelFactory[models.NetworkMember]):
    """A health visitor around a family."""

    class Meta:
        model = models.NetworkMember

    family = SubFactory(FamilyFactory)
    professional = SubFactory(
        ProfessionalContactFactory, organisation=SelfAttribute("..family.team.organisation")
    )
    role = "health_visitor"
    from_on = SelfAttribute("family.declared_on")


class OnMyMindFactory(DjangoModelFactory[models.OnMyMind]):
    """A practitioner's mark."""

    class Meta:
        model = models.OnMyMind

    family = SubFactory(FamilyFactory)
    user = SubFactory(UserFactory)
    words = "Ring on Thursday"


class AgreementFactory(DjangoModelFactory[models.Agreement]):
    """Texts and emails agreed to by a carer; traits for other situations."""

    class Meta:
        model = models.Agreement

    class Params:
        refused = Trait(answer="refused")
        ran_out = Trait(expires_on=date(2026, 2, 1))
        filming = Trait(code="C4", method="written")

    team = SubFactory(TeamFactory)
    code = "C9"
    about = SubFactory(PersonFactory, baby=True, organisation=SelfAttribute("..team.organisation"))
    given_by = SubFactory(PersonFactory, organisation=SelfAttribute("..team.organisation"))
    capacity = "own_behalf"
    answer = "given"
    method = "spoken"
    given_on = date(2026, 1, 10)


class LawfulBasisFactory(DjangoModelFactory[models.LawfulBasis]):
    """Public task."""

    class Meta:
        model = models.LawfulBasis

    organisation = SubFactory(OrganisationFactory)
    basis = "public_task"
    reason = "Provides health care for babies and their carers"
    from_on = date(2025, 1, 1)


class RiskAnswerFactory(DjangoModelFactory[models.RiskAnswer]):
    """Hard to soothe, present, about a baby; traits for an adult's and restricted ones."""

    class Meta:
        model = models.RiskAnswer

    class Params:
        about_adult = Trait(
            factor="P1",
            about_person=SubFactory(
                PersonFactory, organisation=SelfAttribute("..team.organisation")
            ),
        )
        domestic_abuse = Trait(
            factor="P13",
            restricted=True,
            about_person=SubFactory(
                PersonFactory, organisation=SelfAttribute("..team.organisation")
            ),
        )

    team = SubFactory(TeamFactory)
    factor = "B6"
    about_person = SubFactory(
        PersonFactory, baby=True, organisation=SelfAttribute("..team.organisation")
    )
    answer = "present"
    asked_on = date(2026, 1, 20)


class SafeguardingStatusFactory(DjangoModelFactory[models.SafeguardingStatus]):
    """A Child in Need plan."""

    class Meta:
        model = models.SafeguardingStatus

    team = SubFactory(TeamFactory)
    baby = SubFactory(PersonFactory, baby=True, organisation=SelfAttribute("..team.organisation"))
    status = "child_in_need"
    from_on = date(2026, 1, 20)


class AlertFactory(DjangoModelFactory[models.Alert]):
    """The address must not be said."""

    class Meta:
        model = models.Alert

    team = SubFactory(TeamFactory)
    person = SubFactory(PersonFactory, organisation=SelfAttribute("..team.organisation"))
    kind = "do_not_disclose_address"
    from_on = date(2026, 1, 20)


class AddressFactory(DjangoModelFactory[models.Address]):
    """An address; a trait for a confidential one."""

    class Meta:
        model = models.Address

    class Params:
        hidden = Trait(confidential=True, lines="1 Secret Street\nNest Town\nNE1 1ST", postcode="")

    person = SubFactory(PersonFactory)
    lines = "1 Hedge Lane\nNest Town"
    postcode = "NE1 1ST"
    from_on = date(2025, 1, 1)


class ContactPointFactory(DjangoModelFactory[models.ContactPoint]):
    """A mobile phone; a trait for an email address."""

    class Meta:
        model = models.ContactPoint

    class Params:
        email = Trait(kind=ContactKind.EMAIL, value="juniper@example.org")

    person = SubFactory(PersonFactory)
    kind = ContactKind.MOBILE
    value = "07700 900123"


class SafeContactFactory(DjangoModelFactory[models.SafeContact]):
    """A rule that allows everything; a trait for one that allows calls only."""

    class Meta:
        model = models.SafeContact

    class Params:
        calls_only = Trait(may_text=False, may_email=False, may_post=False)

    person = SubFactory(PersonFactory)
    may_call = True
    may_text = True
    may_email = True
    may_post = True
    from_on = date(2026, 1, 10)


class OutboxMessageFactory(DjangoModelFactory[models.OutboxMessage]):
    """A text that waits to be sent."""

    class Meta:
        model = models.OutboxMessage

    team = SubFactory(TeamFactory)
    person = SubFactory(PersonFactory, organisation=SelfAttribute("..team.organisation"))
    channel = "text"
    subject = "Your visit"
    body = "We look forward to seeing you on Tuesday."
    state = MessageState.QUEUED


class NoteFactory(DjangoModelFactory[models.Note]):
    """A draft about a baby; traits for a signed one and one about an adult."""

    class Meta:
        model = models.Note

    class Params:
        signed = Trait(
            signed_by=SelfAttribute("written_by"),
            signed_on=SelfAttribute("written_on"),
        )
        about_adult = Trait(
            about_person=SubFactory(
                PersonFactory, organisation=SelfAttribute("..team.organisation")
            )
        )

    team = SubFactory(TeamFactory)
    kind = "session"
    about_person = SubFactory(
        PersonFactory, baby=True, organisation=SelfAttribute("..team.organisation")
    )
    happened_on = date(2026, 2, 1)
    body = "Wren turned towards the singing."
    written_by = SubFactory(UserFactory, organisation=SelfAttribute("..team.organisation"))
    written_on = date(2026, 2, 1)


class TaskFactory(DjangoModelFactory[models.Task]):
    """Something to do about nobody."""

    class Meta:
        model = models.Task

    team = SubFactory(TeamFactory)
    kind = "other"
    words = "Order a new camera"
    due_on = TODAY


def join(family: Family, person: Person, *, role: str, **dates: Any) -> Person:
    """The person, now a member of the family whom its team works with."""
    models.PersonTeam.objects.get_or_create(person=person, team=family.team)
    FamilyMemberFactory.create(family=family, person=person, role=role, **dates)
    return person


def family_of(
    team: Team, *, babies: list[Person] | None = None, carers: list[Person] | None = None
) -> Family:
    """A declared family: one born baby and the mother where nobody is given, each related to each.

    A carer given may have babies in another family too.
    """
    organisation = team.organisation
    if babies is None:
        babies = [PersonFactory.create(baby=True, organisation=organisation)]
    if carers is None:
        carers = [PersonFactory.create(organisation=organisation)]
    family: Family = FamilyFactory.create(team=team)
    for baby in babies:
        join(family, baby, role="baby")
    for carer in carers:
        join(family, carer, role="carer")
    for baby in babies:
        for carer in carers:
            RelationshipFactory.create(baby=baby, carer=carer)
    return family


class DuplicatePairFactory(DjangoModelFactory[models.DuplicatePair]):
    """Two records of one organisation that may be of one person."""

    class Meta:
        model = models.DuplicatePair

    class Params:
        low = SubFactory(PersonFactory)
        high = SubFactory(PersonFactory, organisation=SelfAttribute("..low.organisation"))

    organisation = SelfAttribute("low.organisation")
    first = LazyAttribute(lambda row: min(row.low, row.high, key=lambda person: person.pk))
    second = LazyAttribute(lambda row: max(row.low, row.high, key=lambda person: person.pk))
    weight = 12.0
    found_on = TODAY


class PersonMergeFactory(DjangoModelFactory[models.PersonMerge]):
    """A merge that moved nothing."""

    class Meta:
        model = models.PersonMerge

    kept = SubFactory(PersonFactory)
    merged = SubFactory(PersonFactory, organisation=SelfAttribute("..kept.organisation"))
    organisation = SelfAttribute("kept.organisation")
    reason = "The same birth certificate"
    moved = "{}"
    merged_by = SubFactory(UserFactory)
    merged_on = TODAY
