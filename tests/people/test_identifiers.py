"""Numbers are checked by their system's ranges and check digit, and belong to one record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nhs_number.constants import REGION_NORTHERN_IRELAND, REGION_SCOTLAND, Region
from nhs_number.generate import generate
from nhs_number.validate import is_valid

from nestling.accounts.models import Team, User
from nestling.people.errors import IdentifierNotValidError, IdentifierTakenError
from nestling.people.identifiers import checked_value, national_system
from nestling.people.services import set_identifier
from tests.factories.people import PersonFactory, nhs_number


@pytest.mark.parametrize(
    ("system", "typed", "words"),
    [
        ("nhs", "943 476 591", "The NHS number must have 10 numbers, not 9"),
        ("nhs", "943 476 5918", "One of the 10 numbers of this NHS number is wrong. Check each"),
        ("nhs", "9434765O19", "The NHS number must have numbers only, like 943 476 5919"),
        ("nhs", "٩٤٣٤٧٦٥٩١٩", "The NHS number must have numbers only, like 943 476 5919"),
        ("chi", "9434765919", "This is not the CHI number but the NHS number"),
        ("local", " ", "The number must have 1 to 40 characters"),
        ("passport", "1", "Choose which kind of number it is"),
    ],
)
def test_a_number_that_cannot_be_gets_words_that_say_why(
    system: str, typed: str, words: str
) -> None:
    with pytest.raises(IdentifierNotValidError) as caught:
        checked_value(system, typed)

    assert caught.value.words == words


@pytest.mark.parametrize(
    ("nation", "region"),
    [("scotland", REGION_SCOTLAND), ("northern_ireland", REGION_NORTHERN_IRELAND)],
)
def test_each_nation_s_own_numbers_are_taken(nation: str, region: Region) -> None:
    system = national_system(nation)

    numbers = [one for one in generate(for_region=region, quantity=200) if is_valid(one, region)]

    # A Scottish number holds a birth date: some that are generated hold none and are not valid.
    assert numbers
    assert [checked_value(system, number) for number in numbers] == numbers


@given(typed=st.text())
def test_any_text_is_refused_in_words_or_is_ten_numbers(typed: str) -> None:
    assert len(value_or_words(typed)) >= 10


def value_or_words(typed: str) -> str:
    """The stored value, or the words that refuse it."""
    try:
        return checked_value("nhs", typed)
    except IdentifierNotValidError as error:
        return error.words


@pytest.mark.django_db
@pytest.mark.database
def test_a_number_is_on_one_record_of_an_organisation(team: Team, worker: User) -> None:
    first, second = PersonFactory.create_batch(2, organisation=team.organisation)
    elsewhere = PersonFactory.create()
    set_identifier(first, system="nhs", value=nhs_number(1), by=worker)
    set_identifier(elsewhere, system="nhs", value=nhs_number(1), by=worker)

    with pytest.raises(IdentifierTakenError):
        set_identifier(second, system="nhs", value=nhs_number(1), by=worker)


@pytest.mark.django_db
def test_another_number_of_the_same_system_takes_the_place_of_the_first(
    team: Team, worker: User
) -> None:
    person = PersonFactory.create(organisation=team.organisation)

    set_identifier(person, system="nhs", value=nhs_number(1), by=worker)
    set_identifier(person, system="nhs", value=nhs_number(2), by=worker)

    assert person.identifiers.get().value == nhs_number(2)
