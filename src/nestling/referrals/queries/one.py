"""One referral: who may open it, who is in it, what the rules say of it, what happened to it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.people.identifiers import CHECKED_SYSTEMS
from nestling.people.models import (
    Alert,
    Family,
    Person,
    PersonIdentifier,
    Relationship,
    SafeContact,
)
from nestling.people.queries import FamilyPeople, PersonFacts, current_safeguarding
from nestling.referrals.models import (
    ClockPause,
    Consultation,
    Decision,
    DecisionTold,
    Referral,
    ReferralStep,
    Screening,
    UnmetNeed,
)
from nestling.referrals.queries.criteria import criteria_of
from nestling.science.acceptance import Case, Judgement, judge


def open_referral(pk: UUID, *, by: User) -> Referral:
    """The referral, if it came to a team in which the user opens families; the look is noted.

    Raises:
        Http404: there is none, or another team's.
    """
    rows = Referral.objects.openable_by(by)
    found = rows.select_related("team__organisation", "referrer", "received_by")
    referral = found.filter(pk=pk).first()
    if referral is None:
        raise Http404
    return referral


def check_able(referral: Referral, ability: Ability, *, by: User) -> None:
    """Pass if the user holds an ability in the referral's team.

    Raises:
        PermissionDenied: not in this team.
    """
    if not has_ability(referral, ability, by=by):
        raise PermissionDenied


def has_ability(referral: Referral, ability: Ability, *, by: User) -> bool:
    """Whether the user holds an ability in the referral's team."""
    return referral.team_id in by.teams_where(ability)


def open_decision(referral: Referral) -> Decision:
    """The newest decision on a referral.

    Raises:
        Http404: it was not decided.
    """
    decision = referral.decisions.order_by("-decided_on", "-created_at").first()
    if decision is None:
        raise Http404
    # The same referral, already open and logged: no second look at it.
    decision.referral = referral
    return decision


def newest_decision(referral: Referral) -> Decision | None:
    """The newest decision on a referral, if there is one."""
    return referral.decisions.order_by("-decided_on", "-created_at").first()


def newest_screening(referral: Referral) -> Screening | None:
    """The newest screening of a referral, if there is one."""
    return referral.screenings.order_by("-screened_on", "-created_at").first()


def newest_pause(referral: Referral) -> ClockPause | None:
    """The newest delay that the family asked for, over or not."""
    return referral.pauses.order_by("-from_on", "-created_at").first()


def told_of(decision: Decision) -> list[DecisionTold]:
    """Who was told of a decision."""
    return list(decision.told.order_by("created_at"))


def referral_people(referral: Referral, *, on: date) -> FamilyPeople:
    """The babies and carers of a referral as its headers show them: six statements.

    They are those whom the referral names, whether a family is declared or not.
    """
    babies = tuple(
        link.baby
        for link in referral.babies_link.select_related("baby").order_by(
            "baby__birth_order", "created_at", "pk"
        )
    )
    relationships = _relationships(referral, babies)
    carers = {row.carer_id: row.carer for row in relationships}
    persons = {**{baby.pk: baby for baby in babies}, **carers}
    return FamilyPeople(
        family=Family(team=referral.team),
        babies=babies,
        carers=tuple(carers.values()),
        relationships=relationships,
        facts=_facts(referral, persons, on=on),
    )


def _relationships(referral: Referral, babies: tuple[Person, ...]) -> tuple[Relationship, ...]:
    by_id = {baby.pk: baby for baby in babies}
    links = referral.relationships_link.select_related("relationship__carer")
    rows = [link.relationship for link in links.order_by("created_at", "pk")]
    seen: dict[UUID, Person] = {}
    for row in rows:
        row.carer = seen.setdefault(row.carer_id, row.carer)
        row.baby = by_id[row.baby_id]
    return tuple(rows)


def _facts(referral: Referral, persons: dict[UUID, Person], *, on: date) -> dict[UUID, PersonFacts]:
    ids = list(persons)
    rules = SafeContact.objects.filter(_open(on), person__in=ids)
    safe = {row.person_id: row for row in rows_of(rules)}
    alerts = set(Alert.objects.filter(_open(on), person__in=ids).values_list("person_id", "kind"))
    statuses = current_safeguarding(ids, teams=[referral.team_id], on=on)
    numbers = _numbers(ids)
    return {
        pk: PersonFacts(
            role="",
            number=numbers.get(pk, ("", ""))[1],
            number_system=numbers.get(pk, ("", ""))[0],
            safeguarding=statuses[pk].status if pk in statuses else "",
            safeguarding_from=statuses[pk].from_on if pk in statuses else None,
            hides_address=(pk, "do_not_disclose_address") in alerts,
            not_alone=(pk, "lone_worker") in alerts,
            safe_contact=safe.get(pk),
        )
        for pk in ids
    }


def rows_of(rules: QuerySet[SafeContact]) -> QuerySet[SafeContact]:
    """Rules in the order in which they began: the newest is read last."""
    return rules.order_by("from_on", "created_at")


def _numbers(ids: list[UUID]) -> dict[UUID, tuple[str, str]]:
    rows = PersonIdentifier.objects.filter(person__in=ids, system__in=sorted(CHECKED_SYSTEMS))
    return {row.person_id: (row.system, row.value) for row in rows}


def _open(on: date) -> Q:
    return Q(until_on__isnull=True) | Q(until_on__gt=on)


def case_of(referral: Referral, people: FamilyPeople) -> Case:
    """What the rules may read of a referral; nothing about an adult is among it."""
    indicators = list(referral.indicators.all())
    return Case(
        babies=tuple(baby.dates for baby in people.babies),
        received_on=referral.received_on,
        postcode=referral.postcode,
        referrer_type=referral.referrer_type,
        counts={row.domain: row.count for row in indicators if row.domain},
        signs=frozenset(row.sign for row in indicators if row.sign),
    )


def judgement_of(referral: Referral, people: FamilyPeople) -> Judgement:
    """What the team's rules, as they stood on the day the referral came, say about it."""
    criteria = criteria_of(referral.team, on=referral.received_on)
    return judge(case_of(referral, people), criteria)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralHistory:
    """Everything signed about a referral, oldest first."""

    steps: tuple[ReferralStep, ...]
    screenings: tuple[Screening, ...]
    decisions: tuple[Decision, ...]
    told: tuple[DecisionTold, ...]
    pauses: tuple[ClockPause, ...]
    unmet: tuple[UnmetNeed, ...]
    consultations: tuple[Consultation, ...]


def history_of(referral: Referral) -> ReferralHistory:
    """Everything signed about a referral: seven statements."""
    told = DecisionTold.objects.filter(decision__referral=referral).select_related("told_by")
    return ReferralHistory(
        steps=tuple(referral.steps.select_related("by").order_by("number")),
        screenings=tuple(
            referral.screenings.select_related("screened_by").order_by("screened_on", "created_at")
        ),
        decisions=tuple(
            referral.decisions.select_related("decided_by").order_by("decided_on", "created_at")
        ),
        told=tuple(told.order_by("told_on", "created_at")),
        pauses=tuple(referral.pauses.order_by("from_on")),
        unmet=tuple(referral.unmet_needs.order_by("on", "created_at")),
        consultations=tuple(referral.consultations.order_by("on")),
    )


def numbers_elsewhere(referral: Referral, *, by: User) -> list[str]:
    """Numbers given with the referral that are on another record which the user may open.

    A record of another team is not hinted at.
    """
    given = [
        link.number_given for link in referral.babies_link.only("number_given") if link.number_given
    ]
    mine = Person.objects.visible_to(by).values("pk")
    known = PersonIdentifier.objects.filter(
        organisation=referral.team.organisation_id, value__in=given, person__in=mine
    )
    return sorted(known.values_list("value", flat=True))


def is_paused(referral: Referral) -> bool:
    """Whether the clock stands still because the family asked."""
    return referral.pauses.filter(until_on__isnull=True).exists()


def open_redirect(referral: Referral) -> Decision:
    """The newest decision, which sent the baby elsewhere.

    Raises:
        Http404: the newest decision is another.
    """
    decision = open_decision(referral)
    if decision.outcome != "redirect":
        raise Http404
    return decision


def doors_opened(referral: Referral, *, more_signs: Iterable[str]) -> Judgement:
    """What the rules say with the signs that a screener added; only the doors can differ."""
    case = case_of(referral, FamilyPeople(family=Family(team=referral.team)))
    seen = replace(case, signs=case.signs | frozenset(more_signs))
    return judge(seen, criteria_of(referral.team, on=referral.received_on))


def referrals_of(family: Family) -> list[Referral]:
    """The referrals that led to a family, oldest first."""
    return list(Referral.objects.filter(family=family).order_by("received_on", "pk"))


def referral_of(family: Family) -> Referral | None:
    """The newest referral of a family."""
    return Referral.objects.filter(family=family).order_by("-received_on", "-pk").first()


def states_out_of_step() -> list[UUID]:
    """Referrals whose column is not the state last signed: there must be none."""
    newest = ReferralStep.objects.filter(referral=OuterRef("pk")).order_by("-number")
    rows = Referral.objects.annotate(signed=Subquery(newest.values("state")[:1]))
    return [
        pk for pk, state, signed in rows.values_list("pk", "state", "signed") if state != signed
    ]
