"""The plan as a Word file that can be edited: one page, then an annex month by month."""

import io
from typing import TYPE_CHECKING

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from nestling.need.plan.words import PlanInWords, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as Word
    from docx.table import _Row
    from docx.text.paragraph import Paragraph

LANGUAGE = "en-GB"
STYLE = "Light Grid Accent 1"
FONT, SIZE, SMALL = "Arial", Pt(8), Pt(7)
MARGIN, WIDTH, FIRST = Cm(1.3), 18.4, 5.4
GAP = Pt(2)


def docx_of(plan: PlanInWords) -> bytes:
    """Headings, paragraphs and tables with head rows, in British English."""
    word = Document()
    _set_up(word, title=plan.title)
    word.add_heading(plan.title, level=1)
    word.add_paragraph(plan.lead).runs[0].bold = True
    for sentence in plan.sentences:
        word.add_paragraph(sentence)
    _section(word, "Staff", plan.staff)
    _section(word, "Three years", plan.years)
    _section(word, "Waiting list", plan.waits)
    _section(word, "Costs", plan.costs)
    _bullets(word, "Assumptions", plan.assumptions)
    annex = _section(word, "Annex: month by month", plan.months)
    annex.paragraph_format.page_break_before = True
    _bullets(word, "Sources", plan.sources)
    _bullets(word, "Notes", plan.notes)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _set_up(word: "Word", *, title: str) -> None:
    """Properties, a narrow margin and small type, so that the plan is one page."""
    word.core_properties.title = title
    word.core_properties.author = "Nestling"
    word.core_properties.language = LANGUAGE
    for section in word.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = MARGIN
        section.top_margin = section.bottom_margin = MARGIN
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = FONT, SIZE
    for name in ("Normal", "Heading 1", "Heading 2", "List Bullet"):
        style = word.styles[name].paragraph_format
        style.space_before = style.space_after = GAP
        style.line_spacing = 1.0


def _section(word: "Word", title: str, table: Table) -> "Paragraph":
    """A heading with its table below; gives the heading."""
    heading: Paragraph = word.add_heading(title, level=2)
    word.add_paragraph(table.caption)
    grid = word.add_table(rows=1, cols=len(table.head), style=STYLE)
    grid.autofit = False
    _fill(grid.rows[0], table.head)
    _repeat(grid.rows[0])
    for row in table.rows:
        _fill(grid.add_row(), row)
    return heading


def _fill(row: "_Row", texts: "Sequence[str]") -> None:
    """One row of text, the first column wider than the others."""
    other = Cm((WIDTH - FIRST) / (len(texts) - 1))
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell.width = other if place else Cm(FIRST)
        cell.text = text
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)


def _bullets(word: "Word", title: str, lines: "Sequence[str]") -> None:
    word.add_heading(title, level=2)
    for line in lines:
        paragraph = word.add_paragraph(style="List Bullet")
        paragraph.add_run(line).font.size = SMALL
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)


def _repeat(row: "_Row") -> None:
    """Mark a row as the table's head, so that it repeats and is read out as one."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
