"""A study as a table for a terminal, and as comma-separated rows."""

import csv
import io

from nestling.need.as_json import Json, figure_as_json, rounded
from nestling.need.asked import StudyArea
from nestling.need.engine import Study
from nestling.science.need import Estimate, FigureName

UNKNOWN = "not known"
TITLES = {
    FigureName.NEED: "Babies born in a year who need help",
    FigureName.NEED_STOCK: "Children aged 0 to 2 who need help (not added)",
    FigureName.DEMAND: "Families who would come in a year",
    FigureName.FAMILIES_SEEN: "Families seen in a year",
    FigureName.COVERAGE: "Share of need met",
    FigureName.GAP: "Babies in need not seen",
    FigureName.TEAMS: "Teams",
    FigureName.COST_PENCE: "Cost in a year",
    FigureName.COST_PER_FAMILY_PENCE: "Cost for each family",
    FigureName.BREAK_EVEN_SHARE: "Share of the claimed benefit that pays for it",
}
CSV_HEAD = ("code", "name", "births", "births_basis", "births_period", "scenario", "figure")
PARTS = ("median", "mean", "low", "high", "mcse")


def study_as_text(found: Study) -> str:
    """Each area and scenario as a small table, then sources and notes."""
    blocks = [
        _block(one, area=area, place=place)
        for place, area in enumerate(found.areas)
        for one in found.estimates
    ]
    sources = [f"  {one.title} ({one.year})".replace(" ()", "") for one in found.sources]
    notes = [f"  {note}" for note in found.notes]
    return "\n".join([*blocks, "Sources", *sources, "", "Notes", *notes, ""])


def decision_as_text(decision: Json) -> str:
    """The decision and the worth of knowing more, line by line."""
    lines = ["Decision: how many more teams to fund"]
    for key, value in decision.items():
        said_key = key.replace("_", " ")
        if isinstance(value, dict):
            lines.append(f"  {said_key}")
            lines += [f"    {part}: {_amount(number, key=key)}" for part, number in value.items()]
        elif not isinstance(value, list) or key == "more_teams":
            lines.append(f"  {said_key}: {_amount(value, key=key)}")
    return "\n".join([*lines, ""])


def _amount(value: object, *, key: str) -> str:
    if key.endswith("_pence") and isinstance(value, int | float):
        return f"£{value / 100:,.0f}"
    return str(value)


def _block(estimate: Estimate, *, area: StudyArea, place: int) -> str:
    births = "not held" if area.counted.births is None else f"{area.counted.births:,}"
    basis = area.counted.births_basis.replace("_", " ")
    head = [
        f"{area.name} {area.code}".rstrip(),
        f"Births in a year: {births} ({basis}, {area.counted.births_period})",
        f"Scenario {estimate.scenario.name}: {estimate.scenario.meaning}",
    ]
    width = max(len(title) for title in TITLES.values())
    lines = [
        f"  {TITLES[name]:<{width}}  {_said(estimate, name=name, place=place)}"
        for name in FigureName
    ]
    return "\n".join([*head, *lines, ""])


def _said(estimate: Estimate, *, name: FigureName, place: int) -> str:
    if estimate.sampling.exact:
        return said(estimate.points(name)[place], name=name)
    figure = estimate.figures(name)[place]
    if figure is None:
        return UNKNOWN
    if not figure.interval_known:
        return f"{said(figure.median, name=name)} (interval not known)"
    if figure.low == figure.high:
        return said(figure.median, name=name)
    low, high = said(figure.low, name=name), said(figure.high, name=name)
    return f"{said(figure.median, name=name)} ({low} to {high})"


def said(value: float | None, *, name: FigureName) -> str:
    """A value in the words of its unit: pounds, a percentage, or a count.

    >>> said(71550000, name=FigureName.COST_PENCE), said(0.0917, name=FigureName.COVERAGE)
    ('£715,500', '9.2%')
    """
    if value is None:
        return UNKNOWN
    if name.endswith("_pence"):
        return f"£{value / 100:,.0f}"
    if name in {FigureName.COVERAGE, FigureName.BREAK_EVEN_SHARE}:
        return f"{value:.1%}"
    return f"{value:,.1f}" if name == FigureName.TEAMS else f"{value:,.0f}"


def study_as_csv(found: Study) -> str:
    """One row for each area, scenario and figure; empty cells are not known."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    exact = found.model.sampling.exact
    writer.writerow([*CSV_HEAD, *(("value",) if exact else PARTS)])
    for place, area in enumerate(found.areas):
        counted = area.counted
        head = [area.code, area.name, counted.births, counted.births_basis, counted.births_period]
        for one in found.estimates:
            for name in FigureName:
                cells = _cells(one, name=name, place=place)
                writer.writerow([*head, one.scenario.name, name.value, *cells])
    return out.getvalue()


def _cells(estimate: Estimate, *, name: FigureName, place: int) -> list[object]:
    if estimate.sampling.exact:
        return [rounded(estimate.points(name)[place], name=name)]
    figure = estimate.figures(name)[place]
    if figure is None:
        return [None] * len(PARTS)
    row = figure_as_json(figure, name=name)
    return [row[part] for part in PARTS]
