"""The persons and relationships of a referral, and what was said of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from nestling.accounts.models import Team, User
from nestling.people.errors import IdentifierTakenError
from nestling.people.identifiers import national_system
from nestling.people.models import Person, Relationship
from nestling.people.services import (
    AgreementDetails,
    ContactPointDetails,
    PersonDetails,
    RiskGiven,
    SafeContactDetails,
    add_contact_point,
    add_person,
    answer_risks,
    give_agreement,
    link_to_team,
    record_safeguarding,
    relate,
    set_identifier,
    set_safe_contact,
)
from nestling.referrals.services.details import BabyGiven, CarerGiven, ReferralDetails, SafeWays

DOMESTIC_ABUSE = "P13"
"""The factor of `risk_factors` whose answers are restricted."""
ANSWERS = {"agrees": "given", "some_agree": "given"}
"""What the family's knowledge says about the agreement to be referred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """For which team, on which day and by whom something is stored."""

    team: Team
    on: date
    by: User | None


def store_baby(given: BabyGiven, *, keeping: Keeping) -> tuple[Person, str]:
    """The baby's record, and the number that could not be kept because another record has it."""
    if given.existing is not None:
        link_to_team(given.existing, team=keeping.team, by=keeping.by)
        return given.existing, ""
    details = PersonDetails(
        kind="baby",
        given_name=given.given_name,
        family_name=given.family_name,
        due_on=given.due_on,
        due_source=given.due_source,
        born_on=given.born_on,
        birth_order=given.birth_order,
        sex=given.sex,
        gp_practice=given.gp_practice,
    )
    baby = _add(details, keeping=keeping)
    return baby, _number_left_over(baby, given.number, keeping=keeping)


def _number_left_over(baby: Person, number: str, *, keeping: Keeping) -> str:
    if not number:
        return ""
    system = national_system(keeping.team.organisation.nation)
    try:
        set_identifier(baby, system=system, value=number, by=keeping.by)
    except IdentifierTakenError:
        return number
    return ""


def store_carer(given: CarerGiven, *, keeping: Keeping) -> Person:
    """The carer's record, with phone, email and how it is safe to use them."""
    if given.existing is not None:
        link_to_team(given.existing, team=keeping.team, by=keeping.by)
        return given.existing
    details = PersonDetails(
        kind="adult",
        given_name=given.given_name,
        family_name=given.family_name,
        language=given.language,
        interpreter=given.interpreter,
        access_needs=given.access_needs,
    )
    carer = _add(details, keeping=keeping)
    for kind, value in (("mobile", given.phone), ("email", given.email)):
        if value:
            add_contact_point(carer, ContactPointDetails(kind=kind, value=value), by=keeping.by)
    if given.safe is not None:
        set_safe_contact(carer, _safe(given.safe), on=keeping.on, by=keeping.by)
    return carer


def _add(details: PersonDetails, *, keeping: Keeping) -> Person:
    organisation = keeping.team.organisation
    return add_person(details, organisation=organisation, team=keeping.team, by=keeping.by)


def _safe(ways: SafeWays) -> SafeContactDetails:
    return SafeContactDetails(
        may_call=ways.may_call,
        may_leave_voicemail=ways.may_leave_voicemail,
        may_text=ways.may_text,
        may_email=ways.may_email,
        words=ways.words,
    )


def relate_all(
    babies: Sequence[Person],
    carers: Sequence[Person],
    *,
    given: Sequence[CarerGiven],
    keeping: Keeping,
) -> Iterator[Relationship]:
    """A relationship of each carer with each baby; one that is open already is used again."""
    for carer, said in zip(carers, given, strict=True):
        for baby in babies:
            yield _open_one(baby, carer) or relate(
                baby,
                carer,
                kind=said.kind,
                parental_responsibility=said.parental_responsibility,
                is_primary_carer=said.is_primary_carer,
                lives_with=said.lives_with,
                by=keeping.by,
            )


def _open_one(baby: Person, carer: Person) -> Relationship | None:
    return Relationship.objects.filter(baby=baby, carer=carer, until_on__isnull=True).first()


def keep_agreement(
    details: ReferralDetails,
    *,
    babies: Sequence[Person],
    carers: Sequence[Person],
    keeping: Keeping,
) -> None:
    """The agreement to be referred (C1), for each baby, by whoever may give it."""
    answer = ANSWERS.get(details.family_knows)
    if answer is None or not carers:
        return
    giver, said = min(zip(carers, details.carers, strict=True), key=_first_asked)
    has_it = said.parental_responsibility == "yes"
    for baby in babies:
        agreement = AgreementDetails(
            code="C1",
            about=baby,
            given_by=giver,
            capacity="parental_responsibility" if has_it else "none",
            answer=answer,
            method=details.method,
            given_on=keeping.on,
        )
        give_agreement(agreement, team=keeping.team, by=keeping.by)


def _first_asked(pair: tuple[Person, CarerGiven]) -> tuple[bool, bool]:
    """Who has parental responsibility comes first, then the main carer."""
    _, said = pair
    return said.parental_responsibility != "yes", not said.is_primary_carer


def keep_safety(
    details: ReferralDetails,
    *,
    babies: Sequence[Person],
    carers: Sequence[Person],
    keeping: Keeping,
) -> None:
    """Safeguarding of each baby, and domestic abuse filed behind its own door."""
    if details.safeguarding:
        for baby in babies:
            record_safeguarding(
                baby,
                team=keeping.team,
                status=details.safeguarding,
                from_on=keeping.on,
                by=keeping.by,
            )
    if details.domestic_abuse and carers:
        answer = RiskGiven(
            factor=DOMESTIC_ABUSE,
            answer=details.domestic_abuse,
            about_person=carers[0],
            words=details.domestic_abuse_words,
        )
        answer_risks(keeping.team, [answer], on=keeping.on, by=keeping.by)
