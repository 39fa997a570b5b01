"""A family is what a team declares; a father of babies in two families is read in each apart."""

from datetime import date, timedelta

import pytest

from nestling.accounts.models import Team, User
from nestling.people import queries
from nestling.people.errors import MembershipNotPossibleError, RelationshipNotPossibleError
from nestling.people.models import Person
from nestling.people.services import (
    RiskGiven,
    add_known_member,
    add_member,
    add_to_network,
    answer_risks,
    change_relationship,
    declare_family,
    end_membership,
    end_relationship,
    keep_professional,
    mark_family,
    relate,
    unmark_family,
    update_relationship,
)
from tests.factories.people import (
    TODAY,
    NoteFactory,
    PersonFactory,
    RelationshipFactory,
    family_of,
)
from tests.people.situation import Situation

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def person_of(team: Team, **facts: object) -> Person:
    made: Person = PersonFactory.create(organisation=team.organisation, **facts)
    return made


def test_a_family_has_those_whom_the_team_declares_and_nobody_else(
    team: Team, worker: User
) -> None:
    baby, father = person_of(team, baby=True), person_of(team)
    half_brother = person_of(team, baby=True)
    RelationshipFactory.create(baby=baby, carer=father)
    RelationshipFactory.create(baby=half_brother, carer=father)

    family = declare_family(team, babies=[baby], carers=[father], on=TODAY, by=worker)

    people = queries.family_people(family, TODAY)
    assert people.everyone == (baby, father)
    assert [(row.baby, row.carer) for row in people.relationships] == [(baby, father)]


def test_a_family_without_a_baby_is_not_one(team: Team, worker: User) -> None:
    with pytest.raises(MembershipNotPossibleError):
        declare_family(team, babies=[], carers=[person_of(team)], on=TODAY, by=worker)


def test_declaring_a_family_lets_its_team_reach_its_members(team: Team, worker: User) -> None:
    baby = person_of(team, baby=True)
    assert not Person.objects.visible_to(worker).exists()

    declare_family(team, babies=[baby], carers=[], on=TODAY, by=worker)

    assert list(Person.objects.visible_to(worker)) == [baby]


def test_a_family_takes_along_what_was_asked_and_written_before_it(
    team: Team, worker: User
) -> None:
    baby, father = person_of(team, baby=True), person_of(team)
    given = RiskGiven(factor="P1", answer="present", about_person=father)
    answer_risks(team, [given], on=TODAY, by=worker)
    note = NoteFactory.create(team=team, about_person=baby, written_by=worker)

    family = declare_family(team, babies=[baby], carers=[father], on=TODAY, by=worker)

    note.refresh_from_db()
    assert note.family == family
    assert [row.factor for row in queries.adult_risks(family, father)] == ["P1"]


def test_what_was_asked_and_written_of_the_father_in_one_family_is_not_read_in_the_other(
    team: Team, worker: User, here: Situation
) -> None:
    given = RiskGiven(
        factor="P12", answer="past", about_person=here.father, family=here.other_family
    )
    answer_risks(team, [given], on=TODAY, by=worker)

    assert queries.adult_risks(here.family, here.father) == []
    assert queries.adult_notes(here.family, here.father) == []
    assert len(queries.adult_notes(here.other_family, here.father)) == 1


def test_nothing_read_for_one_family_names_the_other(here: Situation, worker: User) -> None:
    people = queries.family_people(here.family, TODAY)
    table = queries.agreements_table(here.family)
    story = queries.story_entries(here.family, TODAY, worker)
    tasks = queries.family_tasks(here.family)

    named: set[object] = {person.pk for person in people.everyone}
    named |= {row.about_id for line in table for row in line.answers}
    named |= {task.about_person_id for task in tasks}
    assert named == {here.baby.pk, here.mother.pk, here.father.pk, here.sister.pk}
    assert "Lark" not in str(story)
    assert "Marigold" not in str(story)


def test_someone_who_left_is_a_past_member_only(here: Situation, worker: User) -> None:
    end_membership(here.family, here.sister, on=TODAY, by=worker)

    assert here.sister not in queries.family_people(here.family, TODAY).everyone
    assert [row.person for row in queries.past_members(here.family, TODAY)] == [here.sister]
    assert queries.open_member(here.family, here.sister.pk) == here.sister


def test_someone_may_leave_and_come_back(here: Situation, worker: User) -> None:
    end_membership(here.family, here.sister, on=TODAY, by=worker)
    add_member(here.family, here.sister, role="child", on=TODAY, by=worker)

    people = queries.family_people(here.family, TODAY)
    assert people.children == (here.sister,)
    assert queries.past_members(here.family, TODAY) == []


def test_the_only_baby_cannot_leave(here: Situation, worker: User) -> None:
    with pytest.raises(MembershipNotPossibleError):
        end_membership(here.family, here.baby, on=TODAY, by=worker)


def test_nobody_joins_twice_or_from_another_organisation(here: Situation, worker: User) -> None:
    for someone in (here.mother, PersonFactory.create()):
        with pytest.raises(MembershipNotPossibleError):
            add_member(here.family, someone, role="carer", on=TODAY, by=worker)


def test_membership_does_not_end_before_it_began(here: Situation, worker: User) -> None:
    with pytest.raises(MembershipNotPossibleError):
        end_membership(here.family, here.sister, on=date(2025, 1, 1), by=worker)


def test_a_known_person_joins_a_second_family_as_the_same_person(
    team: Team, worker: User, here: Situation
) -> None:
    third = family_of(team)

    add_known_member(third, here.father, role="carer", on=TODAY, by=worker)

    assert here.father in queries.family_people(third, TODAY).carers
    with pytest.raises(MembershipNotPossibleError):
        add_known_member(third, None, role="carer", on=TODAY, by=worker)


def test_a_relationship_is_between_a_baby_and_someone_else_of_the_organisation(
    team: Team, worker: User, here: Situation
) -> None:
    wrong = [
        (here.mother, here.father),
        (here.baby, here.baby),
        (here.baby, PersonFactory.create()),
        (here.baby, here.mother),
    ]
    for baby, carer in wrong:
        with pytest.raises(RelationshipNotPossibleError):
            relate(baby, carer, kind="mother", by=worker)


def test_an_ended_relationship_may_begin_again_as_a_new_one(here: Situation, worker: User) -> None:
    end_relationship(here.relationship, on=TODAY, by=worker)
    again = relate(here.baby, here.father, kind="father", by=worker)

    ties = queries.family_people(here.family, TODAY).relationships_of(here.baby)
    assert again in ties
    assert here.relationship not in ties


def test_a_relationship_ends_once_and_not_before_it_began(here: Situation, worker: User) -> None:
    with pytest.raises(RelationshipNotPossibleError):
        end_relationship(here.relationship, on=date(2025, 1, 1), by=worker)
    values = {"kind": "step_parent", "from_on": date(2026, 1, 1), "until_on": TODAY}

    update_relationship(here.relationship, values, by=worker)

    assert (here.relationship.kind, here.relationship.until_on) == ("step_parent", TODAY)
    with pytest.raises(RelationshipNotPossibleError):
        end_relationship(here.relationship, on=TODAY, by=worker)
    with pytest.raises(RelationshipNotPossibleError):
        change_relationship(here.relationship, {"from_on": TODAY + timedelta(days=1)}, by=worker)
    with pytest.raises(RelationshipNotPossibleError):
        change_relationship(here.relationship, {"carer": here.mother}, by=worker)


def test_a_professional_is_kept_once_and_is_no_person(
    team: Team, worker: User, here: Situation
) -> None:
    facts = {"name": "Opal Dray", "role": "gp", "workplace": "Elm", "phone": "", "email": ""}
    first = keep_professional(team.organisation, **facts, by=worker)
    second = keep_professional(team.organisation, **facts, by=worker)

    rows = {add_to_network(here.family, first, role="gp", on=TODAY, by=worker).pk for _ in (1, 2)}

    assert first == second
    assert len(rows) == 1
    assert not Person.objects.named("Opal").exists()


def test_a_mark_is_its_writer_s_own(here: Situation, worker: User, team: Team) -> None:
    mark_family(here.family, words="Ring on Thursday", by=worker)
    mark_family(here.family, words="Ring on Friday", by=worker)

    assert queries.my_marks(worker) == {here.family.pk: "Ring on Friday"}
    unmark_family(here.family, on=TODAY, by=worker)
    assert queries.my_mark(here.family, user=worker) is None
