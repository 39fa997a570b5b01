"""Reads the dated tables of discount rates."""

from datetime import date
from functools import cache
from pathlib import Path

from nestling.reference.base import Entry, Words, load
from nestling.science.discounting import Discounting, RateStep

HERE = Path(__file__).parent


class Step(Entry):
    """One rate, and the last year that it is used for; none for ever after."""

    to_year: int | None
    rate: float


class DiscountTable(Entry):
    """The rates that hold from a date, for money or for health."""

    name: Words
    from_date: date
    source: Words
    note: str = ""
    steps: tuple[Step, ...]

    def build(self) -> Discounting:
        """The table that science computes with."""
        steps = tuple(RateStep(to_year=step.to_year, rate=step.rate) for step in self.steps)
        return Discounting(steps=steps, source=self.source)


class PriceFile(Entry):
    """`discount_rates.yaml`."""

    tables: tuple[DiscountTable, ...]


@cache
def discount_tables() -> tuple[DiscountTable, ...]:
    """Every table that we hold, in the order of the file."""
    return load(HERE / "discount_rates.yaml", PriceFile).tables


def discounting(name: str, *, on: date) -> Discounting:
    """The rates for money or for health that hold on a date.

    Raises `KeyError` where no table of that name had begun.
    """
    held = [t for t in discount_tables() if t.name == name and t.from_date <= on]
    if not held:
        raise KeyError(f"no table of discount rates for {name} on {on}")
    return max(held, key=lambda table: table.from_date).build()
