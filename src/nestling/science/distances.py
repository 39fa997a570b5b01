"""Straight-line distances over the ground between points given by longitude and latitude."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

#: Mean radius of the Earth in kilometres (IUGG).
EARTH_KM = 6371.0088


def straight_line_km(points: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    """Great-circle distance between every two points, shape (points, points), in kilometres.

    Points are (longitude, latitude) in degrees. A road is longer: call these straight lines.

    >>> leeds, manchester = (-1.5474, 53.8007), (-2.2337, 53.4722)
    >>> round(float(straight_line_km([leeds, manchester])[0, 1]))
    58
    """
    where = np.radians(np.asarray(points, dtype=float).reshape(-1, 2))
    east, north = where[:, 0], where[:, 1]
    half = _haversine(north[:, None] - north) + np.outer(np.cos(north), np.cos(north)) * _haversine(
        east[:, None] - east
    )
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))))


def weighted_centre(
    points: Sequence[tuple[float, float]], *, weights: Sequence[float]
) -> tuple[float, float]:
    """The mean of points near each other, weighted; the plain mean where nothing weighs.

    >>> weighted_centre([(0.0, 50.0), (2.0, 52.0)], weights=[3, 1])
    (0.5, 50.5)
    """
    weigh = np.asarray(weights, dtype=float)
    shares = weigh / weigh.sum() if weigh.sum() > 0 else np.full(len(weigh), 1 / len(weigh))
    east, north = shares @ np.asarray(points, dtype=float)
    return float(east), float(north)


def _haversine(angle: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.sin(angle / 2) ** 2)
