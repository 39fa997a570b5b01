"""Forms about one person: added, changed, born, lost."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from nestling.people.errors import IdentifierNotValidError
from nestling.people.forms.fields import (
    LONG,
    MEDIUM,
    PlainForm,
    coded,
    day,
    paragraph,
    radios,
    select,
    text,
    tick,
)
from nestling.people.identifiers import checked_value, national_system
from nestling.people.models import Person, PersonKind
from nestling.people.services import BirthDetails, PersonDetails
from nestling.people.services.families import BABY, CHILD
from nestling.reference.codes import code_list
from nestling.ui.forms import Look

BIRTH_ORDERS = [("1", "First"), ("2", "Second"), ("3", "Third"), ("4", "Fourth")]
ROLES = (
    ("carer", "A parent or carer"),
    ("baby", "A baby, born or not"),
    ("child", "A brother or sister"),
    ("household", "Someone else who lives in the home"),
)
KIND_OF = {BABY: PersonKind.BABY, CHILD: PersonKind.CHILD}
NATIONAL_HINT = "10 numbers, for example 943 476 5919"


class NumberedForm(PlainForm):
    """A form with a national number, checked in the way of its nation."""

    nation = "england"

    @property
    def system(self) -> str:
        """The system of the nation's numbers."""
        return national_system(self.nation)

    def name_number(self, name: str) -> None:
        """Call the number what the nation calls it."""
        self.fields[name].label = code_list("identifier_systems").label(self.system)

    def check_number(self, name: str) -> None:
        """A number that its system can have given, or none."""
        typed = self.cleaned_data.get(name)
        if not typed:
            return
        try:
            self.cleaned_data[name] = checked_value(self.system, typed)
        except IdentifierNotValidError as error:
            self.add_error(name, error.words)

    def has_a_name(self) -> None:
        """At least one of the names."""
        names = (self.cleaned_data.get("given_name"), self.cleaned_data.get("family_name"))
        if not any(names) and not {"given_name", "family_name"} & self.errors.keys():
            self.add_error("family_name", "Enter a given name, a family name or both")


class PersonForm(NumberedForm):
    """Everything that is said of a person. A baby's form asks for the due date too."""

    given_name = text("Given name")
    family_name = text("Family name")
    known_as = text("Known as", hint="The name they like to be called")
    due_on = day("Due date", required=False)
    due_source = select("How the due date is known", coded("edd_sources"))
    born_on = day("Date of birth", required=False)
    birth_order = select("Order of birth, if a twin or more", BIRTH_ORDERS, empty="Not a twin")
    sex = select("Sex", coded("sexes"))
    number = text("NHS number", most=20, hint=NATIONAL_HINT)
    language = select("First language", coded("languages"), empty="Not known")
    interpreter = radios("Is an interpreter or signer needed?", coded("yes_no_not_known"))
    ethnicity = select("Ethnic group", coded("ethnicities"), empty="Not asked")
    religion = text("Religion or belief", most=60)
    access_needs = paragraph("Disability or access needs", most=LONG, rows=3)
    gp_practice = text("GP practice", most=MEDIUM)

    looks: Mapping[str, Look] = {"number": Look(width=20)}

    def __init__(self, *args: Any, person: Person, nation: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.nation = person, nation
        self.name_number("number")
        is_baby = person.kind == PersonKind.BABY
        if not is_baby:
            self.drop("due_on", "due_source", "birth_order")
        if is_baby:
            self.drop("language", "interpreter", "religion")
        if is_baby and person.born_on is None:
            self.drop("born_on")

    def clean(self) -> dict[str, Any]:
        """Names, dates and number that can be."""
        super().clean()
        self.has_a_name()
        self.not_future("born_on", called="The date of birth")
        self.due_date_is_near("due_on")
        if self.cleaned_data.get("due_on") and not self.cleaned_data.get("due_source"):
            self.add_error("due_source", "Choose how the due date is known")
        if self.person.kind == PersonKind.BABY and self._has_no_date():
            self.add_error("due_on", "Enter the due date")
        self.check_number("number")
        return self.cleaned_data

    def _has_no_date(self) -> bool:
        if {"due_on", "born_on"} & self.errors.keys():
            return False
        born_on = self.cleaned_data.get("born_on") if "born_on" in self.fields else None
        return born_on is None and self.cleaned_data.get("due_on") is None

    def details(self) -> PersonDetails:
        """What was said, with what this form does not ask kept as it is."""
        kept = {name: getattr(self.person, name) for name in PersonDetails.__slots__}
        asked = {k: v for k, v in self.cleaned_data.items() if k in kept}
        if "birth_order" in asked:
            asked["birth_order"] = int(asked["birth_order"]) if asked["birth_order"] else None
        return PersonDetails(**{**kept, **asked})


def person_initial(person: Person, *, number: str) -> dict[str, Any]:
    """What stands in the form of a person before anything is typed."""
    values = {name: getattr(person, name) for name in PersonDetails.__slots__}
    order = "" if person.birth_order is None else str(person.birth_order)
    return {**values, "birth_order": order, "number": number}


class PersonAddForm(NumberedForm):
    """A new member of a family."""

    role = radios("Who do you add?", ROLES, missing="Choose who you add")
    given_name = text("Given name")
    family_name = text("Family name")
    born_on = day("Date of birth", required=False, hint="For a baby not born yet, leave this empty")
    due_on = day("Due date", required=False)
    due_source = select("How the due date is known", coded("edd_sources"))
    sex = select("Sex", coded("sexes"))
    number = text("NHS number", most=20, hint=NATIONAL_HINT)
    already_known = tick(
        "Someone with this number is already on our records: add that same person",
        hint="Names and dates above are then not used",
    )

    looks: Mapping[str, Look] = {
        "role": Look(reveals={"baby": ("due_on", "due_source")}),
        "number": Look(width=20),
    }

    def __init__(self, *args: Any, nation: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nation = nation
        self.name_number("number")

    def clean(self) -> dict[str, Any]:
        """A number for someone known; names and dates for someone new."""
        super().clean()
        self.check_number("number")
        if self.cleaned_data.get("already_known"):
            if not self.cleaned_data.get("number") and "number" not in self.errors:
                self.add_error("number", "Enter the number of the person you mean")
            return self.cleaned_data
        self.has_a_name()
        self.not_future("born_on", called="The date of birth")
        if self.cleaned_data.get("role") == BABY:
            self._check_baby()
        return self.cleaned_data

    def _check_baby(self) -> None:
        due_on, born_on = self.cleaned_data.get("due_on"), self.cleaned_data.get("born_on")
        if born_on is None:
            self.due_date_is_near("due_on")
        if due_on is None and born_on is None and not {"due_on", "born_on"} & self.errors.keys():
            self.add_error("due_on", "Enter the due date, or the date of birth")
        if due_on is not None and not self.cleaned_data.get("due_source"):
            self.add_error("due_source", "Choose how the due date is known")

    def details(self) -> PersonDetails:
        """The new person."""
        typed = self.cleaned_data
        is_baby = typed["role"] == BABY
        return PersonDetails(
            kind=KIND_OF.get(typed["role"], PersonKind.ADULT),
            given_name=typed["given_name"],
            family_name=typed["family_name"],
            due_on=typed["due_on"] if is_baby else None,
            due_source=typed["due_source"] if is_baby and typed["due_on"] else "",
            born_on=typed["born_on"],
            sex=typed["sex"],
        )


class BirthForm(NumberedForm):
    """News of a birth."""

    born_on = day("When was the baby born?", called="The date of birth")
    given_name = text("Given name", hint="Leave this empty if there is no name yet")
    family_name = text("Family name")
    sex = select("Sex", coded("sexes"))
    number = text("NHS number", most=20, hint=NATIONAL_HINT)
    birth_order = select("Order of birth, if a twin or more", BIRTH_ORDERS, empty="Not a twin")

    looks: Mapping[str, Look] = {"number": Look(width=20)}

    def __init__(self, *args: Any, nation: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nation = nation
        self.name_number("number")

    def clean(self) -> dict[str, Any]:
        """A day that has come, and a number that can be."""
        super().clean()
        self.not_future("born_on", called="The date of birth")
        self.has_a_name()
        self.check_number("number")
        return self.cleaned_data

    def details(self) -> BirthDetails:
        """The birth."""
        typed = self.cleaned_data
        order = typed["birth_order"]
        return BirthDetails(
            born_on=typed["born_on"],
            given_name=typed["given_name"],
            family_name=typed["family_name"],
            sex=typed["sex"],
            nhs_number=typed["number"],
            birth_order=int(order) if order else None,
        )


class LossForm(PlainForm):
    """News of a loss or death. It asks as little as it can."""

    loss = radios("What happened?", coded("losses"), missing="Choose what happened")
    lost_on = day("When was it?", called="The date", required=False, hint="If it is known")

    def clean(self) -> dict[str, Any]:
        """A day that has come."""
        super().clean()
        self.not_future("lost_on")
        return self.cleaned_data


class LeaveForm(PlainForm):
    """The day on which something ended."""

    until_on = day("Until when?", called="The date")

    def clean(self) -> dict[str, Any]:
        """A day that has come."""
        super().clean()
        self.not_future("until_on")
        return self.cleaned_data

    @property
    def until(self) -> date:
        """The day."""
        found: date = self.cleaned_data["until_on"]
        return found
