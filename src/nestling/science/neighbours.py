"""Areas like this one, by some measures of each: who to compare with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np


class NeighbourError(ValueError):
    """Neighbours were asked for of an area whose measures are not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """One area like the one asked about; the smaller the distance the more alike."""

    code: str
    distance: float


def nearest(code: str, *, measures: Mapping[str, Sequence[float]], count: int) -> list[Neighbour]:
    """The areas most like one, nearest first.

    Each measure is brought to a common spread over all areas, then the straight distance is taken.
    Raises `NeighbourError` where the area has no measures.

    >>> held = {"a": [0.1, 900.0], "b": [0.12, 950.0], "c": [0.4, 200.0]}
    >>> [one.code for one in nearest("a", measures=held, count=2)]
    ['b', 'c']
    """
    if code not in measures:
        raise NeighbourError(f"{code} has no measures to compare it by")
    codes = sorted(measures)
    values = np.array([measures[one] for one in codes], dtype=float)
    spread = values.std(axis=0)
    common = (values - values.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    apart = np.linalg.norm(common - common[codes.index(code)], axis=1)
    order = [place for place in np.argsort(apart, kind="stable") if codes[place] != code]
    return [Neighbour(code=codes[place], distance=float(apart[place])) for place in order[:count]]
