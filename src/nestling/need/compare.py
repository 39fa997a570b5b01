"""An area beside others: those most like it, and whether its provision stands out by chance."""

from dataclasses import dataclass
from functools import cache
from math import log

from nestling.need.asked import OwnData, study_area
from nestling.need.choices import Choices, NeedError
from nestling.need.engine import study
from nestling.reference.areas import areas
from nestling.reference.populations import babies, context
from nestling.reference.provision import Statement
from nestling.science.draws import Sampling
from nestling.science.funnel import FunnelLimits, funnel_limits
from nestling.science.need import FigureName
from nestling.science.neighbours import Neighbour, NeighbourError, nearest

#: Town, mixed and country on one scale; areas without a class stand in the middle.
RURALITY = {"Urban": 0.0, "Intermediate": 0.5, "Rural": 1.0}
BETWEEN = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelPoint:
    """One area's families seen per baby in need, beside what chance allows at its size."""

    code: str
    name: str
    need: float
    rate: float
    limits: FunnelLimits

    @property
    def place(self) -> str:
        """Where the area lies against the limits, in words."""
        return self.limits.place_of(self.rate)


def areas_like(code: str, *, count: int = 10) -> list[Neighbour]:
    """The districts most like one, by child poverty, births and how rural they are.

    Raises `NeedError` for an area that is not a district.
    """
    try:
        return nearest(code, measures=_measures(), count=count)
    except NeighbourError as error:
        raise NeedError(str(error)) from error


def provision_funnel(
    codes: tuple[str, ...],
    *,
    scenario: str = "",
    statements: tuple[Statement, ...] | None = None,
) -> list[FunnelPoint]:
    """Families seen per baby in need where it is known, with a funnel around the common rate.

    Areas whose provision is not known are left out, never counted as none.
    """
    held = [study_area(code, own=OwnData(statements=statements)) for code in codes]
    found = study(held, Choices(scenario=scenario, sampling=Sampling(draws=0))).estimates[0]
    needs, seen = found.points(FigureName.NEED), found.points(FigureName.FAMILIES_SEEN)
    known = [
        (area, need, families)
        for area, need, families in zip(held, needs, seen, strict=True)
        if need and families is not None
    ]
    common = sum(families for *_, families in known) / (sum(need for _, need, _ in known) or 1.0)
    if common <= 0:
        return []
    return [
        FunnelPoint(
            code=area.code,
            name=area.name,
            need=need,
            rate=families / need,
            limits=funnel_limits(common, size=need),
        )
        for area, need, families in known
    ]


@cache
def _measures() -> dict[str, list[float]]:
    """Each district's measures; births on a logarithmic scale, as sizes differ a hundredfold."""
    around, counted = context(), babies()
    found = {}
    for code in areas().districts:
        births, place = counted[code].births, around.get(code)
        if births and place and place.poverty_share is not None:
            rural = RURALITY.get(place.rurality, BETWEEN)
            found[code] = [place.poverty_share, log(births), rural]
    return found
