"""A team planned on its page: a file to take away, or what is wrong beside its field."""

import io
import zipfile

import pikepdf
import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from nestling.accounts.models import Team
from nestling.accounts.roles import Role
from nestling.need.forms.team import cost_items
from tests.conftest import SignIn
from tests.factories.need import LEEDS
from tests.need.pages.conftest import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_template_misses")]
PAGE = f"/need/areas/{LEEDS}/team/"
GIVEN = {"scenario": "disorganised_low_risk", "kind": "pdf", "families": "120", "waiting": "30"}
COST = {
    "premises_pounds": "40000",
    "premises_as_of-day": "1",
    "premises_as_of-month": "4",
    "premises_as_of-year": "2025",
    "premises_source": "Estates quote, April 2025",
}
NASTY = st.sampled_from(
    ["", " ", "\x00", "💛", "ä" * 100_000, "0", "-1", "1e9", "²", "9" * 5000, "nan", "2023", "29"]
)
FIELDS = ("scenario", "families", "waiting", "kind", *COST)


def test_the_plan_is_one_page(commissioner: Client) -> None:
    answer = commissioner.post(PAGE, GIVEN | COST)

    sheet = pikepdf.open(io.BytesIO(answer.content))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert len(sheet.pages) == 1


def test_the_plan_says_who_gave_each_cost(commissioner: Client) -> None:
    answer = commissioner.post(PAGE, GIVEN | COST | {"kind": "docx"})

    text = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    assert "Estates quote, April 2025" in text
    assert "120 families a year" in text


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_the_plan_can_be_edited_in_an_office(kind: str, commissioner: Client) -> None:
    answer = commissioner.post(PAGE, GIVEN | {"kind": kind})

    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    assert answer.headers["Content-Disposition"].endswith(f'team-{LEEDS}.{kind}"')


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"premises_source": ""}, "Say who gives the cost for premises and equipment"),
        ({"premises_as_of-day": ""}, "day"),
        ({"premises_pounds": ""}, "Give the yearly cost for premises and equipment"),
        ({"premises_as_of-year": "2031"}, "is in the future"),
        ({"families": "0"}, "Plan for at least 1 family"),
        ({"premises_source": "Quote 💛"}, "The PDF cannot print some of these characters"),
        ({"kind": "odt"}, "Choose an answer from the list"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    typed: dict[str, str], said: str, commissioner: Client
) -> None:
    answer = commissioner.post(PAGE, GIVEN | COST | typed)

    assert answer.status_code == 422
    assert said in words_of(answer)
    assert 'value="120"' in answer.content.decode() or "families" in typed


def test_a_scenario_that_is_not_available_here_is_answered_in_words(commissioner: Client) -> None:
    answer = commissioner.post(
        "/need/areas/S12000036/team/", GIVEN | {"scenario": "risk_weighted", "families": ""}
    )

    assert answer.status_code == 422
    assert "not available, so nothing to plan" in words_of(answer)


def test_every_post_and_every_other_cost_can_be_given(commissioner: Client) -> None:
    shown = commissioner.get(PAGE).content.decode()

    assert all(f'name="{item}_pounds"' in shown for item, *_ in cost_items())


@given(name=st.sampled_from(FIELDS), text=NASTY | st.text(max_size=20))
@settings(max_examples=25)
def test_whatever_is_typed_is_answered(name: str, text: str, client_as: SignIn, team: Team) -> None:
    client = client_as(Role.COMMISSIONER, in_team=team)

    answer = client.post(PAGE, GIVEN | COST | {name: text})

    assert answer.status_code in {200, 422}
