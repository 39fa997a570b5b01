"""Boundaries of areas for drawing, with their rings turned for the library that draws them."""

from nestling.reference.geography.boundaries import (
    CREDIT,
    Layer,
    Rings,
    boundaries,
    reversed_rings,
    version,
)

__all__ = ["CREDIT", "Layer", "Rings", "boundaries", "reversed_rings", "version"]
