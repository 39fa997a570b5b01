"""Bars in rows on one scale, each with its words, likely range and perhaps a goal."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestling.ui.charts.svg import CLAY, INK, LINE, MUTED, PINE, TEAL, box, drawing, stroke, words

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, ROW, TOP, LABEL = 640, 46, 30, 18
#: Room on the right for the words beside the longest bar.
ROOM = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its label, its value, the words beside it, and its likely range.

    A value of None draws no bar: a dashed, hatched mark says what is written instead.
    """

    label: str
    value: float | None
    shown: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A line across all bars, and its words."""

    value: float
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarPicture:
    """The drawn bars and the words that say the same."""

    svg: str
    text: str


def bars(rows: "Sequence[Bar]", *, title: str, goal: Goal | None = None) -> BarPicture:
    """Bars from nought, in the order given. Raises `ValueError` where there is nothing to draw."""
    if not rows:
        raise ValueError("there are no bars to draw")
    said = " ".join(f"{row.label}: {row.shown}." for row in rows)
    text = f"{title}. {said}" + (f" {goal.shown}." if goal else "")
    ends = [end for row in rows for end in (row.value, row.high) if end is not None]
    top = max([*ends, goal.value if goal else 0]) or 1
    room = 16 if goal and goal.value >= top else ROOM
    scale = (WIDTH - room - 4) / top
    height = TOP + ROW * len(rows) + 6
    parts = [stroke(start=(2, TOP - 8), end=(2, height - 4), colour=LINE, width=1)]
    for place, row in enumerate(rows):
        parts += bar_parts(row, y=TOP + ROW * place, scale=scale)
    if goal:
        parts += goal_parts(goal, scale=scale, height=height)
    return BarPicture(svg=drawing(parts, width=WIDTH, height=height, label=text), text=text)


def bar_parts(row: Bar, *, y: float, scale: float) -> list[str]:
    """One bar with its label above and its words at its end."""
    parts = [words(row.label, x=8, y=y + 12)]
    at = y + LABEL
    if row.value is None:
        parts.append(hidden(at))
        return [*parts, words(row.shown, x=80, y=at + 14, fill=MUTED)]
    length = row.value * scale
    end = length
    if row.low is not None and row.high is not None:
        parts.append(
            box(
                x=2 + row.low * scale,
                y=at,
                width=(row.high - row.low) * scale,
                height=16,
                fill=TEAL,
            )
        )
        parts.append(box(x=2 + length - 2, y=at - 3, width=4, height=22, fill=PINE, corner=0))
        end = row.high * scale
    else:
        parts.append(box(x=2, y=at, width=max(length, 1.5), height=16, fill=PINE))
    return [*parts, words(row.shown, x=end + 10, y=at + 13, bold=True)]


def hidden(at: float) -> str:
    """The dashed mark of what is hidden or not given."""
    return (
        f'<rect x="4" y="{at:.1f}" width="66" height="16" rx="2" fill="#ffffff" stroke="{MUTED}" '
        'stroke-dasharray="4 3"/>'
    )


def goal_parts(goal: Goal, *, scale: float, height: float) -> list[str]:
    """The goal as a line with its words above."""
    x = 2 + goal.value * scale
    return [
        stroke(start=(x, 18), end=(x, height - 4), colour=CLAY, width=3),
        words(goal.shown, x=x, y=12, anchor="end", bold=True, fill=INK),
    ]
