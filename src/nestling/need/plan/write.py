"""Writes a plan as PDF, Word or spreadsheet, by the ending of the file's name."""

from collections.abc import Callable
from pathlib import Path

from nestling.need.plan.compose import TeamPlan
from nestling.need.plan.docx import docx_of
from nestling.need.plan.pdf import pdf_of
from nestling.need.plan.words import PlanInWords, in_words
from nestling.need.plan.xlsx import xlsx_of

WRITERS: dict[str, Callable[[PlanInWords], bytes]] = {
    ".pdf": pdf_of,
    ".docx": docx_of,
    ".xlsx": xlsx_of,
}


class UnknownFormatError(ValueError):
    """A file was asked for with an ending that we do not write."""


def check_ending(path: Path) -> None:
    """Refuse an ending that we do not write, before any work is done."""
    if path.suffix.lower() not in WRITERS:
        endings = ", ".join(WRITERS)
        raise UnknownFormatError(f"{path.name}: give a file that ends in one of {endings}")


def write_plan(plan: TeamPlan, path: Path) -> None:
    """Write the plan to a file, in the format of its ending.

    Raises `UnknownFormatError` for an ending that we do not write.
    """
    check_ending(path)
    path.write_bytes(WRITERS[path.suffix.lower()](in_words(plan)))
