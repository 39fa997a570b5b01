"""A date in three boxes."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from nestling.ui.dates import NHSDateField, NHSDateWidget, TypedDate

FIELD = NHSDateField(label="Date of birth")
NO_FILES: MultiValueDict[str, Any] = MultiValueDict()


def refusal(*typed: str) -> tuple[str, tuple[str, ...]]:
    with pytest.raises(ValidationError) as raised:
        FIELD.clean(TypedDate(*typed))
    return raised.value.messages[0], boxes(raised.value)


def boxes(fault: ValidationError) -> tuple[str, ...]:
    """The boxes that a refusal names."""
    return tuple((fault.params or {})["parts"])


@given(day=st.dates(min_value=date(1000, 1, 1)))
def test_every_real_date_is_read_from_its_boxes(day: date) -> None:
    typed = TypedDate.of(day)

    assert FIELD.clean(typed) == day


@pytest.mark.parametrize("month", ["2", "02", "Feb", "february", " FEBRUARY "])
def test_a_month_may_be_a_number_or_a_word(month: str) -> None:
    assert FIELD.clean(TypedDate("29", month, "2024")) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("typed", "words", "parts"),
    [
        (("31", "2", "2026"), "Date of birth must be a real date", ("day", "month", "year")),
        (("29", "2", "2025"), "Date of birth must be a real date", ("day", "month", "year")),
        (("32", "1", "2026"), "Date of birth must be a real date", ("day",)),
        (("1", "13", "2026"), "Date of birth must be a real date", ("month",)),
        (("0", "0", "2026"), "Date of birth must be a real date", ("day", "month", "year")),
        (("soon", "1", "2026"), "Date of birth must be a real date", ("day",)),
        (("1", "1", "0000"), "Date of birth must be a real date", ("day", "month", "year")),
        (("1", "1", "26"), "Date of birth must have 4 numbers for the year", ("year",)),
        (("1", "1", "20266"), "Date of birth must have 4 numbers for the year", ("year",)),
        (("", "1", "2026"), "Date of birth must include a day", ("day",)),
        (("1", "", ""), "Date of birth must include a month and a year", ("month", "year")),
        (("", "", ""), "Enter date of birth", ("day",)),
        (("  ", " ", "\t"), "Enter date of birth", ("day",)),
    ],
)
def test_what_is_no_date_gets_plain_words_and_names_its_boxes(
    typed: tuple[str, str, str], words: str, parts: tuple[str, ...]
) -> None:
    assert refusal(*typed) == (words, parts)


@given(typed=st.tuples(st.text(), st.text(), st.text()))
def test_whatever_is_typed_is_a_date_or_a_refusal_and_never_a_crash(
    typed: tuple[str, str, str],
) -> None:
    try:
        answer: object = FIELD.clean(TypedDate(*typed))
    except ValidationError as refused:
        answer = boxes(refused)

    assert answer


@given(typed=st.tuples(st.text(), st.text(), st.text()))
def test_the_boxes_keep_what_was_typed(typed: tuple[str, str, str]) -> None:
    sent = dict(zip(("born-day", "born-month", "born-year"), typed, strict=True))

    assert NHSDateWidget().value_from_datadict(sent, NO_FILES, "born") == typed


def test_a_date_that_need_not_be_given_may_be_left_out() -> None:
    assert NHSDateField(required=False).clean(TypedDate()) is None


def test_a_question_is_named_by_what_it_is_called() -> None:
    field = NHSDateField(label="When was the baby born?", called="Date of birth")

    with pytest.raises(ValidationError, match="Date of birth must include a day"):
        field.clean(TypedDate("", "1", "2026"))


def test_a_percent_sign_in_the_name_is_printed_as_it_is() -> None:
    field = NHSDateField(label="Date of 50% funding")

    with pytest.raises(ValidationError) as raised:
        field.clean(TypedDate("", "1", "2026"))
    assert raised.value.messages == ["Date of 50% funding must include a day"]


def test_the_same_date_in_other_words_is_no_change() -> None:
    assert not FIELD.has_changed(date(2026, 2, 1), TypedDate("01", "Feb", "2026"))


@pytest.mark.parametrize("typed", [("2", "2", "2026"), ("x", "2", "2026"), ("", "", "")])
def test_another_date_or_no_date_is_a_change(typed: tuple[str, str, str]) -> None:
    assert FIELD.has_changed(date(2026, 2, 1), TypedDate(*typed))


def test_a_field_that_cannot_be_changed_never_has_changed() -> None:
    locked = NHSDateField(disabled=True)

    assert not locked.has_changed(date(2026, 2, 1), TypedDate("2", "2", "2026"))


def test_a_page_without_the_boxes_leaves_the_field_out() -> None:
    widget = NHSDateWidget()

    assert widget.value_omitted_from_data({"other": "1"}, NO_FILES, "born")
    assert not widget.value_omitted_from_data({"born-year": ""}, NO_FILES, "born")


def test_the_label_of_a_date_leads_to_its_first_box() -> None:
    class Birth(forms.Form):
        born = NHSDateField()

    assert Birth()["born"].id_for_label == "id_born-day"
