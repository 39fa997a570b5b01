"""The server is killed while people save, and asked the same thing many times at once."""

import pytest

from tests.crash import Site, at_once, build, crashes

TIMES = 10
"""Kills that are tried here; 200 are for `make prove`."""
SENDERS = 8


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A small demo whose server can be killed."""
    return build(tmp_path_factory.mktemp("crash"))


@pytest.mark.timeout(900)
def test_a_server_that_is_killed_loses_nothing_that_it_acknowledged(site: Site) -> None:
    outcome = crashes(site, times=TIMES, seed=1)

    assert outcome.faults == []
    assert outcome.acknowledged > TIMES
    assert outcome.drafts_back > 0


def test_a_form_sent_eight_times_at_once_acts_once(site: Site) -> None:
    answers, made = at_once(site, times=SENDERS)

    assert made == 1
    assert len(answers) == 1
    assert {status for status, _ in answers} == {302}
