"""What is known of help that is given now: stated families, national access, trained staff."""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestling.evidence.report.dates import moment
from nestling.evidence.report.dates import period as period_words
from nestling.evidence.report.places import around
from nestling.reference.access import areas as access_areas
from nestling.reference.areas import areas
from nestling.science.figures import Figure, FigureSource, Interval, SourceKind
from nestling.science.need import FigureName

if TYPE_CHECKING:
    from nestling.evidence.report.given import AccessRow
    from nestling.evidence.report.inputs import CaseInputs

#: Fewer families than this part of the smallest estimate of need is far fewer.
FAR_BELOW = 0.5
#: Statements for a smaller part of the districts than this say nothing about the area.
ENOUGH_DISTRICTS = 0.1
AGES = ("0", "1", "2", "0-2")
#: The measures that a report shows, in the order of a family's way in.
MEASURES = {
    "referrals_received": "Referrals received",
    "referrals_accepted": "Referrals accepted",
    "children_ge1": "Children with one contact or more",
    "children_ge2": "Children with two contacts or more",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """Families seen as stated: all of them, a part, named without a number, or nothing."""

    state: str
    families: Figure
    when: str

    @property
    def flag(self) -> str:
        """The flag that phrases ask for."""
        return f"seen_{self.state}"


def stated(inputs: "CaseInputs") -> Stated:
    """What statements of provision say about the area."""
    seen = inputs.study.areas[0].seen
    counting = [one for one in inputs.statements if one.counts]
    numbered = [one for one in counting if one.families_per_year is not None]
    sources = "; ".join(dict.fromkeys(f"{one.team_name}: {one.source}" for one in numbered))
    when = " and ".join(dict.fromkeys(moment(one.as_of) for one in numbered)) or "no statement"
    state = "unknown"
    if seen and seen.families is not None and numbered:
        state = "known"
    elif numbered and seen and seen.districts_known >= ENOUGH_DISTRICTS * seen.districts:
        state = "partly"
    elif counting:
        state = "named"
    known = state in ("known", "partly")
    figure = Figure(
        value=(seen.at_least if seen else None) if known else None,
        unit="families",
        date=when,
        source=FigureSource(
            kind=SourceKind.GIVEN,
            words=f"As stated. {sources}{checked(sources)}" if sources else "Nothing was stated.",
        ),
    )
    return Stated(state=state, families=figure, when=when)


def checked(sources: str) -> str:
    """A reminder that nobody has checked a statement, unless its source says so itself."""
    return "." if "not checked" in sources else "; not checked locally."


def is_far_below(seen: Stated, least: float) -> bool:
    """Whether families seen are far fewer than the smallest estimate of need."""
    return seen.families.value is not None and seen.families.value < FAR_BELOW * least


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Published counts for one area: by measure and age, for each period."""

    geography: str
    is_the_place: bool
    rows: "tuple[AccessRow, ...]"

    @property
    def periods(self) -> list[tuple[str, str]]:
        """The periods of the file for this area, oldest first."""
        return sorted({(row.period_start, row.period_end) for row in self.rows})

    def figure(self, measure: str, age: str, *, period: tuple[str, str] | None = None) -> Figure:
        """One count of the last period, or of one that is named; hidden and missing say so."""
        start, end = period or self.periods[-1]
        row = next(
            (
                one
                for one in self.rows
                if (one.measure, one.age) == (measure, age)
                and (one.period_start, one.period_end) == (start, end)
            ),
            None,
        )
        return Figure(
            value=row.shown if row else None,
            unit="referrals" if measure.startswith("referrals") else "children",
            date=period_words(f"{start}/{end}"),
            source=FigureSource(
                kind=SourceKind.GIVEN,
                words=f"{MEASURES[measure]}, by age, {self.geography}, "
                f"{period_words(f'{start}/{end}')}: the output of nestling access that was given.",
            ),
            instead="hidden" if row and row.hidden else "not given",
        )


def access_of(inputs: "CaseInputs") -> Access | None:
    """The rows for the area, or for the board that holds it; None if there are none."""
    kind, code, is_the_place = geography_of(inputs.place.code)
    rows = tuple(
        row
        for row in inputs.access
        if (row.geography_type, row.geography) == (kind, code)
        and row.measure in MEASURES
        and row.age in AGES
    )
    if not rows:
        return None
    name = code if kind == "country" else access_areas().name_of(kind, code)
    return Access(geography=name, is_the_place=is_the_place, rows=rows)


def geography_of(code: str) -> tuple[str, str, bool]:
    """The type and code under which national access counts an area, and whether it is the area."""
    if code == "E92000001":
        return "country", "England", True
    own = by_gss(code)
    if own:
        return (*own, True)
    board = around(code) if code in areas().by_code and code.startswith("E") else ""
    return (*(by_gss(board) or ("", "")), False)


def by_gss(code: str) -> tuple[str, str] | None:
    """The type and ODS code of an area of the health service by its GSS code."""
    return next(((area.type, area.code) for area in access_areas().all if area.gss == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """Trained staff by profession, as stated."""

    rows: tuple[tuple[str, Figure, Figure], ...]

    def trained(self) -> Figure:
        """Trained staff over all professions."""
        return self.total([trained_staff for _, trained_staff, _ in self.rows])

    def staff(self) -> Figure:
        """All staff over all professions."""
        return self.total([whole for _, _, whole in self.rows])

    def total(self, figures: list[Figure]) -> Figure:
        """The sum of some figures, with the dates of all."""
        first = figures[0]
        return Figure(
            value=sum(figure.value or 0 for figure in figures),
            unit="people",
            date=", ".join(dict.fromkeys(figure.date for figure in figures)),
            source=first.source,
        )


def trained(inputs: "CaseInputs") -> Trained | None:
    """Trained staff of the area; None when nothing was given for it."""
    if not inputs.workforce:
        return None
    by_profession = defaultdict(list)
    for row in inputs.workforce:
        by_profession[row.profession].append(row)
    sources = "; ".join(dict.fromkeys(row.source for row in inputs.workforce))
    source = FigureSource(kind=SourceKind.GIVEN, words=f"As stated in the file given: {sources}.")
    found = []
    for profession, rows in by_profession.items():
        when = ", ".join(dict.fromkeys(moment(row.as_of) for row in rows))
        counts = (sum(row.trained for row in rows), sum(row.all for row in rows))
        trained_staff, staff = (
            Figure(value=value, unit="people", date=when, source=source) for value in counts
        )
        found.append((profession, trained_staff, staff))
    return Trained(rows=tuple(found))


def share_of_stock(inputs: "CaseInputs", access: Access) -> list[tuple[str, Figure]]:
    """Children seen as a share of the children in need at one time, for each period."""
    stock = inputs.study.figure(FigureName.NEED_STOCK, scenario=inputs.main)
    found = []
    for period in access.periods:
        seen = access.figure("children_ge1", "0-2", period=period)
        if seen.value is None or stock is None or not access.is_the_place:
            continue
        limits = sorted(seen.value / end for end in (stock.low, stock.high))
        found.append(
            (
                seen.date,
                Figure(
                    value=seen.value / stock.median,
                    unit="share",
                    date=seen.date,
                    source=FigureSource(
                        kind=SourceKind.METHOD,
                        words=f"{seen.source.words} Divided by children of nought, one and two in "
                        "need at one time in the main estimate.",
                    ),
                    interval=Interval(low=limits[0], high=limits[1]),
                    is_estimate=True,
                ),
            )
        )
    return found
