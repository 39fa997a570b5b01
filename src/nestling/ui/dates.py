"""A date typed in three boxes: impossible dates get plain words, and what was typed stays."""

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from nestling.ui.words import lowered

PARTS = ("day", "month", "year")
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.lower(): number for number, name in enumerate(calendar.month_abbr) if name
}


class TypedDate(NamedTuple):
    """Three boxes exactly as they were typed."""

    day: str = ""
    month: str = ""
    year: str = ""

    @classmethod
    def of(cls, value: object) -> "TypedDate":
        """The boxes that show a date, typed text or nothing."""
        if isinstance(value, TypedDate):
            return value
        if isinstance(value, date):
            return cls(str(value.day), str(value.month), str(value.year))
        return cls()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed in any box."""
        return not any(part.strip() for part in self)

    def missing(self) -> tuple[str, ...]:
        """The boxes that were left empty."""
        return tuple(name for name, typed in zip(PARTS, self, strict=True) if not typed.strip())


class NHSDateWidget(forms.Widget):
    """Day, month and year as three text boxes named `<field>-day`, `-month` and `-year`."""

    template_name = "ui/forms/date.jinja"
    needs_multipart_form = False

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, Any],  # noqa: ARG002 - Django's signature
        name: str,
    ) -> TypedDate:
        """What stands in the boxes, untouched."""
        return TypedDate(*(str(data.get(f"{name}-{part}") or "") for part in PARTS))

    def value_omitted_from_data(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, Any],  # noqa: ARG002 - Django's signature
        name: str,
    ) -> bool:
        """Whether the page did not hold this field at all."""
        return not any(f"{name}-{part}" in data for part in PARTS)

    def id_for_label(self, id_: str | None) -> str:
        """The first box: a date has a legend, and a summary links here."""
        return f"{id_}-day" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The boxes for a page that draws the bare widget."""
        context = super().get_context(name, value, attrs)
        typed = zip(PARTS, TypedDate.of(value), strict=True)
        context["widget"]["boxes"] = [(part, f"{name}-{part}", text) for part, text in typed]
        return context

    def format_value(self, value: Any) -> Any:
        """The value as it is: three boxes are not one text."""
        return value


class NHSDateField(forms.Field):
    """A date, or words that say which box to put right.

    `called` names the date in messages where the label is a question: `called="Date of birth"`.
    """

    widget = NHSDateWidget

    def __init__(self, *, called: str = "", **kwargs: Any) -> None:
        # What a model's date field hands to a form's, and three boxes have no use for.
        kwargs.pop("input_formats", None)
        super().__init__(**kwargs)
        self.called = called

    def clean(self, value: Any) -> date | None:
        """The date that was typed."""
        typed = TypedDate.of(value)
        if typed.is_empty:
            if self.required:
                raise self._fault(f"Enter {lowered(self._name)}", "day", code="required")
            return None
        found = self._read(typed)
        self.run_validators(found)
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another date, or another text that is no date, stands in the boxes."""
        if self.disabled:
            return False
        before = initial() if callable(initial) else initial
        try:
            return bool(self._read(TypedDate.of(data)) != before)
        except ValidationError:
            return TypedDate.of(data) != TypedDate.of(before)

    def _read(self, typed: TypedDate) -> date:
        missing = typed.missing()
        if missing:
            raise self._fault(f"{self._name} must include {_listed(missing)}", *missing)
        day, month, year = (_number(part) for part in typed)
        month = MONTHS.get(typed.month.strip().lower(), month)
        if year is not None and len(typed.year.strip()) != 4:
            raise self._fault(f"{self._name} must have 4 numbers for the year", "year")
        wrong = [n for n, v in zip(PARTS, (day, month, year), strict=True) if v is None]
        if day is None or month is None or year is None:
            raise self._fault(f"{self._name} must be a real date", *wrong)
        try:
            return date(year, month, day)
        except ValueError:
            raise self._fault(
                f"{self._name} must be a real date", *_impossible(day, month)
            ) from None

    @property
    def _name(self) -> str:
        return str(self.called or self.label or "The date")

    def _fault(self, words: str, *parts: str, code: str = "invalid") -> ValidationError:
        # `parts` names the boxes to put right.
        return ValidationError(words.replace("%", "%%"), code=code, params={"parts": parts})


def _number(typed: str) -> int | None:
    text = typed.strip()
    return int(text) if text.isdecimal() and len(text) <= 6 else None


def _impossible(day: int, month: int) -> tuple[str, ...]:
    if not 1 <= month <= 12:
        return ("month",) if 1 <= day <= 31 else PARTS
    return ("day",) if not 1 <= day <= 31 else PARTS


def _listed(parts: tuple[str, ...]) -> str:
    return " and ".join(f"a {part}" for part in parts)
