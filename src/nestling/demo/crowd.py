"""Names for very many people who do not exist: put together, so that few are alike."""

import random
from collections.abc import Collection, Iterator
from functools import cache

from nestling.demo.names import names, synthetic_numbers
from nestling.referrals.services.references import ALPHABET, LENGTH

CODES = len(ALPHABET) ** LENGTH
STRIDE = 7_368_787
"""Shares no factor with the number of codes, so that every code comes once."""


class Crowd:
    """Hands out names, numbers and codes that follow from the seed."""

    def __init__(
        self, rng: random.Random, *, numbers: Collection[str] = (), codes: Collection[str] = ()
    ) -> None:
        """Keep which numbers, and which ends of references, others have already."""
        self._rng = rng
        self._numbers = (one for one in synthetic_numbers() if one not in numbers)
        self._codes = (one for one in all_codes() if one not in codes)

    def family_name(self) -> str:
        """A family name: put together, some of them with a hyphen, an apostrophe or accents."""
        chance = self._rng.random()
        if chance < 0.06:
            return f"{self._put('family')}-{self._put('family')}"
        if chance < 0.10:
            return f"{self._rng.choice(names('prefix'))}{self._put('family')}"
        if chance < 0.20:
            return self._rng.choice(names("family"))
        return self._put("family")

    def given_name(self, kind: str) -> str:
        """A given name of a kind: ``baby``, ``woman`` or ``man``."""
        if self._rng.random() < 0.35:
            return self._rng.choice(names(kind))
        return self._put("man" if kind == "man" or self._halved(kind) else "woman")

    def _halved(self, kind: str) -> bool:
        return kind == "baby" and self._rng.random() < 0.5

    def _put(self, kind: str) -> str:
        first, last = names(f"{kind}_first"), names(f"{kind}_last")
        return f"{self._rng.choice(first)}{self._rng.choice(last)}"

    def nhs_number(self) -> str | None:
        """The next number of the reserved range; none when all are given out."""
        return next(self._numbers, None)

    def code(self) -> str:
        """The end of a reference, such as ``7K4-2P``, that no one has."""
        return next(self._codes)


def all_codes() -> Iterator[str]:
    """Every end of a reference once, far apart from one to the next.

    >>> next(all_codes())
    'YXM-YD'
    """
    for place in range(1, CODES):
        number, code = place * STRIDE % CODES, ""
        for _ in range(LENGTH):
            number, index = divmod(number, len(ALPHABET))
            code += ALPHABET[index]
        yield f"{code[:3]}-{code[3:]}"


@cache
def kind_of(given_name: str) -> str:
    """Whether a told adult's name is a man's or a woman's."""
    return "man" if given_name in names("man") else "woman"
