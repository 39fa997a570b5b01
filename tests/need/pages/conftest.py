"""A commissioner of the first organisation, a stranger of another, and a fixed day."""

from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from nestling.accounts.models import Team
from nestling.accounts.roles import Role
from tests.conftest import SignIn
from tests.factories.accounts import TeamFactory
from tests.ui.fixtures import no_template_misses

__all__ = ["no_template_misses", "words_of"]


@pytest.fixture(autouse=True)
def tenth_of_march() -> Iterator[None]:
    with time_machine.travel("2026-03-10 09:00", tick=False):
        yield


@pytest.fixture
def commissioner(client_as: SignIn, team: Team) -> Client:
    return client_as(Role.COMMISSIONER, in_team=team)


@pytest.fixture
def stranger(client_as: SignIn) -> Client:
    return client_as(Role.COMMISSIONER, in_team=TeamFactory.create())


def words_of(response: Any) -> str:
    """The page's words in one line, without its markup."""
    main = BeautifulSoup(response.content, "html.parser").find("main")
    assert main is not None
    return " ".join(unescape(main.get_text(" ")).split())
