"""A referral without a family yet, locked from its own page by the lock that a baby has."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from nestling.accounts.models import Membership, Team, User
from nestling.accounts.roles import Role
from nestling.care.queries import waiting_list
from nestling.desk.queries import families as lists
from nestling.foundation.models import AuditEvent
from nestling.people.errors import LockNotPossibleError
from nestling.people.models import Person, RecordLock, StaffPerson
from nestling.people.services import change_names
from nestling.referrals import queries, services
from nestling.referrals.models import Referral
from tests.factories.people import TODAY
from tests.factories.referrals import received
from tests.referrals.test_triage import MEETING

pytestmark = [pytest.mark.django_db, pytest.mark.database]
WHY = "The mother is a colleague’s sister"


@pytest.fixture
def referral(team: Team) -> Referral:
    """A new referral that nobody has screened."""
    return received(team)


@pytest.fixture
def worker(user_as: Callable[..., User]) -> User:
    return user_as(Role.PRACTITIONER)


@pytest.fixture
def browser(client_as: Callable[..., Client]) -> Client:
    """The lead's browser."""
    return client_as(Role.CLINICAL_LEAD)


def lead() -> User:
    return Membership.objects.get(role=Role.CLINICAL_LEAD).user


def page_of(referral: Referral) -> str:
    return reverse("referrals:lock", args=[referral.pk])


def lock(browser: Client, referral: Referral, *names: User, **more: str):
    """Send the form of the page."""
    sent = {"reason": WHY, "names": [str(user.pk) for user in names], **more}
    return browser.post(page_of(referral), sent)


def finds(user: User, referral: Referral) -> dict[str, bool]:
    """By place: whether the user meets the referral or its persons."""
    baby = referral.babies_link.get().baby
    mother = referral.relationships_link.get().relationship.carer
    return {
        "referral": Referral.objects.visible_to(user).filter(pk=referral.pk).exists(),
        "board": referral.pk in {row.referral.pk for row in queries.board(user, on=TODAY)},
        "baby": Person.objects.visible_to(user).filter(pk=baby.pk).exists(),
        "mother": Person.objects.visible_to(user).filter(pk=mother.pk).exists(),
        "reference": bool(lists.search(referral.reference, by=user)),
    }


def test_who_is_not_named_finds_nothing_and_who_is_finds_all(
    browser: Client, referral: Referral, worker: User
) -> None:
    assert set(finds(worker, referral).values()) == {True}

    answer = lock(browser, referral, lead())

    assert answer["Location"] == reverse("referrals:referral", args=[referral.pk])
    assert set(finds(worker, referral).values()) == {False}
    assert set(finds(lead(), referral).values()) == {True}


def test_a_lead_who_leaves_themselves_out_is_sent_home(
    browser: Client, referral: Referral, worker: User
) -> None:
    answer = lock(browser, referral, worker)

    assert answer["Location"] == reverse("desk:home")
    assert browser.get(reverse("referrals:referral", args=[referral.pk])).status_code == 404


def test_the_lock_stays_when_the_family_is_declared(
    browser: Client, referral: Referral, worker: User
) -> None:
    lock(browser, referral, lead())

    services.screen(referral, MEETING, on=TODAY, by=lead())

    referral.refresh_from_db()
    assert referral.family is not None
    assert set(finds(worker, referral).values()) == {False}
    page = browser.get(reverse("people:lock", args=[referral.family_id]))
    assert "Locked since" in page.content.decode()


def test_a_referral_with_a_family_is_locked_on_the_family_s_page(
    browser: Client, referral: Referral
) -> None:
    services.screen(referral, MEETING, on=TODAY, by=lead())
    referral.refresh_from_db()
    there = reverse("people:lock", args=[referral.family_id])

    assert browser.get(page_of(referral))["Location"] == there
    page = browser.get(reverse("referrals:referral", args=[referral.pk])).content.decode()
    assert f'href="{there}"' in page


def test_its_page_lifts_the_lock_again(browser: Client, referral: Referral, worker: User) -> None:
    lock(browser, referral, lead())

    answer = browser.post(page_of(referral), {"part": "lift"})

    assert answer.status_code == 302
    assert set(finds(worker, referral).values()) == {True}
    assert AuditEvent.objects.filter(action="lifted").exists()


def test_a_parent_who_works_here_is_never_one_of_those_named(
    browser: Client, referral: Referral, worker: User
) -> None:
    refused = lock(browser, referral, lead(), worker, staff_0=str(worker.pk))
    done = lock(browser, referral, lead(), staff_0=str(worker.pk))

    assert (refused.status_code, done.status_code) == (422, 302)
    assert StaffPerson.objects.get().user == worker
    with pytest.raises(LockNotPossibleError, match="in the record"):
        change_names(RecordLock.objects.get(), [lead(), worker], on=TODAY, by=lead())


@pytest.mark.parametrize("fault", [{"reason": "short"}, {"reason": ""}, {"names": []}])
def test_a_lock_without_a_reason_or_a_name_is_refused_and_stays_typed(
    browser: Client, referral: Referral, fault: dict[str, object]
) -> None:
    sent = {"reason": WHY, "names": [str(lead().pk)], **fault}

    answer = browser.post(page_of(referral), sent)

    assert answer.status_code == 422
    assert str(sent["reason"]) in answer.content.decode()
    assert not RecordLock.objects.exists()


def test_the_second_of_two_leads_is_told_that_it_is_locked(
    browser: Client, referral: Referral, client_as: Callable[..., Client]
) -> None:
    first = lead()
    second = client_as(Role.CLINICAL_LEAD)
    seen = second.versions_of(page_of(referral))  # type: ignore[attr-defined]
    both = [row.user for row in Membership.objects.filter(role=Role.CLINICAL_LEAD)]
    lock(browser, referral, *both)

    answer = lock(second, referral, first, versions=seen)

    assert answer.status_code == 422
    assert 'id="two-versions"' in answer.content.decode()
    assert RecordLock.objects.get().names.filter(until_on=None).count() == 2


def test_only_a_lead_locks_and_only_in_their_team(
    referral: Referral, client_as: Callable[..., Client], other_team: Team
) -> None:
    page = page_of(referral)

    assert client_as(Role.PRACTITIONER).get(page).status_code == 403
    assert client_as(Role.CLINICAL_LEAD, in_team=other_team).get(page).status_code == 404


def test_a_referral_that_names_no_baby_says_whom_to_ask(browser: Client, team: Team) -> None:
    referral = received(team)
    referral.babies_link.all().delete()
    referral.relationships_link.all().delete()

    page = browser.get(page_of(referral))
    answer = browser.post(page_of(referral), {"reason": WHY, "names": [str(lead().pk)]})

    assert "Ask information governance" in page.content.decode()
    assert answer.status_code == 422
    assert not RecordLock.objects.exists()


def test_a_locked_referral_that_waits_is_only_counted_for_those_who_are_not_named(
    browser: Client, referral: Referral, worker: User
) -> None:
    lock(browser, referral, lead())

    assert waiting_list(worker, on=TODAY).rows == ()
