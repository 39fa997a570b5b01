"""Every page that changes what is stored says in its form which versions it shows."""

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from nestling.accounts.roles import Role
from tests.house.addresses import SAMPLES, Address, addresses
from tests.house.demo import Holdings, House
from tests.house.matrix import matrix

FIELD = "versions"
ADDS = "it adds a row of its own and changes none that is there"
ADDS_ONLY: dict[str, str] = {
    "accounts:member_add": ADDS,
    "accounts:membership_add": ADDS,
    "accounts:team_add": ADDS,
    "staff:leave_add": ADDS,
    "staff:certificate_add": ADDS,
    "people:person_add": ADDS,
    "people:relationship_add": "it adds a row; the same relationship twice is refused in words",
    "people:network_add": ADDS,
    "people:risks": "answers stand beside the earlier ones, which stay",
    "people:adult_risks": "answers stand beside the earlier ones, which stay",
    "people:restricted": "an entry is signed as it is saved, and nothing takes it away",
    "people:agreement_add": "an answer stands beside the earlier ones, which stay",
    "people:note_add": ADDS,
    "people:task_add": ADDS,
    "people:compare": "it carries a digest of both records and of all that a merge would move",
    "desk:emergency": ADDS,
    "desk:sealed_record": "it opens something for a reason, which is kept, and changes nothing",
    "desk:own_looks_month": "it notes once that a list was read, which nobody can change",
    "referrals:receive": ADDS,
    "referrals:consultation_add": ADDS,
    "referrals:public_start": "a visitor's own draft, reached from one browser",
    "referrals:public_step": "a visitor's own draft, reached from one browser",
    "referrals:public_check": "a visitor's own draft, reached from one browser",
    "referrals:public_stop": "a visitor's own draft, reached from one browser",
}
"""Pages with a form that carries no version, each with its reason."""


def opener(page: str, house: House) -> Client:
    """Somebody whom the matrix lets open a page."""
    order = (Role.CLINICAL_LEAD, Role.SYSTEM_ADMINISTRATOR, *matrix().get(page, {}))
    can = [role for role in order if matrix().get(page, {}).get(role) == 200]
    return house.browser_of(can[0] if can else Role.CLINICAL_LEAD)


def sending_forms(html: str) -> list[Tag]:
    """The forms in the middle of a page that send something, but for those that serve a draft."""
    main = BeautifulSoup(html, "html.parser").find("main")
    found = main.find_all("form") if isinstance(main, Tag) else []
    posts = [form for form in found if str(form.get("method")).lower() == "post"]
    return [
        form
        for form in posts
        if form.find(["input", "button"], attrs={"name": "draft_step"}) is None
        and not form.get("action")
    ]


def carries(form: Tag) -> bool:
    """Whether a form says once which versions its page shows."""
    return len(form.find_all("input", attrs={"name": FIELD, "type": "hidden"})) == 1


def some(page: str, held: Holdings) -> list[Address]:
    """A few addresses of a page: a draft and a signed note, a wait with and without a pause."""
    return addresses(page, held, most=3)


@pytest.mark.parametrize("page", sorted(SAMPLES))
def test_a_page_that_changes_a_record_carries_the_versions_it_shows(
    page: str, house: House
) -> None:
    browser = opener(page, house)
    answers = [browser.get(one.url) for one in some(page, house.willowbrook)]
    forms = [
        form
        for answer in answers
        if answer.status_code == 200 and not answer.streaming
        for form in sending_forms(answer.content.decode())
    ]

    if page in ADDS_ONLY:
        assert not any(carries(form) for form in forms), "it carries one: take it off the list"
    else:
        assert all(carries(form) for form in forms)


def test_the_list_of_pages_that_only_add_names_pages_that_exist() -> None:
    assert ADDS_ONLY.keys() - SAMPLES.keys() == set()
