"""The two questions at the door: who asks, and whom."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from nestling.accounts.models import Team
from nestling.referrals.forms.fields import radios
from nestling.referrals.public_steps import PARENT, PROFESSIONAL
from nestling.ui.forms import Look

AUDIENCES = (
    (PARENT, "I am a parent or carer"),
    (PROFESSIONAL, "I work with a family"),
)


class StartForm(forms.Form):
    """Who asks; and which team, where there is more than one."""

    audience = radios("Who are you?", AUDIENCES, missing="Choose who you are")
    team = radios("Which team?", (), missing="Choose a team")

    looks: Mapping[str, Look] = {
        "audience": Look(size="m"),
        "team": Look(size="m"),
    }

    def __init__(self, *args: Any, teams: Sequence[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {team.slug: team for team in teams}
        field = self.fields["team"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(team.slug, _named(team)) for team in teams]
        if len(teams) == 1:
            del self.fields["team"]

    def chosen_team(self) -> Team:
        """The team that was chosen, or the only one."""
        slug = self.cleaned_data.get("team")
        return self.teams[slug] if slug else next(iter(self.teams.values()))


def _named(team: Team) -> str:
    """A team's name and where it is."""
    return f"{team.name}, {team.place}" if team.place else team.name
