"""Adoption: a new record with no way back, and an old one that only a reason opens."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.apps import apps

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Role
from nestling.foundation.models import AuditEvent
from nestling.people import services
from nestling.people.errors import AdoptionNotPossibleError
from nestling.people.models import (
    Adoption,
    Family,
    FamilyMember,
    OutboxMessage,
    Person,
    PersonIdentifier,
    Relationship,
    SealedRow,
    Task,
)
from nestling.people.models.contact import HeldBack, MessageState
from nestling.people.models.walls import UnsealedManager
from nestling.people.services import AdoptionDetails, MessageDetails
from nestling.people.services.sealing import rows_to_seal
from nestling.referrals.models import Referral, ReferralBaby
from tests.factories.care import EpisodeFactory
from tests.factories.people import (
    OutboxMessageFactory,
    PersonFactory,
    PersonIdentifierFactory,
    join,
    nhs_number,
)
from tests.factories.referrals import ReferralBabyFactory, ReferralFactory
from tests.people.situation import Situation

if TYPE_CHECKING:
    from django.db import models

TODAY = date(2026, 3, 10)
NEW = AdoptionDetails(given_name="Tansy", family_name="Ashdown", number=nhs_number(90))

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def lead(user_as: Callable[..., User]) -> User:
    """The lead of the team."""
    return user_as(Role.CLINICAL_LEAD)


@pytest.fixture
def known(here: Situation, team: Team, worker: User) -> Situation:
    """The first family with a number, a referral, work and a message that waits."""
    PersonIdentifierFactory.create(person=here.baby, value=nhs_number(80))
    referral = ReferralFactory.create(team=team, family=here.family)
    ReferralBabyFactory.create(referral=referral, baby=here.baby)
    EpisodeFactory.create(team=team, family=here.family, referral=referral, practitioner=worker)
    OutboxMessageFactory.create(
        team=team, person=here.mother, about=here.baby, state=MessageState.QUEUED
    )
    return here


@pytest.fixture
def twin(known: Situation, team: Team) -> Person:
    """A brother or sister who stays in the family and on its referral."""
    baby: Person = PersonFactory.create(
        baby=True, organisation=team.organisation, given_name="Robin"
    )
    join(known.family, baby, role="baby")
    ReferralBabyFactory.create(referral=known.family.referrals.get(), baby=baby)
    return baby


def adopted(here: Situation, lead: User, team: Team) -> tuple[Person, Family]:
    return services.adopt(here.baby, NEW, team=team, on=TODAY, by=lead)


def test_the_new_record_takes_the_birth_date_and_nothing_else(
    known: Situation, lead: User, team: Team
) -> None:
    new, family = adopted(known, lead, team)

    assert (new.given_name, new.family_name, new.born_on) == (
        "Tansy",
        "Ashdown",
        known.baby.born_on,
    )
    assert new.due_on is None
    assert [row.person_id for row in family.members.all()] == [new.pk]
    assert new.identifiers.get().value == nhs_number(90)


def test_the_old_record_is_no_longer_there(known: Situation, lead: User, team: Team) -> None:
    adopted(known, lead, team)

    assert not Person.objects.filter(pk=known.baby.pk).exists()
    assert not Family.objects.filter(pk=known.family.pk).exists()
    assert not Referral.objects.exists()
    assert not Relationship.objects.filter(baby=known.baby).exists()
    assert not PersonIdentifier.objects.filter(value__contains=nhs_number(80)).exists()


def test_parents_keep_their_own_records(known: Situation, lead: User, team: Team) -> None:
    adopted(known, lead, team)

    assert Person.objects.filter(pk__in=[known.mother.pk, known.father.pk]).count() == 2
    assert Family.objects.filter(pk=known.other_family.pk).exists()


def test_nothing_of_the_old_record_is_deleted(known: Situation, lead: User, team: Team) -> None:
    adopted(known, lead, team)

    assert Person._base_manager.filter(pk=known.baby.pk).exists()
    assert Family._base_manager.filter(pk=known.family.pk).exists()


def test_a_twin_stays_in_the_family_without_the_child(
    known: Situation, twin: Person, lead: User, team: Team
) -> None:
    adopted(known, lead, team)
    babies = FamilyMember.objects.filter(family=known.family, role="baby")

    assert [row.person_id for row in babies] == [twin.pk]
    assert [row.baby_id for row in ReferralBaby.objects.all()] == [twin.pk]
    assert Family.objects.filter(pk=known.family.pk).exists()


def test_messages_stop_and_no_new_one_leaves(known: Situation, lead: User, team: Team) -> None:
    adopted(known, lead, team)
    held = OutboxMessage.objects.get()
    details = MessageDetails(
        person=known.mother, about=known.baby, channel="text", subject="Hello", body="Hello"
    )
    later = services.send(details, team=team, on=TODAY, by=lead)

    assert (held.state, held.held_back_because) == (MessageState.HELD_BACK, HeldBack.SEALED)
    assert (later.state, later.held_back_because) == (MessageState.HELD_BACK, HeldBack.SEALED)


def test_open_tasks_end(known: Situation, lead: User, team: Team) -> None:
    adopted(known, lead, team)

    assert not Task._base_manager.filter(about_person=known.baby, done_on__isnull=True).exists()


def test_no_form_learns_that_the_old_number_was_ever_here(
    known: Situation, lead: User, team: Team
) -> None:
    adopted(known, lead, team)
    other = PersonFactory.create(baby=True, organisation=team.organisation)

    held = services.set_identifier(other, system="nhs", value=nhs_number(80), by=lead)

    assert held.value == nhs_number(80)


def test_the_old_number_is_refused_as_the_new_one(known: Situation, lead: User, team: Team) -> None:
    same = AdoptionDetails(given_name="Tansy", family_name="Ashdown", number=nhs_number(80))

    with pytest.raises(AdoptionNotPossibleError, match="number from before"):
        services.adopt(known.baby, same, team=team, on=TODAY, by=lead)


def test_an_unborn_baby_is_not_adopted(team: Team, lead: User) -> None:
    unborn = PersonFactory.create(unborn=True, organisation=team.organisation)

    with pytest.raises(AdoptionNotPossibleError):
        services.adopt(unborn, NEW, team=team, on=TODAY, by=lead)


def rows_with_ids() -> Iterator[tuple[str, str]]:
    """Every stored row as text, with its table, apart from sealed values."""
    for model in apps.get_models():
        for row in model._base_manager.values():
            yield model._meta.label, str(row)


def test_no_stored_row_names_both_records(known: Situation, lead: User, team: Team) -> None:
    new, family = adopted(known, lead, team)
    old_ids, new_ids = {known.baby.pk, known.family.pk}, {new.pk, family.pk}

    both = [
        label
        for label, text in rows_with_ids()
        if any(str(pk) in text or repr(pk) in text for pk in old_ids)
        and any(str(pk) in text or repr(pk) in text for pk in new_ids)
    ]

    # The link itself is read here as its field opens it; in the database it is encrypted.
    assert both == ["people.Adoption"]


def test_the_link_is_kept_encrypted_in_the_table_and_in_the_audit(
    known: Situation, lead: User, team: Team
) -> None:
    new, _ = adopted(known, lead, team)
    event = AuditEvent.objects.get(kind="people.adoption")

    assert str(new.pk) not in str(event.changes)
    assert str(known.baby.pk) not in str(event.changes)


def test_following_the_link_keeps_the_reason_for_good(
    known: Situation, lead: User, team: Team, user_as: Callable[..., User]
) -> None:
    new, _ = adopted(known, lead, team)
    governance = user_as(Role.INFORMATION_GOVERNANCE)

    link = services.follow_link(
        Adoption.objects.get(), reason="A court asked for both records", by=governance
    )

    assert (link.old, link.new) == (known.baby.pk, new.pk)
    event = AuditEvent.objects.get(action="link_followed")
    assert event.changes == {"reason": "A court asked for both records"}


def test_only_information_governance_is_given_seals(
    known: Situation, lead: User, team: Team, user_as: Callable[..., User]
) -> None:
    adopted(known, lead, team)
    roles = [role for role in Role if role is not Role.INFORMATION_GOVERNANCE]

    assert not any(Adoption.objects.visible_to(user_as(role)).exists() for role in roles)
    assert Adoption.objects.visible_to(user_as(Role.INFORMATION_GOVERNANCE)).exists()


def test_every_model_with_rows_under_the_seal_that_has_a_list_hides_them(
    known: Situation, lead: User, team: Team
) -> None:
    adopted(known, lead, team)
    must = {
        *("people.person", "people.family", "people.familymember", "people.relationship"),
        *("people.note", "people.task", "people.personteam", "people.personidentifier"),
        *("referrals.referral", "referrals.referralbaby", "care.episode"),
    }
    sealed = set(SealedRow.objects.values_list("kind", flat=True))

    assert must <= sealed
    assert [
        kind for kind in must if not isinstance(apps.get_model(kind).objects, UnsealedManager)
    ] == []


def test_the_rows_to_seal_hold_no_parent_and_no_professional(known: Situation) -> None:
    rows = rows_to_seal(known.baby)
    kinds: set[type[models.Model]] = set(rows)

    assert rows[Person] == {known.baby.pk}
    assert not {"accounts.User", "people.ProfessionalContact"} & {
        kind._meta.label for kind in kinds
    }
