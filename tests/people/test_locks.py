"""A locked record: for whoever is not named, and for whoever is in it, it is not there."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Role
from nestling.care.models import Episode
from nestling.care.queries import locked_waits, waiting_list
from nestling.desk.queries import families as lists
from nestling.foundation.models import AuditEvent
from nestling.people import queries, services
from nestling.people.errors import LockNotPossibleError
from nestling.people.models import Family, Note, Person, RecordLock, Relationship, StaffPerson, Task
from nestling.people.services import LockDetails
from nestling.referrals.models import Referral, UnmetNeed
from tests.factories.care import EpisodeFactory, WaitingReferralFactory
from tests.factories.people import PersonIdentifierFactory, nhs_number
from tests.factories.referrals import ReferralBabyFactory, UnmetNeedFactory
from tests.people.situation import Situation

TODAY = date(2026, 3, 10)
WHY = "The mother is a colleague's sister"
Named = Callable[..., list[RecordLock]]

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def lead(user_as: Callable[..., User]) -> User:
    """The lead of the team."""
    return user_as(Role.CLINICAL_LEAD)


@pytest.fixture
def manager(user_as: Callable[..., User]) -> User:
    """The service manager."""
    return user_as(Role.SERVICE_MANAGER)


@pytest.fixture
def lock(here: Situation, team: Team, lead: User) -> Named:
    """Lock the first family's record for those named."""

    def set_lock(*names: User, staff: dict[UUID, User] | None = None) -> list[RecordLock]:
        details = LockDetails(reason=WHY, names=names, staff=staff or {})
        persons = [here.mother, here.father]
        return services.lock_record(
            [here.baby], details, persons=persons, team=team, on=TODAY, by=lead
        )

    return set_lock


@pytest.fixture
def referral(here: Situation, team: Team) -> Referral:
    """The first family waits."""
    row = WaitingReferralFactory.create(team=team, family=here.family)
    ReferralBabyFactory.create(referral=row, baby=here.baby)
    return row


def everything(user: User, here: Situation, referral: Referral) -> dict[str, bool]:
    """By kind of row: whether the user finds that of the first family."""
    return {
        "family": Family.objects.visible_to(user).filter(pk=here.family.pk).exists(),
        "baby": Person.objects.visible_to(user).filter(pk=here.baby.pk).exists(),
        "mother": Person.objects.visible_to(user).filter(pk=here.mother.pk).exists(),
        "relationship": Relationship.objects.visible_to(user)
        .filter(pk=here.relationship.pk)
        .exists(),
        "referral": Referral.objects.visible_to(user).filter(pk=referral.pk).exists(),
        "task": Task.objects.visible_to(user).filter(pk=here.task.pk).exists(),
        "note": Note.objects.visible_to(user).filter(pk=here.note.pk).exists(),
        "unmet": UnmetNeed.objects.visible_to(user).filter(baby=here.baby).exists(),
        "episode": Episode.objects.visible_to(user).filter(family=here.family).exists(),
        "list": any(row.pk == here.family.pk for row in lists.families(user, show="all")),
        "search": any(
            found.family_id == here.family.pk
            for found in lists.search(here.baby.full_name, by=user)
        ),
        "by_reference": bool(lists.search(referral.reference, by=user)),
        "waiting": any(row.referral.pk == referral.pk for row in waiting_list(user, on=TODAY).rows),
    }


@pytest.fixture
def filled(here: Situation, referral: Referral, team: Team, worker: User) -> Referral:
    """The first family with work and a need that was not met."""
    EpisodeFactory.create(team=team, family=here.family, practitioner=worker)
    UnmetNeedFactory.create(team=team, referral=referral, baby=here.baby)
    return referral


def test_who_is_named_finds_the_record_as_before(
    here: Situation, filled: Referral, worker: User, lock: Named
) -> None:
    before = everything(worker, here, filled)
    lock(worker)

    assert everything(worker, here, filled) == before
    assert set(before.values()) == {True}


def test_who_is_not_named_finds_nothing_of_it(
    here: Situation, filled: Referral, worker: User, lead: User, lock: Named
) -> None:
    lock(lead)

    assert set(everything(worker, here, filled).values()) == {False}


def test_a_lifted_lock_hides_nothing(
    here: Situation, filled: Referral, worker: User, lead: User, lock: Named
) -> None:
    (set_lock,) = lock(lead)
    services.lift_lock(set_lock, on=TODAY, by=lead)

    assert set(everything(worker, here, filled).values()) == {True}


def test_numbers_do_not_count_what_is_locked(
    here: Situation, filled: Referral, worker: User, lead: User, lock: Named
) -> None:
    assert waiting_list(worker, on=TODAY).figures.families == 1
    lock(lead)

    assert waiting_list(worker, on=TODAY).figures.families == 0


def test_a_lead_who_is_not_named_sees_how_many_wait_and_no_more(
    here: Situation, filled: Referral, worker: User, lead: User, lock: Named
) -> None:
    assert locked_waits(lead) == 0
    lock(worker)

    assert (locked_waits(lead), locked_waits(worker)) == (1, 0)
    assert waiting_list(lead, on=TODAY).rows == ()


def test_the_father_stays_in_his_other_family(
    here: Situation, worker: User, lead: User, lock: Named
) -> None:
    lock(lead)
    found = lists.search(here.father.full_name, by=worker)

    assert [row.family_id for row in found] == [here.other_family.pk]
    assert Person.objects.visible_to(worker).filter(pk=here.father.pk).exists()
    assert not Person.objects.visible_to(worker).filter(pk=here.mother.pk).exists()


def test_a_referral_without_a_family_is_locked_with_its_baby(
    team: Team, worker: User, lead: User, here: Situation, lock: Named
) -> None:
    bare = WaitingReferralFactory.create(team=team, family=None)
    ReferralBabyFactory.create(referral=bare, baby=here.baby)
    lock(lead)

    assert not Referral.objects.visible_to(worker).filter(pk=bare.pk).exists()
    assert Referral.objects.visible_to(lead).filter(pk=bare.pk).exists()


def test_staff_who_are_in_a_record_never_find_it(
    here: Situation, filled: Referral, worker: User, lead: User, lock: Named
) -> None:
    lock(lead, staff={here.mother.pk: worker})
    services.lift_lock(RecordLock.objects.get(), on=TODAY, by=lead)

    assert set(everything(worker, here, filled).values()) == {False}


def test_a_father_who_works_here_opens_neither_of_his_families(
    here: Situation, worker: User, lead: User, lock: Named
) -> None:
    lock(lead, staff={here.father.pk: worker})

    assert not Family.objects.openable_by(worker).exists()


def test_someone_in_the_record_cannot_be_named(
    here: Situation, worker: User, lead: User, lock: Named
) -> None:
    with pytest.raises(LockNotPossibleError, match="in the record"):
        lock(lead, worker, staff={here.mother.pk: worker})

    assert not StaffPerson.objects.exists()


def test_somebody_is_always_named(lock: Named) -> None:
    with pytest.raises(LockNotPossibleError, match="at least one"):
        lock()


def test_only_the_team_can_be_named(
    lock: Named, user_as: Callable[..., User], other_team: Team
) -> None:
    stranger = user_as(Role.PRACTITIONER, in_team=other_team)

    with pytest.raises(LockNotPossibleError, match="in this team"):
        lock(stranger)


def test_names_are_changed_by_rows_that_end(lock: Named, lead: User, worker: User) -> None:
    (row,) = lock(lead)

    services.change_names(row, [worker], on=TODAY, by=lead)

    assert [user.pk for user in locked_names(row)] == [worker.pk]
    assert row.names.count() == 2


def locked_names(row: RecordLock) -> list[User]:
    return [name.user for name in row.names.filter(until_on__isnull=True)]


def test_the_lock_is_audited_with_its_reason_sealed(lock: Named, lead: User) -> None:
    lock(lead)
    event = AuditEvent.objects.get(action="locked")

    assert event.actor_id == lead.pk
    assert WHY not in str(event.changes)


def test_who_is_not_named_cannot_learn_of_a_record_by_its_number(
    here: Situation, worker: User, lead: User, lock: Named
) -> None:
    held = PersonIdentifierFactory.create(person=here.baby, value=nhs_number(7))
    assert queries.known_by_number(held.value, system=held.system, by=worker) is not None

    lock(lead)

    assert queries.known_by_number(held.value, system=held.system, by=worker) is None


def test_a_lead_whom_the_lock_does_not_name_does_not_keep_it(
    lock: Named, lead: User, worker: User, user_as: Callable[..., User]
) -> None:
    lock(worker)
    governance = user_as(Role.INFORMATION_GOVERNANCE)

    assert not RecordLock.objects.visible_to(lead).exists()
    assert RecordLock.objects.visible_to(governance).exists()


# The pages


@pytest.fixture
def lead_browser(lead: User, browser: Client) -> Client:
    """The lead's browser."""
    browser.force_login(lead, backend="nestling.accounts.signed_in.SignInBackend")
    return browser


def test_the_lead_locks_a_record_on_its_page(
    here: Situation, lead: User, worker: User, lead_browser: Client
) -> None:
    answer = lead_browser.post(
        here.address("lock"), {"reason": WHY, "names": [str(lead.pk)], "staff_0": ""}
    )

    assert answer.status_code == 302
    assert not Family.objects.visible_to(worker).filter(pk=here.family.pk).exists()
    assert "Locked since" in lead_browser.get(here.address("lock")).content.decode()


def test_a_lock_without_a_name_is_refused_beside_the_field(
    here: Situation, lead_browser: Client
) -> None:
    answer = lead_browser.post(here.address("lock"), {"reason": WHY})

    assert answer.status_code == 422
    assert "Choose at least one person" in answer.content.decode()
    assert WHY.replace("'", "&#39;") in answer.content.decode()


def test_the_lead_lifts_a_lock_on_its_page(
    here: Situation, lead: User, worker: User, lock: Named, lead_browser: Client
) -> None:
    lock(lead)

    lead_browser.post(here.address("lock"), {"part": "lift"})

    assert Family.objects.visible_to(worker).filter(pk=here.family.pk).exists()


@pytest.mark.parametrize("page", ["lock", "risks", "note", "contact", "restricted"])
def test_no_address_of_a_locked_record_answers(
    page: str, here: Situation, lead: User, lock: Named, browser: Client
) -> None:
    lock(lead)

    assert browser.get(here.address(page)).status_code == 404
    assert browser.get(f"/families/{here.family.pk}/").status_code == 404
