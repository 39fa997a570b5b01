"""Fields with plain words for every fault, and the form that knows what day it is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from nestling.reference.codes import code_list
from nestling.reference.protection import protection_number
from nestling.science.ages import count_of, whole_months
from nestling.ui.forms import Look, NHSDateField

SHORT, MEDIUM, LONG, PAGE = 100, 200, 1_000, 20_000
"""Characters that a name, a line, a few sentences and a note may have."""

OLDEST = date(1900, 1, 1)
DUE_PAST, DUE_AHEAD = timedelta(days=60), timedelta(days=300)
"""How far from today a due date may be typed; beyond is a slip of the pen."""

Choices = Sequence[tuple[str, str]]


def text(label: str, *, most: int = SHORT, missing: str = "", hint: str = "") -> forms.CharField:
    """One line of text; required when there are words for its being missing."""
    return forms.CharField(
        label=label,
        max_length=most,
        required=bool(missing),
        help_text=hint,
        error_messages=_text_faults(label, most, missing),
    )


def paragraph(
    label: str, *, most: int = LONG, missing: str = "", hint: str = "", rows: int = 4
) -> forms.CharField:
    """Several lines of text."""
    field = text(label, most=most, missing=missing, hint=hint)
    field.widget = forms.Textarea(attrs={"rows": rows})
    return field


def reason(label: str, *, most: int = 300, hint: str = "") -> forms.CharField:
    """Why something is done that the log keeps for a reviewer: never only a word or a full stop."""
    least = protection_number("reason_letters")
    faults = _text_faults(label, most, f"Enter why, in at least {least} letters")
    return forms.CharField(
        label=label,
        min_length=least,
        max_length=most,
        help_text=hint,
        error_messages={**faults, "min_length": f"Say more: at least {least} letters"},
    )


def email(label: str) -> forms.EmailField:
    """An email address."""
    faults = _text_faults(label, 254, "")
    faults["invalid"] = "Enter an email address in the right form, like name@example.org"
    return forms.EmailField(label=label, max_length=254, required=False, error_messages=faults)


def _text_faults(label: str, most: int, missing: str) -> dict[str, str]:
    return {
        "required": missing,
        "max_length": f"{label} must be {most:,} characters or fewer",
        "null_characters_not_allowed": f"{label} has a sign in it that cannot be kept",
    }


def radios(label: str, choices: Choices, *, missing: str = "", hint: str = "") -> forms.ChoiceField:
    """One of a few, all in sight; required when there are words for its being missing."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=bool(missing),
        help_text=hint,
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": "Choose one of the options"},
    )


def select(
    label: str, choices: Choices, *, missing: str = "", hint: str = "", empty: str = "Choose"
) -> forms.ChoiceField:
    """One of many."""
    return forms.ChoiceField(
        label=label,
        choices=[("", empty), *choices],
        required=bool(missing),
        help_text=hint,
        error_messages={"required": missing, "invalid_choice": "Choose one of the options"},
    )


def tick(label: str, *, hint: str = "", missing: str = "") -> forms.BooleanField:
    """Yes or nothing."""
    return forms.BooleanField(
        label=label,
        required=bool(missing),
        help_text=hint,
        error_messages={"required": missing},
    )


def day(label: str, *, called: str = "", required: bool = True, hint: str = "") -> NHSDateField:
    """A date in three boxes."""
    return NHSDateField(label=label, called=called, required=required, help_text=hint)


def coded(name: str, *, nation: str = "") -> Choices:
    """The choices of a code list."""
    return code_list(name).choices(nation=nation)


class PlainForm(forms.Form):
    """A form that knows the day, so that no date is compared with a clock of its own."""

    looks: Mapping[str, Look] = {}

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def offer(self, name: str, choices: Iterable[tuple[str, str]], *, empty: str = "") -> None:
        """Give a field its choices, with an empty one before them where it has words."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*([("", empty)] if empty else []), *choices]

    def drop(self, *names: str) -> None:
        """Ask less."""
        for name in names:
            del self.fields[name]

    def not_future(self, name: str, *, called: str = "The date") -> None:
        """A day that has come, and not before 1900."""
        value = self.cleaned_data.get(name)
        if value is None:
            return
        if value > self.on:
            self.add_error(name, f"{called} must be today or in the past")
        elif value < OLDEST:
            self.add_error(name, f"{called} is before 1900. Check the year")

    def not_far(self, name: str, *, called: str, years: int = 5) -> None:
        """A day within some years from today, either way."""
        value = self.cleaned_data.get(name)
        if value is not None and abs((value - self.on).days) > years * 366:
            self.add_error(name, f"{called} is more than {years} years away. Check the year")

    def due_date_is_near(self, name: str) -> None:
        """A due date from 60 days ago to 300 days ahead, unless it stood there before."""
        value = self.cleaned_data.get(name)
        if value is None or value == self.initial.get(name):
            return
        if value < self.on - DUE_PAST:
            months = count_of(whole_months(value, self.on), "month")
            self.add_error(name, f"The due date is {months} ago. Check the year")
        elif value > self.on + DUE_AHEAD:
            months = count_of(whole_months(self.on, value), "month")
            self.add_error(name, f"The due date is {months} away. Check the year")
