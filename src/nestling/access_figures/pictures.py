"""The pictures of access by age, drawn from shown numbers alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from nestling.access_figures.presenters.cells import Cell
from nestling.ui.charts.bars import Bar, BarPicture, bars
from nestling.ui.charts.svg import (
    CLAY,
    INK,
    LINE,
    MUTED,
    PINE,
    box,
    drawing,
    stroke,
    words,
    wrapped,
)

WIDTH, TEXT_LINE, BAR_HIGH, GAP, TOP, RIGHT = 720, 18, 22, 16, 26, 250
LETTERS = 92


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """One rule of a waterfall: its words, who is left after it and who is lost by it."""

    words: str
    left: Cell
    lost: Cell


def bar_chart(cells: Sequence[tuple[str, Cell]], *, title: str) -> BarPicture | None:
    """Bars of shown numbers; a hidden one has no bar and says so. None where all are negative."""
    held = [(label, cell) for label, cell in cells if cell.shown]
    if not held or any((cell.number or 0) < 0 for _label, cell in held):
        return None
    rows = [
        Bar(
            label=label,
            value=None if cell.number is None else float(cell.number),
            shown=cell.words,
        )
        for label, cell in held
    ]
    return bars(rows, title=title)


def falls_chart(falls: Sequence[Fall], *, title: str) -> BarPicture | None:
    """One row a rule: who is left in pine, who was lost in clay; hidden numbers have no bar."""
    if not falls:
        return None
    most = max([cell.number or 0 for fall in falls for cell in (fall.left, fall.lost)]) or 1
    scale = (WIDTH - RIGHT) / most
    parts: list[str] = []
    y = float(TOP)
    for number, fall in enumerate(falls):
        drawn, y = fall_parts(fall, y=y, scale=scale, number=number)
        parts += drawn
    parts = [stroke(start=(2, TOP - 10), end=(2, y - GAP), colour=LINE), *parts]
    said = " ".join(said_of(fall, number=number) for number, fall in enumerate(falls))
    text = f"{title}. {said}"
    return BarPicture(svg=drawing(parts, width=WIDTH, height=y, label=text), text=text)


def said_of(fall: Fall, *, number: int) -> str:
    """One rule as a sentence."""
    if not number:
        return f"Everyone: {fall.left.words}."
    return f"{number}. {fall.words}: lost {fall.lost.words}, left {fall.left.words}."


def fall_parts(fall: Fall, *, y: float, scale: float, number: int) -> tuple[list[str], float]:
    """The shapes of one rule, and where the next begins."""
    head = f"{number}. {fall.words}" if number else "Everyone in the extract"
    parts = []
    for text in wrapped(head, letters=LETTERS):
        parts.append(words(text, x=8, y=y, bold=not number))
        y += TEXT_LINE
    at = y - 10
    left = (fall.left.number or 0) * scale
    lost = (fall.lost.number or 0) * scale if number else 0
    parts.append(box(x=2, y=at, width=left, height=BAR_HIGH, fill=PINE, corner=0))
    parts.append(box(x=2 + left, y=at, width=lost, height=BAR_HIGH, fill=CLAY, corner=0))
    parts += hidden_mark(fall, x=2 + left, y=at)
    said = f"{fall.left.words} left" if number else fall.left.words
    end = max(left + lost, 66.0 if fall.left.is_hidden else 0)
    parts.append(words(said, x=end + 10, y=at + 16, bold=True, fill=INK))
    if number:
        beside = end + 22 + 8.2 * len(said)
        parts.append(words(f"{fall.lost.words} lost", x=beside, y=at + 16, fill=MUTED))
    return parts, at + BAR_HIGH + GAP + TEXT_LINE - 4


def hidden_mark(fall: Fall, *, x: float, y: float) -> list[str]:
    """The dashed mark of a number of children left that may not be seen."""
    if not fall.left.is_hidden:
        return []
    return [
        (
            f'<rect x="{x:.1f}" y="{y:.1f}" width="62" height="{BAR_HIGH}" fill="#ffffff" '
            f'stroke="{MUTED}" stroke-dasharray="4 3"/>'
        )
    ]
