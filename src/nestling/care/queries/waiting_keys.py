"""Every waiting referral as dates and ids: what a list is ordered, filtered and counted by.

No name is read here and no record is opened, so that a list of thousands logs only the fifty
whose names it shows. One statement reads the referrals, one the pauses.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.care.models import ReferrerUpdate, TriageAgain, WaitingContact
from nestling.care.queries.clock import came_together, group_pauses, pause_rows, pauses_of
from nestling.care.queries.team_rules import UNSET, criteria_on
from nestling.foundation.prepared import rows_of
from nestling.people.models import PersonState, SafeguardingStatus
from nestling.referrals.models import Decision, DecisionTold, Referral, ReferralBaby
from nestling.science.ages import BabyDates, ShareOfLife, Stage, limit_on
from nestling.science.waiting import (
    News,
    Pause,
    Trigger,
    Wait,
    WaitFacts,
    WaitRules,
    days_waited,
    share_waited,
    triggers,
)

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
    """One baby of one referral, with everything that decides about the wait; in this order."""

    referral_id: UUID
    family_id: UUID | None
    team_id: UUID
    received_on: date
    baby_id: UUID
    due_on: date | None
    born_on: date | None
    loss: str
    held_on: date | None
    next_on: date | None
    first_came_on: date | None
    last_came_on: date | None
    told_on: date | None
    decided_at: datetime | None
    birth_at: datetime | None
    status_at: datetime | None
    update_at: datetime | None
    birth_looked_at: datetime | None
    status_looked_at: datetime | None
    update_looked_at: datetime | None
    near_limit_looked_on: date | None
    no_contact_looked_on: date | None
    limit_months: int | None
    near_limit_days: int | None
    no_contact_days: int | None


def waiting_keys(user: User, *, on: date) -> list[WaitingKey]:
    """Every referral that waits in the teams whose lists the user may see."""
    teams = user.teams_where(Ability.SEE_WORKLOAD)
    given = [user.pk, teams, user.teams_where(Ability.OPEN_FAMILY), on]

    def waiting() -> QuerySet[Referral]:
        return Referral.objects.visible_to(user).waiting().filter(team__in=teams)

    paused = rows_of("pauses of the waiting", given, lambda: pause_rows(waiting()))
    rows = rows_of("the waiting", given, lambda: _baby_rows(waiting(), on=on))
    clinical = frozenset(user.teams_where(Ability.READ_CLINICAL))
    return list(_keys(rows, pauses=group_pauses(paused), clinical=clinical, on=on))


def key_of(referral: Referral, *, by: User, on: date) -> WaitingKey | None:
    """The key of one referral that waits or waited; ``None`` where no baby is named."""
    referrals = Referral.objects.filter(pk=referral.pk)
    clinical = frozenset(by.teams_where(Ability.READ_CLINICAL))
    pauses = pauses_of(referrals)
    rows = rows_of("one wait", [referral.pk, on], lambda: _baby_rows(referrals, on=on))
    return next(_keys(rows, pauses=pauses, clinical=clinical, on=on), None)


def _keys(
    rows: Iterable[tuple[Any, ...]],
    *,
    pauses: Mapping[UUID, tuple[Pause, ...]],
    clinical: frozenset[UUID],
    on: date,
) -> Iterator[WaitingKey]:
    """A key for each referral; ``rows`` are those of `_BabyRow`, a referral's together."""
    for referral, babies in groupby(map(_BabyRow._make, rows), key=attrgetter("referral_id")):
        yield _key(list(babies), pauses=pauses.get(referral, ()), clinical=clinical, on=on)


def _baby_rows(referrals: QuerySet[Referral], *, on: date) -> QuerySet[Any, Any]:
    """The rows of `_BabyRow`."""
    rows = ReferralBaby.objects.filter(referral__in=referrals.values("pk"))
    ordered = rows.order_by("referral_id", "baby__born_on", "baby__due_on", "baby_id")
    found = {**_contacts(on), **_news(), **_looks(), **_rules(on)}
    return ordered.annotate(**found).values_list(
        *("referral_id", "referral__family_id", "referral__team_id", "referral__received_on"),
        *("baby_id", "baby__due_on", "baby__born_on", "baby__loss"),
        *_BabyRow._fields[8:],
    )


def _contacts(on: date) -> dict[str, Subquery]:
    of_referral = WaitingContact.objects.filter(referral=OuterRef("referral"))
    held = of_referral.filter(held_on__lte=on).order_by("-held_on")
    planned = of_referral.filter(planned_on__gte=on, held_on__isnull=True).order_by("planned_on")
    came = came_together(Q(contact__referral=OuterRef("referral")))
    told = DecisionTold.objects.filter(decision__referral=OuterRef("referral"), whom="family")
    return {
        "held_on": Subquery(held.values("held_on")[:1]),
        "next_on": Subquery(planned.values("planned_on")[:1]),
        "first_came_on": Subquery(came.values("contact__on")[:1]),
        "last_came_on": Subquery(came.order_by("-contact__on").values("contact__on")[:1]),
        "told_on": Subquery(told.order_by("-told_on").values("told_on")[:1]),
    }


def _news() -> dict[str, Subquery]:
    decisions = Decision.objects.filter(referral=OuterRef("referral")).order_by("-created_at")
    births = PersonState.objects.filter(person=OuterRef("baby"), state="born")
    statuses = SafeguardingStatus.objects.filter(
        baby=OuterRef("baby"), team=OuterRef("referral__team")
    ).exclude(status=NOT_KNOWN_OF)
    updates = ReferrerUpdate.objects.filter(referral=OuterRef("referral"))
    return {
        "decided_at": Subquery(decisions.values("created_at")[:1]),
        "birth_at": Subquery(births.order_by("created_at").values("created_at")[:1]),
        "status_at": Subquery(statuses.order_by("-changed_at").values("changed_at")[:1]),
        "update_at": Subquery(updates.order_by("-created_at").values("created_at")[:1]),
    }


def _looks() -> dict[str, Subquery]:
    looks = TriageAgain.objects.filter(referral=OuterRef("referral"))

    def newest(trigger: Trigger, field: str) -> Subquery:
        of_kind = looks.filter(trigger=trigger.value).order_by(f"-{field}")
        return Subquery(of_kind.values(field)[:1])

    return {
        "birth_looked_at": newest(Trigger.BIRTH, "created_at"),
        "status_looked_at": newest(Trigger.STATUS_CHANGE, "created_at"),
        "update_looked_at": newest(Trigger.REFERRER_UPDATE, "created_at"),
        "near_limit_looked_on": newest(Trigger.NEAR_LIMIT, "on"),
        "no_contact_looked_on": newest(Trigger.NO_CONTACT, "on"),
    }


def _rules(on: date) -> dict[str, Subquery]:
    criteria = criteria_on(on).filter(team=OuterRef("referral__team"))
    names = ("limit_months", "near_limit_days", "no_contact_days")
    return {name: Subquery(criteria.values(name)[:1]) for name in names}


def _key(
    babies: list[_BabyRow],
    *,
    pauses: tuple[Pause, ...],
    clinical: frozenset[UUID],
    on: date,
) -> WaitingKey:
    lead = _lead(babies)
    dates, rules = _dates(lead), _wait_rules(lead)
    wait = Wait(
        received_on=lead.received_on,
        pauses=pauses,
        first_contact_on=lead.first_came_on,
    )
    last = max(filter(None, (lead.held_on, lead.last_came_on, lead.told_on)), default=None)
    facts = WaitFacts(
        dates=dates,
        quiet_since=last or wait.received_on,
        decided_at=lead.decided_at,
        news=tuple(_read_news(babies, sees_status=lead.team_id in clinical)),
        near_limit_looked_on=lead.near_limit_looked_on,
        no_contact_looked_on=lead.no_contact_looked_on,
    )
    found = triggers(facts, rules, on=on)
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
        next_contact_on=lead.next_on,
        triggers=found,
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


def _wait_rules(row: _BabyRow) -> WaitRules:
    return WaitRules(
        limit_months=row.limit_months or UNSET.limit_months,
        near_limit_days=_or(row.near_limit_days, UNSET.near_limit_days),
        no_contact_days=_or(row.no_contact_days, UNSET.no_contact_days),
    )


def _or(value: int | None, default: int) -> int:
    return default if value is None else value


def _read_news(babies: list[_BabyRow], *, sees_status: bool) -> Iterator[News]:
    """News of the living babies; a safeguarding status only for those who may read it."""
    for row in babies:
        if row.loss:
            continue
        if row.birth_at:
            yield News(trigger=Trigger.BIRTH, at=row.birth_at, looked_at=row.birth_looked_at)
        if row.status_at and sees_status:
            looked = row.status_looked_at
            yield News(trigger=Trigger.STATUS_CHANGE, at=row.status_at, looked_at=looked)
    if babies[0].update_at:
        looked = babies[0].update_looked_at
        yield News(trigger=Trigger.REFERRER_UPDATE, at=babies[0].update_at, looked_at=looked)
