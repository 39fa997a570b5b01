"""What somebody states of help in a district: who, how many families, when, by which source."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from nestling.need.forms.plain import line_of_text
from nestling.need.services import ProvisionDetails
from nestling.reference.areas import areas
from nestling.reference.provision.statements import service_types
from nestling.ui.forms import Look, NHSDateField

MOST_FAMILIES = 100_000
#: The first specialised teams are younger than this.
EARLIEST = date(1990, 1, 1)


class ProvisionForm(forms.Form):
    """One team in one district. A blank number means not known, which is never zero."""

    lad_code = forms.ChoiceField(label="District or local authority")
    team_name = line_of_text("Team or service")
    service_type = forms.ChoiceField(label="What kind of help is it?", widget=forms.RadioSelect)
    families_per_year = forms.IntegerField(
        label="Families seen in a year in this district",
        required=False,
        min_value=0,
        max_value=MOST_FAMILIES,
        help_text="Leave it blank if nobody knows. Put 0 only if it is known that none are seen",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    as_of = NHSDateField(label="When was this so?", called="Date")
    source = line_of_text(
        "Who says so?", help_text="For example, the service’s annual report for 2025, page 4"
    )
    looks: Mapping[str, Look] = {"families_per_year": Look(width=5), "lad_code": Look()}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """Offer every district and every kind of service that we know."""
        super().__init__(*args, **kwargs)
        self.today = today
        districts = sorted(areas().districts.values(), key=lambda one: one.name)
        self._choices("lad_code", [("", "Choose"), *((one.code, one.name) for one in districts)])
        kinds = [(one.name, one.title) for one in service_types().values()]
        self._choices("service_type", kinds)
        hints = {one.name: one.caution for one in service_types().values() if one.caution}
        self.looks = {**type(self).looks, "service_type": Look(hints=hints, small=True)}

    def clean_as_of(self) -> date:
        """A statement is about a day that has been."""
        day: date = self.cleaned_data["as_of"]
        if day > self.today:
            raise forms.ValidationError("The date is in the future. Say what has been so")
        if day < EARLIEST:
            raise forms.ValidationError("The date is before such teams existed. Check the year")
        return day

    def details(self) -> ProvisionDetails:
        """The answers as the service takes them."""
        return ProvisionDetails(**self.cleaned_data)

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = choices
