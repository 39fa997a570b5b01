"""A circle of causes, each holding the next in place, as one picture."""

from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING

from nestling.ui.charts.svg import CLAY, INK, MOSS, MUTED, PINE, drawing, words, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT, RADIUS = 640, 460, 150
BOX_WIDTH, BOX_HEIGHT = 200, 92
#: Where an arrow leaves and reaches, as parts of the way between two boxes.
LEAVE, REACH = 0.32, 0.68


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One part of the circle: what happens, and the figure that is known of it, in words."""

    title: str
    figure: str
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CyclePicture:
    """The drawn circle and the words that say the same."""

    svg: str
    text: str


def cycle(stages: "Sequence[Stage]", *, title: str) -> CyclePicture:
    """Stages around a circle, clockwise from the top, with an arrow from each to the next.

    Raises `ValueError` for fewer than three stages.
    """
    if len(stages) < 3:
        raise ValueError("a circle has at least three parts")
    text = f"{title}. " + " ".join(
        f"{place}. {stage.title}: {stage.figure}." for place, stage in enumerate(stages, start=1)
    )
    text += " The last leads to the first again."
    places = [centre(number, of=len(stages)) for number in range(len(stages))]
    parts = [arrow_head()]
    parts += [arrow(number, of=len(stages)) for number in range(len(stages))]
    parts += [
        part for stage, at in zip(stages, places, strict=True) for part in stage_box(stage, at)
    ]
    return CyclePicture(svg=drawing(parts, width=WIDTH, height=HEIGHT, label=text), text=text)


def centre(number: float, *, of: int) -> tuple[float, float]:
    """The middle of a stage; the circle is wider than high."""
    angle = 2 * pi * number / of - pi / 2
    return WIDTH / 2 + 1.35 * RADIUS * cos(angle), HEIGHT / 2 + 1.12 * RADIUS * sin(angle)


def arrow_head() -> str:
    """The head that every arrow ends in."""
    return (
        '<defs><marker id="head" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="7" '
        'markerHeight="7" orient="auto">'
        f'<path d="M0 0 L10 5 L0 10 z" fill="{CLAY}"/></marker></defs>'
    )


def arrow(number: int, *, of: int) -> str:
    """A curved arrow from one stage to the next, outside the straight way between them."""
    start, end = centre(number + LEAVE, of=of), centre(number + REACH, of=of)
    bend = centre(number + 0.5, of=of)
    middle = (WIDTH / 2, HEIGHT / 2)
    control = tuple(m + 1.12 * (b - m) for b, m in zip(bend, middle, strict=True))
    return (
        f'<path d="M{start[0]:.1f} {start[1]:.1f} Q{control[0]:.1f} {control[1]:.1f} '
        f'{end[0]:.1f} {end[1]:.1f}" fill="none" stroke="{CLAY}" stroke-width="3" '
        'marker-end="url(#head)"/>'
    )


def stage_box(stage: Stage, at: tuple[float, float]) -> list[str]:
    """A stage: a box that is dashed where nothing is known, with its words."""
    left, top = at[0] - BOX_WIDTH / 2, at[1] - BOX_HEIGHT / 2
    dashed = "" if stage.known else ' stroke-dasharray="5 4"'
    frame = (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="6" '
        f'fill="{MOSS if stage.known else "#ffffff"}" stroke="{PINE}"{dashed}/>'
    )
    parts = [frame]
    lines = [(line, True) for line in wrapped(stage.title, letters=24)]
    lines += [(line, False) for line in wrapped(stage.figure, letters=27)]
    first = at[1] - (len(lines) - 1) * 9 + 5
    for place, (line, bold) in enumerate(lines):
        fill = INK if bold else (PINE if stage.known else MUTED)
        parts.append(
            words(line, x=at[0], y=first + 18 * place, anchor="middle", bold=bold, fill=fill)
        )
    return parts
