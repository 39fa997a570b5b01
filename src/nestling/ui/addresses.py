"""Addresses of pages about one or more records, without working the route out for each row."""

from collections.abc import Callable
from functools import cache
from uuid import UUID

from django.urls import get_script_prefix, reverse


def addresses(name: str) -> Callable[[UUID], str]:
    """`address_of` for one page and many records: the route is looked up once."""
    return _pattern(name, 1, get_script_prefix()).format


def address_of(name: str, *ids: UUID) -> str:
    """What `reverse` answers for ids of records; a list of fifty rows asks some two hundred times.

    Raises:
        NoReverseMatch: no page of that name takes so many ids.
    """
    return _pattern(name, len(ids), get_script_prefix()).format(*ids)


@cache
def _pattern(name: str, count: int, prefix: str) -> str:  # noqa: ARG001 - the prefix tells apart
    """The address with a place for each id."""
    stand_ins = [UUID(int=number) for number in range(1, count + 1)]
    address = reverse(name, args=stand_ins).replace("{", "{{").replace("}", "}}")
    for stand_in in stand_ins:
        address = address.replace(str(stand_in), "{}")
    return address
