"""Every page of the room: who may open it, what it shows, and that the log says just that."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nestling.accounts.models import Membership, Team, User
from nestling.accounts.roles import Role
from nestling.foundation.models import AccessLogEntry
from nestling.people.models import Agreement, Note, Person, Relationship, Task
from tests.factories.people import PersonFactory, RelationshipFactory, join
from tests.people.situation import PAGES, Situation

NAMES = ("Juniper", "Rowan", "Fern", "Wren", "Lark", "Marigold")
SignIn = Callable[..., Client]
pytestmark = pytest.mark.django_db

KEEPERS = {Role.PRACTITIONER, Role.CLINICAL_LEAD, Role.TEAM_ADMINISTRATOR}
CLINICIANS = {Role.PRACTITIONER, Role.CLINICAL_LEAD}
FAMILY_ROLES = {*KEEPERS, Role.SERVICE_MANAGER}
CLINICAL_PAGES = {
    *("safeguarding_add", "adult_risks", "risks", "restricted", "agreement_add", "note_add"),
    "note",
}


def allowed(page: str) -> set[Role]:
    """The roles that may open a page."""
    if page in CLINICAL_PAGES:
        return CLINICIANS
    return FAMILY_ROLES if page == "mark" else KEEPERS


def shown(html: str) -> set[str]:
    """The given names of the situation that a page shows."""
    return {
        name for name in ("Juniper", "Rowan", "Fern", "Wren", "Lark", "Marigold") if name in html
    }


def logged() -> set[str]:
    """The given names of the persons whom the newest look names."""
    entry = AccessLogEntry.objects.latest("id")
    named = [pk for kind, pk in entry.records if kind == "people.person"]
    persons = Person.objects.filter(pk__in=named)
    return set(persons.values_list("given_name", flat=True))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_with_its_baby_on_top_and_the_log_names_whom_it_shows(
    page: str, browser: Client, here: Situation, no_template_misses: None
) -> None:
    answer = browser.get(here.address(page))

    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'aria-label="About Wren OfWren"' in html
    assert "16 weeks 6 days old" in html
    assert shown(html) == logged()


@pytest.mark.parametrize("page", PAGES)
def test_no_page_names_the_father_s_other_family(
    page: str, browser: Client, here: Situation
) -> None:
    html = browser.get(here.address(page)).content.decode()

    assert not shown(html) & {"Lark", "Marigold"}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_the_pages_that_are_its_own(
    role: Role, page: str, client_as: SignIn, here: Situation
) -> None:
    status = client_as(role).get(here.address(page)).status_code

    expected = 200 if role in allowed(page) else 403 if role in FAMILY_ROLES else 404
    assert status == expected


@pytest.mark.parametrize("page", PAGES)
def test_another_team_reaches_no_page_by_any_id(
    page: str, client_as: SignIn, other_team: Team, here: Situation
) -> None:
    browser = client_as(Role.CLINICAL_LEAD, in_team=other_team)

    assert browser.get(here.address(page)).status_code == 404
    assert browser.post(here.address(page), {}).status_code == 404


def test_an_ability_in_another_team_opens_nothing_here(
    client_as: SignIn, team: Team, other_team: Team, here: Situation
) -> None:
    browser = client_as(Role.CLINICAL_LEAD, in_team=other_team)
    user = User.objects.get(memberships__team=other_team)
    Membership.objects.create(
        user=user,
        organisation=team.organisation,
        team=team,
        role=Role.SERVICE_MANAGER,
        from_on="2020-01-01",
    )

    assert browser.get(here.address("mark")).status_code == 200
    assert browser.get(here.address("note")).status_code == 403


@pytest.mark.parametrize(
    ("page", "word"),
    [
        ("birth", "person"),
        ("loss", "person"),
        ("safeguarding_add", "person"),
        ("person_edit", "person"),
        ("member_end", "person"),
        ("contact", "person"),
        ("adult_risks", "person"),
        ("relationship_edit", "pk"),
        ("agreement_withdraw", "pk"),
        ("note", "pk"),
        ("task_done", "pk"),
    ],
)
def test_an_id_from_nowhere_or_from_the_other_family_is_not_found(
    page: str, word: str, browser: Client, here: Situation
) -> None:
    others = {
        "relationship_edit": Relationship.objects.get(carer=here.other_mother).pk,
        "agreement_withdraw": Agreement.objects.get(about=here.other_baby).pk,
        "note": Note.objects.get(family=here.other_family).pk,
        "task_done": Task.objects.get(about_person=here.other_baby).pk,
    }
    for wrong in (uuid4(), others.get(page, here.other_baby.pk)):
        assert browser.get(here.address(page, **{word: wrong})).status_code == 404


@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("task_done", "contact")])
def test_an_empty_form_comes_back_with_its_faults_and_the_baby(
    page: str, browser: Client, here: Situation, no_template_misses: None
) -> None:
    answer = browser.post(here.address(page), {"part": ""})

    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert "16 weeks 6 days old" in answer.content.decode()
    assert shown(answer.content.decode()) == logged()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs_few_statements_and_no_more_for_a_large_family(
    page: str, browser: Client, team: Team, here: Situation
) -> None:
    browser.get(here.address(page))
    with CaptureQueriesContext(connection) as small:
        browser.get(here.address(page))
    for _ in range(10):
        carer = PersonFactory.create(organisation=team.organisation)
        join(here.family, carer, role="carer")
        RelationshipFactory.create(baby=here.baby, carer=carer)
    with CaptureQueriesContext(connection) as large:
        browser.get(here.address(page))

    counted = [
        [one for one in caught if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]
        for caught in (small, large)
    ]
    assert len(counted[0]) == len(counted[1]) <= 20
