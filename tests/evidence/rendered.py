"""The numbers of a page as it is sent that reached it by no figure."""

from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from nestling.evidence.loose_numbers import NEEDS_SOURCE

#: What holds no computed number: pictures and their scales (a table has theirs), what a reader
#: fills in, lists of sources, how the figures were made, and figures themselves.
LEFT_OUT = (
    "data.nl-figure, svg, th.nl-w-rng, form, script, style, #sources, .nl-src, .acc-made, nav, "
    ".nl-pagination, time, code"
)


def loose_numbers(html: str) -> list[str]:
    """Shares, pounds, counts of people, and cells of numbers that no figure carries."""
    main = BeautifulSoup(html, "html.parser").find("main")
    assert isinstance(main, Tag)
    for one in main.select(LEFT_OUT):
        one.replace_with(" ")
    return [*_cells(main), *_words(main)]


def _cells(main: Tag) -> Iterator[str]:
    for cell in main.select("td.n, .nl-strip b, .nl-answer"):
        if any(sign.isdigit() for sign in cell.get_text()):
            yield " ".join(cell.get_text(" ").split())


def _words(main: Tag) -> Iterator[str]:
    for text in main.stripped_strings:
        if any(pattern.search(text) for pattern in NEEDS_SOURCE):
            yield text
