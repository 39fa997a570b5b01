"""The areas that every report is tried on, and reports made once for all tests."""

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from nestling.evidence.report.build import build
from nestling.evidence.report.inputs import Asked, inputs_for
from nestling.evidence.report.writers import html, pdf, word

if TYPE_CHECKING:
    from nestling.evidence.report.model import Report

DAY = date(2026, 3, 10)
#: A city, a county, a London borough, a small unitary, a board, and an area of each other nation.
EIGHT = (
    "Leeds",
    "Devon",
    "Hackney",
    "Rutland",
    "E54000054",
    "Wales",
    "Highland",
    "Newry, Mourne and Down",
)
#: Two of them are tried on every change, the eight by `make prove`.
TWO = ("Leeds", "Wales")


@cache
def report_of(area: str) -> "Report":
    """The report of an area without files."""
    return build(inputs_for(Asked(area=area, on=DAY)))


@cache
def html_of(area: str) -> bytes:
    """The report of an area as HTML."""
    return html.write(report_of(area))


@cache
def pdf_of(area: str) -> bytes:
    """The report of an area as PDF."""
    return pdf.write(report_of(area))


@cache
def word_of(area: str) -> bytes:
    """The report of an area as a Word file."""
    return word.write(report_of(area))
