"""A form's field as the parameters of the design system's macro that draws it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.utils.safestring import SafeString
from markupsafe import Markup, escape

from nestling.ui.dates import PARTS, NHSDateWidget, TypedDate
from nestling.ui.forms import Look, opened_names
from nestling.ui.words import plain_words

Params = dict[str, Any]

# Attributes that the macros take by name; every other one goes through as it is.
NAMED = ("autocomplete", "autocapitalize", "inputmode", "pattern", "rows", "spellcheck")
# A browser that cuts a text off at `maxlength` loses what was typed; the server says so instead.
DROPPED = ("maxlength", "minlength", "cols", "required", "aria-describedby", "class", "id")


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
        looks: Mapping[str, Look] = getattr(self.form, "looks", {})
        return replace(looks.get(self.name, Look()), **changes)

    def drawn(self, **changes: Any) -> Drawn:
        """The macro and its parameters."""
        return draw(self, look=self.look(**changes))

    @property
    def first_id(self) -> str:
        """The id of the first input: what an error summary links to."""
        base = self.auto_id or self.html_name
        if isinstance(self.field.widget, NHSDateWidget):
            return f"{base}-{next(iter(faulty_parts(self)), 'day')}"
        return base

    @property
    def error_text(self) -> str:
        """The field's errors as one line."""
        return error_text(self)


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


def input_params(bound: BoundField, look: Look) -> Params:
    """A single line of text."""
    params = common(bound, look)
    kind = bound.field.widget.input_type
    if kind == "number":
        # A spinner changes a number when a page is scrolled; the design system uses plain text.
        kind = "text"
        whole = isinstance(bound.field, forms.IntegerField) and not isinstance(
            bound.field, forms.FloatField | forms.DecimalField
        )
        params.setdefault("inputmode", "numeric" if whole else "decimal")
        for key in ("min", "max", "step"):
            params["attributes"].pop(key, None)
    params |= {"type": kind, "value": kept(as_text(bound))}
    params |= AUTOFILL.get(kind, {}) | {k: v for k, v in params.items() if k in AUTOFILL_KEYS}
    params |= {k: v for k, v in (("width", look.width),) if v}
    params |= {k: v for k, v in (("prefix", look.prefix), ("suffix", look.suffix)) if v}
    return params


AUTOFILL_KEYS = ("autocomplete", "inputmode", "spellcheck")
AUTOFILL: dict[str, Params] = {
    "email": {"autocomplete": "email", "spellcheck": False},
    "tel": {"autocomplete": "tel"},
    "url": {"spellcheck": False},
}


def password_params(bound: BoundField, look: Look) -> Params:
    """A password, which is never printed back."""
    params = common(bound, look)
    params.setdefault("autocomplete", "current-password")
    return params


def textarea_params(bound: BoundField, look: Look) -> Params:
    """Several lines, with a counter where there is a limit."""
    params = common(bound, look)
    # Django's own ten lines are more than most answers need.
    rows = bound.field.widget.attrs.get("rows", "10")
    params["rows"] = 5 if rows == "10" else rows
    params["value"] = kept_lines(as_text(bound))
    limit = counter(bound, look)
    if limit:
        params["maxlength"] = limit
    return params


def kept_lines(text: str) -> Markup:
    """A text that survives a macro's indentation and HTML's dropping of a first line break."""
    lead = "\n" if text.startswith(("\n", "\r")) else ""
    return kept(lead + text.replace("\r\n", "\n").replace("\r", "\n"))


def kept(text: str) -> Markup:
    """A text with its line breaks written so that no indentation finds them."""
    return escape(text).replace("\n", Markup("&#10;"))


def counter(bound: BoundField, look: Look) -> int | None:
    """How many characters the field takes, or nothing."""
    return look.counter or getattr(bound.field, "max_length", None)


def textarea_macro(bound: BoundField, look: Look) -> str:
    """The macro with a counter only where something is counted."""
    return "characterCount" if counter(bound, look) else "textarea"


def select_params(bound: BoundField, look: Look) -> Params:
    """A list to choose from; the empty line stays, as "nothing chosen"."""
    params = common(bound, look)
    params["items"] = [
        {"value": value, "text": text, "selected": value in chosen(bound)}
        for value, text in choices(bound)
    ]
    if isinstance(bound.field.widget, forms.SelectMultiple):
        params["attributes"]["multiple"] = True
    return params


def radios_params(bound: BoundField, look: Look) -> Params:
    """Radios without the empty one that a model's choice brings."""
    params = grouped(bound, look)
    params["items"] = list(option_items(bound, look))
    if look.inline:
        params["inline"] = True
    return params


def checkboxes_params(bound: BoundField, look: Look) -> Params:
    """Several ticks under one legend."""
    params = grouped(bound, look)
    params["items"] = list(option_items(bound, look))
    return params


def single_tick_params(bound: BoundField, look: Look) -> Params:
    """One tick whose label is the field's."""
    shared = common(bound, replace(look, optional=False))
    widget = bound.field.widget
    item: Params = {"value": widget.attrs.get("value", "on"), "text": shared["label"]["text"]}
    item["checked"] = widget.check_test(bound.value())
    if "hint" in shared:
        item["hint"] = shared.pop("hint")
    if "true" in look.reveals:
        item["conditional"] = {"html": revealed(bound, look.reveals["true"])}
    if shared["attributes"]:
        item["attributes"] = shared["attributes"]
    params = {
        key: value for key, value in shared.items() if key in ("name", "errorMessage", "classes")
    }
    return params | {"idPrefix": shared["id"], "items": [item]}


def grouped(bound: BoundField, look: Look) -> Params:
    """What radios and ticks share: a legend in place of the label."""
    params = common(bound, look)
    params["idPrefix"] = params.pop("id")
    params["fieldset"] = {"legend": params.pop("label")}
    for key in NAMED:
        params.pop(key, None)
    if look.small:
        params["small"] = True
    return params


def option_items(bound: BoundField, look: Look) -> Iterator[Params]:
    """Each option, with its hint and what it opens."""
    picked = chosen(bound)
    for value, text in choices(bound):
        if value == "":
            continue
        if value in look.divider_before:
            yield {"divider": look.divider_before[value]}
        item: Params = {"value": value, "text": text, "checked": value in picked}
        if value in look.hints:
            item["hint"] = {"text": look.hints[value]}
        if value in look.reveals:
            item["conditional"] = {"html": revealed(bound, look.reveals[value])}
        yield item


def revealed(bound: BoundField, names: tuple[str, ...]) -> Markup:
    """The fields that an option opens, drawn."""
    return Markup("").join(bound.form[name].render() for name in names)


REVEAL = re.compile(r' data-aria-controls="conditional-[^"]*"| nhsuk-\w+__conditional--hidden')


def opened_by_style(html: Markup) -> Markup:
    """Radios or ticks whose questions the stylesheet opens, with or without script.

    The design system's script would hide them where it runs and put `aria-expanded` on a radio,
    which ARIA does not allow.
    """
    return Markup(REVEAL.sub("", html))  # noqa: S704 - leaves out two attributes' own words


def choices(bound: BoundField) -> Iterator[tuple[str, str]]:
    """Every option as (value, words), groups laid flat."""
    for value, text in bound.field.widget.choices:
        if isinstance(text, list | tuple):
            yield from ((as_value(inner), str(words)) for inner, words in text)
        else:
            yield as_value(value), str(text)


def as_value(value: object) -> str:
    """An option's value as it comes back from a browser."""
    return "" if value is None else str(value)


def chosen(bound: BoundField) -> set[str]:
    """The values that are chosen, typed or given."""
    formatted = bound.field.widget.format_value(bound.value())
    if isinstance(formatted, list | tuple | set):
        return {as_value(value) for value in formatted}
    return {as_value(formatted)}


def file_params(bound: BoundField, look: Look) -> Params:
    """A file to send."""
    params = common(bound, look)
    if getattr(bound.field.widget, "allow_multiple_selected", False):
        params["multiple"] = True
    return params


def date_params(bound: BoundField, look: Look) -> Params:
    """Three boxes under one legend; the faulty ones are marked."""
    shared = common(bound, look)
    typed = TypedDate.of(bound.value())
    faulty = faulty_parts(bound)
    params = {
        key: shared[key] for key in ("id", "hint", "errorMessage", "disabled") if key in shared
    }
    params["fieldset"] = {"legend": shared["label"]}
    params["items"] = [
        {
            "id": f"{shared['id']}-{part}",
            "name": f"{shared['name']}-{part}",
            "label": part.capitalize(),
            "value": kept(text),
            "width": 4 if part == "year" else 2,
            "error": part in faulty,
            **autofilled(shared, part),
        }
        for part, text in zip(PARTS, typed, strict=True)
    ]
    return params


def autofilled(shared: Params, part: str) -> Params:
    """`autocomplete="bday"` on a date means its own word on each box."""
    return {"autocomplete": f"bday-{part}"} if shared.get("autocomplete") == "bday" else {}


def faulty_parts(bound: BoundField) -> tuple[str, ...]:
    """The boxes of a date that are wrong; all of them where the fault does not say."""
    if not bound.errors:
        return ()
    for fault in bound.form.errors.as_data().get(bound.name, []):
        parts = (fault.params or {}).get("parts")
        if parts:
            return tuple(parts)
    return PARTS


def hidden_params(bound: BoundField, look: Look) -> Params:  # noqa: ARG001 - one shape for all
    """A value that the page carries and nobody sees."""
    return {"html": bound.as_widget()}


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
