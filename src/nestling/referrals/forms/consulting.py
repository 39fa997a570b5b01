"""A consultation: advice about a baby who need not be named."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from nestling.accounts.models import Team
from nestling.referrals.forms.dates import check_past
from nestling.referrals.forms.fields import coded, line, number, paragraph, radios, select
from nestling.referrals.services import ConsultationDetails
from nestling.ui.forms import Look, NHSDateField

LONGEST_MINUTES = 600


class ConsultationForm(forms.Form):
    """Who asked, about how old a baby, what was advised, and how it ended."""

    team = select("Team", (), missing="Choose the team")
    on = NHSDateField(label="When was it?", called="The day of the consultation")
    minutes = number(
        "How many minutes?", smallest=1, largest=LONGEST_MINUTES, missing="Enter the minutes"
    )
    consultee_type = select(
        "Who asked?", coded("referrer_types", without=("self_family",)), missing="Choose who asked"
    )
    consultee_workplace = line("Where do they work?", max_length=200)
    age_band = select(
        "How old is the baby?", coded("infant_age_bands"), missing="Choose the baby’s age"
    )
    theme = paragraph(
        "What was it about?",
        hint="Leave out names, birth dates and addresses",
        missing="Say what it was about",
    )
    advice = paragraph("What was advised?")
    outcome = radios(
        "How did it end?",
        coded("consultation_outcomes"),
        hint="A baby whom we would not take is counted as without the help asked for",
        missing="Choose how it ended",
    )

    looks: Mapping[str, Look] = {
        "minutes": Look(width=4),
        "team": Look(width=30),
        "consultee_type": Look(width=30),
        "age_band": Look(width=20),
    }

    def __init__(self, *args: Any, teams: Sequence[Team], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.teams = {str(team.pk): team for team in teams}
        field = self.fields["team"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Choose one"), *((str(t.pk), t.name) for t in teams)]
        if len(teams) == 1:
            del self.fields["team"]

    def clean(self) -> dict[str, Any]:
        """A day that has come."""
        values = super().clean() or self.cleaned_data
        check_past(self, "on", on=self.today, called="The day of the consultation")
        return values

    def chosen_team(self) -> Team:
        """The team that was asked."""
        pk = self.cleaned_data.get("team")
        return self.teams[pk] if pk else next(iter(self.teams.values()))

    def details(self) -> ConsultationDetails:
        """The consultation as `give_consultation` wants it."""
        names = ("minutes", "consultee_type", "consultee_workplace", "age_band")
        more = ("theme", "advice", "outcome")
        return ConsultationDetails(**{name: self.cleaned_data[name] for name in (*names, *more)})
