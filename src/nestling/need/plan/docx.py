"""The plan as a Word file that can be edited."""

import io
from typing import TYPE_CHECKING

from docx import Document
from docx.shared import Pt

from nestling.need.plan.words import PlanInWords, Table

if TYPE_CHECKING:
    from docx.document import Document as Word

LANGUAGE = "en-GB"
STYLE = "Light Grid Accent 1"


def docx_of(plan: PlanInWords) -> bytes:
    """Headings, paragraphs and tables with head rows, in British English."""
    word = Document()
    word.core_properties.title = plan.title
    word.core_properties.author = "Nestling"
    word.core_properties.language = LANGUAGE
    word.styles["Normal"].font.size = Pt(10)
    word.add_heading(plan.title, level=1)
    word.add_paragraph(plan.lead).runs[0].bold = True
    for sentence in plan.sentences:
        word.add_paragraph(sentence)
    tables = (plan.staff, plan.years, plan.waits, plan.costs, plan.months)
    titles = ("Staff", "Three years", "Waiting list", "Costs", "Month by month")
    for title, table in zip(titles, tables, strict=True):
        word.add_heading(title, level=2)
        _add_table(word, table)
    for title, lines in (
        ("Assumptions", plan.assumptions),
        ("Sources", plan.sources),
        ("Notes", plan.notes),
    ):
        word.add_heading(title, level=2)
        for line in lines:
            word.add_paragraph(line, style="List Bullet")
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _add_table(word: "Word", table: Table) -> None:
    word.add_paragraph(table.caption)
    grid = word.add_table(rows=1, cols=len(table.head), style=STYLE)
    for cell, text in zip(grid.rows[0].cells, table.head, strict=True):
        cell.text = text
    _repeat_head(grid.rows[0])
    for row in table.rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text


def _repeat_head(row: object) -> None:
    """Mark a row as the table's head, so that it repeats and is read out as one."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # type: ignore[attr-defined]
