"""A referral arrives: from the public form, from a colleague's phone call, from a consultation."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import transaction

from nestling.accounts.models import Team, User
from nestling.foundation import audit
from nestling.foundation.ids import new_id
from nestling.people.models import Person, ProfessionalContact, Relationship
from nestling.people.services import keep_professional
from nestling.referrals.models import (
    Referral,
    ReferralBaby,
    ReferralIndicator,
    ReferralRelationship,
)
from nestling.referrals.moves import sign_step
from nestling.referrals.services.details import ReferralDetails
from nestling.referrals.services.parts import (
    Keeping,
    keep_agreement,
    keep_safety,
    relate_all,
    store_baby,
    store_carer,
)
from nestling.referrals.services.references import reference_for


@transaction.atomic
def receive(details: ReferralDetails, *, team: Team, on: date, by: User | None) -> Referral:
    """A new referral with its babies, carers, relationships, agreement and first step.

    ``by`` is nobody for the public form. No family is declared yet: a screener does that.
    """
    keeping = Keeping(team=team, on=on, by=by)
    stored = [store_baby(given, keeping=keeping) for given in details.babies]
    babies = [baby for baby, _ in stored]
    carers = [store_carer(given, keeping=keeping) for given in details.carers]
    related = list(relate_all(babies, carers, given=details.carers, keeping=keeping))
    asker = carers[0] if details.self_referred and carers else None
    referral = _store(details, keeping=keeping, asker=asker)
    for baby, number_left in stored:
        row = ReferralBaby(referral=referral, baby=baby, number_given=number_left)
        audit.create(row, by=by)
    _link_relationships(referral, related, by=by)
    keep_indicators(referral, _indicators(details), by=by)
    keep_agreement(details, babies=babies, carers=carers, keeping=keeping)
    keep_safety(details, babies=babies, carers=carers, keeping=keeping)
    sign_step(referral, on=on, by=by)
    return referral


def _store(details: ReferralDetails, *, keeping: Keeping, asker: Person | None) -> Referral:
    words = details.words
    referral_id = new_id()
    referral = Referral(
        id=referral_id,
        team=keeping.team,
        reference=reference_for(referral_id, team=keeping.team),
        route=details.route,
        referrer_type=details.referrer_type,
        referrer=_professional(details, keeping=keeping),
        referred_by_person=asker,
        referrer_stays_involved=details.stays_involved,
        written_on=details.written_on,
        received_on=keeping.on,
        received_by=keeping.by,
        urgency=details.urgency,
        family_knows=details.family_knows,
        known_for=details.known_for,
        age_band=details.age_band,
        postcode=details.postcode,
        state_on=keeping.on,
        **{name: getattr(words, name) for name in words.__slots__},
    )
    return audit.create(referral, by=keeping.by, action="received")


def _professional(details: ReferralDetails, *, keeping: Keeping) -> ProfessionalContact | None:
    given = details.referrer
    if given is None or not given.name:
        return None
    return keep_professional(
        keeping.team.organisation,
        name=given.name,
        role=given.role or details.referrer_type,
        workplace=given.workplace,
        phone=given.phone,
        email=given.email,
        by=keeping.by,
    )


def _link_relationships(
    referral: Referral, relationships: Sequence[Relationship], *, by: User | None
) -> None:
    for relationship in relationships:
        audit.create(ReferralRelationship(referral=referral, relationship=relationship), by=by)


def _indicators(details: ReferralDetails) -> Iterator[ReferralIndicator]:
    """A row for each domain in which anything was noticed, and for each sign."""
    for domain, count in sorted(details.counts.items()):
        if count:
            yield ReferralIndicator(domain=domain, count=count)
    for sign in sorted(details.signs):
        yield ReferralIndicator(sign=sign)


def keep_indicators(
    referral: Referral, rows: Iterator[ReferralIndicator], *, by: User | None
) -> None:
    """Store what was noticed."""
    for row in rows:
        row.referral = referral
        audit.create(row, by=by)
