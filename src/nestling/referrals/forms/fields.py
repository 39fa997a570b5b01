"""Fields that many forms of this room use, each with plain words for what is wrong."""

from collections.abc import Sequence
from typing import Any

from django import forms

from nestling.reference.codes import code_list

LONG_TEXT = 4000
Choices = Sequence[tuple[str, str]]
YES_NO: Choices = (("yes", "Yes"), ("no", "No"))


def line(
    label: str,
    *,
    missing: str = "",
    hint: str = "",
    max_length: int = 100,
    attrs: dict[str, Any] | None = None,
) -> forms.CharField:
    """One line of text; needed only where `missing` says what to enter."""
    return forms.CharField(
        label=label,
        required=bool(missing),
        help_text=hint,
        max_length=max_length,
        widget=forms.TextInput(attrs={"autocomplete": "off", **(attrs or {})}),
        error_messages={"required": missing, "max_length": too_long(label, max_length)},
    )


def paragraph(
    label: str, *, missing: str = "", hint: str = "", max_length: int = LONG_TEXT, rows: int = 4
) -> forms.CharField:
    """Several lines of text with a counter; needed only where `missing` says what to enter."""
    return forms.CharField(
        label=label,
        required=bool(missing),
        help_text=hint,
        max_length=max_length,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing, "max_length": too_long(label, max_length)},
    )


def too_long(label: str, max_length: int) -> str:
    """Words for a text that is too long; nothing of it is lost."""
    return f"“{label}” must be {max_length} characters or fewer. Shorten it and send it again"


def radios(label: str, choices: Choices, *, missing: str = "", hint: str = "") -> forms.ChoiceField:
    """One choice of a few; needed only where `missing` says what to choose."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=bool(missing),
        help_text=hint,
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": "Choose one of the options"},
    )


def select(
    label: str, choices: Choices, *, missing: str = "", hint: str = "", empty: str = "Choose one"
) -> forms.ChoiceField:
    """One choice of many."""
    return forms.ChoiceField(
        label=label,
        choices=[("", empty), *choices],
        required=bool(missing),
        help_text=hint,
        error_messages={"required": missing, "invalid_choice": "Choose one of the options"},
    )


def ticks(
    label: str, choices: Choices, *, missing: str = "", hint: str = ""
) -> forms.MultipleChoiceField:
    """Any number of choices."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=bool(missing),
        help_text=hint,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": missing, "invalid_choice": "Choose one of the options"},
    )


def phone(label: str = "Phone number", *, hint: str = "") -> forms.CharField:
    """A phone number as people write it."""
    return forms.CharField(
        label=label,
        required=False,
        help_text=hint,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        error_messages={"max_length": too_long(label, 40)},
    )


def email(label: str = "Email address", *, hint: str = "") -> forms.EmailField:
    """An email address."""
    return forms.EmailField(
        label=label,
        required=False,
        help_text=hint,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "invalid": "Enter an email address like name@example.com",
            "max_length": too_long(label, 254),
        },
    )


def number(
    label: str, *, largest: int, missing: str = "", smallest: int = 0, hint: str = ""
) -> forms.IntegerField:
    """A whole number within its limits."""
    words = f"“{label}” must be a number from {smallest} to {largest}"
    return forms.IntegerField(
        label=label,
        required=bool(missing),
        help_text=hint,
        min_value=smallest,
        max_value=largest,
        error_messages={
            "required": missing,
            "invalid": words,
            "min_value": words,
            "max_value": words,
        },
    )


def coded(name: str, *, without: Sequence[str] = (), nation: str = "") -> list[tuple[str, str]]:
    """The choices of a code list, some left out."""
    return [choice for choice in code_list(name).choices(nation=nation) if choice[0] not in without]


def ask_for(form: forms.Form, name: str, *, words: str) -> None:
    """Complain that a field is empty, unless something else is wrong with it already."""
    if not form.cleaned_data.get(name) and name not in form.errors:
        form.add_error(name, words)


def has_phone_number(text: str) -> bool:
    """Whether a text holds enough numbers to be a phone number."""
    return sum(sign.isdigit() for sign in text) >= 9
