"""The clock of a wait, the share of a life it takes, and when a family is looked at again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.science.ages import BabyDates
from nestling.science.waiting import (
    ClockState,
    News,
    Pause,
    Trigger,
    Wait,
    WaitFacts,
    WaitRules,
    came_back_soon,
    clock_state,
    counted_days,
    days_to_first_contact,
    days_to_first_treatment,
    days_waited,
    share_waited,
    triggers,
)

TODAY = date(2026, 3, 10)
RECEIVED = date(2026, 1, 1)
NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)
RULES = WaitRules(limit_months=24, near_limit_days=60, no_contact_days=21)
BORN = BabyDates(born_on=date(2025, 11, 12))
DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2027, 12, 31))
PAUSES = st.lists(
    st.builds(
        lambda first, length: Pause(
            from_on=first, until_on=None if length is None else first + timedelta(days=length)
        ),
        DAYS,
        st.none() | st.integers(0, 200),
    ),
    max_size=4,
)


def test_the_wait_starts_on_the_day_of_receipt() -> None:
    assert days_waited(Wait(received_on=RECEIVED), on=RECEIVED) == 0
    assert days_waited(Wait(received_on=RECEIVED), on=TODAY) == 68


def test_the_wait_stops_at_the_first_direct_contact() -> None:
    wait = Wait(received_on=RECEIVED, first_contact_on=date(2026, 2, 1))

    assert days_waited(wait, on=TODAY) == 31


def test_a_contact_later_than_the_day_asked_about_does_not_stop_it_yet() -> None:
    wait = Wait(received_on=RECEIVED, first_contact_on=date(2026, 2, 1))

    assert days_waited(wait, on=date(2026, 1, 11)) == 10


def test_contact_and_treatment_are_two_waits() -> None:
    wait = Wait(
        received_on=RECEIVED,
        first_contact_on=date(2026, 1, 15),
        first_treatment_on=date(2026, 2, 12),
        pauses=(Pause(from_on=date(2026, 1, 20), until_on=date(2026, 1, 30)),),
    )

    assert days_to_first_contact(wait) == 14
    assert days_to_first_treatment(wait) == 32


def test_a_wait_that_has_not_ended_has_no_length() -> None:
    assert days_to_first_contact(Wait(received_on=RECEIVED)) is None
    assert days_to_first_treatment(Wait(received_on=RECEIVED)) is None


def test_overlapping_pauses_count_once() -> None:
    pauses = (
        Pause(from_on=date(2026, 1, 5), until_on=date(2026, 1, 20)),
        Pause(from_on=date(2026, 1, 10), until_on=date(2026, 1, 15)),
        Pause(from_on=date(2026, 1, 18), until_on=date(2026, 1, 25)),
    )

    assert days_waited(Wait(received_on=RECEIVED, pauses=pauses), on=date(2026, 2, 1)) == 11


def test_an_open_pause_holds_the_clock() -> None:
    wait = Wait(received_on=RECEIVED, pauses=(Pause(from_on=date(2026, 1, 11)),))

    assert days_waited(wait, on=TODAY) == 10
    assert clock_state(wait, on=TODAY) is ClockState.PAUSED


@given(start=DAYS, end=DAYS, pauses=PAUSES)
def test_counted_days_are_the_days_that_no_pause_covers(
    start: date, end: date, pauses: list[Pause]
) -> None:
    days = [start + timedelta(days=n) for n in range(max((end - start).days, 0))]
    free = [day for day in days if not any(_covers(pause, day) for pause in pauses)]

    assert counted_days(start, end, pauses=pauses) == len(free)


def _covers(pause: Pause, day: date) -> bool:
    return pause.from_on <= day and (pause.until_on is None or day < pause.until_on)


@given(received=DAYS, on=DAYS, pauses=PAUSES)
def test_a_wait_never_shrinks_from_one_day_to_the_next(
    received: date, on: date, pauses: list[Pause]
) -> None:
    wait = Wait(received_on=received, pauses=tuple(pauses))

    step = days_waited(wait, on=on + timedelta(days=1)) - days_waited(wait, on=on)
    assert step in (0, 1)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 1, 9), ClockState.RUNNING),
        (date(2026, 1, 10), ClockState.PAUSED),
        (date(2026, 1, 19), ClockState.PAUSED),
        (date(2026, 1, 20), ClockState.RUNNING),
        (date(2026, 2, 1), ClockState.STOPPED),
    ],
)
def test_the_clock_says_how_it_is(on: date, state: ClockState) -> None:
    wait = Wait(
        received_on=RECEIVED,
        pauses=(Pause(from_on=date(2026, 1, 10), until_on=date(2026, 1, 20)),),
        first_contact_on=date(2026, 2, 1),
    )

    assert clock_state(wait, on=on) is state


@pytest.mark.parametrize(
    ("dates", "waited", "percent"),
    [
        (BabyDates(born_on=TODAY - timedelta(days=47)), 42, 89),
        (BabyDates(born_on=TODAY - timedelta(days=84)), 61, 73),
        (BabyDates(born_on=TODAY - timedelta(days=84)), 84, 100),
        (BabyDates(due_on=TODAY + timedelta(days=14)), 89, 35),
    ],
)
def test_shares_of_the_drawn_waiting_list(dates: BabyDates, waited: int, percent: int) -> None:
    wait = Wait(received_on=TODAY - timedelta(days=waited))
    share = share_waited(dates, wait, on=TODAY)

    assert share is not None
    assert share.percent == percent


def test_a_pause_since_the_birth_is_taken_off_a_wait_that_began_before_it() -> None:
    born = TODAY - timedelta(days=50)
    wait = Wait(
        received_on=born - timedelta(days=100),
        pauses=(Pause(from_on=born + timedelta(days=10), until_on=born + timedelta(days=30)),),
    )

    share = share_waited(BabyDates(born_on=born), wait, on=TODAY)

    assert share is not None
    assert (share.waited_days, share.life_days) == (30, 50)


def test_no_share_is_said_after_a_loss() -> None:
    assert (
        share_waited(BabyDates(born_on=TODAY, lost=True), Wait(received_on=TODAY), on=TODAY) is None
    )


def facts(
    dates: BabyDates = BORN,
    *,
    quiet_since: date = TODAY,
    news: tuple[News, ...] = (),
    near_limit_looked_on: date | None = None,
    no_contact_looked_on: date | None = None,
) -> WaitFacts:
    return WaitFacts(
        dates=dates,
        quiet_since=quiet_since,
        decided_at=NOON,
        news=news,
        near_limit_looked_on=near_limit_looked_on,
        no_contact_looked_on=no_contact_looked_on,
    )


def test_a_family_in_touch_far_from_the_limit_needs_no_look() -> None:
    assert triggers(facts(), RULES, on=TODAY) == ()


@pytest.mark.parametrize("kind", [Trigger.BIRTH, Trigger.STATUS_CHANGE, Trigger.REFERRER_UPDATE])
def test_news_since_the_decision_asks_for_a_look(kind: Trigger) -> None:
    found = facts(news=(News(trigger=kind, at=NOON + timedelta(minutes=1)),))

    assert triggers(found, RULES, on=TODAY) == (kind,)


def test_what_was_known_at_the_decision_is_no_news() -> None:
    found = facts(news=(News(trigger=Trigger.BIRTH, at=NOON - timedelta(days=1)),))

    assert triggers(found, RULES, on=TODAY) == ()


def test_what_did_not_happen_is_no_news() -> None:
    assert triggers(facts(news=(News(trigger=Trigger.BIRTH, at=None),)), RULES, on=TODAY) == ()


def test_looking_again_clears_news_until_there_is_more() -> None:
    written, looked = NOON + timedelta(days=1), NOON + timedelta(days=2)
    cleared = News(trigger=Trigger.STATUS_CHANGE, at=written, looked_at=looked)
    newer = News(trigger=Trigger.STATUS_CHANGE, at=looked + timedelta(hours=1), looked_at=looked)

    assert triggers(facts(news=(cleared,)), RULES, on=TODAY) == ()
    assert triggers(facts(news=(newer,)), RULES, on=TODAY) == (Trigger.STATUS_CHANGE,)


@pytest.mark.parametrize(("days_left", "near"), [(61, False), (60, True), (1, True), (-5, True)])
def test_the_age_limit_comes_close_at_the_teams_number_of_days(
    days_left: int, *, near: bool
) -> None:
    limit = TODAY + timedelta(days=days_left)
    born = BabyDates(born_on=limit.replace(year=limit.year - 2))

    assert (Trigger.NEAR_LIMIT in triggers(facts(born), RULES, on=TODAY)) is near


def test_a_look_before_the_limit_came_close_does_not_clear_it() -> None:
    born = BabyDates(born_on=date(2024, 4, 1))
    opened = date(2026, 1, 31)

    early = facts(born, near_limit_looked_on=opened - timedelta(days=1))
    late = facts(born, near_limit_looked_on=opened)

    assert triggers(early, RULES, on=TODAY) == (Trigger.NEAR_LIMIT,)
    assert triggers(late, RULES, on=TODAY) == ()


@pytest.mark.parametrize(("days", "quiet"), [(20, False), (21, True), (90, True)])
def test_silence_asks_for_a_look_after_the_teams_number_of_days(days: int, *, quiet: bool) -> None:
    found = facts(quiet_since=TODAY - timedelta(days=days))

    assert (Trigger.NO_CONTACT in triggers(found, RULES, on=TODAY)) is quiet


def test_looking_at_the_silence_buys_as_many_days_again() -> None:
    found = facts(
        quiet_since=TODAY - timedelta(days=90), no_contact_looked_on=TODAY - timedelta(days=20)
    )

    assert triggers(found, RULES, on=TODAY) == ()
    assert triggers(found, RULES, on=TODAY + timedelta(days=1)) == (Trigger.NO_CONTACT,)


def test_a_baby_without_dates_is_never_near_the_limit() -> None:
    assert triggers(facts(BabyDates()), RULES, on=TODAY) == ()


def test_nothing_is_triggered_after_a_loss() -> None:
    found = facts(
        BabyDates(born_on=date(2024, 4, 1), lost=True),
        quiet_since=RECEIVED,
        news=(News(trigger=Trigger.BIRTH, at=NOON + timedelta(days=1)),),
    )

    assert triggers(found, RULES, on=TODAY) == ()


def test_reasons_come_in_one_order() -> None:
    found = facts(
        BabyDates(born_on=date(2024, 4, 1)),
        quiet_since=RECEIVED,
        news=(
            News(trigger=Trigger.REFERRER_UPDATE, at=NOON + timedelta(days=1)),
            News(trigger=Trigger.BIRTH, at=NOON + timedelta(days=1)),
        ),
    )

    assert triggers(found, RULES, on=TODAY) == (
        Trigger.BIRTH,
        Trigger.NEAR_LIMIT,
        Trigger.NO_CONTACT,
        Trigger.REFERRER_UPDATE,
    )


@pytest.mark.parametrize(
    ("came_back", "soon"),
    [(None, False), (date(2026, 4, 1), True), (date(2026, 4, 2), False)],
)
def test_a_return_within_ninety_days_means_that_the_step_did_not_hold(
    came_back: date | None, *, soon: bool
) -> None:
    assert came_back_soon(handed_over_on=RECEIVED, came_back_on=came_back) is soon
