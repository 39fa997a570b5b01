"""Pages of a list and headers that sort."""

from hypothesis import given
from hypothesis import strategies as st

from nestling.ui.components import Column
from nestling.ui.paging import address, pages, sortable


@given(number=st.integers(-5, 80), total=st.integers(0, 4000))
def test_every_page_can_be_reached_and_none_beyond_the_last(number: int, total: int) -> None:
    found = pages(number=number, total=total, query={})

    numbers = [link.number for link in found.links if not link.gap]
    last = max(-(-total // 50), 1)
    assert numbers == ([] if last == 1 else sorted(set(numbers)))
    assert not numbers or (numbers[0], numbers[-1]) == (1, last)
    assert sum(link.current for link in found.links) == (1 if numbers else 0)


def test_filters_stay_when_the_page_changes() -> None:
    found = pages(number=1, total=101, query={"show": "unborn & twins", "page": "1"})

    assert found.next_url == "?show=unborn+%26+twins&page=2"
    assert found.previous_url == ""


def test_an_empty_list_says_nothing() -> None:
    assert pages(number=1, total=0, query={}).words == ""


def test_what_is_left_out_shows_as_a_gap() -> None:
    found = pages(number=5, total=900, query={})

    assert [link.gap or link.number for link in found.links] == [1, True, 4, 5, 6, True, 18]


def test_a_header_sorts_upwards_first_and_then_the_other_way() -> None:
    columns = [("waited", Column(label="Days waited")), ("", Column(label="Meanwhile"))]

    first, unsorted = sortable(columns, order="", query={"page": "3", "show": "all"})
    [second, _] = sortable(columns, order="waited", query={})

    assert (first.sorted, first.sort_url) == ("", "?show=all&order=waited")
    assert (second.sorted, second.sort_url) == ("ascending", "?order=-waited")
    assert unsorted.sort_url == ""


def test_an_answer_that_is_empty_is_left_out_of_the_address() -> None:
    assert address({"q": "", "show": "all"}) == "?show=all"
