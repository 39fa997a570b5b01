"""Names of people who do not exist; no two of a kind share a full name."""

import random
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import yaml
from nhs_number.validate import calculate_checksum

STREETS = (
    *("Teal Lane", "Acorn Way", "Mill Race", "Sparrow Row", "Kingfisher Close"),
    *("Old Orchard Road", "Hedgerow Avenue", "Plover Street"),
)
SYNTHETIC_START = 999_000_000
"""NHS numbers beginning 999 are reserved for tests and are never given to anyone."""


@cache
def names(kind: str) -> tuple[str, ...]:
    """The names of a kind: ``family``, ``baby``, ``woman`` or ``man``."""
    text = files(__package__).joinpath("names.yaml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(text)[kind].split())


class Cast:
    """Hands out names and numbers, each once, in an order that follows from the seed."""

    def __init__(self, rng: random.Random) -> None:
        """Shuffle the names."""
        self._rng = rng
        self._left: dict[tuple[str, str], list[str]] = {}
        self._families: list[str] = []
        self._numbers = synthetic_numbers()

    def family_name(self) -> str:
        """A family name; all are used before one comes again."""
        if not self._families:
            self._families = list(names("family"))
            self._rng.shuffle(self._families)
        return self._families.pop()

    def baby(self, family_name: str) -> str:
        """A baby's given name that no other baby of this family name has."""
        return self._given("baby", family_name)

    def woman(self, family_name: str) -> str:
        """A woman's given name that no other woman of this family name has."""
        return self._given("woman", family_name)

    def man(self, family_name: str) -> str:
        """A man's given name that no other man of this family name has."""
        return self._given("man", family_name)

    def _given(self, kind: str, family_name: str) -> str:
        left = self._left.setdefault((kind, family_name), [])
        if not left:
            left.extend(names(kind))
            self._rng.shuffle(left)
        return left.pop()

    def nhs_number(self) -> str:
        """An NHS number from the range reserved for tests."""
        return next(self._numbers)

    def address(self) -> str:
        """A street that does not exist."""
        return f"{self._rng.randint(1, 180)} {self._rng.choice(STREETS)}, Applegarth"


def synthetic_numbers() -> Iterator[str]:
    """Every valid NHS number of the reserved range, upwards.

    >>> next(synthetic_numbers())
    '9990000018'
    """
    for body in range(SYNTHETIC_START + 1, SYNTHETIC_START + 1_000_000):
        digit = calculate_checksum(str(body))
        if digit is not None and digit < 10:
            yield f"{body}{digit}"
