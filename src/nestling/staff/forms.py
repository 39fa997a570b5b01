"""Forms about practitioners."""

from typing import ClassVar

from django import forms

from nestling.reference.codes import code_list
from nestling.staff.services import WorkingFacts
from nestling.ui.forms import Look, NHSDateField


class WorkingFactsForm(forms.Form):
    """Profession, registration, time and languages."""

    profession = forms.ChoiceField(label="Profession")
    registration_body = forms.CharField(
        label="Registered with", max_length=40, required=False, help_text="For example, HCPC"
    )
    registration_number = forms.CharField(
        label="Registration number", max_length=40, required=False
    )
    wte_hundredths = forms.DecimalField(
        label="Whole-time equivalent",
        help_text="For example, 0.6",
        min_value=0,
        max_value=1,
        decimal_places=2,
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label="Languages you can work in", widget=forms.CheckboxSelectMultiple, required=False
    )
    works_with_under_twos_since = NHSDateField(
        label="Working with babies under two since", required=False
    )

    looks: ClassVar = {
        "wte_hundredths": Look(width=4),
        "registration_number": Look(width=10),
        "languages": Look(small=True),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer the code lists."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, codes in (("profession", "professions"), ("languages", "languages")):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
            field.choices = code_list(codes).choices()

    def facts(self) -> WorkingFacts:
        """The answers as the service takes them; the equivalent in hundredths."""
        values = dict(self.cleaned_data)
        part = values.pop("wte_hundredths")
        return WorkingFacts(wte_hundredths=None if part is None else round(part * 100), **values)


class LeaveForm(forms.Form):
    """Days away, both ends counting."""

    from_on = NHSDateField(label="First day away")
    until_on = NHSDateField(label="Last day away")
    planned = forms.BooleanField(label="This was planned", required=False, initial=True)

    def clean(self) -> dict[str, object]:
        """The last day is not before the first."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", "The last day away must not be before the first")
        return cleaned


class CertificateForm(forms.Form):
    """A certificate: what it allows, who gave it, from when to when."""

    title = forms.CharField(label="Name of the certificate", max_length=200)
    subject = forms.CharField(
        label="What it lets you do",
        max_length=60,
        help_text="The short name of the measure or intervention, for example vig",
    )
    issued_by = forms.CharField(label="Issued by", max_length=200, required=False)
    issued_on = NHSDateField(label="Date issued")
    expires_on = NHSDateField(label="Date it runs out", required=False)

    def clean(self) -> dict[str, object]:
        """It runs out after it is issued."""
        cleaned = super().clean() or {}
        issued, expires = cleaned.get("issued_on"), cleaned.get("expires_on")
        if issued and expires and expires < issued:
            self.add_error("expires_on", "The date it runs out must be after the date issued")
        return cleaned
