"""The report as PDF/UA-1 through Typst: tagged, titled, pictures with words, one open font."""

import json
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import typst

from nestling.evidence.report.model import (
    Aside,
    Bullets,
    KeyFigures,
    Mark,
    Number,
    Paragraph,
    Picture,
    Section,
    Table,
)
from nestling.evidence.report.writers.common import (
    CONTENTS,
    REFERENCES,
    REFERENCES_INTRO,
    note_of,
    reference_words,
)

if TYPE_CHECKING:
    from nestling.evidence.report.model import Block, Line, Reference, Report, Span

FONT = "Liberation Sans"
HERE = "nestling.evidence.report"
#: A sliver of room before a note's mark, at which a line never breaks.
TIGHT = r'#h(0.1em)#"\u{2060}"'
#: A figure shorter than this is kept on one line.
SHORT = 14


def write(report: "Report") -> bytes:
    """The report as the bytes of a PDF that meets PDF/UA-1."""
    source = Source(report).text()
    with as_file(files(HERE) / "fonts") as fonts:
        return typst.compile(
            source.encode(),
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(fonts)]),
            pdf_standards="ua-1",
        )


def quoted(text: str) -> str:
    r"""A text as a Typst string, in which nothing is markup.

    >>> quoted('50% "or" #more')
    '"50% \\"or\\" #more"'
    """
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


class Source:
    """The Typst source of one report."""

    def __init__(self, report: "Report") -> None:
        """Start with no note written."""
        self.report = report
        self.written: set[int] = set()

    def text(self) -> str:
        """The whole source: settings, cover, contents, sections, references."""
        template = files(HERE).joinpath("writers/case.typ").read_text("utf-8")
        report = self.report
        words = ", ".join(quoted(word) for word in report.keywords)
        settings = (
            f"#show: report.with(title: {quoted(report.title)}, area: {quoted(report.area)}, "
            f"subject: {quoted(report.subtitle)}, keywords: ({words},), "
            f"lang: {quoted(report.language[:2])}, region: {quoted(report.language[3:])})"
        )
        head = [template, settings]
        return "\n\n".join(
            [*head, self.cover(), self.contents(), *self.sections(), self.references()]
        )

    def cover(self) -> str:
        """The first page."""
        report = self.report
        parts = [
            f"#kicker[#{quoted(report.subtitle)}]",
            f"#cover-title[#{quoted(report.title)}]",
            *(self.block(block) for block in report.cover),
            f"#cover-end[#{quoted(report.prepared + '. ' + report.attribution)}]",
        ]
        return "\n\n".join(parts)

    def contents(self) -> str:
        """The list of sections with their pages."""
        return f"#contents[#{quoted(CONTENTS)}]"

    def sections(self) -> list[str]:
        """Every section with its heading."""
        return [self.section(section) for section in self.report.sections]

    def section(self, section: Section) -> str:
        """One section, on a new page if it asks for one."""
        before = "#pagebreak(weak: true)" if section.new_page else "#section-gap()"
        blocks = [self.block(block) for block in section.blocks]
        heading = f"#heading(level: 1)[#{quoted(section.title)}]"
        if not section.kicker:
            return "\n\n".join([before, heading, *blocks])
        inner = "\n\n".join([f"#kicker[#{quoted(section.kicker)}]", heading, *blocks])
        return f"{before}\n\n#whole[\n{inner}\n]"

    def block(self, block: "Block") -> str:
        """One block."""
        match block:
            case Paragraph():
                return f"#{block.role}[{self.line(block.line)}]"
            case Bullets():
                items = "".join(f"[{self.line(item)}]," for item in block.items)
                return f"#list({items})"
            case Aside():
                inner = "\n\n".join(self.block(one) for one in block.blocks)
                return (
                    f"#aside(kind: {quoted(block.kind)}, title: {quoted(block.title)})[\n{inner}\n]"
                )
            case Table():
                return self.table(block)
            case Picture():
                return self.picture(block)
            case KeyFigures():
                pairs = "".join(
                    f"([#{quoted(label)}], [{self.line(line)}])," for label, line in block.items
                )
                return f"#key-figures({pairs})"

    def line(self, line: "Line") -> str:
        """A line of text with its notes."""
        return "".join(self.span(span) for span in line)

    def span(self, span: "Span") -> str:
        """A run of text, a figure, or the mark of a note."""
        if isinstance(span, Mark):
            return self.mark(span.note)
        text = f"#{quoted(span.text)}"
        if isinstance(span, Number):
            text = f"#box[{text}]" if len(span.text) < SHORT else text
        return f"#strong[{text}]" if span.strong else text

    def mark(self, number: int) -> str:
        """A footnote where it is first used, and the same number after that."""
        if number in self.written:
            return f"{TIGHT}#footnote(<note-{number}>)"
        self.written.add(number)
        note = note_of(self.report, number)
        address = f" #link({quoted(note.address)})" if note.address else ""
        return f"{TIGHT}#footnote[#{quoted(note.text)}{address}]<note-{number}>"

    def table(self, table: Table) -> str:
        """A table with its head repeated on each page."""
        head = ", ".join(f"[#{quoted(word)}]" for word in table.head)
        cells = ",\n".join(", ".join(f"[{self.line(cell)}]" for cell in row) for row in table.rows)
        return (
            f"#data-table(columns: {len(table.head)}, caption: {quoted(table.caption)}, "
            f"head: ({head},), ({cells},))"
        )

    def picture(self, picture: Picture) -> str:
        """A drawing with its alternative; its words use the shipped font."""
        svg = picture.svg.replace("Arial, Helvetica, sans-serif", FONT)
        svg = svg.replace(">−<", ">-<")
        return (
            f"#drawing(bytes({json.dumps(svg, ensure_ascii=False)}), "
            f"alt: {quoted(picture.alternative)}, caption: {quoted(picture.caption)}, "
            f"width: {picture.width_mm}mm)"
        )

    def references(self) -> str:
        """The works that figures rest on, numbered."""
        items = "".join(self.reference(one) for one in self.report.references)
        return "\n\n".join(
            [
                "#section-gap()",
                f"#heading(level: 1)[#{quoted(REFERENCES)}]",
                f"#body[#{quoted(REFERENCES_INTRO)}]",
                f"#references({items})",
            ]
        )

    def reference(self, reference: "Reference") -> str:
        """One reference as an item."""
        address = f" #link({quoted(reference.address)})" if reference.address else ""
        return f"[#{quoted(reference_words(reference))}{address}],"
