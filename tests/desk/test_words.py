"""The desk's words: lists of families, looks, pages by name."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from nestling.desk.family_page_words import map_age, story
from nestling.desk.family_words import FamilyWords, family_rows, found_words, joined
from nestling.desk.looks_words import look_row, summary_words
from nestling.desk.page_words import PAGES, action_words, page_words
from nestling.desk.queries.families import FamilyRow, Found
from nestling.desk.queries.looks import Look, LookSummary
from nestling.people.models import Person
from nestling.people.story import StoryEntry

TODAY = date(2026, 3, 10)
PK = UUID(int=7)
WREN = Person(kind="baby", given_name="Wren", family_name="Rook", born_on=date(2025, 11, 12))
LOST = Person(
    kind="baby", family_name="Rook", due_on=date(2026, 5, 1), due_source="scan", loss="stillbirth"
)
IVY = Person(kind="adult", given_name="Ivy", family_name="O'Rook")


def row(**changes: object) -> FamilyWords:
    values = {
        "pk": PK,
        "babies": [WREN],
        "carers": [IVY],
        "referral_state": "waiting",
        "practitioner": "",
        "in_care": False,
        "mark": "",
    }
    [words] = family_rows([FamilyRow(**{**values, **changes})], on=TODAY)  # type: ignore[arg-type]
    return words


@pytest.mark.parametrize(
    ("names", "words"),
    [([], ""), (["Ash"], "Ash"), (["Ash", "Bay"], "Ash and Bay"), (["A", "B", "C"], "A, B and C")],
)
def test_names_are_joined_as_one_says_them(names: list[str], words: str) -> None:
    assert joined(names) == words


def test_a_family_says_the_baby_s_age_and_with_whom() -> None:
    words = row()

    assert (words.babies[0].name, words.babies[0].age) == ("Wren Rook", "16 weeks 6 days old")
    assert (words.carers, words.state) == ("Ivy O'Rook", "Waiting")


def test_a_family_without_a_carer_says_so() -> None:
    assert row(carers=[]).carers == "Carer not known yet"


@pytest.mark.parametrize(
    ("state", "in_care", "words"),
    [
        ("taken_up", True, "In care"),
        ("taken_up", False, "Ended"),
        ("declined", False, "Turned away"),
        ("", False, "Declared"),
    ],
)
def test_where_things_stand(state: str, in_care: bool, words: str) -> None:
    assert row(referral_state=state, in_care=in_care).state == words


def test_after_a_loss_a_list_says_no_age() -> None:
    assert row(babies=[LOST]).babies[0].age == ""


def test_a_baby_is_found_with_age_and_a_carer_with_the_babies_of_that_family() -> None:
    baby = found_words(Found(person=WREN, babies=[], family_id=PK), on=TODAY)
    carer = found_words(Found(person=IVY, babies=[WREN], family_id=PK), on=TODAY)

    assert baby.detail == "16 weeks 6 days old"
    assert carer.detail == "With Wren Rook, 16 weeks 6 days old"


def test_the_story_says_the_age_at_each_step_and_none_after_a_loss() -> None:
    entries = [StoryEntry(on=date(2026, 1, 20), heading="Treatment began")]

    assert story(entries, [WREN])[0].age == "9 weeks 6 days old"
    assert story(entries, [WREN, LOST])[0].age == ""


def test_the_map_says_no_age_where_none_may_be_said() -> None:
    assert map_age(LOST, on=TODAY) == ""
    assert map_age(WREN, on=TODAY) == "16 weeks"


def test_a_look_is_said_at_the_service_s_own_time() -> None:
    look = Look(
        at=datetime(2026, 6, 1, 23, 30, tzinfo=UTC),
        who="Asha Fenwick",
        roles="Practitioner",
        action="listed",
        page="desk:families",
        reason="",
    )

    shown = look_row(look)

    assert (shown.day, shown.time) == ("2 June 2026", "00:30")
    assert (shown.page, shown.action) == ("List of families", "Looked (in a list)")


@pytest.mark.parametrize(
    ("people", "looks", "words"),
    [
        (0, 0, "No one has looked since 8 February 2026."),
        (1, 1, "1 person looked 1 time since 8 February 2026."),
        (3, 12, "3 people looked 12 times since 8 February 2026."),
    ],
)
def test_looks_are_summed_in_a_sentence(people: int, looks: int, words: str) -> None:
    summary = LookSummary(people=people, looks=looks, since=date(2026, 2, 8))

    assert summary_words(summary) == words


def test_a_page_without_a_name_is_named_by_its_room() -> None:
    assert page_words("people:mark_end") == "People: mark end"
    assert action_words("unheard") == "unheard"
    assert all(PAGES.values())
