"""Names are found with and without accents, apostrophes and hyphens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.people.models import Person
from nestling.people.names import SEARCH_LENGTH, search_name
from tests.factories.people import PersonFactory


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    ["O'Neill", "o’neill", "ONEILL", "o neill", "Zoe", "zoë oneill", "Anne-Marie", "annemarie"],
)
def test_a_name_is_found_however_it_is_typed(typed: str) -> None:
    person = PersonFactory.create(given_name="Zoë Anne-Marie", family_name="O’Neill")

    assert list(Person.objects.named(typed)) == [person]


@pytest.mark.django_db
def test_a_search_for_nothing_finds_nobody() -> None:
    PersonFactory.create()

    assert not Person.objects.named(" \x00 ").exists()


@given(name=st.text(max_size=300))
def test_any_name_fits_the_index(name: str) -> None:
    assert len(search_name(name, name, name)) <= SEARCH_LENGTH
