"""Every page as every role: who may open it, what it shows, what the log says, what it changes."""

import pytest
from django.db import connection
from django.test import override_settings
from django.urls import reverse

from nestling.accounts.roles import Role
from nestling.people.models import PersonIdentifier, SealedRow
from tests.house.addresses import SAMPLES, addresses, own_pages
from tests.house.demo import SEALED_NAME, House
from tests.house.matrix import ROLES, matrix
from tests.house.shown import Directory, directory, persons_named, referrals_shown
from tests.house.visits import Visit, crawl, differences, state_of_records, visit

MOST_FOR_THE_LEAD = 2
"""Families, persons or referrals for each page; the other roles open one of each."""
NAMES_PERSONS_TO = {
    Role.COMMISSIONER: frozenset[str](),
    Role.ANALYST: frozenset[str](),
    Role.SYSTEM_ADMINISTRATOR: frozenset[str](),
    Role.INFORMATION_GOVERNANCE: frozenset(
        {"desk:looks", "desk:person_looks", "desk:locks", "desk:lock", "desk:emergency_review"}
    ),
}
"""Roles that open no family, and the pages that may name a person to them."""
ALLAUTH_PAGES = (
    *("account_login", "account_logout", "account_inactive", "account_signup"),
    *("account_reauthenticate", "account_email", "account_email_verification_sent"),
    *("account_change_password", "account_set_password", "account_reset_password"),
    *("account_reset_password_done", "account_reset_password_from_key_done", "mfa_index"),
    *("mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
    *("mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn"),
    *("mfa_login_webauthn", "socialaccount_login_cancelled", "socialaccount_login_error"),
    *("socialaccount_signup", "socialaccount_connections"),
)
"""Sign-in's own pages without a part in their address."""


@pytest.fixture(scope="module")
def before(demo: House) -> dict[str, tuple[int, int]]:
    """Every table before any page was opened."""
    return state_of_records()


@pytest.fixture(scope="module")
def crawled(demo: House, before: object) -> dict[Role, list[Visit]]:
    """What each role was answered, and what the log says of it."""
    with override_settings(MFA_REQUIRED=False):
        return {
            role: crawl(
                demo.browser_of(role),
                demo.willowbrook,
                most=MOST_FOR_THE_LEAD if role is Role.CLINICAL_LEAD else 1,
            )
            for role in ROLES
        }


@pytest.fixture(scope="module")
def names(demo: House) -> Directory:
    """Every name in the demo."""
    return directory()


def test_every_page_has_a_sample_of_its_address() -> None:
    assert set(own_pages()) == set(SAMPLES)


def test_every_page_stands_in_the_permission_matrix() -> None:
    assert set(matrix()) == set(SAMPLES)


@pytest.mark.parametrize("page", SAMPLES)
def test_both_teams_hold_something_for_every_page(page: str, house: House) -> None:
    assert addresses(page, house.willowbrook, most=1)
    assert addresses(page, house.larkfield, most=1)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_what_the_matrix_says_and_nothing_else(
    role: Role, house: House, crawled: dict[Role, list[Visit]]
) -> None:
    expected = matrix()

    wrong = [
        f"{one.address.url}: {one.status}"
        for one in crawled[role]
        if one.status != expected[one.address.page][role]
    ]

    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_may_not_open_it_may_not_send_to_either(role: Role, house: House) -> None:
    browser, expected = house.browser_of(role), matrix()

    answers = {
        page: browser.post(addresses(page, house.willowbrook, most=1)[0].url).status_code
        for page in SAMPLES
        if expected[page][role] in (403, 404)
    }

    wrong = [page for page, status in answers.items() if status not in (expected[page][role], 405)]
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_the_log_names_those_whom_the_page_shows(
    role: Role, house: House, crawled: dict[Role, list[Visit]], names: Directory
) -> None:
    assert list(differences(crawled[role], names=names)) == []


@pytest.mark.parametrize("role", ROLES)
def test_no_page_of_any_role_tells_of_a_record_under_a_seal(
    role: Role, house: House, crawled: dict[Role, list[Visit]]
) -> None:
    told = [
        one.address.url
        for one in crawled[role]
        if any(word in one.html for word in words_under_seals())
    ]

    assert told == []


def words_under_seals() -> list[str]:
    """Names, numbers and ids of the children whose records are sealed, and of their families."""
    kept = SealedRow.objects.filter(kind__in=("people.person", "people.family"))
    ids = [str(pk) for pk in kept.values_list("record_id", flat=True)]
    numbers = PersonIdentifier._base_manager.filter(system="sealed")
    found = [SEALED_NAME, *ids, *(row.value.split(":")[1] for row in numbers)]
    assert len(found) >= 1 + 2 * 2 + 2
    return found


@pytest.mark.parametrize("role", NAMES_PERSONS_TO)
def test_a_role_without_families_is_told_no_name(
    role: Role, house: House, crawled: dict[Role, list[Visit]], names: Directory
) -> None:
    named = {
        one.address.page
        for one in crawled[role]
        if persons_named(one.html, names=names) or referrals_shown(one.html, url="", names=names)
    }

    assert named == NAMES_PERSONS_TO[role]


@pytest.mark.parametrize("role", ROLES)
def test_a_page_that_is_refused_names_nobody_and_is_not_logged(
    role: Role, house: House, crawled: dict[Role, list[Visit]], names: Directory
) -> None:
    refused = [one for one in crawled[role] if one.status != 200]

    assert [one.address.url for one in refused if one.logged] == []
    assert [one.address.url for one in refused if persons_named(one.html, names=names)] == []


def test_opening_pages_changes_no_record(
    house: House, before: dict[str, tuple[int, int]], crawled: dict[Role, list[Visit]]
) -> None:
    assert state_of_records() == before


@pytest.mark.parametrize("role", [Role.CLINICAL_LEAD, Role.SYSTEM_ADMINISTRATOR])
def test_the_pages_of_sign_in_answer(role: Role, house: House) -> None:
    browser = house.browser_of(role)

    answers = {page: browser.get(reverse(page)).status_code for page in ALLAUTH_PAGES}

    assert {page: status for page, status in answers.items() if status >= 500} == {}


# With the log unwritable


REFUSE = {"sqlite": "BEGIN SELECT RAISE(ABORT, 'full'); END"}
REFUSE["postgresql"] = "EXECUTE FUNCTION nestling_refuse()"


@pytest.fixture
def unwritable_log(house: House) -> None:
    """The table of looks takes no more rows; taken back with the test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER no_looks BEFORE INSERT ON foundation_accesslogentry "
            + REFUSE[connection.vendor]
        )


@pytest.mark.parametrize("role", [Role.CLINICAL_LEAD, Role.INFORMATION_GOVERNANCE])
def test_a_look_that_cannot_be_logged_is_refused(
    role: Role,
    house: House,
    crawled: dict[Role, list[Visit]],
    names: Directory,
    unwritable_log: None,
) -> None:
    browser = house.browser_of(role)
    showing = {one.address.page: one.address for one in crawled[role] if one.logged}

    again = [visit(browser, address) for address in showing.values()]

    assert len(showing) > 0
    assert [one.address.url for one in again if one.status != 503] == []
    assert [one.address.url for one in again if names_anyone(one, names=names)] == []


def test_a_form_that_comes_back_is_refused_as_well(
    house: House, crawled: dict[Role, list[Visit]], names: Directory, unwritable_log: None
) -> None:
    browser = house.browser_of(Role.CLINICAL_LEAD)
    showing = {one.address.page: one.address for one in crawled[Role.CLINICAL_LEAD] if one.logged}

    for address in showing.values():
        answer = browser.post(address.url, {"nothing": "known"})

        assert answer.status_code in (302, 405, 503), address.url
        assert persons_named(answer.content.decode(), names=names) == set(), address.url


def names_anyone(one: Visit, *, names: Directory) -> bool:
    """Whether an answer shows any person or referral."""
    persons = persons_named(one.html, names=names)
    return bool(persons or referrals_shown(one.html, url="", names=names))
