"""What happened beside each wait, in one statement: pauses, contacts, looks, news; teams' rules.

Most waiting families have few of these rows, so they are read as rows of many kinds and put
together here, where asking for each fact of each referral would ask for much that is not there.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    Max,
    Min,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from nestling.care.models import ReferrerUpdate, TriageAgain, WaitingContact
from nestling.care.queries.clock import came_together
from nestling.care.queries.team_rules import UNSET, criteria_on
from nestling.foundation.prepared import Among
from nestling.referrals.models import ClockPause
from nestling.science.waiting import News, Pause, Trigger, WaitRules

NO_DAY = Cast(Value(None), DateField())
NO_MOMENT = Cast(Value(None), DateTimeField())
NO_NUMBERS = (Cast(Value(None), IntegerField()),) * 3
PAUSE, RULES, HELD, PLANNED, CAME, UPDATE = "pause", "rules", "held", "planned", "came", "update"
Row = tuple[Any, ...]
"""Kind, id of the referral or team, a day, another day, a moment, three numbers."""


@dataclass(slots=True)
class Happened:
    """What happened during one wait, as far as it decides about the list."""

    pauses: list[Pause] = field(default_factory=list)
    held_on: date | None = None
    next_on: date | None = None
    first_came_on: date | None = None
    last_came_on: date | None = None
    update_at: datetime | None = None
    looked_on: dict[Trigger, date] = field(default_factory=dict)
    looked_at: dict[Trigger, datetime] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Self:
        """From the rows about one referral."""
        happened = cls()
        for row in rows:
            happened.add(row)
        return happened

    def news(self, trigger: Trigger, *, at: datetime) -> News:
        """Something that was written down, with the last look at its kind."""
        return News(trigger=trigger, at=at, looked_at=self.looked_at.get(trigger))

    def add(self, row: Row) -> None:
        """Take one row in."""
        kind, _, day, other_day, moment, *_ = row
        if kind == PAUSE:
            self.pauses.append(Pause(from_on=day, until_on=other_day))
        elif kind == HELD:
            self.held_on = day
        elif kind == PLANNED:
            self.next_on = day
        elif kind == CAME:
            self.first_came_on, self.last_came_on = day, other_day
        elif kind == UPDATE:
            self.update_at = moment
        else:
            self.looked_on[Trigger(kind)] = day
            self.looked_at[Trigger(kind)] = moment


@dataclass(frozen=True, slots=True)
class Beside:
    """What happened beside many waits, as rows, and the rules of their teams."""

    by_referral: dict[UUID, tuple[Row, ...]]
    rules: dict[UUID, WaitRules]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Self:
        """From the rows of `beside_rows`."""
        happened: defaultdict[UUID, list[Row]] = defaultdict(list)
        rules: dict[UUID, tuple[date, WaitRules]] = {}
        for row in rows:
            kind, key, day, *_ = row
            if kind != RULES:
                happened[key].append(row)
            elif key not in rules or rules[key][0] < day:
                rules[key] = day, _rules(row)
        by_referral = {key: tuple(found) for key, found in happened.items()}
        return cls(by_referral, {team: found for team, (_, found) in rules.items()})

    def happened(self, referral: UUID) -> tuple[Row, ...]:
        """Of one wait."""
        return self.by_referral.get(referral, ())

    def rules_of(self, team: UUID) -> WaitRules:
        """A team's rules, or what holds where none are set."""
        return self.rules.get(team, DEFAULT_RULES)


def beside_rows(referrals: Among, teams: Sequence[UUID], *, on: date) -> QuerySet[Any, Row]:
    """Rows of `Row` about some referrals and teams; the newest of each kind but pauses."""
    of_these = {"referral__in": referrals}
    contacts = WaitingContact.objects.filter(**of_these)
    planned = contacts.filter(planned_on__gte=on, held_on__isnull=True)
    came = came_together(Q(contact__referral__in=referrals)).order_by()
    looks = TriageAgain.objects.filter(**of_these)
    updates = ReferrerUpdate.objects.filter(**of_these)
    rules = criteria_on(on).filter(team__in=teams).order_by()
    numbers = ("limit_months", "near_limit_days", "no_contact_days")
    parts = [
        rules.values_list(_kind(RULES), "team_id", "from_on", NO_DAY, NO_MOMENT, *numbers),
        _part(ClockPause.objects.filter(**of_these), PAUSE, F("from_on"), F("until_on")),
        _part(contacts.filter(held_on__lte=on), HELD, Max("held_on")),
        _part(planned, PLANNED, Min("planned_on")),
        _part(came, CAME, Min("contact__on"), Max("contact__on"), key="contact__referral_id"),
        _part(looks, F("trigger"), Max("on"), moment=Max("created_at")),
        _part(updates, UPDATE, moment=Max("created_at")),
    ]
    found: QuerySet[Any, Row] = parts[0].union(*parts[1:], all=True)
    return found


def _part(
    rows: QuerySet[Any],
    kind: str | F,
    day: Any = NO_DAY,
    other_day: Any = NO_DAY,
    *,
    moment: Any = NO_MOMENT,
    key: str = "referral_id",
) -> QuerySet[Any, Row]:
    """One kind of row; aggregates are of each referral."""
    said = _kind(kind) if isinstance(kind, str) else kind
    grouped = rows.order_by().values(key, kind=said)
    found = grouped.annotate(day=day, other_day=other_day, moment=moment)
    names = ("kind", key, "day", "other_day", "moment")
    listed: QuerySet[Any, Row] = found.values_list(*names, *NO_NUMBERS)
    return listed


def _kind(word: str) -> Value:
    return Value(word, output_field=CharField())


def _rules(row: Row) -> WaitRules:
    limit, near, quiet = row[-3:]
    return WaitRules(
        limit_months=limit or UNSET.limit_months,
        near_limit_days=UNSET.near_limit_days if near is None else near,
        no_contact_days=UNSET.no_contact_days if quiet is None else quiet,
    )


DEFAULT_RULES = _rules((None, None, None))
