"""Forms about relationships and the professionals around a family."""

from collections.abc import Sequence
from typing import Any

from nestling.people.forms.fields import (
    MEDIUM,
    PlainForm,
    coded,
    day,
    email,
    radios,
    select,
    text,
    tick,
)
from nestling.people.models import Person


class RelationshipFields(PlainForm):
    """What is said of a relationship."""

    kind = select("What are they to the baby?", coded("relationship_kinds"), missing="Choose one")
    parental_responsibility = radios(
        "Do they have parental responsibility?",
        coded("yes_no_not_known"),
        missing="Choose yes, no or not known",
    )
    is_primary_carer = tick("They care for the baby most of the time")
    lives_with = radios(
        "Do they live with the baby?",
        coded("yes_no_not_known"),
        missing="Choose yes, no or not known",
    )
    from_on = day("Since when?", called="The date", required=False, hint="If it is known")

    def clean(self) -> dict[str, Any]:
        """A day that has come."""
        super().clean()
        self.not_future("from_on")
        return self.cleaned_data


class RelationshipForm(RelationshipFields):
    """A new relationship between members of one family."""

    baby = select("Baby", [], missing="Choose the baby")
    carer = select("Parent or carer", [], missing="Choose the parent or carer")

    field_order = ("baby", "carer")

    def __init__(
        self, *args: Any, babies: Sequence[Person], carers: Sequence[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.babies = {str(person.pk): person for person in babies}
        self.carers = {str(person.pk): person for person in carers}
        self.offer("baby", [(pk, p.full_name) for pk, p in self.babies.items()], empty="Choose")
        self.offer("carer", [(pk, p.full_name) for pk, p in self.carers.items()], empty="Choose")

    def values(self) -> dict[str, Any]:
        """What `relate` takes, the two persons first."""
        typed = dict(self.cleaned_data)
        typed["baby"] = self.babies[typed["baby"]]
        typed["carer"] = self.carers[typed["carer"]]
        return typed


class RelationshipChangeForm(RelationshipFields):
    """A relationship as it is now, and its end if it has ended."""

    until_on = day("If it has ended, when?", called="The date", required=False)

    def clean(self) -> dict[str, Any]:
        """Days that have come, in their order."""
        super().clean()
        self.not_future("until_on")
        return self.cleaned_data


class NetworkForm(PlainForm):
    """A professional around the family."""

    name = text("Name", most=MEDIUM, missing="Enter the name")
    role = select("Role", coded("network_roles"), missing="Choose the role")
    workplace = text("Where they work", most=MEDIUM)
    phone = text("Phone", most=40)
    email = email("Email")
