"""The triage board: four columns of referrals in a fixed number of statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.foundation.looks import describe_look
from nestling.people.models import Person, Relationship, SafeguardingStatus
from nestling.people.queries import current_safeguarding
from nestling.referrals.models import (
    DecisionTold,
    Referral,
    ReferralBaby,
    ReferralRelationship,
    ReferralState,
    Screening,
    TeamCriteria,
    UnmetNeed,
)

S = ReferralState
NEW, INFORMATION, MEETING, DECIDED = "new", "information", "meeting", "decided"
COLUMN_STATES: Mapping[str, tuple[ReferralState, ...]] = {
    NEW: (S.RECEIVED,),
    INFORMATION: (S.MORE_INFORMATION,),
    MEETING: (S.FOR_MEETING, S.SAFEGUARDING_FIRST),
    DECIDED: (
        *(S.WAITING, S.HELD_FOR_BIRTH, S.CONSULTATION_ONLY),
        *(S.REDIRECTED, S.DECLINED, S.DUPLICATE),
    ),
}
CARDS = 25
"""Cards in a column of the board; the rest are on the column's own page."""
DECIDED_DAYS = 7
UNREAD = (
    *("seen_between", "baby_signals", "parents_view", "strengths", "tried_so_far"),
    *("outcome_wanted", "practical", "network", "lives_with", "postcode"),
    "why_without_agreement",
)
"""Texts that no card shows, left in the database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """A referral with everyone its card names and what its card says of them."""

    referral: Referral
    column: str
    babies: tuple[Person, ...]
    relationships: tuple[Relationship, ...]
    statuses: tuple[SafeguardingStatus, ...]
    told: tuple[DecisionTold, ...]
    limit_months: int
    near_limit_days: int
    within_rules: bool
    door_opened: bool
    unmet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFigures:
    """How many stand in each column, and the numbers above the board."""

    totals: Mapping[str, int]
    to_decide: int
    oldest_on: date | None
    waiting: int
    turned_away: int


def board(user: User, *, on: date, column: str = "", page: int = 1) -> list[BoardRow]:
    """The cards of the board, or a page of one column: six statements whatever the number."""
    describe_look("listed")
    found = _with_extras(_on_board(user, on=on))
    if column:
        first = (page - 1) * CARDS
        found = found.filter(column=column, place__gt=first, place__lte=first + CARDS)
    else:
        found = found.filter(place__lte=CARDS)
    return _rows(list(found.order_by("column", "place")), user=user, on=on)


def agenda(user: User, *, on: date, with_names: bool) -> list[BoardRow]:
    """Every referral for the meeting, oldest first; without names nobody is even read."""
    found = _on_board(user, on=on).filter(column=MEETING).order_by("received_on", "pk")
    if with_names:
        return _rows(list(_with_extras(found)), user=user, on=on)
    return [_nameless(row) for row in found.defer("concern", *UNREAD)]


def _nameless(referral: Any) -> BoardRow:
    return BoardRow(
        referral=referral,
        column=MEETING,
        babies=(),
        relationships=(),
        statuses=(),
        told=(),
        limit_months=0,
        near_limit_days=0,
        within_rules=False,
        door_opened=False,
    )


def figures(user: User, *, on: date) -> BoardFigures:
    """The counts of the user's teams: one statement."""
    undecided = Q(state__in=[state for key in (NEW, INFORMATION, MEETING) for state in _of(key)])
    declined = UnmetNeed.objects.filter(
        referral=OuterRef("pk"), kind="declined", on__gte=on.replace(day=1)
    )
    counts = {key: Count("pk", filter=_column(key, on=on)) for key in COLUMN_STATES}
    found: dict[str, Any] = _mine(user).aggregate(
        **counts,
        to_decide=Count("pk", filter=undecided),
        oldest_on=Min("received_on", filter=undecided),
        waiting=Count("pk", filter=Q(state__in=[S.WAITING, S.HELD_FOR_BIRTH])),
        turned_away=Count("pk", filter=Exists(declined)),
    )
    totals = {key: found.pop(key) for key in COLUMN_STATES}
    return BoardFigures(totals=totals, **found)


def _mine(user: User) -> Any:
    teams = user.teams_where(Ability.SEE_WORKLOAD)
    return Referral.objects.visible_to(user).filter(team__in=teams)


def _of(key: str) -> tuple[ReferralState, ...]:
    return COLUMN_STATES[key]


def _column(key: str, *, on: date) -> Q:
    here = Q(state__in=_of(key))
    return here & Q(state_on__gt=on - timedelta(days=DECIDED_DAYS)) if key == DECIDED else here


def _on_board(user: User, *, on: date) -> Any:
    """Referrals with their column and place: oldest first, those decided newest first."""
    column = Case(
        *(When(_column(key, on=on), then=Value(key)) for key in COLUMN_STATES),
        default=Value(""),
        output_field=CharField(),
    )
    decided_on = Case(When(_column(DECIDED, on=on), then=F("state_on")))
    place = Window(
        RowNumber(),
        partition_by=[F("column")],
        order_by=[decided_on.desc(), F("received_on").asc(), F("pk").asc()],
    )
    rows = _mine(user).annotate(column=column).exclude(column="")
    return rows.annotate(place=place)


def _with_extras(rows: Any) -> Any:
    rules = TeamCriteria.objects.filter(team=OuterRef("team"), until_on__isnull=True)
    screenings = Screening.objects.filter(referral=OuterRef("pk")).order_by(
        "-screened_on", "-created_at"
    )
    fits = screenings.filter(in_age="yes", in_area="yes", referrer_accepted=True)
    babies = ReferralBaby.objects.select_related("baby").defer("number_given")
    ties = ReferralRelationship.objects.select_related("relationship__carer")
    return (
        rows.defer(*UNREAD)
        .annotate(
            limit_months=Subquery(rules.values("limit_months")[:1]),
            near_limit_days=Subquery(rules.values("near_limit_days")[:1]),
            within_rules=Exists(fits),
            door=Subquery(screenings.values("door_opened_by")[:1]),
            unmet=Exists(UnmetNeed.objects.filter(referral=OuterRef("pk"), met_on__isnull=True)),
        )
        .prefetch_related(
            Prefetch("babies_link", babies.order_by("baby__birth_order", "created_at", "pk")),
            Prefetch("relationships_link", ties.order_by("created_at", "pk")),
        )
    )


def _rows(referrals: list[Any], *, user: User, on: date) -> list[BoardRow]:
    babies = [link.baby_id for row in referrals for link in row.babies_link.all()]
    teams = user.teams_where(Ability.READ_CLINICAL)
    statuses = current_safeguarding(babies, teams=teams, on=on)
    told = _told([row.pk for row in referrals if row.column == DECIDED])
    return [_row(row, statuses=statuses, told=told.get(row.pk, ())) for row in referrals]


def _row(
    referral: Any,
    *,
    statuses: Mapping[UUID, SafeguardingStatus],
    told: tuple[DecisionTold, ...],
) -> BoardRow:
    babies = tuple(link.baby for link in referral.babies_link.all())
    unset = TeamCriteria()
    return BoardRow(
        referral=referral,
        column=referral.column,
        babies=babies,
        relationships=tuple(link.relationship for link in referral.relationships_link.all()),
        statuses=tuple(statuses[baby.pk] for baby in babies if baby.pk in statuses),
        told=told,
        limit_months=referral.limit_months or unset.limit_months,
        near_limit_days=referral.near_limit_days or unset.near_limit_days,
        within_rules=referral.within_rules,
        door_opened=bool(referral.door),
        unmet=referral.unmet,
    )


def _told(referral_ids: list[UUID]) -> dict[UUID, tuple[DecisionTold, ...]]:
    rows = DecisionTold.objects.filter(decision__referral__in=referral_ids)
    found: dict[UUID, tuple[DecisionTold, ...]] = {}
    for row in rows.select_related("decision").order_by("told_on", "created_at"):
        key = row.decision.referral_id
        found[key] = (*found.get(key, ()), row)
    return found
