"""Plain words in place of Django's own error messages, which do not say which field they mean.

A message that a form or field gives itself is left as it is.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError

Sentence = Callable[[forms.Field, str, dict[str, Any]], str]


def plain_words(fault: ValidationError, *, field: forms.Field, label: str) -> str:
    """The fault as one sentence that names the field and says what to do."""
    if is_djangos_own(fault, field=field):
        sentence = SENTENCES.get(fault.code or "")
        if sentence:
            return sentence(field, label, fault.params or {})
    return " ".join(str(message).strip() for message in fault.messages)


def is_djangos_own(fault: ValidationError, *, field: forms.Field) -> bool:
    """Whether nobody but Django chose the message."""
    code = fault.code or ""
    defaults: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        defaults.update(getattr(kind, "default_error_messages", {}))
    if any(fault.message is words for words in FROM_VALIDATORS):
        return True
    return code in defaults and defaults[code] == field.error_messages[code] == fault.message


FROM_VALIDATORS = (
    validators.EmailValidator.message,
    validators.URLValidator.message,
    validators.RegexValidator.message,
    validators.MaxLengthValidator.message,
    validators.MinLengthValidator.message,
    validators.MaxValueValidator.message,
    validators.MinValueValidator.message,
)


def required(field: forms.Field, label: str, params: dict[str, Any]) -> str:  # noqa: ARG001
    """What to fill in."""
    if isinstance(field, forms.BooleanField):
        return f"Tick the box: {quoted(label)}"
    if label.endswith("?"):
        return f"Answer the question: {quoted(label)}"
    if isinstance(field, forms.FileField | forms.ChoiceField | forms.ModelChoiceField):
        return f"Choose an answer: {lowered(label)}"
    return f"Enter {lowered(label)}"


def not_a_choice(field: forms.Field, label: str, params: dict[str, Any]) -> str:  # noqa: ARG001
    """The answer is not on the list."""
    return f"Choose an answer from the list: {lowered(label)}"


def invalid(field: forms.Field, label: str, params: dict[str, Any]) -> str:  # noqa: ARG001
    """What the answer must look like."""
    for kind, words in KINDS:
        if isinstance(field, kind):
            return words.format(label=subject(label))
    return f"{subject(label)} is not in a form that can be read"


KINDS: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.EmailField, "Enter an email address in the correct format, like name@example.com"),
    (forms.URLField, "Enter a web address in the correct format, like www.example.com"),
    (forms.DecimalField, "{label} must be a number"),
    (forms.FloatField, "{label} must be a number"),
    (forms.IntegerField, "{label} must be a whole number"),
    (forms.TimeField, "{label} must be a time, like 14:30"),
    (forms.DateTimeField, "{label} must be a date and time, like 24/11/2026 14:30"),
    (forms.DateField, "{label} must be a real date"),
)


def too_long(field: forms.Field, label: str, params: dict[str, Any]) -> str:  # noqa: ARG001
    """How much too long."""
    limit, typed = params.get("limit_value", ""), params.get("show_value", "")
    return f"{subject(label)} must be {limit} characters or fewer. You typed {typed}"


def too_short(field: forms.Field, label: str, params: dict[str, Any]) -> str:  # noqa: ARG001
    """How much too short."""
    return f"{subject(label)} must be {params.get('limit_value', '')} characters or more"


def too_large(field: forms.Field, label: str, params: dict[str, Any]) -> str:  # noqa: ARG001
    """The largest number that is taken."""
    return f"{subject(label)} must be {params.get('limit_value', '')} or less"


def too_small(field: forms.Field, label: str, params: dict[str, Any]) -> str:  # noqa: ARG001
    """The smallest number that is taken."""
    return f"{subject(label)} must be {params.get('limit_value', '')} or more"


SENTENCES: dict[str, Sentence] = {
    "required": required,
    "invalid": invalid,
    "invalid_choice": not_a_choice,
    "invalid_list": not_a_choice,
    "max_length": too_long,
    "min_length": too_short,
    "max_value": too_large,
    "min_value": too_small,
}


def subject(label: str) -> str:
    """The label as the subject of a sentence; a question is quoted.

    >>> subject("Weeks pregnant"), subject("How old?")
    ('Weeks pregnant', 'The answer to “How old?”')
    """
    return f"The answer to {quoted(label)}" if label.endswith("?") else label


def quoted(label: str) -> str:
    """The label in quotation marks."""
    return f"“{label}”"


def lowered(label: str) -> str:
    """The label inside a sentence; an abbreviation keeps its capitals.

    >>> lowered("Baby’s name"), lowered("NHS number")
    ('baby’s name', 'NHS number')
    """
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
