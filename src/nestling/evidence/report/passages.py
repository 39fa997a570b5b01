"""The passages of a section that may be written anew, and how their text is written and read.

In the text of a passage `{1: about 690 babies}` stands for the first figure of the section and
cannot be changed; `{note 12}` for a footnote of the built report; `[source: …]` adds one;
`**words**` are strong. A share, money or a count of people that is typed as plain text is refused
unless its sentence names a source.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nestling.evidence.loose_numbers import NEEDS_SOURCE, passages
from nestling.evidence.report.model import (
    Aside,
    Block,
    Bullets,
    Line,
    Mark,
    Number,
    Paragraph,
    Section,
    Span,
    Words,
    lines_of,
)

TOKEN = re.compile(
    r"\{(?P<figure>\d{1,3})(?::(?P<words>[^{}]*))?\}|\{note (?P<note>\d{1,4})\}"
    r"|\[source: (?P<source>[^\[\]]+)\]|(?P<strong>\*\*)"
)
BULLET = "- "
#: The longest text that a passage may have.
MOST_CHARACTERS = 6000


class PassageError(ValueError):
    """A text cannot stand in a report; says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A run of blocks that may be written anew: its key, what it is, and its built text."""

    key: str
    label: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNote:
    """A footnote that a writer adds in their own words."""

    text: str


Written = Span | NewNote
WrittenLine = tuple[Written, ...]


def figures_of(section: Section) -> list[tuple[Number, Mark | None]]:
    """The figures of a section, each with its note, in reading order; the first is figure 1."""
    lines = [line for block in section.blocks for line in lines_of(block)]
    return [
        (span, after if isinstance(after, Mark) else None)
        for line in lines
        for span, after in zip(line, (*line[1:], None), strict=True)
        if isinstance(span, Number)
    ]


def runs(section: Section) -> Iterator[tuple[str, int, int]]:
    """The passages of a section as kind, first block and the block after the last."""
    start: int | None = None
    for place, block in enumerate((*section.blocks, None)):
        if isinstance(block, Paragraph | Bullets):
            start = place if start is None else start
            continue
        if start is not None:
            yield "text", start, place
            start = None
        if isinstance(block, Aside) and block.kind in ("add", "ask"):
            yield block.kind, place, place + 1


def passages_of(section: Section) -> list[Passage]:
    """The passages of a section with their built text; "to add" and "ask" begin empty."""
    numbers = numbering(section)
    found: list[Passage] = []
    for place, (kind, first, after) in enumerate(runs(section)):
        blocks = section.blocks[first:after]
        text = text_of(blocks, numbers=numbers) if kind == "text" else ""
        label = label_of(kind, blocks[0], ordinal=sum(one.kind == "text" for one in found))
        found.append(Passage(key=f"{section.id}.{place}", label=label, text=text, kind=kind))
    return found


def label_of(kind: str, block: Block, *, ordinal: int) -> str:
    """What a passage is called above its box."""
    if isinstance(block, Aside):
        return f"Progress: {block.title}" if kind == "ask" else "What you add locally"
    return "Text, continued" if ordinal else "Text"


def numbering(section: Section) -> dict[int, int]:
    """The number of each figure by the identity of its span: equal words may be other figures."""
    return {id(number): place for place, (number, _) in enumerate(figures_of(section), start=1)}


def text_of(blocks: tuple[Block, ...], *, numbers: dict[int, int]) -> str:
    """Paragraphs and lists as text to edit."""
    parts = []
    for block in blocks:
        lines = [line_text(line, numbers=numbers) for line in lines_of(block)]
        listed = isinstance(block, Bullets)
        parts.append("\n".join(f"{BULLET}{line}" if listed else line for line in lines))
    return "\n\n".join(parts)


def line_text(line: Line, *, numbers: dict[int, int]) -> str:
    """One line as text to edit; the note of a figure comes with the figure."""
    text, strong = "", False
    for before, span in zip((None, *line), line, strict=False):
        if isinstance(span, Mark):
            text += "" if isinstance(before, Number) else f"{{note {span.note}}}"
            continue
        text += "**" if span.strong != strong else ""
        strong = span.strong
        number = isinstance(span, Number)
        text += f"{{{numbers[id(span)]}: {span.text}}}" if number else span.text
    return text + ("**" if strong else "")


def tidy(text: str) -> str:
    """A typed text with one kind of line end, and no control signs or spaces at the ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in text if sign == "\n" or sign.isprintable()).strip()


def blocks_from(text: str, *, section: Section) -> tuple[list[tuple[bool, WrittenLine]], ...]:
    """A text as paragraphs: each a list of (whether it is a list item, its line).

    Raises `PassageError` with the first thing that cannot stand.
    """
    refuse_loose_numbers(text, built=built_sentences(section))
    figures, notes = figures_of(section), notes_of(section)
    return tuple(
        [
            (row.startswith(BULLET), line_from(row.removeprefix(BULLET), figures, notes))
            for row in rows_of(part)
        ]
        for part in re.split(r"\n\s*\n", tidy(text))
        if part.strip()
    )


def rows_of(part: str) -> list[str]:
    """The lines of one paragraph: list items apart, other lines joined."""
    rows: list[str] = []
    for row in (one.strip() for one in part.split("\n")):
        if rows and not row.startswith(BULLET) and not rows[-1].startswith(BULLET):
            rows[-1] += f" {row}"
        elif row:
            rows.append(row)
    return rows


def notes_of(section: Section) -> set[int]:
    """The notes that a section's lines are marked with."""
    lines = [line for block in section.blocks for line in lines_of(block)]
    return {span.note for line in lines for span in line if isinstance(span, Mark)}


def line_from(row: str, figures: list[tuple[Number, Mark | None]], notes: set[int]) -> WrittenLine:
    """A row of typed text as spans."""
    spans: list[Written] = []
    strong, last = False, 0
    for match in TOKEN.finditer(row):
        before = row[last : match.start()]
        before = before.rstrip() if match["note"] or match["source"] else before
        if before:
            spans.append(Words(text=before, strong=strong))
        last = match.end()
        if match["strong"]:
            strong = not strong
        elif match["figure"]:
            spans += placed(match, figures, strong=strong)
        else:
            spans.append(marked(match, notes))
    if row[last:]:
        spans.append(Words(text=row[last:], strong=strong))
    return tuple(spans)


def placed(
    match: re.Match[str], figures: list[tuple[Number, Mark | None]], *, strong: bool
) -> list[Written]:
    """A figure with its note. Raises `PassageError` for another value or an unknown number."""
    place = int(match["figure"])
    if not 1 <= place <= len(figures):
        raise PassageError(f"This section has no figure {place}. Take out {match.group(0)}")
    number, mark = figures[place - 1]
    typed = match["words"]
    if typed is not None and " ".join(typed.split()) != " ".join(number.text.split()):
        raise PassageError(
            f"Figure {place} reads “{number.text}” and cannot be changed here. "
            f"Put back {{{place}: {number.text}}}, or take the figure out"
        )
    kept = Number(text=number.text, figure=number.figure, strong=strong)
    return [kept, mark] if mark else [kept]


def marked(match: re.Match[str], notes: set[int]) -> Written:
    """A footnote of the built report, or a new one. Raises `PassageError` for an unknown note."""
    if match["source"]:
        return NewNote(text=match["source"].strip())
    note = int(match["note"])
    if note not in notes:
        raise PassageError(f"This section has no note {note}. Take out {match.group(0)}")
    return Mark(note=note)


def built_sentences(section: Section) -> set[str]:
    """The sentences that a section was built with: they may stay as they are."""
    return {sentence for passage in passages_of(section) for _, sentence in passages(passage.text)}


def refuse_loose_numbers(text: str, *, built: set[str]) -> None:
    """Refuse a share, money or a count of people whose sentence names no source.

    Raises `PassageError` with the sentence.
    """
    for _, sentence in passages(tidy(text)):
        if sentence in built:
            continue
        bare = TOKEN.sub(lambda match: " " if match["figure"] else match.group(0), sentence)
        if "[source:" in bare:
            continue
        if any(pattern.search(bare) for pattern in NEEDS_SOURCE):
            raise PassageError(
                f"Say where the number comes from: “{sentence[:120].rstrip('.')}”. "
                "Add [source: …] to the sentence, with the report and its year"
            )
