"""How numbers are stated: per how many children, with what confidence, in which bands of age."""

from functools import cache
from typing import Generic, TypeVar

from nestling.reference.access.definitions import Entry, read

Value = TypeVar("Value")


class Stated(Entry, Generic[Value]):
    """One value and where it comes from."""

    value: Value
    source: str


class Statements(Entry):
    """What every figure of access by age is stated with."""

    per: Stated[int]
    confidence: Stated[float]
    bands: Stated[tuple[str, ...]]
    no_practice: Stated[tuple[str, ...]]


@cache
def statements() -> Statements:
    """The values with their sources.

    >>> statements().per.value, statements().bands.value[0]
    (1000, '0-2')
    """
    return Statements.model_validate(read("statements.yaml"))
