"""Forms about risks, safeguarding and agreements."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms.boundfield import BoundField

from nestling.people.factors import RESTRICTED_FACTORS, factors_in
from nestling.people.forms.fields import (
    LONG,
    MEDIUM,
    PlainForm,
    coded,
    day,
    paragraph,
    radios,
    reason,
    select,
    text,
)
from nestling.people.models import Family, Person, Relationship
from nestling.people.services import AgreementDetails, RiskGiven
from nestling.ui.forms import Look

NO_NEW_ANSWER = "No new answer"
ANSWER_WORDS = {"given": "Agreed", "refused": "Did not agree"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One factor on the page: its answer and its words."""

    label: str
    answer: BoundField
    words: BoundField


class RisksForm(PlainForm):
    """Ask again about one subject: factors without a new answer stay as they were."""

    asked_on = day("When did you ask?", called="The date")

    def __init__(
        self,
        *args: Any,
        groups: Sequence[str],
        about_person: Person | None = None,
        about_relationship: Relationship | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.about_person, self.about_relationship = about_person, about_relationship
        self.factors = factors_in(*groups)
        for code, label in self.factors:
            self.fields[f"{code}_answer"] = select(
                label, coded("risk_answers"), empty=NO_NEW_ANSWER
            )
            self.fields[f"{code}_words"] = text(f"{label}: in words", most=MEDIUM)
        # None of these has to be answered, so none says "(optional)".
        self.looks = dict.fromkeys(self.fields, Look(optional=False))

    def clean(self) -> dict[str, Any]:
        """At least one answer; no words without one."""
        super().clean()
        self.not_future("asked_on")
        for code, _ in self.factors:
            if self._has_words_only(code):
                self.add_error(f"{code}_answer", "Choose the answer that these words are about")
        if not self.errors and not list(self.answers(None)):
            self.add_error(None, "Answer at least one question")
        return self.cleaned_data

    def _has_words_only(self, code: str) -> bool:
        answered = self._typed(code, "answer") or f"{code}_answer" in self.errors
        return bool(self._typed(code, "words")) and not answered

    def _typed(self, code: str, part: str) -> str:
        found: str = self.cleaned_data.get(f"{code}_{part}") or ""
        return found

    def answers(self, family: Family | None) -> Iterator[RiskGiven]:
        """The new answers, asked in a family's work."""
        for code, _ in self.factors:
            if self._typed(code, "answer"):
                yield RiskGiven(
                    factor=code,
                    answer=self._typed(code, "answer"),
                    about_person=self.about_person,
                    about_relationship=self.about_relationship,
                    words=self._typed(code, "words"),
                    family=family,
                )

    def rows(self) -> list[Asked]:
        """The factors as the page draws them."""
        return [
            Asked(label, self[f"{code}_answer"], self[f"{code}_words"])
            for code, label in self.factors
        ]


class ReasonForm(PlainForm):
    """Why someone needs to read restricted entries."""

    reason = reason(
        "Why do you need to read this?",
        hint="Your reason is kept in the log of who has looked",
    )


class RestrictedForm(PlainForm):
    """A restricted entry: an answer about domestic abuse, or a note."""

    about = select("Whom is it about?", [], missing="Choose whom it is about")
    answer = select(
        "Domestic abuse", coded("risk_answers"), empty="No answer, only words", hint="Of this adult"
    )
    words = paragraph("In words", most=LONG, rows=6)

    def __init__(self, *args: Any, adults: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.adults = {str(person.pk): person for person in adults}
        choices = [(pk, person.full_name) for pk, person in self.adults.items()]
        self.offer("about", choices, empty="Choose")

    def clean(self) -> dict[str, Any]:
        """An answer, words or both."""
        super().clean()
        if not self.errors and not any(map(self.cleaned_data.get, ("answer", "words"))):
            self.add_error("words", "Choose an answer or write something")
        return self.cleaned_data

    @property
    def adult(self) -> Person:
        """Whom the entry is about."""
        return self.adults[self.cleaned_data["about"]]

    def given(self, family: Family) -> RiskGiven:
        """The answer about domestic abuse."""
        return RiskGiven(
            factor=min(RESTRICTED_FACTORS),
            answer=self.cleaned_data["answer"],
            about_person=self.adult,
            words=self.cleaned_data["words"],
            family=family,
        )


class SafeguardingForm(PlainForm):
    """A new status in the terms of the team's nation."""

    status = radios("Status", [], missing="Choose the status")
    category = select(
        "Category, if there is a plan or registration",
        coded("safeguarding_categories"),
        empty="None or not known",
    )
    from_on = day("Since when?", called="The date")
    words = paragraph("In words", most=LONG, hint="Next meetings, court dates, who leads")

    def __init__(self, *args: Any, nation: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("status", coded("safeguarding_statuses", nation=nation))

    def clean(self) -> dict[str, Any]:
        """A day that has come."""
        super().clean()
        self.not_future("from_on")
        return self.cleaned_data


class AgreementForm(PlainForm):
    """What someone agreed to, or did not."""

    code = radios("What was asked?", coded("agreements"), missing="Choose what was asked")
    about = select("For which baby?", [], missing="Choose the baby")
    given_by = select("Who answered?", [], missing="Choose who answered")
    capacity = radios(
        "With what responsibility?",
        coded("agreement_capacities"),
        missing="Choose with what responsibility they answered",
    )
    answer = radios("Answer", list(ANSWER_WORDS.items()), missing="Choose the answer")
    method = radios("How?", coded("agreement_methods"), missing="Choose how they answered")
    scope = text(
        "With whom, or for what", most=300, hint="For example, which agencies may be told what"
    )
    given_on = day("When?", called="The date")
    expires_on = day("Until when, if there is an end", called="The end date", required=False)

    looks: Mapping[str, Look] = {
        "code": Look(hints={"C4": "In writing, before any film is made"}),
    }

    def __init__(
        self, *args: Any, babies: Sequence[Person], givers: Sequence[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.babies = {str(person.pk): person for person in babies}
        self.givers = {str(person.pk): person for person in givers}
        self.offer("about", [(pk, p.full_name) for pk, p in self.babies.items()], empty="Choose")
        self.offer("given_by", [(pk, p.full_name) for pk, p in self.givers.items()], empty="Choose")

    def clean(self) -> dict[str, Any]:
        """Days that can be."""
        super().clean()
        self.not_future("given_on")
        self.not_far("expires_on", called="The end date", years=25)
        return self.cleaned_data

    def details(self) -> AgreementDetails:
        """The agreement."""
        typed = dict(self.cleaned_data)
        typed["about"] = self.babies[typed["about"]]
        typed["given_by"] = self.givers[typed["given_by"]]
        return AgreementDetails(**typed)


class WithdrawForm(PlainForm):
    """The day on which an agreement was withdrawn."""

    withdrawn_on = day("When was it withdrawn?", called="The date")

    def clean(self) -> dict[str, Any]:
        """A day that has come."""
        super().clean()
        self.not_future("withdrawn_on")
        return self.cleaned_data
