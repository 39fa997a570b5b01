"""Every waiting referral as dates and ids: what a list is ordered, filtered and counted by.

No name is read here and no record is opened, so that a list of thousands logs only the fifty
whose names it shows. One statement reads the referrals, one what happened beside them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Func, OuterRef, QuerySet, Subquery

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.care.queries.waiting_beside import Beside, Happened, Row, beside_rows
from nestling.foundation.prepared import Value, among, rows_of
from nestling.people.models import PersonState, SafeguardingStatus
from nestling.referrals.models import Decision, DecisionTold, Referral, ReferralBaby
from nestling.science.ages import BabyDates, ShareOfLife, Stage, limit_on
from nestling.science.waiting import (
    News,
    Trigger,
    Wait,
    WaitFacts,
    WaitRules,
    days_waited,
    share_waited,
    triggers,
)

KEYS_REMEMBERED = 5_000
"""Waits of which a process remembers what the rules make; some ten megabytes."""
NOT_KNOWN_OF = "none_known"
"""The safeguarding status that says there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingKey:
    """One waiting referral without a name.

    ``dates`` are those of the baby whose life has run longest; ``lost`` is true when no baby of
    the referral lives. ``quiet_since`` is the last contact of any kind, if there was one.
    """

    referral_id: UUID
    family_id: UUID | None
    team_id: UUID
    baby_ids: tuple[UUID, ...]
    dates: BabyDates
    wait: Wait
    share: ShareOfLife | None
    limit_on: date | None
    near_limit: bool
    days: int
    last_contact_on: date | None
    next_contact_on: date | None
    triggers: tuple[Trigger, ...]

    @property
    def lost(self) -> bool:
        """Whether the family has lost the baby."""
        return self.dates.lost

    @property
    def needs_look(self) -> bool:
        """Whether someone should look at this referral: a trigger, or a wait to close gently."""
        return bool(self.triggers) or self.lost

    def is_unborn(self, on: date) -> bool:
        """Whether no baby of the referral is born, as far as is known."""
        return self.dates.stage(on) in (Stage.UNBORN, Stage.OVERDUE_NO_NEWS)


class _BabyRow(NamedTuple):
    """One baby of one referral, with what is known of the baby and of the decision."""

    referral_id: UUID
    family_id: UUID | None
    team_id: UUID
    received_on: date
    baby_id: UUID
    due_on: date | None
    born_on: date | None
    loss: str
    told_on: date | None
    decided_at: datetime | None
    birth_at: datetime | None
    status_at: datetime | None


TEAM = _BabyRow._fields.index("team_id")


def waiting_keys(user: User, *, on: date) -> list[WaitingKey]:
    """Every referral that waits in the teams whose lists the user may see."""
    teams = user.teams_where(Ability.SEE_WORKLOAD)
    given: list[Value] = [user.pk, teams, user.teams_where(Ability.OPEN_FAMILY)]

    def waiting() -> QuerySet[Referral]:
        return Referral.objects.visible_to(user).waiting().filter(team__in=teams)

    rows = rows_of("the waiting", given, lambda: _baby_rows(waiting()))
    return list(_keys(rows, teams=teams, by=user, on=on))


def key_of(referral: Referral, *, by: User, on: date) -> WaitingKey | None:
    """The key of one referral that waits or waited; ``None`` where no baby is named."""
    referrals = Referral.objects.filter(pk=referral.pk)
    rows = rows_of("one wait", [referral.pk], lambda: _baby_rows(referrals))
    return next(_keys(rows, teams=[referral.team_id], by=by, on=on), None)


def _keys(
    rows: Sequence[tuple[Any, ...]], *, teams: Sequence[UUID], by: User, on: date
) -> Iterator[WaitingKey]:
    """A key for each referral; ``rows`` are those of `_BabyRow`, a referral's together.

    What happened beside is asked for by id: who may see the referrals is decided once.
    """
    if not rows:
        return
    referrals = among(dict.fromkeys(referral for referral, *_ in rows))
    given: list[Value] = [referrals, teams, on]
    happened = rows_of("beside waits", given, lambda: beside_rows(referrals, teams, on=on))
    beside = Beside.of(happened)
    clinical = frozenset(by.teams_where(Ability.READ_CLINICAL))
    for referral, babies in groupby(rows, key=itemgetter(0)):
        found = tuple(babies)
        team = found[0][TEAM]
        yield _key(
            found,
            beside=beside.happened(referral),
            rules=beside.rules_of(team),
            sees_status=team in clinical,
            on=on,
        )


def _baby_rows(referrals: QuerySet[Referral]) -> QuerySet[Any, Any]:
    """The rows of `_BabyRow`."""
    rows = ReferralBaby.objects.filter(referral__in=referrals.values("pk"))
    ordered = rows.order_by("referral_id", "baby__born_on", "baby__due_on", "baby_id")
    told = DecisionTold.objects.filter(decision__referral=OuterRef("referral"), whom="family")
    decisions = Decision.objects.filter(referral=OuterRef("referral"))
    births = PersonState.objects.filter(person=OuterRef("baby"), state="born")
    statuses = SafeguardingStatus.objects.filter(
        baby=OuterRef("baby"), team=OuterRef("referral__team")
    ).exclude(status=NOT_KNOWN_OF)
    found = ordered.annotate(
        told_on=_one(told, "MAX", "told_on"),
        decided_at=_one(decisions, "MAX", "created_at"),
        birth_at=_one(births, "MIN", "created_at"),
        status_at=_one(statuses, "MAX", "changed_at"),
    )
    return found.values_list(
        *("referral_id", "referral__family_id", "referral__team_id", "referral__received_on"),
        *("baby_id", "baby__due_on", "baby__born_on", "baby__loss"),
        *("told_on", "decided_at", "birth_at", "status_at"),
    )


def _one(rows: QuerySet[Any], function: str, column: str) -> Subquery:
    """The largest or smallest value of some rows, without sorting them.

    As a plain function, for Django would group by the row under an aggregate of its own.
    """
    return Subquery(rows.order_by().values(one=Func(column, function=function)))


@lru_cache(maxsize=KEYS_REMEMBERED)
def _key(
    baby_rows: tuple[tuple[Any, ...], ...],
    *,
    beside: tuple[Row, ...],
    rules: WaitRules,
    sees_status: bool,
    on: date,
) -> WaitingKey:
    """What the rules make of one wait: of what is given here and nothing else.

    It is remembered, for most waits are as they were when the list was last looked at.
    """
    babies = [_BabyRow._make(row) for row in baby_rows]
    lead, happened = _lead(babies), Happened.of(beside)
    dates = _dates(lead)
    wait = Wait(
        received_on=lead.received_on,
        pauses=tuple(happened.pauses),
        first_contact_on=happened.first_came_on,
    )
    last = max(filter(None, (happened.held_on, happened.last_came_on, lead.told_on)), default=None)
    facts = WaitFacts(
        dates=dates,
        quiet_since=last or wait.received_on,
        decided_at=lead.decided_at,
        news=tuple(_news(babies, happened, sees_status=sees_status)),
        near_limit_looked_on=happened.looked_on.get(Trigger.NEAR_LIMIT),
        no_contact_looked_on=happened.looked_on.get(Trigger.NO_CONTACT),
    )
    limit = limit_on(dates, rules.limit_months)
    return WaitingKey(
        referral_id=lead.referral_id,
        family_id=lead.family_id,
        team_id=lead.team_id,
        baby_ids=tuple(row.baby_id for row in babies),
        dates=dates,
        wait=wait,
        share=share_waited(dates, wait, on=on),
        limit_on=limit,
        near_limit=limit is not None and (limit - on).days <= rules.near_limit_days,
        days=days_waited(wait, on=on),
        last_contact_on=last,
        next_contact_on=happened.next_on,
        triggers=triggers(facts, rules, on=on),
    )


def _lead(babies: list[_BabyRow]) -> _BabyRow:
    """The baby whose life has run longest, among those who live if any does."""
    living = [row for row in babies if not row.loss]
    return min(living or babies, key=_by_age)


def _by_age(row: _BabyRow) -> tuple[bool, date, date]:
    born, due = row.born_on, row.due_on
    return born is None, born or date.max, due or date.max


def _dates(row: _BabyRow) -> BabyDates:
    return BabyDates(due_on=row.due_on, born_on=row.born_on, lost=bool(row.loss))


def _news(babies: list[_BabyRow], happened: Happened, *, sees_status: bool) -> Iterator[News]:
    """News of the living babies; a safeguarding status only for those who may read it."""
    for row in babies:
        if row.loss:
            continue
        if row.birth_at:
            yield happened.news(Trigger.BIRTH, at=row.birth_at)
        if row.status_at and sees_status:
            yield happened.news(Trigger.STATUS_CHANGE, at=row.status_at)
    if happened.update_at:
        yield happened.news(Trigger.REFERRER_UPDATE, at=happened.update_at)
