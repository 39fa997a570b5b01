"""A report as typed parts: what is said is decided here, how it looks is a writer's."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestling.science.figures import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A run of text."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A figure in the words that print it; its source is the note that follows."""

    text: str
    figure: "Figure"
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The mark of a footnote, by the note's number."""

    note: int


Span = Words | Number | Mark
Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text; `role` is body, lead, summary, small or fill."""

    line: Line
    role: str = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list of lines."""

    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A passage set apart, with its own small heading: an honest caution, what to add locally."""

    title: str
    blocks: "tuple[Paragraph | Bullets, ...]"
    kind: str = "caution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a caption and a head; never without rows."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]

    def __post_init__(self) -> None:
        """Refuse an empty table, and a row that does not fit the head."""
        if not self.rows or any(len(row) != len(self.head) for row in self.rows):
            raise ValueError(f"the table {self.caption!r} is empty or uneven")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing with its caption and the words that say the same to someone who cannot see it."""

    svg: str
    caption: str
    alternative: str
    width_mm: int = 170

    def __post_init__(self) -> None:
        """Refuse a picture without an alternative."""
        if not self.alternative.strip():
            raise ValueError("a picture has words for those who cannot see it")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigures:
    """The few figures of a cover, each with its label."""

    items: tuple[tuple[str, Line], ...]


Block = Paragraph | Bullets | Aside | Table | Picture | KeyFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands below it; a new page if it asks for one."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    level: int = 2
    kicker: str = ""
    new_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote: its number, what it says, and an address if it has one."""

    number: int
    text: str
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A work that figures rest on, and the claims of the register that lead to it."""

    text: str
    claims: tuple[str, ...]
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report: cover, sections, notes and references."""

    title: str
    subtitle: str
    area: str
    prepared: str
    cover: tuple[Block, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    references: tuple[Reference, ...]
    attribution: str
    language: str = "en-GB"
    keywords: tuple[str, ...] = field(default=("infant mental health", "case for change"))

    def lines(self) -> "list[Line]":
        """Every line of text of the report in reading order, cover first."""
        blocks = [*self.cover, *(block for section in self.sections for block in section.blocks)]
        return [line for block in blocks for line in lines_of(block)]

    def numbers(self) -> list[str]:
        """Every figure as printed, in reading order."""
        return [span.text for line in self.lines() for span in line if isinstance(span, Number)]


def lines_of(block: Block) -> list[Line]:
    """The lines of text of one block."""
    match block:
        case Paragraph():
            return [block.line]
        case Bullets():
            return list(block.items)
        case Aside():
            return [line for inner in block.blocks for line in lines_of(inner)]
        case Table():
            return [cell for row in block.rows for cell in row]
        case KeyFigures():
            return [line for _, line in block.items]
        case Picture():
            return []


def plain(line: Line) -> str:
    """A line as bare text, without the marks of notes."""
    return "".join(span.text for span in line if not isinstance(span, Mark))
