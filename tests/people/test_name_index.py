"""Parts of names are found through the index, the same on every database."""

import pytest
from django.db import connection

from nestling.people import name_index
from nestling.people.models import Person
from nestling.people.names import words_to_find
from tests.factories.people import FamilyMemberFactory, PersonFactory

NAMES = (
    ("Zoë", "O’Shaughnessy-Łukić"),
    ("Anne-Marie", "D'Arbeloff"),
    ("Wren", "Thistledown"),
    ("Wrenna", "Rook"),
    ("Rowena", "Wagtail"),
    ("Jo", "Li"),
    ("Per%y", "O_ddly"),
)
TYPED = (
    *("wren", "WREN rook", "shaugh", "ukic", "zoe", "anne-m", "nemarie", "darbeloff", "d'arb"),
    *("w", "wr", "li", "jo l", "r", "istle", "row wag", "wag row", "percent%", "o_d", '"', "zz"),
    *("wren thistledown", "wren wagtail", "en", "ń", "’", "-"),
)


def by_reading(typed: str) -> set[str]:
    """What the same words find when every name is read."""
    words = words_to_find(typed)
    return {
        person.search_name
        for person in Person.objects.all()
        if words
        and all(
            (word if len(word) > 2 else f" {word}") in f" {person.search_name}" for word in words
        )
    }


@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.parametrize("typed", TYPED)
def test_the_index_finds_what_reading_every_name_finds(typed: str) -> None:
    for given_name, family_name in NAMES:
        PersonFactory.create(given_name=given_name, family_name=family_name)

    assert {one.search_name for one in Person.objects.named(typed)} == by_reading(typed)
    assert {one.search_name for one in Person.objects.few_named(typed)} == by_reading(typed)


@pytest.mark.database
@pytest.mark.django_db
def test_with_teams_only_members_of_their_families_need_be_found() -> None:
    member = FamilyMemberFactory.create(person__given_name="Wren", role="baby")
    PersonFactory.create(given_name="Wren", organisation=member.person.organisation)

    found = Person.objects.named("wren", teams=[member.family.team_id])

    assert member.person in found
    if connection.vendor == "postgresql":
        assert list(found) == [member.person]


@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.parametrize("typed", TYPED)
def test_without_the_index_the_same_names_are_found(
    typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for given_name, family_name in NAMES:
        PersonFactory.create(given_name=given_name, family_name=family_name)
    monkeypatch.setattr(name_index, "is_there", lambda: False)

    assert {one.search_name for one in Person.objects.named(typed)} == by_reading(typed)


@pytest.mark.database
@pytest.mark.django_db
def test_the_index_is_in_place() -> None:
    assert name_index.is_there()


@pytest.mark.database
@pytest.mark.django_db
def test_a_changed_name_is_found_and_the_old_one_is_not() -> None:
    person = PersonFactory.create(given_name="Wren", family_name="Rook")

    Person.objects.filter(pk=person.pk).update(search_name="linnet rook")

    assert not Person.objects.named("wren").exists()
    assert Person.objects.named("linnet").get() == person


@pytest.mark.database
@pytest.mark.django_db
def test_a_removed_person_is_found_no_more() -> None:
    person = PersonFactory.create(given_name="Wren", family_name="Rook")

    Person._base_manager.filter(pk=person.pk).delete()

    assert not Person.objects.named("wren").exists()
    assert name_index.is_there()


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite makes tables anew")
def test_the_index_is_made_again_when_its_triggers_are_gone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER people_name_added")
    person = PersonFactory.create(given_name="Wren", family_name="Rook")

    name_index.put_in_place()

    assert Person.objects.named("wren").get() == person
