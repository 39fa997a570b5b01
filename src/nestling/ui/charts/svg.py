"""Small parts of a drawing: shapes and words as SVG, escaped, with sizes as attributes."""

from html import escape

FONT = "Arial, Helvetica, sans-serif"
PINE, MOSS, TEAL, CLAY, INK, MUTED, LINE = (
    "#0f4c4a",
    "#e4eeea",
    "#a9cbc4",
    "#9a3f1c",
    "#212b32",
    "#475a68",
    "#d0d7d6",
)


def drawing(parts: "list[str]", *, width: float, height: float, label: str) -> str:
    """Parts put together as one picture with its label."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" role="img" aria-label="{escape(label)}" '
        f'font-family="{FONT}" font-size="14">{"".join(parts)}</svg>'
    )


def words(  # noqa: PLR0913 - one argument for each thing that a word on a drawing has
    text: str,
    *,
    x: float,
    y: float,
    anchor: str = "start",
    bold: bool = False,
    fill: str = INK,
    size: float = 14,
) -> str:
    """A line of words at a place."""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size:g}" '
        f'fill="{fill}"{weight}>{escape(text)}</text>'
    )


def box(  # noqa: PLR0913 - one argument for each thing that a box has
    *,
    x: float,
    y: float,
    width: float,
    height: float,
    fill: str,
    stroke: str = "none",
    corner: float = 2,
) -> str:
    """A box."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" '
        f'rx="{corner:g}" fill="{fill}" stroke="{stroke}"/>'
    )


def stroke(
    *,
    start: tuple[float, float],
    end: tuple[float, float],
    colour: str,
    width: float = 1,
    dash: str = "",
) -> str:
    """A straight line, dashed if asked."""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}" '
        f'stroke="{colour}" stroke-width="{width:g}"{dashes}/>'
    )


def wrapped(text: str, *, letters: int) -> list[str]:
    """A text in lines of about so many letters, broken between words.

    >>> wrapped("few are trained to work with babies", letters=16)
    ['few are trained', 'to work with', 'babies']
    """
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
