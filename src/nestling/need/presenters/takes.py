"""What it would take to meet need, and what may be avoided later, in words."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from nestling.need.choices import NeedError
from nestling.need.decisions import tornado_of
from nestling.need.presenters import figures
from nestling.need.presenters.study import Answer
from nestling.need.presenters.words import about, about_pounds, in_hundred
from nestling.need.savings import Saving, savings
from nestling.reference.parameters import need_parameters
from nestling.science.avoided_cost import Design
from nestling.science.need import FigureName, Scenario
from nestling.ui.charts.figure_words import FigureView, Said, said

#: Shown beside the chosen scenario: the one nearest to a service's own question.
BESIDE = "relationship_disturbance"
OTHERWISE = "policy_floor"
AS_SET = "At {team} a team, as you set it."
LATER = (
    "First, help that changes nothing: its cost is the whole loss.",
    (
        "The effects are tried, not promised; each is taken as a trial would find it, over the "
        "years stated, discounted."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A best figure and its likely range."""

    best: FigureView
    between: FigureView


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRow:
    """One figure under each scenario, and on what it rests."""

    label: str
    sentence: Said
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Takes:
    """The table of what it would take."""

    lead: Said
    heads: tuple[Said, ...]
    rows: tuple[TakeRow, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SavingRow:
    """One effect over one horizon: what may be avoided, net of the help, and for whom."""

    effect: str
    years: str
    avoided: FigureView
    net: FigureView
    chance: FigureView
    payers: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Savings:
    """Every effect over every horizon, beside help that changes nothing."""

    payers: tuple[str, ...]
    rows: tuple[SavingRow, ...]
    sentences: tuple[str, ...]


def takes(answer: Answer) -> Takes:
    """Families, teams and cost under the chosen scenario and one beside it."""
    scenarios = _columns(answer)
    sentences = _sentences(answer)
    rows = [
        _row(answer, name=name, label=label, say=say, scenarios=scenarios, sentence=sentences[name])
        for name, label, say in FIGURES
    ]
    return Takes(
        lead=said(
            "If {identified} of those babies are noticed, and {accepted} of those come to a team:",
            identified=_stated(answer, "identified", say=_tenths),
            accepted=_stated(answer, "accepted", say=_tenths),
        ),
        heads=tuple(_head(one) for one in scenarios),
        rows=tuple(rows),
        why=_why(answer),
    )


def later_savings(answer: Answer, *, on: date) -> Savings | None:
    """What a year of help may avoid later; None where demand is not known."""
    try:
        found = savings(answer.chosen, design=Design.TRIAL, on=on)
    except NeedError:
        return None
    rules = need_parameters().payers
    titles = {payer.name: payer.title for payer in rules.split}
    sentences = [*LATER, f"“In the end” is what is avoided less the help’s cost. {rules.note}"]
    return Savings(
        payers=tuple(titles.values()),
        rows=tuple(_saving(one, titles=titles) for one in found),
        sentences=tuple(sentences),
    )


def _share(value: float) -> str:
    return in_hundred(value)


FIGURES: tuple[tuple[FigureName, str, Callable[[float], str]], ...] = (
    (FigureName.DEMAND, "Families who would come", about),
    (FigureName.TEAMS, "Teams", lambda value: about(value, decimals=1)),
    (FigureName.COST_PENCE, "Cost", about_pounds),
    (FigureName.COST_PER_FAMILY_PENCE, "Cost for each family", about_pounds),
    (FigureName.BREAK_EVEN_SHARE, "Share of the claim that must come true", _share),
)


def _columns(answer: Answer) -> list[Scenario]:
    chosen = answer.question.scenario
    beside = OTHERWISE if chosen == BESIDE else BESIDE
    return [one for name in (beside, chosen) for one in answer.found.scenarios if one.name == name]


def _head(scenario: Scenario) -> Said:
    if scenario.prevalence.point is None:
        low, high = scenario.prevalence.limits()
        span = figures.number(
            high,
            unit="share",
            source=figures.ASSUMED,
            say=lambda value: f"{low * 100:.0f} to {in_hundred(value)}",
        )
        return said("If {span}", span=span)
    weighted = ", by household risk" if scenario.weighted else ""
    return said(f"If {{share}}{weighted}", share=figures.weight(scenario))


def _row(
    answer: Answer,
    *,
    name: FigureName,
    label: str,
    say: Callable[[float], str],
    scenarios: list[Scenario],
    sentence: Said,
) -> TakeRow:
    found = [answer.figure(name, scenario=one.name) for one in scenarios]
    cells = (
        Cell(
            best=figures.estimate(one, unit=label, say=say),
            between=figures.limits(one, unit=label, say=say),
        )
        for one in found
    )
    return TakeRow(label=label, sentence=sentence, cells=tuple(cells))


def _why(answer: Answer) -> str:
    """Which unknown makes the range of teams wide, and what would narrow it."""
    try:
        bars = tornado_of(answer.chosen, FigureName.TEAMS)
    except NeedError:
        return ""
    if not bars:
        return ""
    if bars[0].parameter == "families_per_team":
        return (
            "Mostly because nobody has counted well how many families one team can see. Counting "
            "that here would narrow the range more than better research on need."
        )
    held = answer.found.model.parameters.get(bars[0].parameter)
    meaning = held.meaning if held else "the share of babies in need"
    return f"Mostly because this is not well known: {meaning[0].lower()}{meaning[1:]}."


def _stated(answer: Answer, name: str, *, say: Callable[[float], str]) -> FigureView:
    """A stated value of the model as a figure."""
    value = answer.found.model.parameters[name].value()
    return figures.number(value, unit=name, source=figures.ASSUMED, say=say)


def _tenths(value: float) -> str:
    return in_hundred(value, decimals=1)


def _sentences(answer: Answer) -> dict[FigureName, Said]:
    low, high = answer.found.model.parameters["families_per_team"].limits()
    team = _stated(answer, "families_per_team", say=lambda value: f"{value:,.0f} families")
    spread = figures.number(
        high,
        unit="families",
        source=figures.ASSUMED,
        say=lambda value: f"{low:,.0f} to {value:,.0f}",
    )
    at = "At {team} a team, likely from {spread}." if low != high else AS_SET
    cost = _stated(answer, "cost_per_team_pence", say=about_pounds)
    claim = _stated(answer, "benefit_per_child_pence", say=about_pounds)
    return {
        FigureName.DEMAND: said(
            "The range is that of need, of being noticed and of coming, together."
        ),
        FigureName.TEAMS: said(at, team=team, spread=spread),
        FigureName.COST_PENCE: said("At {cost} a team.", cost=cost),
        FigureName.COST_PER_FAMILY_PENCE: said(
            "The same whatever is counted: it rests on the team."
        ),
        FigureName.BREAK_EVEN_SHARE: said(
            "Of a claimed {claim} for each child, over a lifetime.", claim=claim
        ),
    }


def _saving(one: Saving, *, titles: dict[str, str]) -> SavingRow:
    return SavingRow(
        effect=one.effect.title,
        years=f"{one.horizon_years} years",
        avoided=_amount(one.avoided_pence.median, one.avoided_pence.low, one.avoided_pence.high),
        net=_amount(one.net_pence.median, one.net_pence.low, one.net_pence.high),
        chance=figures.share(one.chance_of_paying, source=figures.WORKED_OUT),
        payers=tuple(_pounds(one.by_payer_pence[name].median) for name in titles),
    )


def _pounds(pence: float) -> FigureView:
    return figures.number(pence, unit="pence", source=figures.WORKED_OUT, say=about_pounds)


def _amount(median: float, low: float, high: float) -> FigureView:
    if low == high:
        return _pounds(median)
    words = f"{about_pounds(median)} ({about_pounds(low)} to {about_pounds(high)})"
    return replace(_pounds(median), words=words)
