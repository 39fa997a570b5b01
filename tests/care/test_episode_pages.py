"""Taking up and the pages of an episode, as browsers see them."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from nestling.accounts.models import Team
from nestling.accounts.roles import Role
from nestling.care.models import Contact, Episode, StepMove
from nestling.care.queries import last_ending
from nestling.foundation.models import AccessLogEntry
from nestling.people.models import FamilyMember, Note
from tests.care.pages import three_boxes, words_of
from tests.conftest import SignIn
from tests.factories.care import (
    ContactFactory,
    EndingFactory,
    PresenceFactory,
    StepMoveFactory,
    waiting_family,
    working_family,
)
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_template_misses")]
TODAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def tenth_of_march() -> Iterator[None]:
    with time_machine.travel("2026-03-10 09:00", tick=False):
        yield


def page(name: str, episode: Episode) -> str:
    return reverse(f"care:{name}", args=[episode.pk])


def ids_of(episode: Episode) -> tuple[str, str]:
    row = episode.in_focus.get().relationship
    return f"person_{row.carer_id}", f"person_{row.baby_id}"


def test_a_family_is_taken_up(team: Team, client_as: SignIn) -> None:
    referral = waiting_family(team)
    client = client_as(Role.PRACTITIONER)
    url = reverse("care:take_up", args=[referral.pk])
    assert referral.family is not None
    baby = referral.family.members.get(role="baby").person

    answer = client.post(
        url,
        {
            "relationships": [str(baby.carers_link.get().pk)],
            "practitioner": client.session["_auth_user_id"],
            "funders": ["icb"],
            "first_session_mode": "home",
            **three_boxes("first_session_on", date(2026, 3, 17)),
        },
    )

    episode = Episode.objects.get()
    assert answer.headers["Location"] == page("episode", episode)
    assert "17 March 2026, at home" in words_of(client.get(page("episode", episode)))


def test_a_take_up_without_answers_says_what_is_missing(team: Team, client_as: SignIn) -> None:
    referral = waiting_family(team)

    answer = client_as(Role.PRACTITIONER).post(
        reverse("care:take_up", args=[referral.pk]), {"first_session_on-day": "31"}
    )

    words = words_of(answer)
    assert answer.status_code == 422
    for fault in ("Tick at least one relationship", "Tick who pays", "must include"):
        assert fault in words


def test_only_clinicians_of_the_team_are_offered_as_workers(team: Team, client_as: SignIn) -> None:
    referral = waiting_family(team)
    client_as(Role.TEAM_ADMINISTRATOR)
    client = client_as(Role.CLINICAL_LEAD)

    shown = client.get(reverse("care:take_up", args=[referral.pk])).content.decode()

    assert shown.count("<option value=") - shown.count('<option value=""') == 11


PAGES = ("episode", "stage", "focus", "step", "contact_add", "end", "reopen")


@pytest.mark.parametrize("name", PAGES)
class TestEachPageOfAnEpisode:
    """What holds for every page about one episode."""

    def test_it_stands_under_the_baby(self, team: Team, client_as: SignIn, name: str) -> None:
        answer = client_as(Role.PRACTITIONER).get(page(name, working_family(team)))

        assert answer.status_code == 200
        assert b"nl-baby__name" in answer.content

    def test_it_is_not_there_for_another_team(
        self, other_team: Team, client_as: SignIn, name: str
    ) -> None:
        answer = client_as(Role.PRACTITIONER).get(page(name, working_family(other_team)))

        assert answer.status_code == 404

    def test_figures_only_roles_find_nothing(
        self, team: Team, client_as: SignIn, name: str
    ) -> None:
        answer = client_as(Role.COMMISSIONER).get(page(name, working_family(team)))

        assert answer.status_code == 404

    def test_an_administrator_may_only_look(self, team: Team, client_as: SignIn, name: str) -> None:
        answer = client_as(Role.TEAM_ADMINISTRATOR).get(page(name, working_family(team)))

        assert answer.status_code == (200 if name == "episode" else 403)


def test_the_page_shows_both_axes_of_a_contact(team: Team, client_as: SignIn) -> None:
    episode = working_family(team)
    row = episode.in_focus.get().relationship
    contact = ContactFactory.create(episode=episode, team=team)
    PresenceFactory.create(contact=contact, person=row.carer)
    PresenceFactory.create(contact=contact, person=row.baby, attendance="was_not_brought")

    seen = words_of(client_as(Role.PRACTITIONER).get(page("episode", episode)))
    hidden = words_of(client_as(Role.TEAM_ADMINISTRATOR).get(page("episode", episode)))

    assert "Counts as: adult came, baby was not brought." in seen
    assert "brought" not in hidden
    assert "17 February 2026" in hidden


def test_a_page_logs_exactly_whom_it_shows(team: Team, client_as: SignIn) -> None:
    episode = working_family(team)
    members = set(
        FamilyMember.objects.filter(family=episode.family).values_list("person_id", flat=True)
    )

    client_as(Role.PRACTITIONER).get(page("episode", episode))

    records = AccessLogEntry.objects.get().records
    assert {pk for kind, pk in records if kind == "people.person"} == members


def test_a_contact_is_added_with_its_note_and_the_next_one(team: Team, client_as: SignIn) -> None:
    episode = working_family(team)
    adult, baby = ids_of(episode)
    row = episode.in_focus.get().relationship

    answer = client_as(Role.PRACTITIONER).post(
        page("contact_add", episode),
        {
            "mode": "home",
            "minutes": "50",
            adult: "attended_late",
            baby: "brought",
            "about": str(row.pk),
            "body": "She turned to her mother’s voice.",
            "next_mode": "home",
            **three_boxes("happened_on", date(2026, 3, 9)),
            **three_boxes("next_on", date(2026, 3, 16)),
        },
    )

    episode.refresh_from_db()
    assert answer.status_code == 302
    assert Contact.objects.get().presences.count() == 2
    assert Note.objects.get().about_relationship == row
    assert episode.next_session_on == date(2026, 3, 16)


def test_a_contact_that_says_nothing_of_anyone_is_sent_back_with_all_that_was_typed(
    team: Team, client_as: SignIn
) -> None:
    episode = working_family(team)

    answer = client_as(Role.PRACTITIONER).post(
        page("contact_add", episode),
        {
            "mode": "home",
            "body": "Long words 💛",
            "about": str(episode.in_focus.get().relationship_id),
            **three_boxes("happened_on", date(2026, 3, 9)),
        },
    )

    words = words_of(answer)
    assert answer.status_code == 422
    assert "Say who was there" in words
    assert "Long words 💛" in words


def test_a_note_says_whom_it_is_about(team: Team, client_as: SignIn) -> None:
    episode = working_family(team)

    answer = client_as(Role.PRACTITIONER).post(
        page("contact_add", episode),
        {"mode": "home", "body": "Words", **three_boxes("happened_on", TODAY)},
    )

    assert "Choose whom the note is about" in words_of(answer)


def test_an_unborn_baby_is_not_asked_to_be_brought(team: Team, client_as: SignIn) -> None:
    episode = working_family(team)
    baby = episode.in_focus.get().relationship.baby
    type(baby).objects.filter(pk=baby.pk).update(born_on=None)

    words = words_of(client_as(Role.PRACTITIONER).get(page("contact_add", episode)))

    assert "was the baby brought" not in words


def test_the_stage_and_the_step_are_shown(team: Team, client_as: SignIn) -> None:
    episode = working_family(team)
    client = client_as(Role.PRACTITIONER)

    client.post(page("stage", episode), {"stage": "intervention"})
    client.post(page("step", episode), {"destination": "peer_support", "accepted": "yes"})

    words = words_of(client.get(page("episode", episode)))
    assert "Stage Intervention" in words
    assert "Step down: Peer support Taken on" in words


def test_a_return_within_ninety_days_is_said(team: Team, client_as: SignIn) -> None:
    move = StepMoveFactory.create(episode=working_family(team))
    client = client_as(Role.PRACTITIONER)

    client.post(
        reverse("care:step_outcome", args=[move.pk]),
        {"accepted": "yes", **three_boxes("came_back_on", TODAY)},
    )

    assert StepMove.objects.get().came_back_on == TODAY
    assert "Came back within 90 days" in words_of(client.get(page("episode", move.episode)))


@pytest.mark.parametrize("role", [Role.TEAM_ADMINISTRATOR, Role.COMMISSIONER])
def test_a_step_is_not_there_for_whoever_reads_nothing_clinical(
    team: Team, client_as: SignIn, role: Role
) -> None:
    move = StepMoveFactory.create(episode=working_family(team))

    answer = client_as(role).get(reverse("care:step_outcome", args=[move.pk]))

    assert answer.status_code == 404


def test_a_step_of_another_team_is_not_there(other_team: Team, client_as: SignIn) -> None:
    move = StepMoveFactory.create(episode=working_family(other_team))

    answer = client_as(Role.CLINICAL_LEAD).get(reverse("care:step_outcome", args=[move.pk]))

    assert answer.status_code == 404


def test_the_work_ends_with_a_step_down_and_opens_again(team: Team, client_as: SignIn) -> None:
    episode = working_family(team)
    client = client_as(Role.PRACTITIONER)

    client.post(
        page("end", episode),
        {
            "reason": "goals_met",
            "planned": "yes",
            "session_held": "yes",
            "safeguarding_at_end": "none_known",
            "stepped": "yes",
            "destination": "health_visitor_enhanced",
            "accepted": "yes",
            "words": "She feels calmer",
        },
    )
    ended = words_of(client.get(page("episode", episode)))
    client.post(page("reopen", episode))
    reopened = words_of(client.get(page("episode", episode)))

    assert "Goals met" in ended
    assert "Step down: Enhanced health visiting" in ended
    assert "Open it again" in ended
    assert "Opened again on 10 March 2026" in reopened
    assert last_ending(episode) is None


def test_an_ending_with_another_service_names_it(team: Team, client_as: SignIn) -> None:
    episode = working_family(team)

    answer = client_as(Role.PRACTITIONER).post(
        page("end", episode),
        {"reason": "moved", "planned": "no", "session_held": "no", "stepped": "yes"},
    )

    assert "Choose the service that goes on" in words_of(answer)


def test_after_the_window_a_new_referral_is_asked_for(team: Team, client_as: SignIn) -> None:
    episode = working_family(team, ended_on=date(2025, 11, 1), taken_up_on=date(2025, 10, 1))
    EndingFactory.create(
        episode=episode, ended_on=date(2025, 11, 1), reopen_until=date(2026, 1, 31)
    )
    client = client_as(Role.PRACTITIONER)

    shown = words_of(client.get(page("episode", episode)))
    answer = client.post(page("reopen", episode))

    assert "Make a new referral" in shown
    assert answer.status_code == 422
    assert "cannot be opened again" in words_of(answer)


def test_after_a_loss_the_page_says_no_age(team: Team, client_as: SignIn) -> None:
    episode = working_family(team)
    baby = episode.in_focus.get().relationship.baby
    type(baby).objects.filter(pk=baby.pk).update(loss="infant_death", lost_on=TODAY)

    words = words_of(client_as(Role.PRACTITIONER).get(page("episode", episode)))

    assert " old" not in words
    assert "weeks" not in words.lower().replace("weeks to age limit", "")


def test_a_father_of_two_families_is_here_without_the_other(team: Team, client_as: SignIn) -> None:
    father = PersonFactory.create(organisation=team.organisation, given_name="Rowan")
    here = waiting_family(team, carers=[father])
    other = PersonFactory.create(baby=True, organisation=team.organisation, given_name="Elsewhere")
    waiting_family(team, babies=[other], carers=[father])

    for name in ("wait", "take_up"):
        shown = client_as(Role.CLINICAL_LEAD).get(reverse(f"care:{name}", args=[here.pk]))
        assert "Rowan" in words_of(shown)
        assert "Elsewhere" not in words_of(shown)
