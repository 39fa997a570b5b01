"""The pages as a reader gets them: who may, what stands there, what nonsense does."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from nestling.access_figures.models import Release
from nestling.access_figures.services import store_release
from nestling.accounts.roles import ABILITIES, Ability, Role
from tests.access_figures.conftest import MADE_ON
from tests.factories.access_figures import END, figure, small_pack

SignIn = Callable[..., Client]
ENGLAND = ("country", "England")
PAGES = [
    reverse("access:start"),
    *(reverse("access:question", kwargs={"number": n}) for n in ("120765", "120766", "120767")),
    reverse("access:explore"),
    reverse("access:explore") + "?by=icb",
    reverse("access:explore") + "?until=change",
    reverse("access:waterfall"),
]
FILES = [reverse("access:explore_csv"), reverse("access:waterfall_csv")]


def text_of(page: object) -> str:
    """A page's words without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", [*PAGES, *FILES])
@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_may_see_figures_see_a_page(
    client_as: SignIn, release: Release, role: Role, address: str
) -> None:
    status = client_as(role).get(address).status_code

    assert status == (200 if Ability.SEE_FIGURES in ABILITIES[role] else 403)


@pytest.mark.parametrize("address", PAGES)
def test_no_page_writes_a_look_at_a_record(
    client_as: SignIn,
    release: Release,
    address: str,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    client = client_as(Role.ANALYST)

    with django_assert_max_num_queries(12):
        page = client.get(address)

    assert page.status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_without_a_release_a_page_shows_the_five_commands(client_as: SignIn, address: str) -> None:
    page = client_as(Role.ANALYST).get(address)

    assert page.content.decode().count("<pre") == 5
    assert "No figures are stored yet" in text_of(page)


def test_the_answer_stands_before_the_cautions_and_these_before_what_hidden_means(
    client_as: SignIn, release: Release
) -> None:
    words = text_of(client_as(Role.ANALYST).get(PAGES[1]))

    places = [words.index(part) for part in ("4,185 children", "Take care", "Hidden means")]
    assert places == sorted(places)


@pytest.mark.parametrize("address", PAGES[1:4])
def test_each_question_says_what_older_data_can_show(
    client_as: SignIn, release: Release, address: str
) -> None:
    words = text_of(client_as(Role.ANALYST).get(address))

    assert "before October 2021 can and cannot show" in words


@pytest.mark.parametrize("address", PAGES)
def test_practice_data_say_that_they_are_made_up(
    client_as: SignIn, made_up_release: Release, address: str
) -> None:
    assert "Made-up practice data" in text_of(client_as(Role.ANALYST).get(address))


@pytest.mark.parametrize("address", PAGES)
def test_real_data_do_not_say_that_they_are_made_up(
    client_as: SignIn, release: Release, address: str
) -> None:
    assert "Made-up practice data" not in text_of(client_as(Role.ANALYST).get(address))


def test_a_hidden_cell_is_the_word_in_its_own_mark(client_as: SignIn, release: Release) -> None:
    page = client_as(Role.ANALYST).get(PAGES[5]).content.decode()

    row = page[page.rindex("Devon") :]
    row = row[: row.index("</tr>")]
    assert len(re.findall(r'<data class="nl-figure nl-hidden"[^>]*>hidden</data>', row)) == 5
    assert ">0<" not in row


def test_the_file_says_hidden_as_a_star_and_keeps_the_other_numbers(
    client_as: SignIn, release: Release
) -> None:
    page = client_as(Role.ANALYST).get(FILES[0] + "?by=icb")

    lines = page.content.decode().splitlines()
    assert lines[0].startswith("measure,period_start")
    assert any("QJK" in line and ",0,*," in line for line in lines)
    assert any("QWO" in line and ",0,40," in line for line in lines)
    assert 'filename="access-children_ge1-icb-2025-12-31.csv"' in page["Content-Disposition"]


def test_a_made_up_file_says_so_in_its_name(client_as: SignIn, made_up_release: Release) -> None:
    page = client_as(Role.ANALYST).get(FILES[1])

    assert 'filename="made-up-' in page["Content-Disposition"]


def test_the_permanent_link_names_the_release_and_shows_it_after_a_newer_one(
    client_as: SignIn, release: Release
) -> None:
    client = client_as(Role.ANALYST)
    page = client.get(PAGES[5]).content.decode()

    assert f"release={release.pk}&amp;measure=children_ge1&amp;by=icb" in page


@pytest.mark.parametrize("word", ["", "x" * 5000, "\x00", "1", "🐣", "../../etc"])
@pytest.mark.parametrize("key", ["measure", "by", "until", "age"])
def test_nonsense_in_an_address_shows_what_is_held(
    client_as: SignIn, release: Release, key: str, word: str
) -> None:
    client = client_as(Role.ANALYST)

    answers = [client.get(url, {key: word}).status_code for url in (PAGES[4], PAGES[7], FILES[0])]

    assert answers == [200, 200, 200]


@pytest.mark.parametrize("word", ["x", "\x00", "762267ed-f11f-41e9-905b-9ec879ba9bce"])
def test_a_release_that_is_not_there_is_not_found(
    client_as: SignIn, release: Release, word: str
) -> None:
    assert client_as(Role.ANALYST).get(PAGES[0], {"release": word}).status_code == 404


def test_a_question_that_nobody_asked_is_not_found(client_as: SignIn, release: Release) -> None:
    page = client_as(Role.ANALYST).get(reverse("access:question", kwargs={"number": "1"}))

    assert page.status_code == 404


@given(word=st.text(max_size=60))
def test_no_words_break_the_explorer(client_as: SignIn, release: Release, word: str) -> None:
    client = client_as(Role.ANALYST)

    query = dict.fromkeys(("measure", "by", "until", "age"), word)

    assert client.get(PAGES[4], query).status_code == 200


def test_months_under_three_are_a_table_of_their_own(client_as: SignIn, db: None) -> None:
    months = [figure("children_ge1", END, ENGLAND, f"{m}m", f"{m}5") for m in range(1, 4)]
    store_release(small_pack(rows=tuple(months)), on=MADE_ON, by=None)
    page = client_as(Role.ANALYST).get(PAGES[4], {"by": "months"})

    words = text_of(page)
    assert "Month of age under three" in words
    assert "35" in words
    assert "Areas need not add up" not in words


def test_providers_on_paper_and_in_practice_are_shown_by_region(
    client_as: SignIn, db: None
) -> None:
    region = ("region", "Y63")
    rows = [
        figure(name, END, place, "0-2", shown)
        for place, shown in ((ENGLAND, "21"), (region, "4"))
        for name in ("providers_accept_saw_5_or_more", "providers_accept_saw_fewer")
    ]
    store_release(small_pack(rows=tuple(rows)), on=MADE_ON, by=None)

    page = client_as(Role.ANALYST).get(PAGES[1]).content.decode()

    table = page[page.index("on paper and in practice, year to") :]
    assert "North East and Yorkshire" in table[: table.index("</table>")]
