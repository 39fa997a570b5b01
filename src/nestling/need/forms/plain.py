"""Text that is stored, shown and printed: no characters that nothing can print."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from nestling.need.models import WORDS

#: Control signs, halves of signs, and signs without a meaning that all know.
NO_SIGNS = frozenset({"Cc", "Cs", "Cn", "Co"})


def only_signs(text: str) -> None:
    """Refuse a text with characters that cannot be shown.

    Raises:
        ValidationError: with what to do about it.
    """
    if any(unicodedata.category(sign) in NO_SIGNS for sign in text):
        raise ValidationError("Some characters here cannot be shown. Type the text again")


def line_of_text(label: str, **options: Any) -> forms.CharField:
    """One line of text."""
    return forms.CharField(label=label, max_length=WORDS, validators=[only_signs], **options)
