"""What forms use from this room: how a field looks, and dates in three boxes.

class BabyForm(forms.Form):
    born = forms.ChoiceField(label="Has the baby been born?", choices=..., widget=RadioSelect)
    born_on = NHSDateField(label="Date of birth", required=False)

    looks = {"born": Look(reveals={"yes": ("born_on",)})}
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import models

from nestling.ui.dates import NHSDateField, NHSDateWidget, TypedDate

__all__ = ["Look", "NHSDateField", "NHSDateWidget", "TypedDate", "nhs_formfield"]


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
    - `optional`: `False` leaves out "(optional)".
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
    optional: bool = True
    hide_label: bool = False


def nhs_formfield(db_field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """A model's field for a form, dates in three boxes: the `formfield_callback` of a `Meta`."""
    if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
        return db_field.formfield(**{"form_class": NHSDateField, "widget": NHSDateWidget, **kwargs})
    return db_field.formfield(**kwargs)
