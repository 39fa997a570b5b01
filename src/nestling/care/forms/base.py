"""A form that knows its day, and how a broken rule becomes words beside its field."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms

from nestling.care.errors import CareRuleError
from nestling.people.errors import PeopleRuleError
from nestling.referrals.moves import MoveNotLegalError
from nestling.ui.forms import Look


class CareForm(forms.Form):
    """A form of this room, filled in on a day."""

    looks: Mapping[str, Look] = {}

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def day(self, name: str) -> date:
        """A date that was entered, or else today."""
        found = self.cleaned_data.get(name)
        return found if isinstance(found, date) else self.on

    def need(self, name: str, words: str) -> None:
        """Complain that a field is empty, unless something else is wrong with it already."""
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, words)

    def offer_choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Fill a field of choices."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


def carried_out(form: CareForm, act: Callable[[], object]) -> bool:
    """Whether the form was sent without fault and what it asks for was done.

    A rule that the service finds broken is said beside the field it concerns.
    """
    if not form.is_valid():
        return False
    try:
        act()
    except CareRuleError as fault:
        form.add_error(fault.field if fault.field in form.fields else None, fault.words)
    except PeopleRuleError as fault:
        form.add_error(fault.field if fault.field in form.fields else None, fault.words)
    except MoveNotLegalError as fault:
        form.add_error(None, fault.words)
    return not form.errors
