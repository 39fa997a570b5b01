"""The report as one HTML file: no script, no address that is fetched, drawings inside."""

import re
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

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
    NOTES,
    REFERENCES,
    REFERENCES_INTRO,
    reference_words,
)

if TYPE_CHECKING:
    from nestling.evidence.report.model import Block, Line, Note, Report, Span


def write(report: "Report") -> bytes:
    """The report as the bytes of an HTML page."""
    return Page(report).text().encode()


class Page:
    """The HTML of one report."""

    def __init__(self, report: "Report") -> None:
        """Start with no note marked and no drawing placed."""
        self.report = report
        self.marks: dict[int, int] = {}
        self.drawings = 0

    def text(self) -> str:
        """The whole page."""
        report = self.report
        style = files("nestling.evidence.report").joinpath("writers/case.css").read_text("utf-8")
        body = "\n".join([self.cover(), self.contents(), *map(self.section, report.sections)])
        return (
            f'<!DOCTYPE html>\n<html lang="{report.language}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(report.title)}</title>\n"
            f'<meta name="description" content="{escape(report.subtitle)}">\n'
            f"<style>\n{style}</style>\n</head>\n<body>\n"
            f'<a class="skip" href="#main">Skip to main content</a>\n<main id="main">\n{body}\n'
            f"{self.references()}\n{self.notes()}\n</main>\n</body>\n</html>\n"
        )

    def cover(self) -> str:
        """The title, the lead, the map and the key figures."""
        report = self.report
        blocks = "\n".join(self.block(block) for block in report.cover)
        return (
            f'<header class="sheet cover">\n<p class="kicker">{escape(report.subtitle)}</p>\n'
            f"<h1>{escape(report.title)}</h1>\n{blocks}\n"
            f'<p class="small">{escape(report.prepared)}. {escape(report.attribution)}</p>\n'
            "</header>"
        )

    def contents(self) -> str:
        """Links to the sections."""
        links = [(section.id, section.title) for section in self.report.sections]
        links += [("references", REFERENCES), ("notes", NOTES)]
        items = "".join(f'<li><a href="#{key}">{escape(title)}</a></li>' for key, title in links)
        return (
            f'<nav class="sheet" aria-labelledby="contents"><h2 id="contents">{CONTENTS}</h2>'
            f"<ol>{items}</ol></nav>"
        )

    def section(self, section: Section) -> str:
        """One section."""
        kicker = f'<p class="kicker">{escape(section.kicker)}</p>\n' if section.kicker else ""
        blocks = "\n".join(self.block(block) for block in section.blocks)
        page = " new-page" if section.new_page else ""
        return (
            f'<section class="sheet{page}" aria-labelledby="{section.id}">\n{kicker}'
            f'<h2 id="{section.id}">{escape(section.title)}</h2>\n{blocks}\n</section>'
        )

    def block(self, block: "Block") -> str:
        """One block."""
        match block:
            case Paragraph():
                return f'<p class="{block.role}">{self.line(block.line)}</p>'
            case Bullets():
                return f"<ul>{''.join(f'<li>{self.line(item)}</li>' for item in block.items)}</ul>"
            case Aside():
                inner = "\n".join(self.block(one) for one in block.blocks)
                return f'<div class="{block.kind}"><h3>{escape(block.title)}</h3>\n{inner}</div>'
            case Table():
                return self.table(block)
            case Picture():
                return self.picture(block)
            case KeyFigures():
                pairs = (
                    f"<div><dt>{escape(label)}</dt><dd>{self.line(line)}</dd></div>"
                    for label, line in block.items
                )
                return f'<dl class="keys">{"".join(pairs)}</dl>'

    def line(self, line: "Line") -> str:
        """A line of text."""
        return "".join(self.span(span) for span in line)

    def span(self, span: "Span") -> str:
        """A run of text, a figure, or the mark of a note."""
        if isinstance(span, Mark):
            return self.mark(span.note)
        text = escape(span.text, quote=False)
        if isinstance(span, Number):
            text = f'<span class="figure">{text}</span>'
        return f"<strong>{text}</strong>" if span.strong else text

    def mark(self, number: int) -> str:
        """A link to a note; the first of them is where the note leads back to."""
        times = self.marks[number] = self.marks.get(number, 0) + 1
        back = f' id="mark-{number}"' if times == 1 else ""
        return f'<sup><a href="#note-{number}"{back} aria-label="Note {number}">{number}</a></sup>'

    def table(self, table: Table) -> str:
        """A table with real headers, in a region that a narrow screen can move along."""
        head = "".join(f'<th scope="col">{escape(word)}</th>' for word in table.head)
        rows = "".join(
            f'<tr><th scope="row">{self.line(first)}</th>'
            + "".join(f"<td>{self.line(cell)}</td>" for cell in rest)
            + "</tr>"
            for first, *rest in table.rows
        )
        return (
            f'<div class="wide" role="region" tabindex="0" aria-label="{escape(table.caption)}">'
            f"<table><caption>{escape(table.caption)}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{rows}</tbody></table></div>"
        )

    def picture(self, picture: Picture) -> str:
        """A drawing inside the page; its own ids are made the page's."""
        self.drawings += 1
        svg = own_ids(picture.svg, prefix=f"d{self.drawings}-")
        caption = f"<figcaption>{escape(picture.caption)}</figcaption>" if picture.caption else ""
        return f"<figure>{caption}{svg}</figure>"

    def references(self) -> str:
        """The works that figures rest on."""
        items = "".join(
            f"<li>{escape(reference_words(one))}{link(one.address)}</li>"
            for one in self.report.references
        )
        return (
            '<section class="sheet new-page" aria-labelledby="references">'
            f'<h2 id="references">{REFERENCES}</h2><p>{escape(REFERENCES_INTRO)}</p>'
            f"<ol>{items}</ol></section>"
        )

    def notes(self) -> str:
        """The notes, each with a way back."""
        items = "".join(self.note(note) for note in self.report.notes)
        return (
            f'<section class="sheet notes" aria-labelledby="notes"><h2 id="notes">{NOTES}</h2>'
            f"<ol>{items}</ol></section>"
        )

    def note(self, note: "Note") -> str:
        """One note."""
        return (
            f'<li id="note-{note.number}">{escape(note.text)}{link(note.address)} '
            f'<a href="#mark-{note.number}" aria-label="Back to the text of note {note.number}">'
            "Back</a></li>"
        )


def link(address: str) -> str:
    """An address as a link, or nothing."""
    return f' <a href="{escape(address)}">{escape(address)}</a>' if address else ""


def own_ids(svg: str, *, prefix: str) -> str:
    """A drawing whose ids cannot meet those of another drawing on the page."""
    svg = re.sub(r'\bid="', f'id="{prefix}', svg)
    svg = re.sub(r"url\(#", f"url(#{prefix}", svg)
    return re.sub(r'href="#', f'href="#{prefix}', svg)
