"""A form's field as the parameters of the design system's macro that draws it."""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.utils.safestring import SafeString

from nestling.ui.dates import NHSDateWidget
from nestling.ui.forms import Look, looks_of, opened_names
from nestling.ui.groups import Params, common, error_text, faulty_parts
from nestling.ui.inputs import (
    date_params,
    file_params,
    hidden_params,
    input_params,
    password_params,
    textarea_macro,
    textarea_params,
)
from nestling.ui.options import checkboxes_params, radios_params, select_params, single_tick_params


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Which macro draws a field, and with what."""

    macro: str
    params: Params


class NHSBoundField(BoundField):
    """Django's bound field, drawn as a whole group: label, hint, error, input."""

    def as_field_group(self) -> SafeString:
        """The group as the design system draws it."""
        return self.render()

    def look(self, **changes: Any) -> Look:
        """How the form wants this field to look, with the template's changes."""
        return replace(looks_of(self.form).get(self.name, Look()), **changes)

    def drawn(self, **changes: Any) -> Drawn:
        """The macro and its parameters."""
        return draw(self, look=self.look(**changes))

    @property
    def first_id(self) -> str:
        """The id of the first input: what an error summary links to."""
        return first_id(self)

    @property
    def error_text(self) -> str:
        """The field's errors as one line."""
        return error_text(self)


def first_id(bound: BoundField) -> str:
    """The id of a field's first input, of a date's first faulty box."""
    base = bound.auto_id or bound.html_name
    if isinstance(bound.field.widget, NHSDateWidget):
        return f"{base}-{next(iter(faulty_parts(bound)), 'day')}"
    return base


def top_fields(form: forms.BaseForm) -> list[BoundField]:
    """The fields to draw one under another: not those that an option of another one opens."""
    opened = opened_names(form)
    return [bound for bound in form if bound.name not in opened]


def draw(bound: BoundField, *, look: Look) -> Drawn:
    """Which macro draws this field, chosen by its widget."""
    widget = bound.field.widget
    for kind, macro, build in KINDS:
        if isinstance(widget, kind):
            return Drawn(macro=macro(bound, look), params=build(bound, look))
    return Drawn(macro="widget", params=common(bound, look) | {"html": bound.as_widget()})


def named(macro: str) -> Any:
    """A macro that does not depend on the field."""
    return lambda bound, look: macro  # noqa: ARG005 - one shape for all


# Most particular first: a tick list is a list of choices too.
KINDS: tuple[tuple[type[forms.Widget], Any, Any], ...] = (
    (NHSDateWidget, named("dateInput"), date_params),
    (forms.HiddenInput, named("hidden"), hidden_params),
    (forms.MultipleHiddenInput, named("hidden"), hidden_params),
    (forms.PasswordInput, named("passwordInput"), password_params),
    (forms.FileInput, named("fileUpload"), file_params),
    (forms.CheckboxInput, named("checkboxes"), single_tick_params),
    (forms.CheckboxSelectMultiple, named("checkboxes"), checkboxes_params),
    (forms.RadioSelect, named("radios"), radios_params),
    (forms.Select, named("select"), select_params),
    (forms.Textarea, textarea_macro, textarea_params),
    (Input, named("input"), input_params),
)
