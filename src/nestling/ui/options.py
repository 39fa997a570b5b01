"""Fields that are chosen from: lists, radios, ticks, and the questions that an option opens."""

import re
from collections.abc import Iterator
from dataclasses import replace

from django import forms
from django.forms.boundfield import BoundField
from markupsafe import Markup

from nestling.ui.forms import Look
from nestling.ui.groups import NAMED, Params, common


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
        key: value
        for key, value in shared.items()
        if key in ("name", "errorMessage", "classes", "disabled")
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
