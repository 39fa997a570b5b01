"""A family's wait: how its days are counted, which share of a life it takes, when to look again.

The clock starts on the day a referral is received and stops at the first direct contact and,
separately, at the first treatment. Only a delay that the family asks for pauses it: being held
until the birth does not. Source: Nestling's clock rules, proposed because no UK access standard
for infant mental health was found; a team sets its own targets and thresholds (`WaitRules`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from nestling.science.ages import (
    BabyDates,
    ShareOfLife,
    life_began_on,
    limit_on,
    share_of_life,
)

BOUNCE_BACK_DAYS = 90
"""Days after a step within which a return counts as one that did not hold (Nestling's proposal)."""


class ClockState(StrEnum):
    """Whether a wait is being counted."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class Trigger(StrEnum):
    """Why a waiting family is looked at again."""

    BIRTH = "birth"
    NEAR_LIMIT = "near_limit"
    STATUS_CHANGE = "status_change"
    NO_CONTACT = "no_contact"
    REFERRER_UPDATE = "referrer_update"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A delay that the family asked for: its first day, and the day on which waiting resumes."""

    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """What a wait is counted from and to."""

    received_on: date
    pauses: tuple[Pause, ...] = ()
    first_contact_on: date | None = None
    first_treatment_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitRules:
    """A team's own numbers: its age limit in months, and when a wait is looked at again."""

    limit_months: int
    near_limit_days: int
    no_contact_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something that was written down at a moment, and when it was last looked at."""

    trigger: Trigger
    at: datetime | None
    looked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitFacts:
    """What decides whether a waiting family needs triage again.

    ``quiet_since`` is the last contact, or the day of receipt when there was none. ``decided_at``
    is the moment of the decision to accept: what was known then is no news.
    """

    dates: BabyDates
    quiet_since: date
    decided_at: datetime | None = None
    news: tuple[News, ...] = ()
    near_limit_looked_on: date | None = None
    no_contact_looked_on: date | None = None


def days_waited(wait: Wait, *, on: date, since: date | None = None) -> int:
    """Days counted up to a day, or to the first direct contact if that came before.

    ``since`` counts only the days from then on, such as those of a life.

    >>> asked = Pause(from_on=date(2026, 1, 10), until_on=date(2026, 1, 20))
    >>> days_waited(Wait(received_on=date(2026, 1, 1), pauses=(asked,)), on=date(2026, 2, 1))
    21
    """
    start = max(wait.received_on, since or wait.received_on)
    return counted_days(start, min(on, wait.first_contact_on or on), pauses=wait.pauses)


def days_to_first_contact(wait: Wait) -> int | None:
    """Days from receipt to the first direct contact; ``None`` until there is one."""
    end = wait.first_contact_on
    return None if end is None else counted_days(wait.received_on, end, pauses=wait.pauses)


def days_to_first_treatment(wait: Wait) -> int | None:
    """Days from receipt to the first treatment; ``None`` until there is one."""
    end = wait.first_treatment_on
    return None if end is None else counted_days(wait.received_on, end, pauses=wait.pauses)


def counted_days(start: date, end: date, *, pauses: Sequence[Pause]) -> int:
    """Days from one day to another that no pause covers; overlapping pauses count once."""
    length = max((end - start).days, 0)
    return length - sum((last - first).days for first, last in _covered(start, end, pauses))


def _covered(start: date, end: date, pauses: Sequence[Pause]) -> Iterator[tuple[date, date]]:
    """The parts of a stretch that pauses cover, in order and apart from each other."""
    reached = start
    for pause in sorted(pauses, key=lambda pause: pause.from_on):
        first, last = max(pause.from_on, reached), min(pause.until_on or end, end)
        if first < last:
            yield first, last
            reached = last


def clock_state(wait: Wait, *, on: date) -> ClockState:
    """Whether the clock runs on a day.

    >>> clock_state(Wait(received_on=date(2026, 1, 1)), on=date(2026, 2, 1)).value
    'running'
    """
    if wait.first_contact_on is not None and wait.first_contact_on <= on:
        return ClockState.STOPPED
    paused = any(
        pause.from_on <= on and (pause.until_on is None or on < pause.until_on)
        for pause in wait.pauses
    )
    return ClockState.PAUSED if paused else ClockState.RUNNING


def share_waited(dates: BabyDates, wait: Wait, *, on: date) -> ShareOfLife | None:
    """The share of the baby's life (before birth, of the pregnancy so far) spent waiting.

    Only days of that life count: a wait that began before the birth counts from the birth, and a
    pause since then is taken off. ``None`` where no age may be said.

    >>> born = BabyDates(born_on=date(2026, 1, 22))
    >>> share_waited(born, Wait(received_on=date(2026, 1, 27)), on=date(2026, 3, 10)).percent
    89
    """
    waited = days_waited(wait, on=on, since=life_began_on(dates, on))
    return share_of_life(dates, waited_days=waited, on=on)


def triggers(facts: WaitFacts, rules: WaitRules, *, on: date) -> tuple[Trigger, ...]:
    """Why this family needs triage again on a day, oldest reason kind first; none after a loss."""
    if facts.dates.lost:
        return ()
    found = [news.trigger for news in facts.news if _is_news(news, facts.decided_at)]
    if _is_near_limit(facts, rules, on=on):
        found.append(Trigger.NEAR_LIMIT)
    if _is_quiet(facts, rules, on=on):
        found.append(Trigger.NO_CONTACT)
    return tuple(trigger for trigger in Trigger if trigger in found)


def _is_news(news: News, decided_at: datetime | None) -> bool:
    """Whether it was written down after the decision and after the last look at its kind."""
    known = [moment for moment in (decided_at, news.looked_at) if moment is not None]
    return news.at is not None and all(news.at > moment for moment in known)


def _is_near_limit(facts: WaitFacts, rules: WaitRules, *, on: date) -> bool:
    """Whether the limit is close and no one has looked since it came close."""
    limit = limit_on(facts.dates, rules.limit_months)
    if limit is None:
        return False
    opens = limit - timedelta(days=rules.near_limit_days)
    looked = facts.near_limit_looked_on
    return on >= opens and (looked is None or looked < opens)


def _is_quiet(facts: WaitFacts, rules: WaitRules, *, on: date) -> bool:
    """Whether nobody was in touch, and nobody looked at that, for as long as the team allows."""
    since = max(facts.quiet_since, facts.no_contact_looked_on or facts.quiet_since)
    return (on - since).days >= rules.no_contact_days


def came_back_soon(*, handed_over_on: date, came_back_on: date | None) -> bool:
    """Whether a family returned so soon after a step that the step did not hold.

    >>> came_back_soon(handed_over_on=date(2026, 1, 1), came_back_on=date(2026, 4, 1))
    True
    """
    return came_back_on is not None and (came_back_on - handed_over_on).days <= BOUNCE_BACK_DAYS
