"""A built report with chosen sections and a writer's own words; its figures stay as they are."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from nestling.evidence.report.model import (
    Aside,
    Block,
    Bullets,
    KeyFigures,
    Line,
    Mark,
    Note,
    Number,
    Paragraph,
    Picture,
    Reference,
    Report,
    Section,
    Span,
    Table,
    Words,
)
from nestling.evidence.report.passages import NewNote, WrittenLine, blocks_from, runs

IDENTIFIER = re.compile(r"\b[EX]\d{2,3}\b")
MESSAGE_KICKER = re.compile(r"Message \d+ of \d+")


@dataclass(slots=True)
class Renumbering:
    """Notes numbered anew in reading order; what is no longer marked is left out."""

    old: tuple[Note, ...]
    notes: list[Note] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    _numbers: dict[tuple[int, str], int] = field(default_factory=dict)

    def line(self, line: "Iterable[Span | NewNote]") -> Line:
        """A line with its marks numbered anew."""
        return tuple(self.span(span) for span in line)

    def span(self, span: "Span | NewNote") -> Span:
        """A span; a mark is given its new number."""
        if isinstance(span, Number):
            self.keys.update(span.figure.source.keys)
        if isinstance(span, Mark):
            kept = self.old[span.note - 1]
            return self.mark((span.note, ""), text=kept.text, address=kept.address)
        if isinstance(span, NewNote):
            return self.mark((0, span.text), text=span.text, address="")
        return span

    def mark(self, key: tuple[int, str], *, text: str, address: str) -> Mark:
        """The mark of a note, new or met before."""
        if key not in self._numbers:
            self._numbers[key] = len(self.notes) + 1
            self.notes.append(Note(number=len(self.notes) + 1, text=text, address=address))
            self.keys.update(IDENTIFIER.findall(text))
        return Mark(note=self._numbers[key])

    def block(self, block: Block) -> Block:
        """A block with its marks numbered anew."""
        match block:
            case Paragraph():
                return replace(block, line=self.line(block.line))
            case Bullets():
                return replace(block, items=tuple(map(self.line, block.items)))
            case Aside():
                inner = tuple(self.block(one) for one in block.blocks)
                return replace(block, blocks=inner)  # type: ignore[arg-type]
            case Table():
                rows = tuple(tuple(map(self.line, row)) for row in block.rows)
                return replace(block, rows=rows)
            case KeyFigures():
                items = tuple((label, self.line(line)) for label, line in block.items)
                return replace(block, items=items)
            case Picture():
                return block


def edited(
    report: Report, *, chosen: Collection[str], words: Mapping[str, str], prepared: str = ""
) -> Report:
    """The report with the chosen sections and the texts that were written for its passages.

    `words` maps the key of a passage to its text. Raises `PassageError` for one that cannot stand.
    """
    again = Renumbering(old=report.notes)
    cover = tuple(again.block(block) for block in report.cover)
    kept = [section for section in report.sections if section.id in chosen]
    sections = [rewritten(section, words=words, again=again) for section in kept]
    return replace(
        report,
        cover=cover,
        sections=tuple(numbered(sections)),
        notes=tuple(again.notes),
        references=tuple(still_cited(report.references, again.keys)),
        prepared=prepared or report.prepared,
    )


def rewritten(section: Section, *, words: Mapping[str, str], again: Renumbering) -> Section:
    """A section whose passages hold the written text where there is one."""
    blocks: list[Block] = []
    last = 0
    for place, (kind, first, after) in enumerate(runs(section)):
        blocks += section.blocks[last:first]
        text = words.get(f"{section.id}.{place}")
        old = section.blocks[first:after]
        blocks += old if text is None else written(kind, old, text=text, section=section)
        last = after
    blocks += section.blocks[last:]
    return replace(section, blocks=tuple(again.block(block) for block in blocks))


def written(kind: str, old: tuple[Block, ...], *, text: str, section: Section) -> list[Block]:
    """The blocks that a text makes in the place of the old ones."""
    roles = [block.role for block in old if isinstance(block, Paragraph)]
    made = [
        block
        for place, rows in enumerate(blocks_from(text, section=section))
        for block in parts_of(rows, role=roles[min(place, len(roles) - 1)] if roles else "body")
    ]
    aside = old[0]
    if not isinstance(aside, Aside):
        return made
    if not made:
        return [aside]
    if kind == "add":
        return [replace(aside, title="Locally", blocks=tuple(made))]  # type: ignore[arg-type]
    kept = [one for one in aside.blocks if not (isinstance(one, Paragraph) and one.role == "fill")]
    made[0] = led(made[0])
    return [replace(aside, blocks=(*kept, *made))]  # type: ignore[arg-type]


def led(block: Block) -> Block:
    """The first words of local progress, named as such."""
    if isinstance(block, Paragraph):
        return replace(block, line=(Words(text="Progress: ", strong=True), *block.line))
    return block


def parts_of(rows: list[tuple[bool, WrittenLine]], *, role: str) -> list[Block]:
    """A paragraph's rows as paragraphs and lists, in their order."""
    parts: list[Block] = []
    items: list[WrittenLine] = []
    for is_item, line in rows:
        if is_item:
            items.append(line)
            continue
        parts += [Bullets(items=tuple(items))] if items else []  # type: ignore[arg-type]
        items = []
        parts.append(Paragraph(line=line, role=role))  # type: ignore[arg-type]
    return [*parts, *([Bullets(items=tuple(items))] if items else [])]


def numbered(sections: list[Section]) -> Iterable[Section]:
    """The sections with their messages counted anew, the first message on a new page."""
    messages = [one for one in sections if MESSAGE_KICKER.fullmatch(one.kicker)]
    for section in sections:
        if section not in messages:
            yield section
            continue
        place = messages.index(section)
        kicker = f"Message {place + 1} of {len(messages)}"
        yield replace(section, kicker=kicker, new_page=section.new_page or place == 0)


def still_cited(references: tuple[Reference, ...], keys: set[str]) -> Iterable[Reference]:
    """The references to which a claim that is still cited leads."""
    for row in references:
        left = tuple(claim for claim in row.claims if claim in keys)
        if left:
            yield replace(row, claims=left)
