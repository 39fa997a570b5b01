"""Whether someone who is about to be added is on the records: asked within the add forms."""

from collections.abc import Iterable
from dataclasses import dataclass

from nestling.accounts.models import User
from nestling.accounts.requests import StaffRequest
from nestling.foundation.clock import today
from nestling.people.forms.duplicates import SamePersonForm
from nestling.people.forms.persons import NumberedForm
from nestling.people.matching import Matches, Wanted, find_matches, wanted
from nestling.people.merging.facts import ASK_THE_LEAD
from nestling.people.models import Person
from nestling.people.presenters.duplicates import TWIN, MatchCard, match_card, person_words
from nestling.people.services.details import PersonDetails
from nestling.people.services.duplicates import note_new_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked about one person who is about to be added, and what was answered."""

    about: str
    form: SamePersonForm
    matches: Matches

    @property
    def cards(self) -> list[MatchCard]:
        """Those who may be meant."""
        return [match_card(match) for match in self.matches.same]

    @property
    def twins(self) -> list[str]:
        """Those who are twins, in words that say so."""
        return [f"{person_words(match.person)}. {TWIN}." for match in self.matches.twins]

    @property
    def elsewhere(self) -> str:
        """All that is said of someone whom only another team works with."""
        return ASK_THE_LEAD if self.matches.elsewhere else ""

    @property
    def is_answered(self) -> bool:
        """Whether it was said who it is."""
        return self.form.is_valid()

    @property
    def same_person(self) -> Person | None:
        """The person who is meant, or nobody where a new one is to be added."""
        return self.form.same_person

    def keep(self, person: Person, request: StaffRequest) -> None:
        """Remember that none of those shown is the new person, and why."""
        reason = self.form.cleaned_data["why"]
        note_new_person(person, self.matches, reason=reason, on=today(), by=request.user)


def ask_about(
    sought: Wanted, request: StaffRequest, *, about: str = "", prefix: str = "same"
) -> Question | None:
    """What to ask before a person is added; nothing where no record fits."""
    matches = find_matches(sought, by=request.user)
    if not matches:
        return None
    was_asked = f"{prefix}-asked" in request.POST
    form = SamePersonForm(
        request.POST if was_asked else None,
        on=today(),
        prefix=prefix,
        matches=matches,
        choices=[
            (str(one.person.pk), f"{number}. {person_words(one.person)}")
            for number, one in enumerate(matches.same, start=1)
        ],
    )
    return Question(about=about, form=form, matches=matches)


def all_answered(questions: Iterable[Question]) -> bool:
    """Whether every question was answered; each of them is checked."""
    unanswered = [question for question in questions if not question.is_answered]
    return not unanswered


def say_who_has(form: NumberedForm, *, person: Person, by: User) -> None:
    """Put words beside a number that another record has: whose it is, as far as they may know."""
    details = PersonDetails(kind=person.kind)
    numbers = [(form.system, form.cleaned_data["number"])]
    sought = wanted(details, organisation=person.organisation, numbers=numbers)
    found = find_matches(sought, by=by, apart_from=[person.pk])
    for match in found.same:
        words = f"{person_words(match.person)} has this number. If it is one baby, ask the lead"
        form.add_error("number", words)
    if found.elsewhere:
        form.add_error("number", ASK_THE_LEAD)
