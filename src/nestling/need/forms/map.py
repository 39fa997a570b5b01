"""The filters above the map; nonsense filters nothing."""

from typing import Any, ClassVar

from django import forms

from nestling.need.pictures import MapFigure
from nestling.need.presenters.map_page import FIGURE_WORDS, KIND_WORDS, mappable, share_words
from nestling.reference.parameters import need_parameters
from nestling.ui.forms import Look

ORDERS = ("name", "births", "value")
FIRST = "-value"


class MapForm(forms.Form):
    """What to show, under which scenario, for which areas."""

    show = forms.ChoiceField(label="Show", choices=[(f.value, FIGURE_WORDS[f]) for f in MapFigure])
    scenario = forms.ChoiceField(label="If we say need is")
    by = forms.ChoiceField(label="By", choices=[(k.value, KIND_WORDS[k]) for k in KIND_WORDS])

    looks: ClassVar = dict.fromkeys(
        ("show", "scenario", "by"), Look(classes="nhsuk-u-width-full", optional=False)
    )

    def __init__(self, data: Any) -> None:
        """Take the address's answers, and ours where it has none or nonsense."""
        scenarios = mappable()
        default = need_parameters().default_scenario
        ordered = [default, *(one for one in scenarios if one is not default)]
        choices = [(one.name, share_words(one)) for one in ordered]
        given = {
            "show": _one_of(data.get("show"), [one.value for one in MapFigure], "need"),
            "scenario": _one_of(data.get("scenario"), [name for name, _ in choices], default.name),
            "by": _one_of(data.get("by"), [one.value for one in KIND_WORDS], "utla"),
        }
        super().__init__(given)
        field = self.fields["scenario"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = choices
        self.given = given


class FindForm(forms.Form):
    """Find an area by its name or code."""

    q = forms.CharField(label="Find an area", required=False, max_length=100)


def order_of(text: str) -> str:
    """A known order, or the first."""
    return text if text.removeprefix("-") in ORDERS else FIRST


def _one_of(given: Any, known: list[str], default: str) -> str:
    return given if given in known else default
