"""Taking up, working, stepping, ending and opening again."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from nestling.accounts.models import Team, User
from nestling.care.errors import (
    AlreadyOpenError,
    CareRuleError,
    DayNotPossibleError,
    EpisodeEndedError,
    FocusNotPossibleError,
    NotWaitingError,
    PresenceNotPossibleError,
    ReopenWindowClosedError,
    StepNotPossibleError,
    TakeUpNotPossibleError,
)
from nestling.care.models import Episode
from nestling.care.queries import caseload, relationships_in, wait_of
from nestling.care.services import (
    ContactDetails,
    EndingDetails,
    NoteGiven,
    StepDetails,
    TakeUpDetails,
    change_focus,
    end_episode,
    ensure_handover_tasks,
    make_step,
    note_step_outcome,
    record_contact,
    reopen_episode,
    set_stage,
    take_up,
)
from nestling.people.models import Family, Note, Person, Relationship, Task
from nestling.referrals.models import Referral, ReferralState
from nestling.science.waiting import days_to_first_contact, days_to_first_treatment
from tests.factories.care import EpisodeFactory, rules_of, waiting_family, working_family
from tests.factories.people import PersonFactory, RelationshipFactory, family_of, join

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TAKEN_UP = date(2026, 2, 10)


def links_of(family: Family | None, today: date) -> list[Relationship]:
    assert family is not None
    return list(relationships_in(family, on=today))


def details_for(
    referral: Referral, practitioner: User, today: date, **more: object
) -> TakeUpDetails:
    values: dict[str, object] = {
        "relationships": links_of(referral.family, today),
        "funders": ["icb", "charity_grant", "icb"],
        "practitioner": practitioner,
        "first_session_on": today + timedelta(days=7),
        **more,
    }
    return TakeUpDetails(**values)  # type: ignore[arg-type]  # values under test


def adult_and_baby(episode: Episode) -> tuple[Relationship, UUID, UUID]:
    row = episode.in_focus.get().relationship
    return row, row.carer_id, row.baby_id


def met(episode: Episode, practitioner: User, on: date, **more: object) -> ContactDetails:
    row = episode.in_focus.get().relationship
    values: dict[str, object] = {
        "episode": episode,
        "on": on,
        "recorded_on": max(on, date(2026, 3, 10)),
        "mode": "home",
        "practitioner": practitioner,
        "presences": {row.carer_id: "attended", row.baby_id: "brought"},
        **more,
    }
    return ContactDetails(**values)  # type: ignore[arg-type]  # values under test


def test_taking_up_ends_the_wait_and_begins_the_episode(
    team: Team, practitioner: User, today: date
) -> None:
    referral = waiting_family(team)

    episode = take_up(
        referral, details_for(referral, practitioner, today), on=today, by=practitioner
    )

    assert referral.state == ReferralState.TAKEN_UP
    assert (episode.stage, episode.stages.get().stage) == ("assessment", "assessment")
    assert episode.in_focus.count() == 1
    assert sorted(row.funder for row in episode.funders.all()) == ["charity_grant", "icb"]
    assert episode.next_session_on == today + timedelta(days=7)


def test_a_family_is_taken_up_once(team: Team, practitioner: User, today: date) -> None:
    referral = waiting_family(team)
    details = details_for(referral, practitioner, today)
    take_up(referral, details, on=today, by=practitioner)

    with pytest.raises(NotWaitingError):
        take_up(referral, details, on=today, by=practitioner)


def test_a_relationship_of_another_family_is_refused(
    team: Team, practitioner: User, today: date
) -> None:
    referral = waiting_family(team)
    elsewhere = links_of(family_of(team), today)
    details = details_for(referral, practitioner, today, relationships=elsewhere)

    with pytest.raises(TakeUpNotPossibleError):
        take_up(referral, details, on=today, by=practitioner)


def test_without_a_relationship_nobody_is_taken_up(
    team: Team, practitioner: User, today: date
) -> None:
    referral = waiting_family(team)
    details = details_for(referral, practitioner, today, relationships=[])

    with pytest.raises(TakeUpNotPossibleError):
        take_up(referral, details, on=today, by=practitioner)


def test_a_worker_who_is_no_clinician_of_the_team_is_refused(
    team: Team, practitioner: User, administrator: User, today: date
) -> None:
    referral = waiting_family(team)

    with pytest.raises(TakeUpNotPossibleError):
        take_up(referral, details_for(referral, administrator, today), on=today, by=practitioner)


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(9999, 12, 31)])
def test_the_first_session_lies_near(
    team: Team, practitioner: User, today: date, day: date
) -> None:
    referral = waiting_family(team)
    details = details_for(referral, practitioner, today, first_session_on=day)

    with pytest.raises(DayNotPossibleError):
        take_up(referral, details, on=today, by=practitioner)


def test_a_relationship_with_a_lost_baby_is_not_offered(team: Team, today: date) -> None:
    lost = PersonFactory.create(died=True, organisation=team.organisation)

    assert links_of(family_of(team, babies=[lost]), today) == []


def test_a_stage_is_a_signed_step_that_the_episode_repeats(
    team: Team, practitioner: User, today: date
) -> None:
    episode = working_family(team)

    set_stage(episode, stage="intervention", on=today, by=practitioner)
    set_stage(episode, stage="intervention", on=today, by=practitioner)

    newest = episode.stages.order_by("-on", "-created_at").first()
    assert newest is not None
    assert (episode.stage, newest.stage, episode.stages.count()) == (
        "intervention",
        "intervention",
        2,
    )


def test_a_stage_does_not_come_before_the_newest(team: Team, practitioner: User) -> None:
    episode = working_family(team)

    with pytest.raises(DayNotPossibleError):
        set_stage(episode, stage="review", on=date(2026, 1, 1), by=practitioner)


def test_focus_begins_and_ends(team: Team, practitioner: User, today: date) -> None:
    episode = working_family(team)
    baby = episode.in_focus.get().relationship.baby
    father = PersonFactory.create(organisation=team.organisation, given_name="Rowan")
    join(episode.family, father, role="carer")
    with_father = RelationshipFactory.create(baby=baby, carer=father, with_father=True)

    change_focus(episode, [with_father], on=today, by=practitioner)

    rows = episode.in_focus.order_by("from_on")
    assert [row.until_on for row in rows] == [today, None]
    assert rows[1].relationship == with_father


def test_focus_stays_on_the_family_and_on_someone(
    team: Team, practitioner: User, today: date
) -> None:
    episode = working_family(team)

    for wrong in ([], links_of(family_of(team), today)):
        with pytest.raises(FocusNotPossibleError):
            change_focus(episode, wrong, on=today, by=practitioner)


def test_a_contact_keeps_who_came_and_who_was_brought(
    team: Team, practitioner: User, today: date
) -> None:
    episode = working_family(team)
    _, adult, baby = adult_and_baby(episode)
    said = {adult: "attended", baby: "was_not_brought"}

    contact = record_contact(met(episode, practitioner, today, presences=said), by=practitioner)

    assert dict(contact.presences.values_list("person_id", "attendance")) == said


@pytest.mark.parametrize("codes", [("brought", "attended"), ("attended", "attended")])
def test_an_adult_comes_and_a_baby_is_brought(
    team: Team, practitioner: User, today: date, codes: tuple[str, str]
) -> None:
    episode = working_family(team)
    _, adult, baby = adult_and_baby(episode)
    wrong = {adult: codes[0], baby: codes[1]}

    with pytest.raises(PresenceNotPossibleError):
        record_contact(met(episode, practitioner, today, presences=wrong), by=practitioner)


def test_what_we_cancelled_is_never_held_against_the_family(
    team: Team, practitioner: User, today: date
) -> None:
    episode = working_family(team)
    _, adult, baby = adult_and_baby(episode)
    wrong = {adult: "cancelled_by_service", baby: "was_not_brought"}

    with pytest.raises(PresenceNotPossibleError):
        record_contact(met(episode, practitioner, today, presences=wrong), by=practitioner)
    right = {adult: "cancelled_by_service"}
    record_contact(met(episode, practitioner, today, presences=right), by=practitioner)

    assert wait_of(episode.referral).first_contact_on is None


def test_nobody_outside_the_family_is_said_to_have_come(
    team: Team, practitioner: User, today: date
) -> None:
    episode = working_family(team)
    stranger = PersonFactory.create(organisation=team.organisation)

    for wrong in ({}, {stranger.pk: "attended"}, {uuid4(): "attended"}):
        with pytest.raises(PresenceNotPossibleError):
            record_contact(met(episode, practitioner, today, presences=wrong), by=practitioner)


def test_a_baby_is_not_brought_before_the_birth(team: Team, practitioner: User) -> None:
    unborn = PersonFactory.create(unborn=True, organisation=team.organisation)
    referral = waiting_family(team, babies=[unborn], taken_up=True)
    episode = EpisodeFactory.create(referral=referral)
    details = ContactDetails(
        episode=episode,
        on=date(2026, 3, 1),
        recorded_on=date(2026, 3, 1),
        mode="home",
        practitioner=practitioner,
        presences={unborn.pk: "brought"},
    )

    with pytest.raises(DayNotPossibleError):
        record_contact(details, by=practitioner)


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2026, 3, 11)])
def test_a_contact_lies_between_receipt_and_the_day_of_writing(
    team: Team, practitioner: User, day: date, today: date
) -> None:
    episode = working_family(team)

    with pytest.raises(DayNotPossibleError):
        record_contact(met(episode, practitioner, day, recorded_on=today), by=practitioner)


def test_a_note_is_a_draft_about_the_relationship(
    team: Team, practitioner: User, today: date
) -> None:
    episode = working_family(team)
    row = episode.in_focus.get().relationship
    note = NoteGiven(body="She turned to her voice", about_relationship=row)

    contact = record_contact(met(episode, practitioner, today, note=note), by=practitioner)

    stored = Note.objects.get()
    assert contact.note == stored
    assert (stored.about_relationship, stored.signed_on, stored.family) == (
        row,
        None,
        episode.family,
    )


def test_a_contact_says_when_the_next_one_is(team: Team, practitioner: User, today: date) -> None:
    episode = working_family(team, next_session_on=today)
    ahead = today + timedelta(days=7)

    record_contact(
        met(episode, practitioner, today, next_on=ahead, next_mode="home"), by=practitioner
    )
    assert (episode.next_session_on, episode.next_session_mode) == (ahead, "home")

    record_contact(met(episode, practitioner, today), by=practitioner)
    assert episode.next_session_on == ahead


def test_a_session_that_was_held_is_no_longer_ahead(
    team: Team, practitioner: User, today: date
) -> None:
    episode = working_family(team, next_session_on=today)

    record_contact(met(episode, practitioner, today), by=practitioner)

    assert episode.next_session_on is None


def test_the_two_waits_end_at_contact_and_at_treatment(team: Team, practitioner: User) -> None:
    episode = working_family(team)
    received = episode.referral.received_on
    first, second = received + timedelta(days=21), received + timedelta(days=35)
    for day in (first, second):
        record_contact(met(episode, practitioner, day), by=practitioner)
    set_stage(episode, stage="intervention", on=first + timedelta(days=1), by=practitioner)

    wait = wait_of(episode.referral)

    assert (days_to_first_contact(wait), days_to_first_treatment(wait)) == (21, 35)


def test_a_letter_does_not_stop_the_clock(team: Team, practitioner: User, today: date) -> None:
    episode = working_family(team)

    record_contact(met(episode, practitioner, today, mode="letter"), by=practitioner)

    assert wait_of(episode.referral).first_contact_on is None


def test_a_first_contact_before_take_up_stops_the_clock(
    team: Team, practitioner: User, today: date
) -> None:
    referral = waiting_family(team)
    assert referral.family is not None
    carer = referral.family.members.get(role="carer").person
    details = ContactDetails(
        referral=referral,
        on=today,
        recorded_on=today,
        mode="home",
        practitioner=practitioner,
        presences={carer.pk: "attended"},
    )

    record_contact(details, by=practitioner)

    assert wait_of(referral).first_contact_on == today


def test_a_contact_belongs_to_an_episode_or_a_wait(practitioner: User, today: date) -> None:
    nowhere = ContactDetails(on=today, recorded_on=today, mode="home", practitioner=practitioner)

    with pytest.raises(PresenceNotPossibleError):
        record_contact(nowhere, by=practitioner)


def step(direction: str = "down", destination: str = "peer_support") -> StepDetails:
    return StepDetails(
        direction=direction, destination=destination, handed_over_on=date(2026, 3, 1)
    )


def test_a_step_and_what_came_of_it(team: Team, practitioner: User, today: date) -> None:
    episode = working_family(team)

    made = make_step(episode, step(), on=today, by=practitioner)
    note_step_outcome(made, accepted="yes", came_back_on=today, on=today, by=practitioner)

    made.refresh_from_db()
    assert (made.accepted, made.came_back_on) == ("yes", today)


def test_a_step_leads_where_its_direction_does(team: Team, practitioner: User, today: date) -> None:
    with pytest.raises(StepNotPossibleError):
        make_step(working_family(team), step("up"), on=today, by=practitioner)


@pytest.mark.parametrize("came_back_on", [date(2026, 2, 28), date(2026, 3, 11)])
def test_a_family_comes_back_between_the_step_and_today(
    team: Team, practitioner: User, today: date, came_back_on: date
) -> None:
    made = make_step(working_family(team), step(), on=today, by=practitioner)

    with pytest.raises(DayNotPossibleError):
        note_step_outcome(
            made, accepted="yes", came_back_on=came_back_on, on=today, by=practitioner
        )


def ending(**more: object) -> EndingDetails:
    values: dict[str, object] = {
        "planned": True,
        "reason": "goals_met",
        "session_held": "yes",
        "step": step(),
        **more,
    }
    return EndingDetails(**values)  # type: ignore[arg-type]  # values under test


def test_an_ending_with_its_step_and_its_window(
    team: Team, practitioner: User, today: date
) -> None:
    rules_of(team, reopen_days=30)
    episode = working_family(team, next_session_on=today + timedelta(days=3))

    made = end_episode(episode, ending(), on=today, by=practitioner)

    assert made.reopen_until == today + timedelta(days=30)
    assert (episode.ended_on, episode.next_session_on) == (today, None)
    assert episode.steps.get().destination == "peer_support"


def test_nothing_is_added_after_the_ending(team: Team, practitioner: User, today: date) -> None:
    episode = working_family(team)
    end_episode(episode, ending(), on=today, by=practitioner)
    acts = (
        lambda: set_stage(episode, stage="review", on=today, by=practitioner),
        lambda: record_contact(met(episode, practitioner, today), by=practitioner),
        lambda: make_step(episode, step(), on=today, by=practitioner),
        lambda: end_episode(episode, ending(), on=today, by=practitioner),
    )

    for act in acts:
        with pytest.raises(EpisodeEndedError):
            act()


def test_a_broken_ending_leaves_nothing_behind(team: Team, practitioner: User, today: date) -> None:
    episode = working_family(team)
    wrong = ending(last_contact_on=today + timedelta(days=1))

    with pytest.raises(CareRuleError):
        end_episode(episode, wrong, on=today, by=practitioner)

    episode.refresh_from_db()
    assert (episode.ended_on, episode.steps.count()) == (None, 0)


@pytest.mark.parametrize(("days", "opens"), [(0, True), (91, True), (92, False)])
def test_an_episode_opens_again_within_the_window(
    team: Team, practitioner: User, today: date, days: int, *, opens: bool
) -> None:
    episode = working_family(team)
    end_episode(episode, ending(), on=today, by=practitioner)
    day = today + timedelta(days=days)

    if opens:
        reopen_episode(episode, on=day, by=practitioner)
        assert episode.ended_on is None
        assert episode.steps.get().came_back_on == day
    else:
        with pytest.raises(ReopenWindowClosedError):
            reopen_episode(episode, on=day, by=practitioner)


def test_an_open_episode_is_not_opened_again(team: Team, practitioner: User, today: date) -> None:
    with pytest.raises(ReopenWindowClosedError):
        reopen_episode(working_family(team), on=today, by=practitioner)


def test_a_family_has_one_open_episode(team: Team, practitioner: User, today: date) -> None:
    episode = working_family(team)
    end_episode(episode, ending(), on=today, by=practitioner)
    EpisodeFactory.create(referral__family=episode.family, family=episode.family)

    with pytest.raises(AlreadyOpenError):
        reopen_episode(episode, on=today, by=practitioner)


def test_it_can_end_and_open_more_than_once(team: Team, practitioner: User, today: date) -> None:
    episode = working_family(team)
    for _ in range(2):
        end_episode(episode, ending(step=None), on=today, by=practitioner)
        reopen_episode(episode, on=today, by=practitioner)

    assert episode.endings.filter(reopened_on=today).count() == 2


def baby_near_limit(team: Team, today: date, *, days_left: int, **more: object) -> Person:
    born = date(today.year - 2, today.month, today.day) + timedelta(days=days_left)
    made: Person = PersonFactory.create(
        baby=True, organisation=team.organisation, born_on=born, due_on=None, due_source="", **more
    )
    return made


@pytest.mark.parametrize(("days_left", "tasks"), [(61, 0), (60, 1), (0, 1), (-9, 1)])
def test_a_hand_over_is_planned_sixty_days_before_the_limit(
    team: Team, today: date, days_left: int, tasks: int
) -> None:
    baby = baby_near_limit(team, today, days_left=days_left)
    referral = waiting_family(team, babies=[baby], taken_up=True)
    episode = EpisodeFactory.create(referral=referral)

    made = ensure_handover_tasks(on=today)

    assert made == tasks
    assert Task.objects.filter(about_person=baby, assigned_to=episode.practitioner).count() == tasks


def test_a_hand_over_is_planned_once_even_when_done(
    team: Team, practitioner: User, today: date
) -> None:
    baby = baby_near_limit(team, today, days_left=30)
    EpisodeFactory.create(referral=waiting_family(team, babies=[baby], taken_up=True))
    ensure_handover_tasks(on=today)
    Task.objects.update(done_on=today, done_by=practitioner)

    assert ensure_handover_tasks(on=today) == 0


def test_no_hand_over_after_a_loss_or_an_ending(team: Team, today: date) -> None:
    lost = baby_near_limit(team, today, days_left=30, loss="infant_death")
    left = baby_near_limit(team, today, days_left=30)
    for baby, more in ((lost, {}), (left, {"ended": True})):
        referral = waiting_family(team, babies=[baby], taken_up=True)
        EpisodeFactory.create(referral=referral, **more)

    assert ensure_handover_tasks(on=today) == 0


def test_a_caseload_is_the_users_own_open_work_next_session_first(
    team: Team, practitioner: User, lead: User, today: date
) -> None:
    later = working_family(
        team, practitioner=practitioner, next_session_on=today + timedelta(days=9)
    )
    none = working_family(team, practitioner=practitioner)
    overdue = working_family(
        team, practitioner=practitioner, next_session_on=today - timedelta(days=1)
    )
    working_family(team, practitioner=lead)
    working_family(team, practitioner=practitioner, ended_on=today)
    record_contact(met(later, practitioner, today), by=practitioner)

    rows = caseload(practitioner, on=today)

    assert [row.episode for row in rows] == [overdue, later, none]
    assert [row.unwritten for row in rows] == [True, False, False]
    assert (rows[1].last_contact_on, rows[1].last_contact_mode) == (today, "home")
    assert len(rows[0].babies) == len(rows[0].carers) == 1
