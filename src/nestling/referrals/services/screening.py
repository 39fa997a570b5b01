"""A screener reads a referral against the team's rules, declares the family and sends it on."""

from datetime import date

from django.db import transaction

from nestling.accounts.models import User
from nestling.foundation import audit
from nestling.people.models import Family, Person
from nestling.people.services import add_to_network, declare_family
from nestling.referrals.models import Referral, ReferralIndicator, ReferralState, Screening
from nestling.referrals.moves import check_move, take_step
from nestling.referrals.services.details import ScreeningDetails
from nestling.referrals.services.receiving import keep_indicators


@transaction.atomic
def screen(referral: Referral, details: ScreeningDetails, *, on: date, by: User) -> Screening:
    """A signed screening; the referral goes on to more information or to the meeting.

    The first screening of a referral with a baby declares the family: the screener says so, it is
    never worked out by itself.

    Raises:
        MoveNotLegalError: the referral is past screening.
    """
    to = ReferralState(details.next_state)
    check_move(referral, to=to)
    _keep_new_signs(referral, details.signs, by=by)
    screening = Screening(
        referral=referral,
        complete=details.complete,
        in_age=details.in_age,
        in_area=details.in_area,
        referrer_accepted=details.referrer_accepted,
        door_opened_by=details.door_opened_by,
        missing=details.missing,
        words=details.words,
        next_state=to,
        screened_by=by,
        screened_on=on,
    )
    audit.create(screening, by=by, action="screened")
    declare_for(referral, on=on, by=by)
    take_step(referral, to=to, on=on, by=by)
    return screening


def declare_for(referral: Referral, *, on: date, by: User) -> Family | None:
    """The referral's family: the one it has, or a new one of its babies and carers."""
    babies = _babies(referral)
    if referral.family_id is not None or not babies:
        return referral.family
    family = declare_family(referral.team, babies=babies, carers=_carers(referral), on=on, by=by)
    audit.change(referral, {"family": family}, by=by, action="family_declared")
    if referral.referrer is not None and referral.referrer_stays_involved == "yes":
        role = referral.referrer.role or referral.referrer_type
        add_to_network(family, referral.referrer, role=role, on=on, by=by)
    return family


def _babies(referral: Referral) -> list[Person]:
    links = referral.babies_link.select_related("baby").order_by("created_at", "pk")
    return [link.baby for link in links]


def _carers(referral: Referral) -> list[Person]:
    links = referral.relationships_link.select_related("relationship__carer")
    found = {link.relationship.carer.pk: link.relationship.carer for link in links}
    return list(found.values())


def _keep_new_signs(referral: Referral, signs: frozenset[str], *, by: User) -> None:
    known = set(referral.indicators.exclude(sign="").values_list("sign", flat=True))
    rows = (ReferralIndicator(sign=sign) for sign in sorted(signs - known))
    keep_indicators(referral, rows, by=by)
