"""What one run asks for: period, ages, geographies, breakdowns.

And the unbound tables that it reads.
"""

from dataclasses import dataclass, field, replace

import ibis
import ibis.expr.types as ir

from nestling.analytics.access.ages import Ages
from nestling.analytics.access.periods import Period
from nestling.reference.access import extract_tables

GEOGRAPHIES = ("country", "region", "icb", "sub_icb", "provider")
BREAKDOWNS = ("sex", "ethnicity", "deprivation", "team_type", "reason", "source")
TYPES = {"text": "string", "whole": "int64", "date": "date"}
NOT_KNOWN = "not known"
ALL = "all"
AREAS = ibis.table(
    {"sub_icb": "string", "icb": "string", "region": "string"}, name="nestling_areas"
)
DECILES = ibis.table({"lsoa21": "string", "decile": "string"}, name="nestling_deciles")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One period with the ages, geographies and breakdowns asked for.

    ``in_bands`` are the kinds of area that have ranges of age alone: single years of so few
    children in small areas would make each other hidden, and England's with them. A range within
    another is then England's alone, for the same reason.
    """

    period: Period
    ages: Ages
    geographies: tuple[str, ...] = ("country",)
    breakdowns: tuple[str, ...] = ()
    icb_basis: str = "residence"
    without: frozenset[str] = frozenset()
    providers: tuple[str, ...] | None = None
    tables: frozenset[str] = field(default=frozenset())
    in_bands: frozenset[str] = field(default=frozenset())

    def before(self, period: Period) -> "Scope":
        """The same for another period."""
        return replace(self, period=period)

    def ages_in(self, kind: str) -> Ages:
        """The ages at which a kind of area has rows."""
        if kind == "country" or not self.in_bands:
            return self.ages
        wide = self.ages.widest
        if kind in self.in_bands:
            return wide
        return Ages(tuple(dict.fromkeys((*self.ages.singles, *wide.groups))), self.ages.unit)

    @property
    def needs_areas(self) -> bool:
        """True where a person's area is asked for."""
        return bool({"region", "icb", "sub_icb"} & set(self.geographies))


def source(name: str) -> ir.Table:
    """One of the extract's tables, unbound, with every column that is read."""
    columns = extract_tables()[name].columns
    return ibis.table({column: TYPES[kind] for column, kind in columns.items()}, name=name)
