"""Evidence that two records are of one person, weighed with the shipped rules."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.reference.matching import matching_rules
from nestling.science.likeness import likeness, swapped
from nestling.science.matching import Kind, Traits, compare
from nestling.science.phonetics import sound_of

RULES = matching_rules()
DAY = date(2026, 3, 10)
BABY = Traits(given_name="Wren", family_name="O’Neill", born_on=DAY, is_baby=True)
ADULT = Traits(given_name="Juniper", family_name="Thistledown")
NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéłß '-’", max_size=12)
TRAITS = st.builds(
    Traits,
    given_name=NAMES,
    family_name=NAMES,
    known_as=NAMES,
    born_on=st.none() | st.dates(date(1990, 1, 1), date(2026, 12, 31)),
    due_on=st.none() | st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    birth_order=st.none() | st.integers(1, 3),
    sex=st.sampled_from(["", "female", "male"]),
    is_baby=st.just(True),
    numbers=st.frozensets(st.tuples(st.just("nhs"), st.sampled_from("123")), max_size=1),
    postcodes=st.frozensets(st.sampled_from(["AB12CD", "EF34GH"]), max_size=1),
)


@given(one=TRAITS, other=TRAITS)
def test_the_order_of_the_two_records_makes_no_difference(one: Traits, other: Traits) -> None:
    there, back = compare(one, other, RULES), compare(other, one, RULES)

    assert there.kind is back.kind
    assert there.weight == pytest.approx(back.weight)


@pytest.mark.parametrize(
    "other",
    [
        replace(BABY, family_name="ONeil"),
        replace(BABY, family_name="O Neill", given_name="WREN"),
        replace(BABY, born_on=date(2026, 10, 3)),
        replace(BABY, born_on=DAY + timedelta(days=2)),
        replace(BABY, born_on=None, due_on=DAY + timedelta(days=9)),
        replace(BABY, given_name="", born_on=DAY),
        replace(BABY, given_name="Renate", known_as="Wren"),
        replace(BABY, given_name="O'Neill", family_name="Wren"),
    ],
    ids=[
        *("spelt otherwise", "apart and in capitals", "day and month turned", "two days off"),
        *("unborn when recorded", "no name yet", "known as", "names turned"),
    ],
)
def test_the_same_baby_written_otherwise_is_found(other: Traits) -> None:
    assert compare(BABY, other, RULES).kind in (Kind.POSSIBLE, Kind.LIKELY)


@pytest.mark.parametrize(
    "twin",
    [
        replace(BABY, given_name="Lark"),
        replace(BABY, given_name="", birth_order=2),
        replace(BABY, given_name="Lark", postcodes=frozenset({"AB12CD"}), sex="female"),
    ],
    ids=["another name", "another order of birth", "at one address"],
)
def test_twins_are_not_duplicates_of_each_other(twin: Traits) -> None:
    home = replace(BABY, birth_order=1, postcodes=frozenset({"AB12CD"}), sex="female")

    assert compare(home, twin, RULES).kind is Kind.TWIN


def test_one_number_is_one_person_whatever_the_names() -> None:
    numbers = frozenset({("nhs", "9990000018")})
    other = Traits(given_name="Lark", family_name="Marigold", numbers=numbers, is_baby=True)

    assert compare(replace(BABY, numbers=numbers), other, RULES).kind is Kind.LIKELY


def test_two_parents_at_one_address_are_two_people() -> None:
    home = frozenset({"AB12CD"})
    mother = replace(ADULT, postcodes=home, sex="female")
    partner = replace(mother, given_name="Rosa")

    assert compare(mother, partner, RULES).kind is Kind.NOT


def test_brother_and_sister_are_two_people() -> None:
    home = frozenset({"AB12CD"})
    sister = replace(BABY, given_name="Fern", born_on=date(2024, 5, 1), postcodes=home)

    assert compare(replace(BABY, postcodes=home), sister, RULES).kind is Kind.NOT


def test_names_alone_find_an_adult_and_another_number_speaks_against_it() -> None:
    one = replace(ADULT, numbers=frozenset({("nhs", "1")}))
    other = replace(ADULT, numbers=frozenset({("nhs", "2")}))

    assert compare(ADULT, ADULT, RULES).kind is Kind.POSSIBLE
    assert compare(one, other, RULES).kind is Kind.NOT


def test_nothing_known_is_no_evidence() -> None:
    assert compare(Traits(), Traits(), RULES).weight == 0


@given(name=NAMES)
def test_a_name_sounds_like_itself_without_its_signs(name: str) -> None:
    assert sound_of(name) == sound_of(name.replace("-", "").replace(" ", "").upper())


@given(one=NAMES, other=NAMES)
def test_likeness_is_between_nought_and_one_and_even_handed(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == pytest.approx(likeness(other, one))


@given(day=st.dates(date(1990, 1, 1), date(2030, 12, 31)))
def test_a_turned_date_turns_back(day: date) -> None:
    turned = swapped(day)

    assert turned is None or swapped(turned) == day
