"""Writes a plan as PDF, Word or spreadsheet, by the ending of the file's name."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from nestling.need.plan.compose import TeamPlan
from nestling.need.plan.words import PlanInWords, in_words

Writer = Callable[[PlanInWords], bytes]
#: The module and the function of each ending: a library is loaded when its format is asked for.
WRITERS = {
    ".pdf": ("nestling.need.plan.pdf", "pdf_of"),
    ".docx": ("nestling.need.plan.docx", "docx_of"),
    ".xlsx": ("nestling.need.plan.xlsx", "xlsx_of"),
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
    path.write_bytes(writer_for(path)(in_words(plan)))


def writer_for(path: Path) -> Writer:
    """The function that makes a document of this ending."""
    module, name = WRITERS[path.suffix.lower()]
    writer: Writer = getattr(import_module(module), name)
    return writer
