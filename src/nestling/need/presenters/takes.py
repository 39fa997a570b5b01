"""What it would take to meet need, and what may be avoided later, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from nestling.need.choices import NeedError
from nestling.need.decisions import tornado_of
from nestling.need.presenters.study import Answer
from nestling.need.presenters.words import about, about_pounds, between, in_hundred
from nestling.need.savings import Saving, savings
from nestling.reference.parameters import need_parameters
from nestling.science.avoided_cost import Design
from nestling.science.need import FigureName, Scenario

#: Shown beside the chosen scenario: the one nearest to a service's own question.
BESIDE = "relationship_disturbance"
OTHERWISE = "policy_floor"
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

    best: str
    between: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRow:
    """One figure under each scenario, and on what it rests."""

    label: str
    sentence: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Takes:
    """The table of what it would take."""

    lead: str
    heads: tuple[str, ...]
    rows: tuple[TakeRow, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SavingRow:
    """One effect over one horizon: what may be avoided, net of the help, and for whom."""

    effect: str
    years: str
    avoided: str
    net: str
    chance: str
    payers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Savings:
    """Every effect over every horizon, beside help that changes nothing."""

    payers: tuple[str, ...]
    rows: tuple[SavingRow, ...]
    sentences: tuple[str, ...]


def takes(answer: Answer) -> Takes:
    """Families, teams and cost under the chosen scenario and one beside it."""
    scenarios = _columns(answer)
    said = _sentences(answer)
    rows = [
        _row(answer, name=name, label=label, say=say, scenarios=scenarios, sentence=said[name])
        for name, label, say in FIGURES
    ]
    return Takes(
        lead=f"If {_said(answer, 'identified')} of those babies are noticed, and "
        f"{_said(answer, 'accepted')} of those come to a team:",
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


def _head(scenario: Scenario) -> str:
    point = scenario.prevalence.point
    if point is None:
        low, high = scenario.prevalence.limits()
        return f"If {low * 100:.0f} to {in_hundred(high)}"
    weighted = ", by household risk" if scenario.weighted else ""
    return f"If {in_hundred(point, decimals=1)}{weighted}"


def _row(
    answer: Answer,
    *,
    name: FigureName,
    label: str,
    say: Callable[[float], str],
    scenarios: list[Scenario],
    sentence: str,
) -> TakeRow:
    figures = [answer.figure(name, scenario=one.name) for one in scenarios]
    cells = (
        Cell(best=say(one.median) if one else "not known", between=between(one, say=say))
        for one in figures
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


def _said(answer: Answer, name: str) -> str:
    parameter = answer.found.model.parameters[name]
    return in_hundred(parameter.value(), decimals=1)


def _sentences(answer: Answer) -> dict[FigureName, str]:
    held = answer.found.model.parameters
    low, high = held["families_per_team"].limits()
    team = f"{held['families_per_team'].value():,.0f} families a team"
    spread = f", likely from {low:,.0f} to {high:,.0f}" if low != high else ", as you set it"
    claim = about_pounds(held["benefit_per_child_pence"].value())
    return {
        FigureName.DEMAND: "The range is that of need, of being noticed and of coming, together.",
        FigureName.TEAMS: f"At {team}{spread}.",
        FigureName.COST_PENCE: f"At {about_pounds(held['cost_per_team_pence'].value())} a team.",
        FigureName.COST_PER_FAMILY_PENCE: "The same whatever is counted: it rests on the team.",
        FigureName.BREAK_EVEN_SHARE: f"Of a claimed {claim} for each child, over a lifetime.",
    }


def _saving(one: Saving, *, titles: dict[str, str]) -> SavingRow:
    return SavingRow(
        effect=one.effect.title,
        years=f"{one.horizon_years} years",
        avoided=_amount(one.avoided_pence.median, one.avoided_pence.low, one.avoided_pence.high),
        net=_amount(one.net_pence.median, one.net_pence.low, one.net_pence.high),
        chance=in_hundred(one.chance_of_paying),
        payers=tuple(about_pounds(one.by_payer_pence[name].median) for name in titles),
    )


def _amount(median: float, low: float, high: float) -> str:
    if low == high:
        return about_pounds(median)
    return f"{about_pounds(median)} ({about_pounds(low)} to {about_pounds(high)})"
