"""The words of this room's pages that no other test reads."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from nestling.accounts.models import Team
from nestling.accounts.roles import Role
from nestling.care.presenters.episodes import counts_as
from nestling.care.presenters.words import babies_words
from nestling.people.models import Person
from tests.care.pages import words_of
from tests.conftest import SignIn
from tests.factories.care import (
    InterimOfferFactory,
    TriageAgainFactory,
    WaitingContactFactory,
    pause_of,
    waiting_family,
)
from tests.factories.people import PersonFactory


@pytest.fixture
def tenth_of_march() -> Iterator[None]:
    with time_machine.travel("2026-03-10 09:00", tick=False):
        yield


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([("Alder", "Whitlock"), ("Elm", "Whitlock")], "Alder and Elm Whitlock"),
        ([("Alder", "Whitlock"), ("Elm", "Pym")], "Alder Whitlock and Elm Pym"),
        ([("", "Pym")], "Baby Pym"),
    ],
)
def test_babies_are_named_together(names: list[tuple[str, str]], words: str) -> None:
    babies = [Person(kind="baby", given_name=given, family_name=fam) for given, fam in names]

    assert babies_words(babies) == words


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ([], ""),
        (["attended_late", "brought"], "Counts as: adult came, baby brought."),
        (
            ["did_not_attend", "was_not_brought"],
            "Counts as: adult did not come, baby was not brought.",
        ),
    ],
)
def test_how_a_contact_counts(codes: list[str], words: str) -> None:
    assert counts_as(codes) == words


@pytest.mark.django_db
@pytest.mark.usefixtures("tenth_of_march")
def test_the_page_of_a_wait_tells_what_was_done_to_those_who_read_it(
    team: Team, client_as: SignIn
) -> None:
    referral = waiting_family(team)
    WaitingContactFactory.create(referral=referral, words="Asked for a morning call")
    InterimOfferFactory.create(referral=referral, accepted="no")
    TriageAgainFactory.create(referral=referral, words="Call each week")
    pause_of(referral, from_on=date(2026, 3, 1))
    url = reverse("care:wait", args=[referral.pk])

    read = words_of(client_as(Role.PRACTITIONER).get(url))
    hidden = words_of(client_as(Role.SERVICE_MANAGER).get(url))

    for words in ("Asked for a morning call", "Wanted: no.", "Call each week"):
        assert words in read
        assert words not in hidden
    assert "Paused at the family’s wish" in hidden


@pytest.mark.django_db
@pytest.mark.usefixtures("tenth_of_march")
def test_a_list_says_paused_past_and_overdue(team: Team, client_as: SignIn) -> None:
    overdue = PersonFactory.create(overdue=True, organisation=team.organisation)
    old = PersonFactory.create(baby=True, organisation=team.organisation, born_on=date(2024, 1, 1))
    waiting_family(team, babies=[overdue])
    pause_of(waiting_family(team, babies=[old]), from_on=date(2026, 2, 1))

    words = words_of(client_as(Role.SERVICE_MANAGER).get("/waiting/"))

    assert "Due 1 February 2026, no news of the birth" in words
    assert "Past" in words
    assert "Paused at the family’s wish" in words
    assert "Look again" not in words
