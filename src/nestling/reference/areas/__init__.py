"""The areas of the UK: codes, names, what lies within what, and codes that have changed."""

from nestling.reference.areas.lookup import Area, Areas, AreaType, areas, membership
from nestling.reference.areas.names import AreaNameError, Resolved, resolve

__all__ = [
    "Area",
    "AreaNameError",
    "AreaType",
    "Areas",
    "Resolved",
    "areas",
    "membership",
    "resolve",
]
