"""The register on pages."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from nestling.accounts.roles import Role
from nestling.evidence.presenters import register as words
from nestling.reference.claims import register, words_for

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)
PAGES = ("evidence:claims", "evidence:contradictions", "evidence:checks")


@pytest.fixture
def client(client_as: Callable[..., Client]) -> Client:
    return client_as(Role.COMMISSIONER)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_claims_stand_fifty_to_a_page(client: Client) -> None:
    page = text(client, reverse("evidence:claims") + "?page=3")

    assert "Showing 101 to 139 of 139" in page
    assert page.count('<th scope="row">') == 39


@pytest.mark.parametrize("number", ["0", "9999", "-1", "²", "x"])
def test_a_page_that_is_not_there_is_the_nearest(client: Client, number: str) -> None:
    assert "of 139" in text(client, reverse("evidence:claims") + f"?page={number}")


def test_nonsense_filters_nothing(client: Client) -> None:
    page = text(client, reverse("evidence:claims") + "?kind=none&document=%00&q=%00")

    assert "139 of 139 claims" in page


def test_nothing_found_says_so(client: Client) -> None:
    assert "No claim is found" in text(client, reverse("evidence:claims") + "?q=zebra")


def test_a_claims_page_has_its_value_line_and_sources(client: Client) -> None:
    for identifier in ("E002", "E031", "E077", "E112", "E139"):
        claim = register().claims[identifier]

        page = text(client, reverse("evidence:claim", args=[identifier]))

        assert f"Line {claim.line} of the text copy" in page
        assert words_for(claim) in page
        for row in register().contradictions_of(identifier):
            assert f'id="{row.id}"' in page


def test_every_claim_can_be_said_in_full() -> None:
    reg = register()
    for claim in reg.claims.values():
        labels = {row.label for row in words.claim_facts(claim, reg=reg)}
        sources = words.source_facts(claim, reg=reg, on=DAY)

        assert {"Unit", "Of whom", "Place", "Year", "Quality"} <= labels
        assert [row.label for row in sources] == ["Found in", "It rests on", "Review by"]
        assert words.figure_of(claim, reg=reg).words == words_for(claim)


def test_contradictions_say_who_why_and_what_we_use(client: Client) -> None:
    page = text(client, reverse("evidence:contradictions"))

    assert page.count("What we use, and when") == len(register().contradictions) == 20


def test_the_checks_give_their_numbers(client: Client) -> None:
    page = text(client, reverse("evidence:checks"))

    assert "108 is printed as 36% of 283" in page
    assert "none needs action now" in page


@pytest.mark.parametrize(
    ("style", "begins"), [("bibtex", "@"), ("ris", "TY  - "), ("csl-json", "[")]
)
def test_a_citation_is_a_file_for_a_reference_manager(
    client: Client, style: str, begins: str
) -> None:
    answer = client.get(reverse("evidence:cite", args=["E002", style]))

    assert answer.content.decode().startswith(begins)
    assert "attachment" in answer["Content-Disposition"]
    if style == "csl-json":
        assert json.loads(answer.content)


@pytest.mark.parametrize(
    "address",
    [
        reverse("evidence:claim", args=["E999"]),
        reverse("evidence:finding", args=["E001"]),
        reverse("evidence:cite", args=["E001", "word"]),
        reverse("evidence:cite", args=["C01", "ris"]),
    ],
)
def test_what_the_register_does_not_hold_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_finding_leads_to_its_page(client: Client) -> None:
    finding = register().findings["X20"]

    assert finding.url in text(client, reverse("evidence:finding", args=["X20"]))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [Role.TEAM_ADMINISTRATOR, Role.INFORMATION_GOVERNANCE])
def test_who_sees_no_figures_is_turned_away(
    client_as: Callable[..., Client], role: Role, page: str
) -> None:
    assert client_as(role).get(reverse(page)).status_code == 403


def test_the_list_asks_few_questions_of_the_database(
    client: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        client.get(reverse("evidence:claims"))
