"""Forms of accounts: a new member, a role, a team's public facts."""

from collections.abc import Iterable

from allauth.account.forms import LoginForm
from django import forms

from nestling.accounts.models import Team
from nestling.accounts.roles import TEAM_ROLES, Role
from nestling.reference.protection import protection_number
from nestling.ui.forms import NHSDateField

LEAST_REASON = protection_number("reason_letters")


class SignInForm(LoginForm):  # type: ignore[misc]
    """Email and password, with labels that stay: words inside a box vanish as one types."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Take the words out of the boxes."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class MemberForm(forms.Form):
    """Someone who will sign in."""

    given_name = forms.CharField(label="Given name", max_length=100)
    family_name = forms.CharField(label="Family name", max_length=100)
    email = forms.EmailField(label="Work email address", max_length=254)


class RoleForm(forms.Form):
    """A role, in a team where the role is held in one."""

    role = forms.ChoiceField(label="Role", choices=Role.choices, widget=forms.RadioSelect)
    team = forms.ChoiceField(
        label="Team",
        required=False,
        help_text="For practitioners, clinical leads, team administrators and service managers",
    )
    from_on = NHSDateField(label="From", called="The day the role begins")

    def __init__(self, *args: object, teams: Iterable[Team], **kwargs: object) -> None:
        """Offer the teams that the administrator manages."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.teams = {str(team.pk): team for team in teams}
        field = self.fields["team"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", "No team"), *((pk, team.name) for pk, team in self.teams.items())]

    def clean(self) -> dict[str, object]:
        """A team role names its team; the others name none."""
        cleaned = super().clean() or {}
        role, team = cleaned.get("role"), self.teams.get(str(cleaned.get("team") or ""))
        if role in TEAM_ROLES and team is None:
            self.add_error("team", "Choose the team for this role")
        if role and role not in TEAM_ROLES and team is not None:
            self.add_error("team", "This role is held in the whole organisation: choose “No team”")
        return {**cleaned, "team": team}


class SecondStepForm(forms.Form):
    """Why somebody's second step is reset."""

    reason = forms.CharField(
        label="Why is it reset?",
        min_length=LEAST_REASON,
        max_length=300,
        help_text="For example, a lost phone, and how you made sure who asked. The reason is kept",
        error_messages={
            "required": f"Enter why, in at least {LEAST_REASON} letters",
            "min_length": f"Say more: at least {LEAST_REASON} letters",
        },
    )


class TeamForm(forms.Form):
    """What a team says of itself to referrers and families."""

    NAMES = ("name", "place", "phone", "email", "opening_hours", "takes_public_referrals")
    name = forms.CharField(label="Team name", max_length=200)
    place = forms.CharField(label="Area that the team serves", max_length=200, required=False)
    phone = forms.CharField(label="Phone", max_length=40, required=False)
    email = forms.EmailField(label="Email", max_length=254, required=False)
    opening_hours = forms.CharField(label="Opening hours", max_length=200, required=False)
    takes_public_referrals = forms.BooleanField(
        label="Take referrals from the public form", required=False
    )


class NewTeamForm(TeamForm):
    """A team that is not there yet, with the letters that begin its references."""

    reference_prefix = forms.RegexField(
        r"^[A-Za-z]{2,4}$",
        label="Letters that begin its references",
        help_text="2 to 4 letters, for example WB",
        error_messages={"invalid": "Enter 2 to 4 letters, such as WB"},
    )
