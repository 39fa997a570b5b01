"""Whether those of a referral are on the records already: asked on arrival, shown at screening."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.urls import reverse

from nestling.accounts.models import Team, User
from nestling.people.identifiers import national_system
from nestling.people.matching import Wanted, find_matches, wanted
from nestling.people.merging.facts import ASK_THE_LEAD
from nestling.people.models import Person
from nestling.people.presenters.duplicates import MatchCard, match_card
from nestling.people.queries import FamilyPeople
from nestling.people.services import PersonDetails
from nestling.people.views.same_person import Question, ask_about
from nestling.referrals.models import Referral
from nestling.referrals.services import BabyGiven, CarerGiven, ReferralDetails

Questions = dict[str, Question]


def questions_about(details: ReferralDetails, request: Any, *, team: Team) -> Questions:
    """What to ask about each baby and carer who fits a record, by their place in the referral."""
    asked = {
        place: ask_about(sought, request, about=about, prefix=f"same-{place}")
        for place, sought, about in _sought(details, team=team)
    }
    return {place: question for place, question in asked.items() if question is not None}


def _sought(details: ReferralDetails, *, team: Team) -> Iterator[tuple[str, Wanted, str]]:
    for number, baby in enumerate(details.babies):
        yield f"baby{number}", _baby(baby, details, team=team), "The baby"
    for number, carer in enumerate(details.carers):
        yield f"carer{number}", _carer(carer, team=team), "The parent or carer"


def _baby(given: BabyGiven, details: ReferralDetails, *, team: Team) -> Wanted:
    said = PersonDetails(
        kind="baby",
        given_name=given.given_name,
        family_name=given.family_name,
        due_on=given.due_on,
        born_on=given.born_on,
        birth_order=given.birth_order,
        sex=given.sex,
    )
    organisation = team.organisation
    numbers = [(national_system(organisation.nation), given.number)]
    return wanted(said, organisation=organisation, numbers=numbers, postcode=details.postcode)


def _carer(given: CarerGiven, *, team: Team) -> Wanted:
    said = PersonDetails(kind="adult", given_name=given.given_name, family_name=given.family_name)
    return wanted(said, organisation=team.organisation)


def with_known(details: ReferralDetails, questions: Questions) -> ReferralDetails:
    """The referral with those who are on the records in place of new persons."""
    babies = [
        replace(baby, existing=_same(questions, f"baby{number}"))
        for number, baby in enumerate(details.babies)
    ]
    carers = [
        replace(carer, existing=_same(questions, f"carer{number}"))
        for number, carer in enumerate(details.carers)
    ]
    return replace(details, babies=tuple(babies), carers=tuple(carers))


def _same(questions: Questions, place: str) -> Person | None:
    question = questions.get(place)
    return question.same_person if question else None


def keep_answers(questions: Questions, referral: Referral, request: Any) -> None:
    """Remember that the new persons of a referral are none of those who were shown."""
    links = referral.babies_link.select_related("baby").order_by("created_at", "pk")
    babies = [link.baby for link in links]
    ties = referral.relationships_link.select_related("relationship__carer")
    found = {tie.relationship.carer_id: tie.relationship.carer for tie in ties}
    carers = sorted(found.values(), key=lambda carer: carer.created_at)
    places = {f"baby{n}": baby for n, baby in enumerate(babies)}
    places |= {f"carer{n}": carer for n, carer in enumerate(carers)}
    for place, question in questions.items():
        if question.same_person is None and place in places:
            question.keep(places[place], request)


def known_already(
    people: FamilyPeople, *, by: User
) -> tuple[list[tuple[str, MatchCard, str]], str]:
    """Records that may be of those in a referral, each with the page that compares both.

    The second is all that is said of someone whom only another team works with.
    """
    cards: list[tuple[str, MatchCard, str]] = []
    elsewhere = ""
    persons = [*people.babies, *people.carers]
    ids = [person.pk for person in persons]
    for person in persons:
        found = find_matches(_of_record(person), by=by, apart_from=ids)
        elsewhere = ASK_THE_LEAD if found.elsewhere else elsewhere
        for match in found.same:
            address = reverse("people:compare", args=[match.person.pk, person.pk])
            cards.append((person.full_name, match_card(match), address))
    return cards, elsewhere


def _of_record(person: Person) -> Wanted:
    said = PersonDetails(**{name: getattr(person, name) for name in PersonDetails.__slots__})
    held = person.identifiers.values_list("system", "value")
    return wanted(said, organisation=person.organisation, numbers=list(held))
