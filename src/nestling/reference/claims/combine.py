"""Putting figures together, only when they count the same thing."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nestling.reference.claims.rows import Claim, FoundFigure


class MixedConstructsError(ValueError):
    """Figures of different things were to be put together."""


def span(figures: "Sequence[Claim | FoundFigure]") -> tuple[float, float]:
    """The lowest and highest value among figures of one construct.

    Raises `MixedConstructsError` when they count different things or do not say what they count.
    """
    constructs = {figure.construct_id for figure in figures}
    units = {figure.unit for figure in figures}
    if len(constructs) != 1 or None in constructs or len(units) != 1:
        named = ", ".join(sorted(str(name) for name in constructs))
        raise MixedConstructsError(f"these figures do not count one thing: {named}")
    limits = [figure.limits for figure in figures if figure.limits is not None]
    if not limits:
        raise MixedConstructsError("none of these figures is a number")
    return min(low for low, _ in limits), max(high for _, high in limits)
