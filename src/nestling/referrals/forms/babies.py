"""The questions about a baby, asked before any about an adult."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms

from nestling.people.errors import IdentifierNotValidError
from nestling.people.identifiers import checked_value, national_system
from nestling.reference.codes import code_list
from nestling.referrals.forms.dates import check_born, check_due
from nestling.referrals.forms.fields import coded, line, paragraph, radios, select
from nestling.referrals.services import BabyGiven
from nestling.ui.forms import Look, NHSDateField

BORN = (("yes", "Yes"), ("no", "Not yet"))
ANOTHER = (
    ("no", "No"),
    ("twin", "Yes, a twin of this baby"),
    ("other", "Yes, another baby or young child"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepContext:
    """What a page's questions depend on: the day, the team, what was answered before.

    ``first``: the page about the first baby or carer. ``before``: the answers of the page before
    it, from which a twin takes dates and name. ``for_parent``: a parent asks, not a professional.
    """

    on: date
    nation: str
    first: bool = True
    may_add: bool = True
    before: dict[str, Any] | None = None
    domains: tuple[str, ...] = ()
    has_carer: bool = True
    for_parent: bool = False
    team_phone: str = ""


class StepForm(forms.Form):
    """One page of questions; it knows the day and the team that it asks for."""

    looks: Mapping[str, Look] = {}

    def __init__(self, *args: Any, context: StepContext, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.context = context
        self.prepare()
        self.looks = looks_of(self.fields, self.looks)

    def prepare(self) -> None:
        """Fit the questions to the context."""


def looks_of(fields: Collection[str], looks: Mapping[str, Look]) -> dict[str, Look]:
    """The looks of the fields that are asked; an option opens only those."""
    return {
        name: replace(
            look,
            reveals={
                value: tuple(opened for opened in names if opened in fields)
                for value, names in look.reveals.items()
            },
        )
        for name, look in looks.items()
        if name in fields
    }


class BabyFields(StepForm):
    """Who the baby is and when the baby was, or will be, born."""

    given_name = line(
        "Baby’s first name", hint="Leave this empty if there is no name yet", max_length=100
    )
    family_name = line(
        "Baby’s family name",
        hint="If it is not decided, use the name of a parent",
        missing="Enter the baby’s family name",
    )
    born = radios("Has the baby been born?", BORN, missing="Choose whether the baby has been born")
    born_on = NHSDateField(
        label="Date of birth", required=False, help_text="For example, 27 11 2025"
    )
    due_on = NHSDateField(label="Due date", required=False, help_text="For example, 2 4 2026")
    due_source = select("How do you know the due date?", coded("edd_sources"))
    sex = select("Sex", coded("sexes"), empty="Not known")
    number = line("NHS number", hint="10 numbers, if you know it", max_length=20)

    looks: Mapping[str, Look] = {
        "born": Look(reveals={"yes": ("born_on",), "no": ("due_on", "due_source")}),
        "born_on": Look(optional=False),
        "due_on": Look(optional=False),
        "number": Look(width=20),
        "sex": Look(width=20),
    }

    def prepare(self) -> None:
        """Call the number what the nation calls it."""
        system = national_system(self.context.nation)
        self.fields["number"].label = code_list("identifier_systems").label(system)

    def clean(self) -> dict[str, Any]:
        """The dates against the day, and only the one that fits."""
        values = super().clean() or self.cleaned_data
        born = values.get("born")
        needed = {"yes": "born_on", "no": "due_on"}.get(str(born), "")
        if needed and values.get(needed) is None and needed not in self.errors:
            words = {
                "born_on": "Enter the date of birth",
                "due_on": "Enter the due date. An estimate will do",
            }
            self.add_error(needed, words[needed])
        other = {"yes": "due_on", "no": "born_on"}.get(str(born), "")
        if other:
            # What stands in a folded box was answered before the other option was chosen.
            values[other] = None
            self.errors.pop(other, None)
        check_born(self, "born_on", on=self.context.on)
        check_due(self, "due_on", on=self.context.on)
        return values

    def clean_number(self) -> str:
        """The number as it is stored."""
        typed = str(self.cleaned_data["number"]).strip()
        if not typed:
            return ""
        try:
            return checked_value(national_system(self.context.nation), typed)
        except IdentifierNotValidError as error:
            raise forms.ValidationError(error.words.replace("%", "%%")) from error

    def given(self, *, birth_order: int | None = None) -> BabyGiven:
        """The baby as `receive` wants it."""
        values = self.cleaned_data
        due_on = values.get("due_on")
        return BabyGiven(
            given_name=values["given_name"],
            family_name=values["family_name"],
            due_on=due_on,
            due_source=(values.get("due_source") or "estimate") if due_on else "",
            born_on=values.get("born_on"),
            birth_order=birth_order,
            sex=values["sex"],
            number=values["number"],
        )


class BabyForm(BabyFields):
    """A page about one baby of a referral."""

    lives_with = line(
        "Who does the baby live with, or who will they live with?",
        hint="Include a foster carer, hospital or “not decided”",
        max_length=300,
    )
    noticed = paragraph(
        "What have you noticed about the baby?",
        hint="For example: movements in pregnancy, crying, feeding, sleep, looking, being held",
    )
    another = radios(
        "Is there another baby?", ANOTHER, missing="Choose whether there is another baby"
    )

    def prepare(self) -> None:
        """Ask about the home and the signs once; a twin begins with the other twin's dates."""
        super().prepare()
        if not self.context.first:
            del self.fields["lives_with"], self.fields["noticed"]
        if not self.context.may_add:
            del self.fields["another"]
        if self.context.for_parent:
            del self.fields["due_source"], self.fields["number"]

    def clean_number(self) -> str:
        """The number, where it is asked for."""
        return super().clean_number() if "number" in self.fields else ""

    def given(self, *, birth_order: int | None = None) -> BabyGiven:
        """The baby; a number that was not asked for is empty."""
        self.cleaned_data.setdefault("number", "")
        return super().given(birth_order=birth_order)


def twin_of(before: dict[str, Any]) -> dict[str, Any]:
    """What a twin's page begins with: the same name and dates."""
    same = ("family_name", "born", "born_on", "due_on", "due_source")
    return {name: before.get(name) for name in same}
