"""Whether someone is known already, asked as they are added; the lead's list, merge and undoing."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Role
from nestling.foundation.models import AccessLogEntry, AuditEvent
from nestling.people.matching import find_matches, wanted
from nestling.people.models import DuplicatePair, PairState, Person, PersonMerge
from nestling.people.services.details import PersonDetails
from tests.factories.people import (
    DuplicatePairFactory,
    PersonFactory,
    PersonIdentifierFactory,
    PersonTeamFactory,
    join,
)
from tests.people.situation import Situation

pytestmark = pytest.mark.django_db
BORN = date(2025, 11, 12)
LEAD_WORDS = "Known here: ask the lead"


def typed(**more: object) -> dict[str, object]:
    """What stands in the form for a baby of the record in `here`."""
    return {
        "role": "baby",
        "given_name": "Wren",
        "family_name": "OfWren",
        "born_on-day": 12,
        "born_on-month": 11,
        "born_on-year": 2025,
        **more,
    }


def known(team: Team, **facts: object) -> Person:
    """A baby whom a team works with."""
    baby = PersonFactory.create(
        organisation=team.organisation, baby=True, family_name="Marsh", **facts
    )
    PersonTeamFactory.create(person=baby, team=team)
    return baby


@pytest.fixture
def lead(user_as: Callable[..., User]) -> User:
    return user_as(Role.CLINICAL_LEAD)


@pytest.fixture
def desk(lead: User, browser: Client) -> Client:
    """A browser of the lead."""
    browser.force_login(lead, backend="nestling.accounts.signed_in.SignInBackend")
    return browser


def test_someone_who_is_known_is_shown_and_nothing_typed_is_lost(
    browser: Client, here: Situation
) -> None:
    answer = browser.post(here.address("person_add"), typed())

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Known already?" in page
    assert "The same given name" in page
    assert 'value="OfWren"' in page
    assert Person.objects.filter(family_name="OfWren").count() == 1


def test_the_same_person_is_added_instead_of_a_new_one(browser: Client, here: Situation) -> None:
    known_baby = known(here.family.team, given_name="Lotta")
    words = typed(given_name="Lotta", family_name="Marsh")
    shown = {"same-asked": str(known_baby.pk), "same-same_as": str(known_baby.pk)}

    answer = browser.post(here.address("person_add"), {**words, **shown})

    assert answer.status_code == 302
    assert here.family.members.filter(person=known_baby).exists()
    assert Person.objects.filter(family_name="Marsh").count() == 1


def test_a_new_person_all_the_same_needs_a_reason_and_is_remembered(
    browser: Client, here: Situation
) -> None:
    known_baby = known(here.family.team, given_name="Lotta")
    words = typed(given_name="Lotta", family_name="Marsh") | {
        "same-asked": str(known_baby.pk),
        "same-same_as": "new",
    }

    without = browser.post(here.address("person_add"), words)
    reasoned = browser.post(here.address("person_add"), {**words, "same-why": "Cousins"})

    assert without.status_code == 422
    assert "Say why it is another person" in without.content.decode()
    assert reasoned.status_code == 302
    pair = DuplicatePair.objects.get()
    assert (pair.state, pair.reason) == (PairState.NOT_SAME, "Cousins")


def test_an_answer_to_an_older_list_is_asked_again(browser: Client, here: Situation) -> None:
    known(here.family.team, given_name="Lotta")
    words = typed(given_name="Lotta", family_name="Marsh")
    answer = {"same-asked": "", "same-same_as": "new", "same-why": "Cousins"}

    page = browser.post(here.address("person_add"), {**words, **answer})

    assert page.status_code == 422
    assert "Someone else fits what you typed now" in page.content.decode()


def test_of_another_teams_person_only_that_they_are_known_is_said_and_it_is_logged(
    browser: Client, here: Situation, other_team: Team
) -> None:
    hidden = known(other_team, given_name="Lotta", known_as="Lolo")
    words = typed(given_name="Lotta", family_name="Marsh")

    page = browser.post(here.address("person_add"), words)

    said = page.content.decode()
    assert page.status_code == 422
    assert LEAD_WORDS in said
    assert other_team.name not in said
    assert "Lolo" not in said
    assert str(hidden.pk) not in said
    entry = AccessLogEntry.objects.latest("id")
    assert entry.action == "matched"
    assert hidden.pk in entry.shown


def test_it_reads_the_same_whether_one_or_many_are_known_elsewhere(
    browser: Client, here: Situation, other_team: Team
) -> None:
    known(other_team, given_name="Lotta")
    words = typed(given_name="Lotta", family_name="Marsh")
    one = browser.post(here.address("person_add"), words).content.decode()
    for _ in range(3):
        known(other_team, given_name="Lotta")

    many = browser.post(here.address("person_add"), words).content.decode()

    assert one.count(LEAD_WORDS) == many.count(LEAD_WORDS) == 1


def test_a_twin_is_added_without_a_question(browser: Client, here: Situation) -> None:
    answer = browser.post(here.address("person_add"), typed(given_name="Robin"))

    assert answer.status_code == 302
    assert Person.objects.filter(family_name="OfWren").count() == 2


def test_a_number_finds_whoever_has_it(here: Situation, worker: User) -> None:
    number = PersonIdentifierFactory.create(person=here.other_mother)
    details = PersonDetails(kind="adult", given_name="Someone", family_name="Else")
    sought = wanted(
        details, organisation=here.family.team.organisation, numbers=[("nhs", number.value)]
    )

    found = find_matches(sought, by=worker)

    assert [match.person for match in found.same] == [here.other_mother]


def test_a_merged_record_is_never_a_match(here: Situation, worker: User) -> None:
    double = known(here.family.team, given_name="Lotta", merged_into=here.baby)
    details = PersonDetails(
        kind="baby", given_name="Lotta", family_name="Marsh", born_on=double.born_on
    )

    found = find_matches(wanted(details, organisation=double.organisation), by=worker)

    assert not found


def test_another_organisations_person_is_no_match(here: Situation, worker: User) -> None:
    PersonFactory.create(baby=True, given_name="Lotta", family_name="Marsh")
    details = PersonDetails(kind="baby", given_name="Lotta", family_name="Marsh", born_on=BORN)
    organisation = here.family.team.organisation

    assert not find_matches(wanted(details, organisation=organisation), by=worker)


def double_of(here: Situation, **facts: object) -> Person:
    """A second record of the baby of the first family, in the second family's work."""
    double = known(here.family.team, given_name="Wren", **facts)
    join(here.other_family, double, role="baby")
    return double


def test_a_lead_merges_from_the_list_and_takes_apart_again(desk: Client, here: Situation) -> None:
    double = double_of(here)
    DuplicatePairFactory.create(low=here.baby, high=double)
    listed = desk.get("/duplicates/").content.decode()
    address = f"/duplicates/{here.baby.pk}/{double.pk}/"
    preview = desk.get(address)

    merged = desk.post(address, {"part": "merge", "reason": "One birth certificate"})
    row = PersonMerge.objects.get()
    apart = desk.post(f"/merges/{row.pk}/", {"versions": ""})

    assert address in listed
    assert preview.status_code == 200
    assert merged.status_code == 302
    assert AuditEvent.objects.filter(action="took_over", record_id=here.baby.pk).exists()
    assert apart.status_code in (302, 422)


def test_a_merge_without_a_reason_keeps_the_page(desk: Client, here: Situation) -> None:
    double = double_of(here)

    page = desk.post(f"/duplicates/{here.baby.pk}/{double.pk}/", {"part": "merge"})

    assert page.status_code == 422
    assert "Say how you know that it is one person" in page.content.decode()
    assert not PersonMerge.objects.exists()


def test_not_the_same_person_is_remembered_and_leaves_the_list(
    desk: Client, here: Situation
) -> None:
    double = double_of(here)
    DuplicatePairFactory.create(low=here.baby, high=double)
    words = {"part": "not_same", "two-reason": "Cousins of one name"}

    desk.post(f"/duplicates/{here.baby.pk}/{double.pk}/", words)

    assert "No pair waits for you" in desk.get("/duplicates/").content.decode()
    assert DuplicatePair.objects.get().state == PairState.NOT_SAME


def test_a_record_that_another_team_works_with_too_is_refused(
    desk: Client, here: Situation, other_team: Team
) -> None:
    double = double_of(here)
    PersonTeamFactory.create(person=double, team=other_team)
    address = f"/duplicates/{here.baby.pk}/{double.pk}/"

    page = desk.get(address).content.decode()
    answer = desk.post(address, {"part": "merge", "reason": "One person"})

    assert LEAD_WORDS in page
    assert other_team.name not in page
    assert answer.status_code == 422
    assert not PersonMerge.objects.exists()


def test_another_teams_record_cannot_be_compared(
    desk: Client, here: Situation, other_team: Team
) -> None:
    hidden = known(other_team)

    assert desk.get(f"/duplicates/{here.baby.pk}/{hidden.pk}/").status_code == 404


def test_only_a_lead_merges(browser: Client, here: Situation) -> None:
    double = double_of(here)

    assert browser.get("/duplicates/").status_code == 403
    assert browser.get(f"/duplicates/{here.baby.pk}/{double.pk}/").status_code == 403


def test_the_merge_page_says_what_stands_in_the_way(desk: Client, here: Situation) -> None:
    double = double_of(here)
    desk.post(f"/duplicates/{here.baby.pk}/{double.pk}/", {"part": "merge", "reason": "One"})
    row = PersonMerge.objects.get()
    open_page = desk.get(f"/merges/{row.pk}/").content.decode()
    details = desk.get(here.address("person_edit", person=here.baby.pk)).content.decode()
    Person.objects.filter(pk=here.baby.pk).update(religion="Quaker")

    closed_page = desk.get(f"/merges/{row.pk}/").content.decode()

    assert "another record of the same person was merged into this one" in details
    assert "Nothing was changed or added since" in open_page
    assert "The details of the kept record have been changed since" in closed_page


def test_the_address_of_a_merged_record_leads_to_the_kept_one(
    desk: Client, here: Situation, other_team: Team, user_as: Callable[..., User]
) -> None:
    double = double_of(here)
    desk.post(f"/duplicates/{here.baby.pk}/{double.pk}/", {"part": "merge", "reason": "One"})
    address = here.address("person_edit", person=double.pk)

    answer = desk.get(address)

    assert answer.status_code == 302
    assert answer["Location"] == here.address("person_edit", person=here.baby.pk)
    stranger = user_as(Role.CLINICAL_LEAD, in_team=other_team)
    desk.force_login(stranger, backend="nestling.accounts.signed_in.SignInBackend")
    assert desk.get(address).status_code == 404
