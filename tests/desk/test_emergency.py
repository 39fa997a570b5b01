"""Emergency access: found by exact words, told at once, over by itself, reviewed by another."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from nestling.accounts.models import Organisation, Team, User
from nestling.accounts.roles import Role
from nestling.desk.queries.emergency import found_for_emergency, uses_to_review
from nestling.foundation.models import AccessLogEntry, AuditEvent
from nestling.people import services
from nestling.people.errors import EmergencyNotPossibleError
from nestling.people.models import EmergencyUse, Family, Notice, Person, Verdict
from nestling.people.services import AdoptionDetails, EmergencyTarget, LockDetails
from nestling.reference.protection import protection_number
from tests.factories.people import PersonFactory, PersonIdentifierFactory, family_of, nhs_number
from tests.factories.protection import StaffPersonFactory
from tests.factories.referrals import ReferralBabyFactory, ReferralFactory
from tests.visitor import Visitor

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY = date(2026, 3, 10)
BORN = date(2025, 11, 12)
NUMBER = nhs_number(3)
WHY = "The mother rang and cannot keep the baby safe"
BACKEND = "nestling.accounts.signed_in.SignInBackend"
Users = Callable[..., User]

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def family(other_team: Team) -> Family:
    """Another team's family, its baby born with a number."""
    baby = PersonFactory.create(baby=True, organisation=other_team.organisation, born_on=BORN)
    PersonIdentifierFactory.create(person=baby, value=NUMBER)
    return family_of(other_team, babies=[baby])


@pytest.fixture
def their_lead(user_as: Users, other_team: Team) -> User:
    """The lead of the team whose family it is."""
    return user_as(Role.CLINICAL_LEAD, in_team=other_team)


@pytest.fixture
def worker(user_as: Users) -> User:
    """A practitioner of the first team."""
    return user_as(Role.PRACTITIONER)


@pytest.fixture
def browse(settings: object) -> Callable[[User], Client]:
    """A browser in which a user is signed in."""
    settings.MFA_REQUIRED = False  # type: ignore[attr-defined]

    def sign_in(user: User) -> Client:
        client = Visitor()
        client.force_login(user, backend=BACKEND)
        return client

    return sign_in


def opened(family: Family, by: User) -> EmergencyUse:
    (use,) = services.open_in_emergency(
        [EmergencyTarget(team=family.team, family=family)],
        reason=WHY,
        at=NOON,
        on=TODAY,
        by=by,
    )
    return use


def found(words: str, day: date, by: User) -> int:
    return len(found_for_emergency(words, day, by=by).targets)


def sent(words: str = NUMBER, *, day: date = BORN, reason: str = WHY) -> dict[str, str]:
    parts = {"day-day": day.day, "day-month": day.month, "day-year": day.year}
    return {"words": words, "reason": reason, **{name: str(part) for name, part in parts.items()}}


# What is found


def test_an_exact_number_with_the_birth_date_finds_the_family(family: Family, worker: User) -> None:
    assert found(NUMBER, BORN, worker) == 1
    assert found(f"{NUMBER[:3]} {NUMBER[3:6]} {NUMBER[6:]}", BORN, worker) == 1


@pytest.mark.parametrize("words", [NUMBER[:9], "", "Wren", nhs_number(4)])
def test_anything_less_than_the_exact_number_finds_nothing(
    words: str, family: Family, worker: User
) -> None:
    assert found(words, BORN, worker) == 0


def test_the_right_number_with_another_date_finds_nothing(family: Family, worker: User) -> None:
    assert found(NUMBER, BORN + timedelta(days=1), worker) == 0


def test_a_reference_with_the_due_date_finds_a_referral_without_a_family(
    other_team: Team, worker: User
) -> None:
    due = TODAY + timedelta(weeks=10)
    unborn = PersonFactory.create(unborn=True, organisation=other_team.organisation, due_on=due)
    row = ReferralFactory.create(team=other_team, family=None)
    ReferralBabyFactory.create(referral=row, baby=unborn)

    (target,) = found_for_emergency(row.reference.lower(), due, by=worker).targets
    assert target.referral_id == row.pk


def test_a_record_of_another_organisation_is_never_found(worker: User) -> None:
    elsewhere = Organisation.objects.create(name="Elsewhere", nation="england")
    team = Team.objects.create(
        organisation=elsewhere, name="Far", slug="far", reference_prefix="FA"
    )
    baby = PersonFactory.create(baby=True, organisation=elsewhere, born_on=BORN)
    PersonIdentifierFactory.create(person=baby, value=NUMBER)
    family_of(team, babies=[baby])

    assert found(NUMBER, BORN, worker) == 0


def test_a_record_under_a_seal_is_never_found(
    family: Family, worker: User, their_lead: User
) -> None:
    child = Person.objects.get(memberships__family=family, kind="baby")
    new = AdoptionDetails(given_name="Tansy", family_name="Ashdown")
    services.adopt(child, new, team=family.team, on=TODAY, by=their_lead)

    assert found(NUMBER, BORN, worker) == 0


def test_nobody_finds_the_record_that_they_are_in(family: Family, worker: User) -> None:
    carer = Person.objects.get(memberships__family=family, kind="adult")
    StaffPersonFactory.create(person=carer, user=worker)

    assert found(NUMBER, BORN, worker) == 0


def test_a_locked_record_of_the_own_team_is_found(
    family: Family, their_lead: User, user_as: Users
) -> None:
    member = user_as(Role.PRACTITIONER, in_team=family.team)
    assert found_for_emergency(NUMBER, BORN, by=member).open_already
    baby = Person.objects.get(memberships__family=family, kind="baby")
    details = LockDetails(reason="A cousin works here", names=(their_lead,))
    services.lock_record([baby], details, persons=[], team=family.team, on=TODAY, by=their_lead)

    assert found(NUMBER, BORN, member) == 1


# What it opens, and for how long


def test_the_record_opens_for_four_hours_and_then_closes_by_itself(
    family: Family, worker: User, noon: time_machine.Traveller
) -> None:
    use = opened(family, worker)
    hours = protection_number("emergency_hours")

    assert use.ends_at - use.opened_at == timedelta(hours=4)
    assert Family.objects.openable_by(worker).filter(pk=family.pk).exists()
    noon.move_to(NOON + timedelta(hours=hours, seconds=1))
    assert not Family.objects.openable_by(worker).filter(pk=family.pk).exists()


def test_it_puts_the_family_on_no_list(family: Family, worker: User) -> None:
    opened(family, worker)

    assert not Family.objects.visible_to(worker).filter(pk=family.pk).exists()
    assert not Person.objects.visible_to(worker).filter(memberships__family=family).exists()


def test_it_opens_for_nobody_else(family: Family, worker: User, user_as: Users) -> None:
    opened(family, worker)

    assert not Family.objects.openable_by(user_as(Role.PRACTITIONER)).exists()


def test_staff_in_the_record_stay_out_even_if_it_was_opened_before(
    family: Family, worker: User
) -> None:
    opened(family, worker)
    carer = Person.objects.get(memberships__family=family, kind="adult")
    StaffPersonFactory.create(person=carer, user=worker)

    assert not Family.objects.openable_by(worker).exists()


def test_the_family_page_opens_and_each_look_tells_the_reason(
    family: Family, worker: User, browse: Callable[[User], Client]
) -> None:
    opened(family, worker)

    answer = browse(worker).get(f"/families/{family.pk}/")

    assert answer.status_code == 200
    assert AccessLogEntry.objects.latest("id").reason == f"Emergency: {WHY}"


def test_the_family_page_closes_when_the_time_is_over(
    family: Family,
    worker: User,
    browse: Callable[[User], Client],
    noon: time_machine.Traveller,
) -> None:
    opened(family, worker)
    assert browse(worker).get(f"/families/{family.pk}/").status_code == 200

    noon.move_to(NOON + timedelta(hours=protection_number("emergency_hours"), seconds=1))
    answer = browse(worker).get(f"/families/{family.pk}/")

    assert answer.status_code == 404


def test_the_family_page_opens_for_nobody_else_after_it_did_for_one(
    family: Family, worker: User, user_as: Users, browse: Callable[[User], Client]
) -> None:
    opened(family, worker)
    assert browse(worker).get(f"/families/{family.pk}/").status_code == 200

    answer = browse(user_as(Role.PRACTITIONER)).get(f"/families/{family.pk}/")

    assert answer.status_code == 404


def test_the_family_page_closes_to_staff_who_turn_out_to_be_in_the_record(
    family: Family, worker: User, browse: Callable[[User], Client]
) -> None:
    opened(family, worker)
    browser = browse(worker)
    assert browser.get(f"/families/{family.pk}/").status_code == 200

    carer = Person.objects.get(memberships__family=family, kind="adult")
    StaffPersonFactory.create(person=carer, user=worker)

    assert browser.get(f"/families/{family.pk}/").status_code == 404


def test_another_teams_record_is_read_and_not_written_in(
    family: Family, worker: User, browse: Callable[[User], Client]
) -> None:
    opened(family, worker)
    browser = browse(worker)

    assert browser.get(f"/families/{family.pk}/story/").status_code == 200
    assert browser.get(f"/families/{family.pk}/notes/add/").status_code == 403
    assert browser.get(f"/families/{family.pk}/people/add/").status_code == 403


# Who is told


def test_the_leads_of_the_owning_team_are_told_at_once(
    family: Family, worker: User, their_lead: User
) -> None:
    use = opened(family, worker)

    assert [(row.user_id, row.emergency_id) for row in Notice.objects.all()] == [
        (their_lead.pk, use.pk)
    ]


def test_where_the_only_lead_used_it_information_governance_is_told(
    family: Family, their_lead: User, user_as: Users
) -> None:
    keeper = user_as(Role.INFORMATION_GOVERNANCE)
    opened(family, their_lead)

    assert [row.user_id for row in Notice.objects.all()] == [keeper.pk]


def test_the_letter_names_nobody(
    family: Family,
    worker: User,
    their_lead: User,
    settings: object,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    settings.EMAIL_HOST = "mail.example.org"  # type: ignore[attr-defined]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        opened(family, worker)
    (letter,) = mail.outbox
    text = letter.subject + str(letter.body)

    assert letter.to == [their_lead.email]
    people = Person.objects.filter(memberships__family=family)
    assert not any(one.family_name in text or one.given_name in text for one in people)
    assert worker.family_name not in text


def test_the_notice_stands_on_the_leads_home_and_goes_with_the_review(
    family: Family, worker: User, their_lead: User, browse: Callable[[User], Client]
) -> None:
    use = opened(family, worker)
    browser = browse(their_lead)
    assert "Review an emergency access" in browser.get("/home/").content.decode()

    services.review_emergency(
        use, verdict=Verdict.JUSTIFIED, words="The baby was at risk", on=TODAY, by=their_lead
    )

    assert "Review an emergency access" not in browser.get("/home/").content.decode()


# The review


def test_nobody_reviews_their_own_use(
    family: Family, their_lead: User, browse: Callable[[User], Client]
) -> None:
    use = opened(family, their_lead)

    with pytest.raises(EmergencyNotPossibleError, match="your own"):
        services.review_emergency(
            use, verdict=Verdict.JUSTIFIED, words="All was well", on=TODAY, by=their_lead
        )
    assert browse(their_lead).get(f"/emergency/reviews/{use.pk}/").status_code == 404


def test_a_use_is_reviewed_once(family: Family, worker: User, their_lead: User) -> None:
    use = opened(family, worker)
    words: dict[str, Any] = {"words": "The baby was at risk", "on": TODAY, "by": their_lead}
    services.review_emergency(use, verdict=Verdict.JUSTIFIED, **words)

    with pytest.raises(EmergencyNotPossibleError, match="already"):
        services.review_emergency(use, verdict=Verdict.NOT_JUSTIFIED, **words)


def test_a_lead_of_another_team_has_nothing_to_review(
    family: Family, worker: User, user_as: Users
) -> None:
    opened(family, worker)

    assert not uses_to_review(user_as(Role.CLINICAL_LEAD)).exists()


def test_the_reason_is_in_the_audit_only_sealed(family: Family, worker: User) -> None:
    opened(family, worker)

    assert WHY not in str(AuditEvent.objects.get(action="opened_in_emergency").changes)


# The pages


def test_a_practitioner_opens_a_record_on_the_page(
    family: Family, worker: User, browse: Callable[[User], Client]
) -> None:
    browser = browse(worker)

    answer = browser.post("/emergency/", sent())

    assert answer.status_code == 302
    assert f"/families/{family.pk}/" in browser.get("/emergency/").content.decode()


def test_a_search_in_vain_says_nothing_and_is_kept(
    family: Family, worker: User, browse: Callable[[User], Client]
) -> None:
    wrong, absent = sent(day=BORN + timedelta(days=1)), sent(nhs_number(9))
    browser = browse(worker)

    answers = [browser.post("/emergency/", typed) for typed in (wrong, absent)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert all("Nothing was found" in answer.content.decode() for answer in answers)
    assert AuditEvent.objects.filter(action="emergency_not_found").count() == 2
    assert NUMBER not in str(list(AuditEvent.objects.values()))
    assert not AccessLogEntry.objects.filter(page="desk:emergency").exists()


def test_too_many_searches_in_vain_are_stopped(
    family: Family, worker: User, browse: Callable[[User], Client]
) -> None:
    browser = browse(worker)
    for _ in range(protection_number("emergency_tries_an_hour")):
        services.note_not_found(by=worker)

    answer = browser.post("/emergency/", sent())

    assert answer.status_code == 422
    assert "too often" in answer.content.decode()
    assert not EmergencyUse.objects.exists()


@pytest.mark.parametrize("reason", ["", ".", "at work"])
def test_a_reason_must_say_something(
    reason: str, family: Family, worker: User, browse: Callable[[User], Client]
) -> None:
    answer = browse(worker).post("/emergency/", sent(reason=reason))

    assert answer.status_code == 422
    assert NUMBER in answer.content.decode()
    assert not EmergencyUse.objects.exists()


def test_the_lead_reviews_on_the_page(
    family: Family, worker: User, their_lead: User, browse: Callable[[User], Client]
) -> None:
    use = opened(family, worker)
    browser = browse(their_lead)
    page = browser.get(f"/emergency/reviews/{use.pk}/").content.decode()
    typed = {"verdict": "not_justified", "verdict_words": "Our duty worker could be reached"}

    answer = browser.post(f"/emergency/reviews/{use.pk}/", typed)

    assert WHY in page
    assert answer.status_code == 302
    use.refresh_from_db()
    assert (use.verdict, use.reviewed_by_id) == ("not_justified", their_lead.pk)


@pytest.mark.parametrize(
    "typed",
    [
        {"words": "\x00"},
        {"words": "9" * 100_000},
        {"words": "👶🏽" * 10},
        {"day-year": "0001"},
        {"day-day": "31", "day-month": "2"},
        {"reason": "x" * 100_000},
        {"reason": "\x00" * 20},
    ],
)
def test_no_search_is_too_odd_for_words(
    typed: dict[str, str], family: Family, worker: User, browse: Callable[[User], Client]
) -> None:
    answer = browse(worker).post("/emergency/", {**sent(), **typed})

    assert answer.status_code in (200, 422)
    assert not EmergencyUse.objects.exists()
