"""The address of a record's page is the one that Django would make."""

from uuid import UUID

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix
from hypothesis import given
from hypothesis import strategies as st

from nestling.ui.addresses import address_of


@given(family=st.uuids(), note=st.uuids())
def test_it_is_what_reverse_answers(family: UUID, note: UUID) -> None:
    assert address_of("desk:home") == reverse("desk:home")
    assert address_of("desk:family", family) == reverse("desk:family", args=[family])
    assert address_of("people:note", family, note) == reverse("people:note", args=[family, note])


def test_a_page_that_takes_no_id_is_refused() -> None:
    with pytest.raises(NoReverseMatch):
        address_of("desk:home", UUID(int=7))


def test_a_service_below_a_path_of_its_own_is_followed() -> None:
    assert address_of("desk:home") == "/home/"
    set_script_prefix("/nestling/")
    try:
        assert address_of("desk:home") == "/nestling/home/"
    finally:
        set_script_prefix("/")
