"""Whatever is typed into a form of this room: a page with words, never a fault of ours."""

from collections.abc import Iterator

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from nestling.accounts.models import Team
from nestling.accounts.roles import Role
from nestling.foundation.form_keys import CARRIED
from tests.conftest import SignIn
from tests.factories.care import StepMoveFactory, waiting_family, working_family

pytestmark = pytest.mark.django_db
EXAMPLES = 5
LONG = "ä" * 100_000

NASTY = st.sampled_from(
    [
        *("", " ", "\x00", "💛", "O’Neill'); --", LONG, "29", "2", "2023", "0001", "9999", "31"),
        *("-1", "1e9", "²", "9" * 5000, "00000000-0000-0000-0000-000000000000", "<b>", "\ud7ff"),
        *("yes", "held", "planned", "home", "down", "loss", "birth", "2026", "3", "10"),
    ]
)
TYPED = NASTY | st.text(max_size=30)
WAIT_PAGES = (
    *("waiting_contact", "interim_offer", "referrer_update", "triage_again", "close_waiting"),
    "take_up",
)
EPISODE_PAGES = ("stage", "focus", "step", "contact_add", "end", "reopen")


@pytest.fixture(autouse=True)
def tenth_of_march() -> Iterator[None]:
    with time_machine.travel("2026-03-10 09:00", tick=False):
        yield


@pytest.fixture
def lead_client(client_as: SignIn) -> Client:
    return client_as(Role.CLINICAL_LEAD)


def names_on(client: Client, url: str) -> list[str]:
    page = BeautifulSoup(client.get(url).content, "html.parser").find("main")
    assert page is not None
    inputs = page.find_all(["input", "select", "textarea"])
    found = {str(one.get("name")) for one in inputs if one.get("name")}
    return sorted(found - CARRIED)


def send(client: Client, url: str, typed: dict[str, str]) -> None:
    answer = client.post(url, typed)
    assert answer.status_code in (302, 404, 422), answer.status_code
    if answer.status_code == 422:
        assert_nothing_is_lost(answer.content, typed)


def assert_nothing_is_lost(content: bytes, typed: dict[str, str]) -> None:
    """Each box and text area of the page holds what was typed, white space apart."""
    page = BeautifulSoup(content, "html.parser")
    for name, text in typed.items():
        area = page.find("textarea", {"name": name})
        box = page.find("input", {"name": name, "type": "text"})
        if area is not None and "\x00" not in text:
            assert bare(text) in bare(area.get_text())
        elif box is not None and "\x00" not in text:
            assert bare(str(box.get("value", ""))) == bare(text)


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", WAIT_PAGES)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_forms_of_a_wait_hold(
    team: Team, lead_client: Client, name: str, data: st.DataObject
) -> None:
    url = reverse(f"care:{name}", args=[waiting_family(team).pk])

    typed = {field: data.draw(TYPED, label=field) for field in names_on(lead_client, url)}

    send(lead_client, url, typed)


@pytest.mark.parametrize("name", EPISODE_PAGES)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_forms_of_an_episode_hold(
    team: Team, lead_client: Client, name: str, data: st.DataObject
) -> None:
    url = reverse(f"care:{name}", args=[working_family(team).pk])

    typed = {field: data.draw(TYPED, label=field) for field in names_on(lead_client, url)}

    send(lead_client, url, typed)


@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_the_form_about_a_steps_outcome_holds(
    team: Team, lead_client: Client, data: st.DataObject
) -> None:
    move = StepMoveFactory.create(episode=working_family(team))
    url = reverse("care:step_outcome", args=[move.pk])

    typed = {field: data.draw(TYPED, label=field) for field in names_on(lead_client, url)}

    send(lead_client, url, typed)
