"""What forms use from this room: how a field looks, and dates in three boxes.

class BabyForm(forms.Form):
    born = forms.ChoiceField(label="Has the baby been born?", choices=..., widget=RadioSelect)
    born_on = NHSDateField(label="Date of birth", required=False)

    looks = {"born": Look(reveals={"yes": ("born_on",)})}
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from nestling.ui.dates import NHSDateField, NHSDateWidget, TypedDate

__all__ = [
    "Look",
    "NHSDateField",
    "NHSDateWidget",
    "TypedDate",
    "nhs_formfield",
    "opened_names",
    "settle_reveals",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How one field is drawn, where its widget does not say so.

    A form lists them by field name in `looks`; a template may give the same words to `field(...)`.

    - `width`: 2, 3, 4, 5, 10, 20 or 30 characters.
    - `size`: of the label or legend, `s`, `m`, `l` or `xl`; `is_heading` makes it the page's `h1`.
    - `inline`: two short radios side by side. `small`: small radios and ticks.
    - `hints`: words under an option, by its value.
    - `reveals`: fields that an option opens, by its value. They are drawn there only.
    - `counter`: characters that the counter counts to, where the field has no `max_length`.
    - `optional`: whether "(optional)" is said; by itself where a field is not required.
    - `hide_label`: the label is for screen readers only.
    """

    width: int | None = None
    size: str = "s"
    is_heading: bool = False
    caption: str = ""
    inline: bool = False
    small: bool = False
    hints: Mapping[str, str] = field(default_factory=dict)
    reveals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    divider_before: Mapping[str, str] = field(default_factory=dict)
    counter: int | None = None
    prefix: str = ""
    suffix: str = ""
    classes: str = ""
    optional: bool | None = None
    hide_label: bool = False


def nhs_formfield(db_field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """A model's field for a form, dates in three boxes: the `formfield_callback` of a `Meta`."""
    if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
        return db_field.formfield(**{"form_class": NHSDateField, "widget": NHSDateWidget, **kwargs})
    return db_field.formfield(**kwargs)


def looks_of(form: forms.BaseForm) -> Mapping[str, Look]:
    """How a form wants its fields drawn, by name."""
    found: Mapping[str, Look] = getattr(form, "looks", {})
    return found


def opened_names(form: forms.BaseForm) -> set[str]:
    """The fields that an option of another field opens."""
    opened = (names for look in looks_of(form).values() for names in look.reveals.values())
    return {name for names in opened for name in names}


def settle_reveals(form: forms.BaseForm, *, optional: Collection[str] = ()) -> None:
    """Ask for what a chosen option opened, and forget what another one hides: call it in `clean`.

    A fault in a question that nobody can see would keep the form from ever being sent.
    """
    for name, look in looks_of(form).items():
        for value, names in look.reveals.items():
            chosen = _is_chosen(form, name, value=value)
            for opened in names:
                if not chosen:
                    _forget(form, opened)
                elif opened not in optional:
                    _ask(form, opened)


def _is_chosen(form: forms.BaseForm, name: str, *, value: str) -> bool:
    answer = form.cleaned_data.get(name)
    if isinstance(answer, bool):
        return answer and value == "true"
    if isinstance(answer, list | tuple | set):
        return value in map(str, answer)
    return str(answer) == value


def _forget(form: forms.BaseForm, name: str) -> None:
    form.errors.pop(name, None)
    form.cleaned_data[name] = form.fields[name].to_python(None)


def _ask(form: forms.BaseForm, name: str) -> None:
    empty = form.cleaned_data.get(name) in form.fields[name].empty_values
    if empty and name not in form.errors:
        form.add_error(
            name, ValidationError(form.fields[name].error_messages["required"], "required")
        )
