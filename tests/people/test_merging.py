"""What a merge does and refuses, and what stands in the way of taking it apart."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Role
from nestling.foundation.models import AuditEvent
from nestling.people.merging.facts import ASK_BEFORE_MERGING
from nestling.people.merging.moving import MergeRefusedError, merge_persons
from nestling.people.merging.plan import plan_merge
from nestling.people.merging.undoing import standing_in_the_way, unmerge
from nestling.people.models import (
    Note,
    Person,
    PersonMerge,
    Relationship,
    SafeContact,
)
from tests.factories.people import (
    NoteFactory,
    PersonFactory,
    PersonIdentifierFactory,
    PersonTeamFactory,
    RelationshipFactory,
    SafeContactFactory,
    SafeguardingStatusFactory,
    TaskFactory,
)
from tests.people.doubles import only_points, tables
from tests.people.situation import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(user_as: Callable[..., User]) -> User:
    return user_as(Role.CLINICAL_LEAD)


@pytest.fixture
def two(team: Team) -> tuple[Person, Person]:
    """Two records of one adult."""
    return record(team), record(team)


def record(team: Team, **facts: Any) -> Person:
    """A record of someone whom the team works with."""
    words = {"family_name": "Marsh", "organisation": team.organisation, **facts}
    person: Person = PersonFactory.create(**words)
    PersonTeamFactory.create(person=person, team=team)
    return person


def refused(kept: Person, merged: Person, *, by: User) -> list[str]:
    """The reasons for which a merge is refused; nothing was written."""
    before = tables()
    with pytest.raises(MergeRefusedError) as stopped:
        merge_persons(kept, merged, reason="One", on=TODAY, by=by)
    assert tables() == before
    return stopped.value.reasons


def test_the_other_record_only_points_and_the_kept_one_takes_over(
    two: tuple[Person, Person], lead: User, team: Team
) -> None:
    kept, merged = two
    note = NoteFactory.create(team=team, about_person=merged, written_by=lead)

    merge_persons(kept, merged, reason="One", on=TODAY, by=lead)

    assert only_points(merged)
    assert Note.objects.get(pk=note.pk).about_person == kept
    assert AuditEvent.objects.filter(record_id=note.pk, action="merged").exists()
    assert merged not in Person.objects.visible_to(lead)


def test_a_gap_is_filled_and_what_is_said_stays(lead: User, team: Team) -> None:
    kept = record(team, known_as="", language="cy")
    merged = record(team, known_as="Junie", language="pl")

    merge_persons(kept, merged, reason="One", on=TODAY, by=lead)

    kept.refresh_from_db()
    assert (kept.known_as, kept.language) == ("Junie", "cy")
    assert "junie" in kept.search_name


DIFFERENT: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "dates of birth": (
        {"born_on": date(1990, 1, 1)},
        {"born_on": date(1990, 1, 2)},
        "dates of birth differ",
    ),
    "a birth far from the due date": (
        {"baby": True, "due_on": None, "due_source": ""},
        {"unborn": True, "due_on": date(2027, 1, 1)},
        "far from the due date",
    ),
    "order of birth": ({"birth_order": 1}, {"birth_order": 2}, "order of birth differs"),
    "a loss": ({"baby": True}, {"baby": True, "loss": "infant_death"}, "A loss is recorded"),
    "kinds": ({"baby": True}, {"child": True, "born_on": None}, "a baby’s, a child’s"),
}


@pytest.mark.parametrize("case", DIFFERENT)
def test_facts_that_speak_of_two_people_refuse_the_merge(lead: User, team: Team, case: str) -> None:
    one, other, words = DIFFERENT[case]

    reasons = refused(record(team, **one), record(team, **other), by=lead)

    assert any(words in reason for reason in reasons)


def test_two_numbers_are_two_people_or_a_mistake(two: tuple[Person, Person], lead: User) -> None:
    for person in two:
        PersonIdentifierFactory.create(person=person)

    assert any("NHS number, and the two differ" in reason for reason in refused(*two, by=lead))


def test_baby_and_carer_of_each_other_are_two_people(lead: User, team: Team) -> None:
    baby, carer = record(team, baby=True), record(team, baby=True)
    RelationshipFactory.create(baby=baby, carer=carer)

    assert "They are baby and carer in one relationship" in refused(baby, carer, by=lead)


def test_every_reason_is_given_at_once(two: tuple[Person, Person], lead: User) -> None:
    for number, person in enumerate(two):
        PersonIdentifierFactory.create(person=person)
        SafeContactFactory.create(person=person, may_call=bool(number))

    assert len(refused(*two, by=lead)) == 2


def test_open_tasks_of_one_kind_are_finished_first(lead: User, team: Team) -> None:
    two = record(team, baby=True), record(team, baby=True)
    for person in two:
        TaskFactory.create(team=team, about_person=person, kind="no_news_of_birth")

    assert any("open task of one kind" in reason for reason in refused(*two, by=lead))


def test_different_safeguarding_is_settled_first(lead: User, team: Team) -> None:
    two = record(team, baby=True), record(team, baby=True)
    for person, status in zip(two, ("child_in_need", "child_protection"), strict=True):
        SafeguardingStatusFactory.create(team=team, baby=person, status=status)

    assert any("safeguarding" in reason for reason in refused(*two, by=lead))


def test_another_teams_person_needs_its_lead_too(
    two: tuple[Person, Person], lead: User, other_team: Team
) -> None:
    PersonTeamFactory.create(person=two[1], team=other_team)

    assert refused(*two, by=lead) == [ASK_BEFORE_MERGING]


def test_a_plan_that_was_overtaken_is_looked_at_again(
    two: tuple[Person, Person], lead: User
) -> None:
    seen = plan_merge(*two, on=TODAY).digest
    Person.objects.filter(pk=two[0].pk).update(version=7)

    with pytest.raises(MergeRefusedError, match="changed since you looked"):
        merge_persons(*two, reason="One", on=TODAY, by=lead, seen=seen)


def test_one_relationship_recorded_twice_becomes_one_with_all_that_was_said(
    lead: User, team: Team
) -> None:
    first, second, mother = record(team, baby=True), record(team, baby=True), record(team)
    kept = RelationshipFactory.create(baby=first, carer=mother, parental_responsibility="not_known")
    double = RelationshipFactory.create(baby=second, carer=mother)
    note = NoteFactory.create(
        team=team, about_person=None, about_relationship=double, written_by=lead
    )

    merge = merge_persons(first, second, reason="One", on=TODAY, by=lead)

    assert list(Relationship.objects.all()) == [kept]
    kept.refresh_from_db()
    assert kept.parental_responsibility == "yes"
    assert Note.objects.get(pk=note.pk).about_relationship == kept
    unmerge(merge, on=TODAY, by=lead)
    assert Note.objects.get(pk=note.pk).about_relationship == double


def test_relationships_of_which_different_things_are_said_refuse_the_merge(
    lead: User, team: Team
) -> None:
    first, second, mother = record(team, baby=True), record(team, baby=True), record(team)
    RelationshipFactory.create(baby=first, carer=mother)
    RelationshipFactory.create(baby=second, carer=mother, with_foster_carer=True)

    assert any("what is said of it differs" in reason for reason in refused(first, second, by=lead))


def test_the_same_way_to_reach_them_stands_once(two: tuple[Person, Person], lead: User) -> None:
    for person in two:
        SafeContactFactory.create(person=person, may_call=True)

    merge_persons(*two, reason="One", on=TODAY, by=lead)

    assert SafeContact.objects.filter(person=two[0], until_on=None).count() == 1
    assert SafeContact.objects.filter(person=two[0]).count() == 2


@pytest.fixture
def merge(two: tuple[Person, Person], lead: User, team: Team) -> PersonMerge:
    """A merge that moved a note."""
    NoteFactory.create(team=team, about_person=two[1], written_by=lead)
    return merge_persons(*two, reason="One", on=TODAY, by=lead)


def in_the_way(merge: PersonMerge, lead: User) -> str:
    """What stands in the way, in one text; the attempt writes nothing."""
    before = tables()
    with pytest.raises(MergeRefusedError):
        unmerge(merge, on=TODAY, by=lead)
    assert tables() == before
    return "; ".join(standing_in_the_way(merge))


def test_details_changed_since_stand_in_the_way(merge: PersonMerge, lead: User) -> None:
    Person.objects.filter(pk=merge.kept_id).update(religion="Quaker")

    assert "details of the kept record have been changed" in in_the_way(merge, lead)


def test_a_moved_row_changed_since_stands_in_the_way(merge: PersonMerge, lead: User) -> None:
    Note.objects.update(third_party=True)

    assert "A note that the merge touched has been changed" in in_the_way(merge, lead)


def test_what_was_added_since_stands_in_the_way(merge: PersonMerge, lead: User, team: Team) -> None:
    NoteFactory.create(team=team, about_person=merge.kept, written_by=lead)

    assert "Added since: 1 × note" in in_the_way(merge, lead)


def test_a_later_merge_stands_in_the_way_until_it_is_taken_apart(
    merge: PersonMerge, lead: User, team: Team
) -> None:
    later = merge_persons(record(team), merge.kept, reason="One", on=TODAY, by=lead)
    blocked = in_the_way(merge, lead)

    unmerge(later, on=TODAY, by=lead)

    assert "Take that one apart first" in blocked
    assert standing_in_the_way(merge) == []


def test_a_merge_is_taken_apart_once(merge: PersonMerge, lead: User) -> None:
    unmerge(merge, on=TODAY, by=lead)

    assert in_the_way(merge, lead) == "This merge was taken apart already"
