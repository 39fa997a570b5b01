"""Forms about possible duplicates: is this the same person, merge, not the same, take apart."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from nestling.people.forms.fields import PlainForm, radios, text
from nestling.people.matching import Matches
from nestling.people.models import Person
from nestling.ui.forms import Look

NEW = "new"
REASON_LENGTH = 300
ELSEWHERE = "elsewhere"


class SamePersonForm(PlainForm):
    """Whether the person who is about to be added is one of those who are on the records."""

    same_as = radios("Is it the same person?", [], missing="Choose who it is, or a new person")
    why = text("Why is it another person?", most=REASON_LENGTH, hint="Kept with the new record")
    asked = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, matches: Matches, choices: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.matches = matches
        new = "Add a new person all the same"
        self.offer("same_as", [*choices, (NEW, new)])
        self.looks = {"same_as": Look(reveals={NEW: ("why",)}), "why": Look(optional=False)}
        self.initial["asked"] = " ".join(sorted(self._shown()))

    def _shown(self) -> set[str]:
        own = {str(match.person.pk) for match in self.matches.same}
        return own | ({ELSEWHERE} if self.matches.elsewhere else set())

    def clean(self) -> dict[str, Any]:
        """A reason for a new person; and no match that was not shown when this was answered."""
        super().clean()
        if self.cleaned_data.get("same_as") == NEW and not self.cleaned_data.get("why"):
            self.add_error("why", "Say why it is another person")
        if not self._shown() <= set(self.cleaned_data.get("asked", "").split()):
            self.add_error("same_as", "Someone else fits what you typed now. Look once more")
            self.data = {**dict(self.data.items()), self.add_prefix("asked"): self.initial["asked"]}
        return self.cleaned_data

    @property
    def same_person(self) -> Person | None:
        """Who it is, or nobody where it is a new person."""
        chosen = self.cleaned_data["same_as"]
        persons = {str(match.person.pk): match.person for match in self.matches.same}
        return persons.get(chosen)


class MergeForm(PlainForm):
    """Why two records are of one person, held to the plan that was looked at."""

    reason = text(
        "How do you know that it is one person?",
        most=REASON_LENGTH,
        missing="Say how you know that it is one person",
        hint="For example: the same NHS number on two letters",
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class NotSameForm(PlainForm):
    """Why two records are of two people."""

    reason = text(
        "How do you know that they are two people?",
        most=REASON_LENGTH,
        missing="Say how you know that they are two people",
    )


def id_in(words: str) -> UUID | None:
    """An id that was sent, or nothing where it is none."""
    try:
        return UUID(words)
    except ValueError:
        return None
