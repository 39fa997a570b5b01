"""The plan in words and tables: said once, written to every kind of document."""

from dataclasses import dataclass

from nestling.need.plan.compose import TeamPlan
from nestling.science.draws import Figure
from nestling.science.staffing import RolePlan
from nestling.science.waiting_forecast import Month

NOT_ENTERED = "not entered"
#: The months whose waits a one-page plan shows: the end of each half-year.
MILLION_POUNDS = 100_000_000
SHOWN_MONTHS = (6, 12, 18, 24, 30, 36)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its caption: a head, and rows of text."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInWords:
    """The whole plan, ready to be set in type."""

    title: str
    lead: str
    sentences: tuple[str, ...]
    staff: Table
    years: Table
    waits: Table
    months: Table
    costs: Table
    assumptions: tuple[str, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]


def in_words(plan: TeamPlan) -> PlanInWords:
    """The plan's sentences and tables."""
    return PlanInWords(
        title=f"A parent-infant team for {plan.area.name}",
        lead=_lead(plan),
        sentences=tuple(_sentences(plan)),
        staff=_staff(plan),
        years=_years(plan),
        waits=_waits(plan),
        months=_months(plan),
        costs=_costs(plan),
        assumptions=plan.assumptions,
        sources=plan.sources,
        notes=plan.notes,
    )


def between(figure: Figure) -> str:
    """A figure with its interval.

    >>> between(Figure(median=593.2, mean=600, low=385, high=853, mcse=2))
    '593 (likely between 385 and 853)'
    """
    if not figure.interval_known or figure.low == figure.high:
        return f"{figure.median:,.0f}"
    return f"{figure.median:,.0f} (likely between {figure.low:,.0f} and {figure.high:,.0f})"


def about(pence: float) -> str:
    """Pence as pounds that claim no more than they know.

    >>> about(154_680_700), about(38_900_000)
    ('£1.5 million', '£389,000')
    """
    if pence >= MILLION_POUNDS:
        return f"£{pence / MILLION_POUNDS:.1f} million"
    return f"£{round(pence / 100, -3):,.0f}"


def pounds(pence: float | None) -> str:
    """Pence as whole pounds, or that nobody has entered them."""
    return NOT_ENTERED if pence is None else f"£{pence / 100:,.0f}"


def _lead(plan: TeamPlan) -> str:
    births = plan.area.counted.births or 0
    return (
        f"Of {births:,} babies born in a year, {between(plan.need)} need specialised help, if "
        f"need means {plan.scenario_title.lower()} ({plan.scenario_meaning}). About "
        f"{between(plan.demand)} families would come."
    )


def _sentences(plan: TeamPlan) -> list[str]:
    staffing = plan.staffing
    teams = "one team" if staffing.teams == 1 else f"{staffing.teams} teams"
    return [
        (
            f"This plan is for {staffing.families:,.0f} families a year: {teams}, "
            f"{staffing.practitioners_wte:.1f} whole-time equivalents who see families and "
            f"{staffing.wte:.1f} in all, with {staffing.supervision_hours:,.0f} hours of "
            "reflective supervision a year."
        ),
        (
            f"One whole-time equivalent sees about {staffing.families_per_wte:.0f} families a "
            f"year. {plan.rules.level_rule}"
        ),
        (
            "From published figures alone, meeting this demand would cost "
            f"{about(plan.team_cost.median)} a year, likely between "
            f"{about(plan.team_cost.low)} and {about(plan.team_cost.high)}: a check on the "
            "costs entered here, not a substitute."
        ),
    ]


def _staff(plan: TeamPlan) -> Table:
    head = ("Role", "Level now / aim", "Year 1", "Year 2", "Year 3", "Supervision hours a year")
    rows = [_role(one) for one in plan.staffing.roles]
    total = (
        "All",
        "",
        *(f"{year.wte:.1f}" for year in plan.staffing.years),
        f"{plan.staffing.supervision_hours:,.0f}",
    )
    caption = "Whole-time equivalents in post at the end of each year"
    return Table(caption=caption, head=head, rows=(*rows, total))


def _role(one: RolePlan) -> tuple[str, ...]:
    levels = f"{one.role.minimum_level} / {one.role.target_level}"
    by_year = (f"{wte:.1f}" for wte in one.wte_by_year)
    return (one.role.title, levels, *by_year, f"{one.supervision_hours:,.0f}")


def _years(plan: TeamPlan) -> Table:
    rows = tuple(
        (f"Year {y.year}", f"{y.wte:.1f}", f"{y.families:,.0f}", pounds(y.cost_pence))
        for y in plan.staffing.years
    )
    return Table(
        caption="Each year, by its end",
        head=("Year", "Staff (WTE)", "Families a year", "Cost of what was entered"),
        rows=rows,
    )


def _waits(plan: TeamPlan) -> Table:
    shown = plan.forecasts
    return Table(
        caption="Families waiting, if nobody gives up",
        head=("Month", "Planned demand", "Low demand", "High demand", "Wait, planned"),
        rows=tuple(
            (
                str(number),
                f"{shown.planned[number - 1].waiting:,.0f}",
                f"{shown.low[number - 1].waiting:,.0f}",
                f"{shown.high[number - 1].waiting:,.0f}",
                weeks(shown.planned[number - 1]),
            )
            for number in SHOWN_MONTHS
            if number <= len(shown.planned)
        ),
    )


def _months(plan: TeamPlan) -> Table:
    return Table(
        caption="Month by month, at planned demand",
        head=("Month", "Families coming", "Can start", "Start", "Waiting", "Wait"),
        rows=tuple(
            (
                str(month.number),
                f"{month.coming:.1f}",
                f"{month.capacity:.1f}",
                f"{month.starting:.1f}",
                f"{month.waiting:.1f}",
                weeks(month),
            )
            for month in plan.forecasts.planned
        ),
    )


def weeks(month: Month) -> str:
    """How long a family that joins at the month's end would wait, in words."""
    if month.wait_weeks is None:
        return "no capacity"
    return "none" if month.wait_weeks < 0.5 else f"{month.wait_weeks:.0f} weeks"


def _costs(plan: TeamPlan) -> Table:
    titles = {role.name: role.title for role in plan.rules.roles}
    titles |= {item.name: item.title for item in plan.rules.cost_items}
    entered = {cost.item: cost for cost in plan.costs}
    rows = []
    for item, title in titles.items():
        cost = entered.get(item)
        if cost is None:
            rows.append((title, NOT_ENTERED, "", "", ""))
        else:
            amount = pounds(cost.pence_a_year)
            rows.append((title, amount, cost.per.value.upper(), cost.as_of, cost.source))
    return Table(
        caption="Costs entered, each with its date and source",
        head=("Item", "A year", "For each", "As of", "Source"),
        rows=tuple(rows),
    )
