"""What the components say, and what they keep to themselves."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from jinja2 import Environment

from nestling.ui import components as c
from nestling.ui.paging import pages
from tests.ui import gallery

Render = Callable[..., str]


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def words(html: str) -> str:
    return " ".join(soup(html).get_text(" ").split())


def test_the_baby_header_says_name_age_and_with_whom(render: Render) -> None:
    said = words(render("{{ baby_header(baby) }}", baby=gallery.WREN))

    assert said.startswith("Wren Thistledown 16 weeks 6 days old Child in Need plan In treatment")
    assert "With Juniper (mother) and Rowan (father)" in said
    assert "Safe contact: Text Juniper’s own phone only. No voicemail." in said


def test_after_a_loss_the_header_says_no_age_and_draws_no_ruler(render: Render) -> None:
    html = render("{{ baby_header(baby) }}", baby=gallery.LOSS)

    assert "must not be seen" not in html
    assert "<svg" not in html
    assert "Robin Nettlefold" in html


def test_the_name_is_the_pages_heading_only_when_asked(render: Render) -> None:
    shown = [
        soup(render("{{ baby_header(baby) }}", baby=b)) for b in (gallery.WREN, gallery.UNBORN)
    ]

    assert [len(page.select("h1")) for page in shown] == [1, 0]


def test_names_are_escaped_everywhere(render: Render) -> None:
    evil = "<img src=x onerror=alert(1)>"
    baby = c.BabyHeader(
        name=evil,
        age=evil,
        facts=[c.Fact(evil, evil)],
        flags=[c.Tag(evil)],
        safe_contact=[evil],
        with_whom=evil,
    )
    around = c.relationship_map(
        babies=[c.MapBaby(name=evil, age=evil)],
        carers=[c.MapCarer(name=evil, role=evil, note=evil)],
        network=[c.MapHelper(name=evil, role=evil)],
    )
    entry = c.TimelineEntry(on=evil, heading=evil, text=evil, link=c.Link(evil, "/", evil))
    row = c.SummaryRow(label=evil, values=[evil], change=c.Link(evil, "/", evil))
    column = c.BoardColumn(
        key="a", heading=evil, cards=[c.BoardCard(heading=evil, url="/", lines=[evil], foot=evil)]
    )
    html = render(
        "{{ baby_header(baby) }}{{ relationship_map(around) }}{{ timeline([entry]) }}"
        "{{ summary_list([row]) }}{{ board([column]) }}{{ saved(baby.name) }}{{ strip([figure]) }}"
        "{{ empty_state(empty) }}{{ showing_to(baby.name, '/') }}{{ notes([message]) }}",
        baby=baby,
        around=around,
        entry=entry,
        row=row,
        column=column,
        figure=c.Figure(evil, evil),
        empty=c.EmptyState(heading=evil, text=evil),
        message=Message(constants.SUCCESS, evil),
    )

    assert not soup(html).select("img")


def test_a_missed_session_has_a_shape_of_its_own_and_words(render: Render) -> None:
    page = soup(render("{{ timeline(story) }}", story=gallery.STORY))

    missed = page.select_one("li.miss")
    assert missed is not None
    assert "was not brought" in missed.get_text()


def test_a_board_counts_what_it_does_not_show(render: Render) -> None:
    page = soup(render("{{ board(board_) }}", board_=gallery.BOARD))

    assert [tag.get_text() for tag in page.select("h3 span")] == ["12", "0", "0", "0"]
    assert page.select_one("article h4 a")


def test_a_worklist_marks_the_column_that_it_is_sorted_by(render: Render) -> None:
    page = soup(
        render(
            "{% call worklist('Waiting', columns) %}<tr></tr>{% endcall %}", columns=gallery.COLUMNS
        )
    )

    header = page.select_one("th[aria-sort]")
    assert header is not None
    assert header["aria-sort"] == "descending"
    assert "Share of life waited" in header.get_text()


def test_a_link_with_the_same_words_in_every_row_says_what_it_is_about(render: Render) -> None:
    said = words(render("{{ link(one) }}", one=c.Link("Change", "/", "the name")))

    assert said == "Change the name"


@pytest.mark.parametrize(
    ("level", "title", "role"),
    [
        (constants.SUCCESS, "Done", "alert"),
        (constants.WARNING, "Important", "alert"),
        (constants.INFO, "Important", "region"),
    ],
)
def test_a_note_says_what_kind_it_is(render: Render, level: int, title: str, role: str) -> None:
    page = soup(render("{{ notes([message]) }}", message=Message(level, "It is saved.")))

    banner = page.select_one(".nhsuk-notification-banner")
    assert banner is not None
    assert banner["role"] == role
    assert banner.get_text(" ").split() == [title, "It", "is", "saved."]


def test_a_failed_save_is_a_status_in_red_words(render: Render) -> None:
    page = soup(render("{{ saved('Not saved.', failed=true) }}"))

    assert page.select_one("p.nl-saved--failed[role=status]")


def test_pages_that_are_one_page_have_no_links(render: Render) -> None:
    html = render("{{ pagination(pages) }}", pages=pages(number=1, total=3, query={}))

    assert words(html) == "Showing 1 to 3 of 3"


def test_hidden_is_a_word_and_no_number(render: Render) -> None:
    assert words(render("{{ hidden_cell() }}")) == "hidden"


def test_every_page_of_the_gallery_uses_only_names_that_it_was_given(
    env: Environment, no_template_misses: None
) -> None:
    for draw in gallery.gallery(env).values():
        assert "<h1" in draw()
