"""The filters of the explorer and of the waterfall; nonsense in an address filters nothing."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from nestling.access_figures.presenters.words import BY, day, measure_words
from nestling.access_figures.queries import Held
from nestling.analytics.access.pivot import age_words
from nestling.analytics.access.published import CHANGE
from nestling.ui.forms import Look

FIRST_MEASURE = "children_ge1"
CHANGED = "change"
#: The ages that a waterfall is drawn for.
YOUNG = ("0", "1", "2")


class ExploreForm(forms.Form):
    """What to show, by what, in which period."""

    measure = forms.ChoiceField(label="Measure")
    by = forms.ChoiceField(label="By")
    until = forms.ChoiceField(label="Period")
    age = forms.ChoiceField(label="Age in the chart")

    looks: ClassVar = dict.fromkeys(("measure", "by", "until", "age"), Look())

    def __init__(self, data: Any, *, held: Held, ages: Sequence[str]) -> None:
        """Take the address's answers, and ours where it has none, nonsense or what is not held."""
        measures = [name for name in held.breakdowns if not name.endswith(CHANGE)]
        measure = one_of(data.get("measure"), measures, FIRST_MEASURE)
        kinds = [name for name in BY if name in held.breakdowns.get(measure, ())]
        ends = [end.isoformat() for end in reversed(held.ends)]
        offered = [*ends, CHANGED] if measure + CHANGE in held.breakdowns else ends
        self.given = {
            "measure": measure,
            "by": one_of(data.get("by"), kinds, kinds[0] if kinds else "country"),
            "until": one_of(data.get("until"), offered, ends[0] if ends else ""),
            "age": one_of(data.get("age"), ages, "0-2"),
        }
        super().__init__(self.given)
        offer(self, "measure", [(name, measure_words(name)) for name in measures])
        offer(self, "by", [(name, BY[name]) for name in kinds])
        offer(self, "until", [(word, period_words(word)) for word in offered])
        offer(self, "age", [(age, age_words(age)) for age in ages])


class RulesForm(forms.Form):
    """Which measure, until when, at which age."""

    measure = forms.ChoiceField(label="Measure")
    until = forms.ChoiceField(label="Period")
    age = forms.ChoiceField(label="Age", choices=[(age, age_words(age)) for age in YOUNG])

    looks: ClassVar = dict.fromkeys(("measure", "until", "age"), Look())

    def __init__(self, data: Any, *, held: Sequence[tuple[str, date]]) -> None:
        """Take the address's answers, and ours where it has none or nonsense."""
        names = list(dict.fromkeys(name for name, _end in held))
        measure = one_of(data.get("measure"), names, names[0])
        ends = sorted((end.isoformat() for name, end in held if name == measure), reverse=True)
        self.given = {
            "measure": measure,
            "until": one_of(data.get("until"), ends, ends[0]),
            "age": one_of(data.get("age"), YOUNG, YOUNG[0]),
        }
        super().__init__(self.given)
        offer(self, "measure", [(one, measure_words(one)) for one in names])
        offer(self, "until", [(end, period_words(end)) for end in ends])


def offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """Fill one of the form's lists."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
    field.choices = choices


def period_words(word: str) -> str:
    """A period as the list offers it."""
    if word == CHANGED:
        return "Change between the two"
    return f"Year to {day(date.fromisoformat(word))}"


def one_of(given: Any, known: Sequence[str], default: str) -> str:
    """What was given, where it is known."""
    return given if given in known else default
