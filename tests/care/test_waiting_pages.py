"""The waiting list and the pages about one wait, as browsers see them."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nestling.accounts.models import Team
from nestling.accounts.roles import Role
from nestling.care.models import InterimOffer, ReferrerUpdate, TriageAgain, WaitingContact
from nestling.foundation.models import AccessLogEntry
from nestling.people.models import SafeguardingStatus
from nestling.referrals.models import Referral, ReferralState, UnmetNeed
from tests.care.pages import three_boxes, words_of
from tests.conftest import SignIn
from tests.factories.care import WaitingContactFactory, waiting_family
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_template_misses")]
LIST = "/waiting/"
STATEMENTS = 12


@pytest.fixture(autouse=True)
def tenth_of_march() -> Iterator[None]:
    with time_machine.travel("2026-03-10 09:00", tick=False):
        yield


def page(name: str, referral: Referral) -> str:
    return reverse(f"care:{name}", args=[referral.pk])


def test_the_list_says_how_old_each_baby_is_and_how_long_it_waits(
    team: Team, client_as: SignIn
) -> None:
    baby = PersonFactory.create(
        baby=True,
        organisation=team.organisation,
        given_name="Moss",
        family_name="Applewhite",
        born_on=date(2026, 1, 22),
    )
    waiting_family(team, babies=[baby], received_on=date(2026, 1, 27))

    words = words_of(client_as(Role.CLINICAL_LEAD).get(LIST))

    assert "Moss Applewhite" in words
    assert "6 weeks 5 days" in words
    assert "89% of life since birth" in words
    assert "(mother)" in words


def test_an_unborn_baby_is_shown_by_gestation_and_weeks_to_birth(
    team: Team, client_as: SignIn
) -> None:
    baby = PersonFactory.create(
        unborn=True, organisation=team.organisation, due_on=date(2026, 3, 26)
    )
    waiting_family(team, babies=[baby])

    words = words_of(client_as(Role.CLINICAL_LEAD).get(LIST))

    assert "37 weeks 5 days pregnant 2 " in words
    assert "of the pregnancy so far" in words
    assert "(expecting)" in words


def test_after_a_loss_the_list_says_no_age_and_asks_to_close_gently(
    team: Team, client_as: SignIn
) -> None:
    baby = PersonFactory.create(died=True, organisation=team.organisation)
    waiting_family(team, babies=[baby])

    words = words_of(client_as(Role.CLINICAL_LEAD).get(LIST))

    assert "A loss is recorded" in words
    assert "Close gently" in words
    assert "weeks" not in words.split("Baby and carer")[1].split("The whole bar")[0].replace(
        "Weeks to", ""
    )


def test_an_empty_list_says_so(client_as: SignIn) -> None:
    assert "No family waits" in words_of(client_as(Role.CLINICAL_LEAD).get(LIST))


def test_a_filter_that_leaves_nobody_says_so(team: Team, client_as: SignIn) -> None:
    waiting_family(team)

    words = words_of(client_as(Role.CLINICAL_LEAD).get(LIST, {"show": "unborn"}))

    assert "No family to show" in words


@pytest.mark.parametrize("page_asked", ["0", "-1", "x", "99", "²", "9" * 500, "\x00"])
def test_a_strange_page_number_shows_a_page(team: Team, client_as: SignIn, page_asked: str) -> None:
    waiting_family(team)

    answer = client_as(Role.CLINICAL_LEAD).get(
        LIST, {"page": page_asked, "order": page_asked, "show": page_asked}
    )

    assert answer.status_code == 200


def test_a_printed_list_says_for_whom_and_is_logged_as_printed(
    team: Team, client_as: SignIn
) -> None:
    waiting_family(team)

    words = words_of(client_as(Role.CLINICAL_LEAD).get(LIST, {"print": "team"}))

    assert "Printed for: the team only" in words
    assert AccessLogEntry.objects.get().action == "printed"


def test_the_list_takes_twelve_statements_at_most_whatever_its_length(
    team: Team, client_as: SignIn
) -> None:
    counts = []
    for more in (3, 27):
        for _ in range(more):
            baby = PersonFactory.create(baby=True, organisation=team.organisation)
            waiting_family(team, babies=[baby])
            SafeguardingStatus.objects.create(
                team=team, baby=baby, status="child_in_need", from_on=date(2026, 2, 1)
            )
        client = client_as(Role.CLINICAL_LEAD)
        client.get(LIST)  # the first page of a session writes the session too
        with CaptureQueriesContext(connection) as statements:
            client.get(LIST)
        counts.append(len([s for s in statements if "SAVEPOINT" not in s["sql"]]))

    assert counts[0] == counts[1]
    assert counts[0] <= STATEMENTS


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.PRACTITIONER, 200),
        (Role.TEAM_ADMINISTRATOR, 200),
        (Role.SERVICE_MANAGER, 200),
        (Role.COMMISSIONER, 403),
        (Role.ANALYST, 403),
        (Role.INFORMATION_GOVERNANCE, 403),
        (Role.SYSTEM_ADMINISTRATOR, 403),
    ],
)
def test_who_may_see_the_list(client_as: SignIn, role: Role, status: int) -> None:
    assert client_as(role).get(LIST).status_code == status


def test_an_administrator_sees_no_safeguarding_status(team: Team, client_as: SignIn) -> None:
    baby = PersonFactory.create(baby=True, organisation=team.organisation)
    waiting_family(team, babies=[baby])
    SafeguardingStatus.objects.create(
        team=team, baby=baby, status="cp_plan", from_on=date(2026, 2, 1)
    )

    assert "hild protection plan" in words_of(client_as(Role.PRACTITIONER).get(LIST))
    assert "hild protection plan" not in words_of(client_as(Role.TEAM_ADMINISTRATOR).get(LIST))


@pytest.mark.parametrize(
    "name",
    [
        *("wait", "waiting_contact", "interim_offer", "referrer_update", "triage_again"),
        *("close_waiting", "take_up"),
    ],
)
class TestEachPageOfAWait:
    """What holds for every page about one wait."""

    def test_it_stands_under_the_baby(self, team: Team, client_as: SignIn, name: str) -> None:
        referral = waiting_family(team)

        answer = client_as(Role.CLINICAL_LEAD).get(page(name, referral))

        assert answer.status_code == 200
        assert b"nl-baby__name" in answer.content

    def test_it_is_not_there_for_another_team(
        self, other_team: Team, client_as: SignIn, name: str
    ) -> None:
        referral = waiting_family(other_team)

        assert client_as(Role.CLINICAL_LEAD).get(page(name, referral)).status_code == 404

    def test_it_is_not_there_once_the_wait_is_over(
        self, team: Team, client_as: SignIn, name: str
    ) -> None:
        referral = waiting_family(team, taken_up=True)

        assert client_as(Role.CLINICAL_LEAD).get(page(name, referral)).status_code == 404

    def test_a_commissioner_finds_nothing(self, team: Team, client_as: SignIn, name: str) -> None:
        referral = waiting_family(team)

        assert client_as(Role.COMMISSIONER).get(page(name, referral)).status_code == 404


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("triage_again", Role.PRACTITIONER),
        ("close_waiting", Role.TEAM_ADMINISTRATOR),
        ("take_up", Role.TEAM_ADMINISTRATOR),
        ("waiting_contact", Role.SERVICE_MANAGER),
    ],
)
def test_who_may_not_do_what(team: Team, client_as: SignIn, name: str, role: Role) -> None:
    referral = waiting_family(team)

    assert client_as(role).get(page(name, referral)).status_code == 403


def test_a_contact_is_planned_and_shown(team: Team, client_as: SignIn) -> None:
    referral = waiting_family(team)
    client = client_as(Role.TEAM_ADMINISTRATOR)

    answer = client.post(
        page("waiting_contact", referral),
        {"kind": "planned", "mode": "phone", **three_boxes("planned_on", date(2026, 3, 13))},
    )

    assert answer.status_code == 302
    assert WaitingContact.objects.get().planned_on == date(2026, 3, 13)
    assert "13 March, phone" in words_of(client.get(LIST))


def test_a_contact_in_the_past_cannot_be_planned_and_nothing_typed_is_lost(
    team: Team, client_as: SignIn
) -> None:
    referral = waiting_family(team)

    answer = client_as(Role.PRACTITIONER).post(
        page("waiting_contact", referral),
        {
            "kind": "planned",
            "mode": "phone",
            "words": "Hettie asked for a call",
            **three_boxes("planned_on", date(2026, 3, 1)),
        },
    )

    words = words_of(answer)
    assert answer.status_code == 422
    assert "planned for today or later" in words
    assert "Hettie asked for a call" in words


def test_the_day_is_asked_for(team: Team, client_as: SignIn) -> None:
    referral = waiting_family(team)

    answer = client_as(Role.PRACTITIONER).post(
        page("waiting_contact", referral), {"kind": "held", "mode": "phone"}
    )

    assert "Enter the day on which it was held" in words_of(answer)


def test_an_offer_is_saved(team: Team, client_as: SignIn) -> None:
    referral = waiting_family(team)

    client_as(Role.PRACTITIONER).post(
        page("interim_offer", referral), {"offer": "drop_in", "accepted": "yes"}
    )

    assert InterimOffer.objects.get().offered_on == date(2026, 3, 10)


def test_news_is_saved_and_read_by_clinicians_only(team: Team, client_as: SignIn) -> None:
    referral = waiting_family(team)
    client_as(Role.TEAM_ADMINISTRATOR).post(
        page("referrer_update", referral), {"words": "They moved in with the grandmother"}
    )

    assert ReferrerUpdate.objects.get().on == date(2026, 3, 10)
    read = words_of(client_as(Role.PRACTITIONER).get(page("wait", referral)))
    assert "They moved in with the grandmother" in read
    hidden = words_of(client_as(Role.TEAM_ADMINISTRATOR).get(page("wait", referral)))
    assert "grandmother" not in hidden


def test_looking_again_clears_the_reason(team: Team, client_as: SignIn) -> None:
    referral = waiting_family(team, received_on=date(2026, 2, 1))
    client = client_as(Role.CLINICAL_LEAD)
    assert "No contact 37 days" in words_of(client.get(LIST))

    client.post(
        page("triage_again", referral),
        {"triggers": ["no_contact"], "words": "Call this week"},
    )

    assert TriageAgain.objects.get().trigger == "no_contact"
    assert "No contact" not in words_of(client.get(LIST))


def test_closing_counts_the_baby(team: Team, client_as: SignIn) -> None:
    referral = waiting_family(team)

    answer = client_as(Role.PRACTITIONER).post(
        page("close_waiting", referral), {"kind": "gave_up_waiting"}
    )

    referral.refresh_from_db()
    assert answer.headers["Location"] == LIST
    assert referral.state == ReferralState.CLOSED_WAITING
    assert UnmetNeed.objects.get().kind == "gave_up_waiting"


def test_closing_after_a_loss_is_gentle_and_counts_no_one(team: Team, client_as: SignIn) -> None:
    lost = PersonFactory.create(lost_in_pregnancy=True, organisation=team.organisation)
    referral = waiting_family(team, babies=[lost])
    client = client_as(Role.PRACTITIONER)

    shown = words_of(client.get(page("close_waiting", referral)))
    client.post(page("close_waiting", referral), {"kind": "loss"})

    assert "Close the wait gently" in shown
    assert "gave up" not in shown
    assert UnmetNeed.objects.count() == 0


def test_a_baby_under_the_limit_has_not_aged_out(team: Team, client_as: SignIn) -> None:
    referral = waiting_family(team)

    answer = client_as(Role.PRACTITIONER).post(
        page("close_waiting", referral), {"kind": "aged_out"}
    )

    assert answer.status_code == 422
    assert "has not reached the age limit" in words_of(answer)


def test_the_page_of_a_wait_tells_what_happened(team: Team, client_as: SignIn) -> None:
    referral = waiting_family(team, received_on=date(2026, 2, 1))
    WaitingContactFactory.create(
        referral=referral, held_on=None, planned_on=date(2026, 3, 3), mode="phone"
    )

    words = words_of(client_as(Role.PRACTITIONER).get(page("wait", referral)))

    assert "Waited 37 days" in words
    assert "Was planned, and nothing is recorded: Phone" in words


def test_the_log_names_whom_the_list_shows(team: Team, client_as: SignIn) -> None:
    referral = waiting_family(team)
    people = {row.person_id for row in referral.family.members.all()} if referral.family else set()

    client_as(Role.CLINICAL_LEAD).get(LIST)

    entry = AccessLogEntry.objects.get()
    assert entry.action == "listed"
    assert set(entry.shown) == people | {referral.pk}


def test_a_family_near_the_limit_is_marked(team: Team, client_as: SignIn) -> None:
    born = date(2026, 3, 10) - timedelta(days=690)
    baby = PersonFactory.create(baby=True, organisation=team.organisation, born_on=born)
    waiting_family(team, babies=[baby])

    assert "Near age limit" in words_of(client_as(Role.CLINICAL_LEAD).get(LIST))
