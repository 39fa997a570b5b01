"""Numbers that rule locks, emergency access and restricted entries, each with its source."""

from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from nestling.reference.base import Entry, Words, read_yaml, validated

FILE = Path(__file__).parent / "rules.yaml"


class ProtectionRule(Entry):
    """One number: what it counts, in which unit, and who says so."""

    code: str
    value: int
    unit: str
    about: Words
    source: Words


@cache
def protection_rules() -> dict[str, ProtectionRule]:
    """The rules by code.

    >>> protection_rules()["emergency_hours"].value
    4
    """
    found = validated(read_yaml(FILE), TypeAdapter(tuple[ProtectionRule, ...]))
    return {rule.code: rule for rule in found}


def protection_number(code: str) -> int:
    """The number of one rule."""
    return protection_rules()[code].value
