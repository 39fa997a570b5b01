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
    """One period with the ages, geographies and breakdowns asked for."""

    period: Period
    ages: Ages
    geographies: tuple[str, ...] = ("country",)
    breakdowns: tuple[str, ...] = ()
    icb_basis: str = "residence"
    without: frozenset[str] = frozenset()
    providers: tuple[str, ...] | None = None
    tables: frozenset[str] = field(default=frozenset())

    def before(self, period: Period) -> "Scope":
        """The same for another period."""
        return replace(self, period=period)

    @property
    def needs_areas(self) -> bool:
        """True where a person's area is asked for."""
        return bool({"region", "icb", "sub_icb"} & set(self.geographies))


def source(name: str) -> ir.Table:
    """One of the extract's tables, unbound, with every column that is read."""
    columns = extract_tables()[name].columns
    return ibis.table({column: TYPES[kind] for column, kind in columns.items()}, name=name)
