"""What a team is planned with: for whom, how many wait, what each post costs and who says so."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from nestling.need.forms.plain import line_of_text
from nestling.need.presenters.paper import on_paper
from nestling.reference.parameters import need_parameters
from nestling.reference.parameters.staffing import staffing_file
from nestling.science.staffing import Cost, CostBasis
from nestling.ui.forms import Look, NHSDateField

PDF = "pdf"
FORMATS = ((PDF, "PDF, one page"), ("docx", "Word, to edit"), ("xlsx", "Spreadsheet, by month"))
MOST_FAMILIES, MOST_POUNDS = 100_000, 100_000_000
PER = {
    CostBasis.WTE: "for one whole-time equivalent",
    CostBasis.PERSON: "for one person",
    CostBasis.TEAM: "for one team",
}


def whole(label: str, *, help_text: str, most: int) -> forms.IntegerField:
    """A whole number that may be left blank."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class TeamForm(forms.Form):
    """A team for an area. No cost is shipped: each is given with its date and its source."""

    scenario = forms.ChoiceField(label="Which babies are counted?")
    families = whole(
        "Families to plan for in a year",
        help_text="Leave it blank to plan for all who would come",
        most=MOST_FAMILIES,
    )
    waiting = whole("Families waiting now", help_text="Leave it blank for none", most=MOST_FAMILIES)
    kind = forms.ChoiceField(label="Make it as", choices=FORMATS, widget=forms.RadioSelect)
    looks: Mapping[str, Look] = {"families": Look(width=5), "waiting": Look(width=5)}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """One row of questions for each post and each other cost."""
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["scenario"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        scenarios = need_parameters().scenarios.values()
        field.choices = [(one.name, f"{one.title}: {one.meaning}") for one in scenarios]
        self.looks = dict(type(self).looks)
        for item, _, per in cost_items():
            self._add_cost(item, per=per)

    def clean(self) -> dict[str, Any]:
        """A cost has a date and a source, or is not given at all."""
        cleaned = super().clean() or {}
        if cleaned.get("families") == 0:
            self.add_error("families", "Plan for at least 1 family, or leave it blank")
        for item, title, _ in cost_items():
            self._check_cost(item, title=title, cleaned=cleaned)
        return cleaned

    def costs(self) -> dict[str, Cost]:
        """The costs that were given."""
        held = self.cleaned_data
        return {
            item: Cost(
                item=item,
                pence_a_year=round(held[f"{item}_pounds"] * 100),
                per=per,
                as_of=held[f"{item}_as_of"].isoformat(),
                source=held[f"{item}_source"],
            )
            for item, _, per in cost_items()
            if held.get(f"{item}_pounds") is not None
        }

    def rows(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Each cost's title and its three questions."""
        for item, title, per in cost_items():
            names = (f"{item}_pounds", f"{item}_as_of", f"{item}_source")
            yield f"{title}, {PER[per]}", [self[name] for name in names]

    def _add_cost(self, item: str, *, per: CostBasis) -> None:
        pounds = f"{item}_pounds"
        self.fields[pounds] = whole("Pounds a year", help_text=PER[per], most=MOST_POUNDS)
        self.fields[f"{item}_as_of"] = NHSDateField(
            label="When was it so?", called="Date of the cost", required=False
        )
        self.fields[f"{item}_source"] = line_of_text("Who says so?", required=False)
        small = {f"{item}_{part}": Look(optional=False) for part in ("as_of", "source")}
        self.looks = {
            **self.looks,
            pounds: Look(width=10, prefix="£", optional=False),
            **small,
        }

    def _check_cost(self, item: str, *, title: str, cleaned: dict[str, Any]) -> None:
        pounds, day = cleaned.get(f"{item}_pounds"), cleaned.get(f"{item}_as_of")
        source, name = cleaned.get(f"{item}_source") or "", title.lower()
        if cleaned.get("kind") == PDF and source != on_paper(source):
            words = "The PDF cannot print some of these characters. Leave them out, or choose Word"
            self.add_error(f"{item}_source", words)
        if day and day > self.today:
            self.add_error(f"{item}_as_of", f"The date for {name} is in the future")
        if pounds is None:
            if (day or source) and f"{item}_pounds" not in self.errors:
                self.add_error(f"{item}_pounds", f"Give the yearly cost for {name}")
            return
        if not day and f"{item}_as_of" not in self.errors:
            self.add_error(f"{item}_as_of", f"Give the date of the cost for {name}")
        if not source and f"{item}_source" not in self.errors:
            self.add_error(f"{item}_source", f"Say who gives the cost for {name}")


def cost_items() -> list[tuple[str, str, CostBasis]]:
    """Every post and every other cost: its name, its title, by what it is multiplied."""
    rules = staffing_file()
    posts = [(role.name, role.title, CostBasis.WTE) for role in rules.roles]
    return [*posts, *((item.name, item.title, item.per) for item in rules.cost_items)]
