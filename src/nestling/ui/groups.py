"""What every field's group has: label, hint, error, and the value as it is printed."""

from typing import Any

from django.forms.boundfield import BoundField
from markupsafe import Markup, escape

from nestling.ui.dates import PARTS
from nestling.ui.forms import Look, opened_names
from nestling.ui.words import plain_words

Params = dict[str, Any]


# Attributes that the macros take by name; every other one goes through as it is.
NAMED = ("autocomplete", "autocapitalize", "inputmode", "pattern", "rows", "spellcheck")


# A browser that cuts a text off at `maxlength` loses what was typed; the server says so instead.
DROPPED = ("maxlength", "minlength", "cols", "required", "aria-describedby", "class", "id")


def common(bound: BoundField, look: Look) -> Params:
    """What every group has: ids, name, label, hint, error."""
    attrs = bound.field.widget.attrs
    params: Params = {
        "id": bound.auto_id or bound.html_name,
        "name": bound.html_name,
        "label": label(bound, look),
        "attributes": {
            key: value
            for key, value in attrs.items()
            if key not in NAMED + DROPPED and value is not False
        },
    }
    params |= {key: attrs[key] for key in NAMED if key in attrs}
    params |= optional(bound, look)
    return params


def optional(bound: BoundField, look: Look) -> Params:
    """The parts that are there only when they have something to say."""
    found: Params = {}
    if bound.help_text:
        found["hint"] = {"html": escape(bound.help_text)}
    if bound.errors:
        found["errorMessage"] = {"text": error_text(bound)}
    if bound.field.disabled:
        found["disabled"] = True
    classes = " ".join(filter(None, (bound.field.widget.attrs.get("class", ""), look.classes)))
    if classes:
        found["classes"] = classes
    return found


def error_text(bound: BoundField) -> str:
    """The field's errors as one line, in words that name the field."""
    faults = bound.form.errors.as_data().get(bound.name, [])
    told = [plain_words(fault, field=bound.field, label=str(bound.label)) for fault in faults]
    return ". ".join(told)


def faulty_parts(bound: BoundField) -> tuple[str, ...]:
    """The boxes of a date that are wrong; all of them where the fault does not say."""
    if not bound.errors:
        return ()
    for fault in bound.form.errors.as_data().get(bound.name, []):
        parts = (fault.params or {}).get("parts")
        if parts:
            return tuple(parts)
    return PARTS


def label(bound: BoundField, look: Look) -> Params:
    """The label's or legend's words, size and place."""
    words = str(bound.label)
    if says_optional(bound, look):
        words = f"{words} (optional)"
    found: Params = {"text": words, "size": look.size}
    if look.is_heading:
        found["isPageHeading"] = True
        if look.caption:
            found["caption"] = {"text": look.caption, "placement": "before"}
    if look.hide_label:
        found["classes"] = "nhsuk-u-visually-hidden"
    return found


def says_optional(bound: BoundField, look: Look) -> bool:
    """Whether "(optional)" follows the label; a question that an option opens wants an answer."""
    if bound.field.required or "(optional)" in str(bound.label):
        return False
    return bound.name not in opened_names(bound.form) if look.optional is None else look.optional


def as_text(bound: BoundField) -> str:
    """The value as the widget would print it."""
    value = bound.field.widget.format_value(bound.value())
    return "" if value is None else str(value)


def kept(text: str) -> Markup:
    """A text with its line breaks written so that no indentation finds them."""
    return escape(text).replace("\n", Markup("&#10;"))
