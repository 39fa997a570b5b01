"""Sealed values: unreadable where they are stored, whole where they are read."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from nestling.foundation.sealing import PREFIX, SealBrokenError, seal, unseal
from nestling.people.models import Note, OnMyMind


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_was_sealed_opens_again(text: str) -> None:
    assert unseal(seal(text)) == text


def test_a_sealed_value_does_not_hold_its_words() -> None:
    stored = seal("She told me alone")

    assert stored.startswith(PREFIX)
    assert "alone" not in stored


def test_an_altered_value_does_not_open() -> None:
    stored = seal("whole")
    altered = stored[:-4] + ("A" if stored[-4] != "A" else "B") + stored[-3:]

    with pytest.raises(SealBrokenError):
        unseal(altered)


def test_sealing_twice_gives_two_tokens() -> None:
    assert seal("the same") != seal("the same")


@pytest.mark.django_db
def test_a_sealed_field_cannot_be_searched() -> None:
    with pytest.raises(FieldError):
        list(OnMyMind.objects.filter(words__contains="a"))


def test_a_sealed_field_is_a_text_column() -> None:
    column = Note._meta.get_field("body").db_type(connection)

    assert column == "text"
