"""Pages of a list and headers that sort it, as links that work without script."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from nestling.ui.components import Column

PER_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """One page's number and address; a gap has neither."""

    number: int = 0
    url: str = ""
    current: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Where a list's page stands: "Showing 1 to 50 of 123"."""

    words: str
    links: tuple[PageLink, ...] = ()
    previous_url: str = ""
    next_url: str = ""


def pages(*, number: int, total: int, query: dict[str, str], per_page: int = PER_PAGE) -> Pages:
    """Links to the other pages of a list, keeping its filters and order.

    `query` holds what the address says now; `page` in it is replaced.

    >>> pages(number=2, total=120, query={"show": "all"}).words
    'Showing 51 to 100 of 120'
    >>> pages(number=2, total=120, query={"show": "all"}).next_url
    '?show=all&page=3'
    """
    last = max(-(-total // per_page), 1)
    number = min(max(number, 1), last)
    first_row = (number - 1) * per_page + 1
    words = f"Showing {first_row} to {min(number * per_page, total)} of {total}" if total else ""
    if last == 1:
        return Pages(words=words)
    return Pages(
        words=words,
        links=tuple(_links(number, last=last, query=query)),
        previous_url=address(query, page=str(number - 1)) if number > 1 else "",
        next_url=address(query, page=str(number + 1)) if number < last else "",
    )


def _links(number: int, *, last: int, query: dict[str, str]) -> list[PageLink]:
    """First, last, and the page with its neighbours; a gap for what is left out."""
    wanted = sorted({1, last, *range(max(number - 1, 1), min(number + 1, last) + 1)})
    found: list[PageLink] = []
    for page in wanted:
        if found and page - found[-1].number > 1:
            found.append(PageLink(number=page - 1, gap=True))
        here = address(query, page=str(page))
        found.append(PageLink(number=page, url=here, current=page == number))
    return found


def address(query: dict[str, str], **changes: str) -> str:
    """The same page's address with some answers changed; an empty one is left out."""
    return "?" + urlencode({key: value for key, value in (query | changes).items() if value})


def sortable(
    columns: Sequence[tuple[str, Column]], *, order: str, query: dict[str, str]
) -> list[Column]:
    """Headers with links: a column's key sorts upwards, with a minus in front downwards.

    A column with an empty key does not sort. Sorting starts again at the first page.

    >>> [column] = sortable([("waited", Column(label="Days waited"))], order="-waited", query={})
    >>> column.sorted, column.sort_url
    ('descending', '?order=waited')
    """
    return [_sortable(column, key, order=order, query=query) for key, column in columns]


def _sortable(column: Column, key: str, *, order: str, query: dict[str, str]) -> Column:
    if not key:
        return column
    other = f"-{key}" if order == key else key
    link = address(query, order=other, page="")
    if order == key:
        return replace(column, sort_url=link, sorted="ascending")
    if order == f"-{key}":
        return replace(column, sort_url=link, sorted="descending")
    return replace(column, sort_url=link)
