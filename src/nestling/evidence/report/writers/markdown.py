"""The report as Markdown: text, tables and notes; a drawing is given by its words."""

from typing import TYPE_CHECKING

from nestling.evidence.report.model import (
    Aside,
    Bullets,
    KeyFigures,
    Mark,
    Paragraph,
    Picture,
    Section,
    Table,
)
from nestling.evidence.report.writers.common import REFERENCES, REFERENCES_INTRO, reference_words

if TYPE_CHECKING:
    from nestling.evidence.report.model import Block, Line, Report


def write(report: "Report") -> bytes:
    """The report as the bytes of a Markdown file."""
    parts = [
        f"*{report.subtitle}*",
        f"# {report.title}",
        *(block_text(block) for block in report.cover),
        f"{report.prepared}. {report.attribution}",
        *(section_text(section) for section in report.sections),
        f"## {REFERENCES}",
        REFERENCES_INTRO,
        "\n".join(
            f"{number}. {reference_words(one)}{address(one.address)}"
            for number, one in enumerate(report.references, start=1)
        ),
        "\n".join(
            f"[^{note.number}]: {escaped(note.text)}{address(note.address)}"
            for note in report.notes
        ),
    ]
    return ("\n\n".join(parts) + "\n").encode()


def section_text(section: Section) -> str:
    """One section."""
    kicker = [f"*{section.kicker}*"] if section.kicker else []
    blocks = [block_text(block) for block in section.blocks]
    return "\n\n".join([f"## {section.title}", *kicker, *blocks])


def block_text(block: "Block") -> str:
    """One block."""
    match block:
        case Paragraph():
            return line_text(block.line)
        case Bullets():
            return "\n".join(f"- {line_text(item)}" for item in block.items)
        case Aside():
            return "\n\n".join([f"### {block.title}", *(block_text(one) for one in block.blocks)])
        case Table():
            return table_text(block)
        case Picture():
            return f"> Picture. {block.alternative}"
        case KeyFigures():
            return "\n".join(f"- {label}: **{line_text(line)}**" for label, line in block.items)


def line_text(line: "Line") -> str:
    """A line of text with the marks of its notes."""
    return "".join(
        f"[^{span.note}]"
        if isinstance(span, Mark)
        else (f"**{escaped(span.text.strip())}**" if span.strong else escaped(span.text))
        for span in line
    )


def table_text(table: Table) -> str:
    """A table with its caption above."""
    rows = [table.head, *((line_text(cell) for cell in row) for row in table.rows)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    rule = f"| --- |{' ---: |' * (len(table.head) - 1)}"
    return "\n".join([f"**{table.caption}**", "", lines[0], rule, *lines[1:]])


def address(url: str) -> str:
    """An address after a space, or nothing."""
    return f" <{url}>" if url else ""


def escaped(text: str) -> str:
    r"""A text in which nothing is markup.

    >>> escaped("a * b | c")
    'a \\* b \\| c'
    """
    for sign in ("\\", "*", "_", "|", "<", "["):
        text = text.replace(sign, f"\\{sign}")
    return text
