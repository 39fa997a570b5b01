"""The report as a Word file to edit: real headings, tables, footnotes, alternative texts."""

import io
from typing import TYPE_CHECKING, Any

import docx
import vl_convert
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from nestling.evidence.report.model import (
    Aside,
    Bullets,
    KeyFigures,
    Mark,
    Paragraph,
    Picture,
    Section,
    Table,
    Words,
)
from nestling.evidence.report.writers.common import REFERENCES, REFERENCES_INTRO, reference_words
from nestling.evidence.report.writers.word_notes import Footnotes

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as WordParagraph

    from nestling.evidence.report.model import Block, Line, Report

PINE, CLAY, MUTED = (
    RGBColor(0x0F, 0x4C, 0x4A),
    RGBColor(0x9A, 0x3F, 0x1C),
    RGBColor(0x47, 0x5A, 0x68),
)
HEAD_FILL = "E4EEEA"
#: How sharp a drawing is, against its size on the page.
SHARPNESS = 2.0
#: The width of a drawing without a caption: the map of the cover, which shares its page.
COVER_WIDTH_CM = 13.5
#: The first column of a table, and the whole table.
FIRST_CM, WHOLE_CM = 7.0, 16.2


def write(report: "Report") -> bytes:
    """The report as the bytes of a .docx file."""
    file = File(report)
    file.fill()
    out = io.BytesIO()
    file.document.save(out)
    return out.getvalue()


class File:
    """The Word file of one report."""

    def __init__(self, report: "Report") -> None:
        """Start a document with its properties, page and styles."""
        self.report = report
        self.document: Document = docx.Document()
        self.footnotes = Footnotes(self.document)
        set_properties(self.document, report)
        set_page(self.document, report)
        set_styles(self.document, report.language)

    def fill(self) -> None:
        """Write everything in order."""
        report = self.report
        self.words(report.subtitle, style="Kicker")
        self.document.add_heading(report.title, level=0)
        for block in report.cover:
            self.block(block)
        self.words(f"{report.prepared}. {report.attribution}", style="Small")
        for section in report.sections:
            self.section(section)
        heading = self.document.add_heading(REFERENCES, level=1)
        heading.paragraph_format.page_break_before = True
        self.words(REFERENCES_INTRO)
        for reference in report.references:
            text = f"{reference_words(reference)} {reference.address}".strip()
            self.words(text, style="List Number")

    def words(self, text: str, *, style: str = "Normal") -> "WordParagraph":
        """A paragraph of plain words."""
        return self.document.add_paragraph(text, style=style)

    def section(self, section: Section) -> None:
        """One section."""
        first = section.new_page
        if section.kicker:
            kicker = self.words(section.kicker, style="Kicker")
            kicker.paragraph_format.page_break_before = first
            kicker.paragraph_format.keep_with_next = True
        heading = self.document.add_heading(section.title, level=1)
        heading.paragraph_format.page_break_before = first and not section.kicker
        if section.kicker:
            heading.paragraph_format.space_before = Pt(2)
        for block in section.blocks:
            self.block(block)

    def block(self, block: "Block") -> None:
        """One block."""
        match block:
            case Paragraph():
                self.paragraph(block)
            case Bullets():
                for item in block.items:
                    self.runs(self.document.add_paragraph(style="List Bullet"), item)
            case Aside():
                self.aside(block)
            case Table():
                self.table(block)
            case Picture():
                self.picture(block)
            case KeyFigures():
                self.keys(block)

    def paragraph(self, block: Paragraph) -> None:
        """Running text in the style of its role."""
        style = {"lead": "Lead", "summary": "Summary", "small": "Small"}.get(block.role, "Normal")
        self.runs(self.document.add_paragraph(style=style), block.line)
        if block.role == "fill":
            self.words("")
            self.words("")

    def aside(self, block: Aside) -> None:
        """A small heading and what stands below it."""
        heading = self.document.add_heading(block.title, level=2)
        if block.kind == "caution":
            heading.runs[0].font.color.rgb = CLAY
        for inner in block.blocks:
            self.block(inner)

    def runs(self, paragraph: "WordParagraph", line: "Line") -> None:
        """The spans of a line as runs, its notes as footnotes."""
        for span in line:
            if isinstance(span, Mark):
                self.footnotes.mark(paragraph, self.report.notes[span.note - 1])
            else:
                paragraph.add_run(span.text).bold = span.strong or None

    def table(self, block: Table) -> None:
        """A table whose head repeats, numbers to the right."""
        caption = self.words(block.caption, style="Caption")
        caption.paragraph_format.keep_with_next = True
        table = self.document.add_table(rows=1, cols=len(block.head), style="Table Grid")
        set_widths(table)
        head = tuple((Words(text=word, strong=True),) for word in block.head)
        self.cells(table.rows[0], head)
        repeat_head(table.rows[0])
        for row in block.rows:
            self.cells(table.add_row(), row)
        self.words("")

    def cells(self, row: Any, lines: "tuple[Line, ...]") -> None:
        """The cells of a row: words to the left, figures to the right, never split over pages."""
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole)
        for place, (cell, line) in enumerate(zip(row.cells, lines, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            if place:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            self.runs(paragraph, line)

    def picture(self, block: Picture) -> None:
        """A drawing as a picture with its alternative text."""
        if block.caption:
            self.words(block.caption, style="Caption").paragraph_format.keep_with_next = True
        png = vl_convert.svg_to_png(block.svg, scale=SHARPNESS)
        width = Cm(min(block.width_mm / 10, 16) if block.caption else COVER_WIDTH_CM)
        inline = self.document.add_picture(io.BytesIO(png), width=width)
        properties = inline._inline.docPr
        properties.set("descr", block.alternative)
        properties.set("title", block.caption or self.report.area)

    def keys(self, block: KeyFigures) -> None:
        """The key figures side by side, label above number."""
        table = self.document.add_table(rows=1, cols=len(block.items))
        for cell, (label, line) in zip(table.rows[0].cells, block.items, strict=True):
            cell.text = label
            self.runs(cell.add_paragraph(style="Key figure"), line)


def set_properties(document: "Document", report: "Report") -> None:
    """Title, subject, language and keywords."""
    core = document.core_properties
    core.title, core.subject, core.author = report.title, report.subtitle, "Nestling"
    core.language, core.keywords = report.language, ", ".join(report.keywords)
    core.comments = ""


def set_page(document: "Document", report: "Report") -> None:
    """A4 with its area and page number at the foot."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin = section.bottom_margin = Cm(2.2)
    foot = section.footer.paragraphs[0]
    foot.text = f"{report.area}\t\t"
    field(foot, "PAGE")


def field(paragraph: "WordParagraph", code: str) -> None:
    """A field that Word works out, such as the number of the page."""
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()._r
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run.append(mark)


def set_styles(document: "Document", language: str) -> None:
    """Arial throughout, headings in pine, the roles of paragraphs, and the language."""
    styles: Any = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    normal.paragraph_format.space_after = Pt(8)
    for name, size in (("Title", 24), ("Heading 1", 20), ("Heading 2", 12)):
        font_of(styles[name], size=size)
    styles["Title"].font.bold = True
    font_of(styles["Caption"], size=10)
    for name, size in (
        ("Lead", 14),
        ("Summary", 12),
        ("Small", 9),
        ("Kicker", 10),
        ("Key figure", 17),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.size = Pt(size)
        if name in ("Small", "Kicker"):
            style.font.color.rgb = MUTED
        if name == "Kicker":
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(16), Pt(2)
        if name == "Key figure":
            style.font.bold, style.font.color.rgb = True, PINE
    set_language(normal, language)


def font_of(style: Any, *, size: int) -> None:
    """Our font and colour for a heading, over the theme's."""
    style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), PINE
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(10), Pt(5)
    fonts = style.element.rPr.rFonts
    for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{attribute}"), None)


def set_language(style: Any, language: str) -> None:
    """The language in which the text is checked and read aloud."""
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    style.element.get_or_add_rPr().append(mark)


def set_widths(table: Any) -> None:
    """A wide first column for words; the others share the rest."""
    rest = (WHOLE_CM - FIRST_CM) / (len(table.columns) - 1)
    for place, column in enumerate(table.columns):
        column.width = Cm(FIRST_CM if place == 0 else rest)
    table.autofit = False


def repeat_head(row: Any) -> None:
    """Mark a row as the head that repeats on each page, on a quiet ground."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
    for cell in row.cells:
        ground = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", HEAD_FILL)):
            ground.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(ground)
