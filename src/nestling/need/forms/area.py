"""What somebody tries in an area: their own values, and a name to keep them under."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from nestling.need.forms.plain import line_of_text
from nestling.need.presenters.words import about, about_pounds, in_hundred
from nestling.reference.parameters import need_parameters
from nestling.science.units import SHARE
from nestling.ui.forms import Look

#: Each value's name, its question, and by what the answer is divided to become the model's.
VALUES = {
    "identified": ("Babies noticed, in 100", 100.0),
    "accepted": ("Of those, families who come, in 100", 100.0),
    "families_per_team": ("Families a team sees in a year", 1.0),
    "cost_per_team_pence": ("Cost of a team in a year, £", 0.01),
    "benefit_per_child_pence": ("Claimed lifetime benefit for a child, £", 0.01),
}
MOST_FAMILIES, MOST_POUNDS = 100_000, 1_000_000_000


class WhatIfForm(forms.Form):
    """Values of the reader's own; what is left blank keeps its stated value and its range."""

    scenario = forms.ChoiceField(label="Work out help and cost for", required=False)
    looks: ClassVar = dict.fromkeys((*VALUES, "scenario"), Look(optional=False))

    def __init__(self, data: Any) -> None:
        """One question for each value, with what holds if it is left blank."""
        super().__init__(data)
        scenarios = need_parameters().scenarios.values()
        field = self.fields["scenario"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", "The one shown first"), *((one.name, one.title) for one in scenarios)]
        for name, (label, divisor) in VALUES.items():
            self.fields[name] = forms.FloatField(
                label=label,
                required=False,
                min_value=0 if divisor == 100 else 1,
                max_value=_most(name),
                help_text=f"Blank: {_stated(name)}",
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )

    def values(self) -> dict[str, float]:
        """The values that were given, in the model's units."""
        given = self.cleaned_data if self.is_valid() else {}
        return {
            name: given[name] / divisor
            for name, (_, divisor) in VALUES.items()
            if given.get(name) is not None
        }

    def chosen_scenario(self) -> str:
        """The scenario named, or the one that is shown first."""
        named = str(self.cleaned_data.get("scenario") or "") if self.is_valid() else ""
        return named or need_parameters().default_scenario.name


class SaveForm(forms.Form):
    """The name under which a what-if is kept."""

    name = line_of_text(
        "Keep this what-if as",
        help_text="People of your organisation can open it by its link",
        error_messages={"required": "Give the what-if a name"},
    )


def typed(values: Mapping[str, float]) -> dict[str, str]:
    """The model's values as they are typed into the form.

    >>> typed({"identified": 0.4, "cost_per_team_pence": 50_000_000.0})
    {'identified': '40', 'cost_per_team_pence': '500000'}
    """
    return {name: f"{values[name] * VALUES[name][1]:.10g}" for name in VALUES if name in values}


def said(name: str, value: float, *, decimals: int = 1) -> str:
    """One value in words."""
    if need_parameters().parameters[name].unit == SHARE:
        return in_hundred(value, decimals=decimals)
    return about_pounds(value) if name.endswith("_pence") else about(value)


def _most(name: str) -> float:
    if VALUES[name][1] == 100:
        return 100
    return MOST_POUNDS if name.endswith("_pence") else MOST_FAMILIES


def _stated(name: str) -> str:
    parameter = need_parameters().parameters[name]
    stated = said(name, parameter.value())
    if parameter.distribution is None:
        return f"{stated}, with no range known"
    low, high = parameter.limits()
    ends = [said(name, one, decimals=0) for one in (low, high)]
    return f"{stated}, likely between {ends[0]} and {ends[1]}"
