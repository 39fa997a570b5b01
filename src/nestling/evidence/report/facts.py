"""Every figure of one area, with its date, its limits and its source."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestling.evidence.report.dates import moment, period
from nestling.evidence.report.inputs import CaseInputs, words_file
from nestling.evidence.report.notes import claim_note
from nestling.reference.populations.babies import PROXY
from nestling.reference.populations.context import context
from nestling.science.draws import HIGH, LOW, MIDDLE
from nestling.science.figures import Figure, FigureSource, Interval, SourceKind
from nestling.science.need import FigureName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nestling.reference.claims import Register
    from nestling.science import draws

#: The unit in which each figure of the engine is printed.
UNITS = {
    FigureName.NEED: "babies",
    FigureName.NEED_STOCK: "children",
    FigureName.DEMAND: "families",
    FigureName.COVERAGE: "share",
    FigureName.GAP: "babies",
    FigureName.TEAMS: "teams",
    FigureName.COST_PENCE: "pence",
    FigureName.COST_PER_FAMILY_PENCE: "pence",
    FigureName.BREAK_EVEN_SHARE: "share",
}
#: Who counts births and people in each nation.
COUNTED_BY = {
    "england": "Office for National Statistics",
    "wales": "Office for National Statistics",
    "scotland": "National Records of Scotland",
    "northern-ireland": "NISRA",
    "uk": "Office for National Statistics, National Records of Scotland and NISRA",
}
#: How each figure of the engine is worked out, for its footnote.
METHODS = {
    FigureName.NEED: "births in one year × share of babies in need",
    FigureName.NEED_STOCK: "children of nought, one and two × share in need",
    FigureName.DEMAND: "need × share noticed × share of families that take up help",
    FigureName.COVERAGE: "families seen ÷ need",
    FigureName.GAP: "need less families seen",
    FigureName.TEAMS: "families that would come ÷ families that one team sees",
    FigureName.COST_PENCE: "teams × yearly cost of a team",
    FigureName.COST_PER_FAMILY_PENCE: "yearly cost of a team ÷ families that it sees",
    FigureName.BREAK_EVEN_SHARE: "cost for one family ÷ benefit claimed for one child",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The figures of a report by name, and how to make more of the same kind."""

    inputs: CaseInputs
    register: "Register"

    def everything(self) -> dict[str, Figure]:
        """The figures that phrases name."""
        return {
            **self.counted(),
            **self.main_estimate(),
            **self.span_of_scenarios(),
            **self.assumptions(),
            **self.surroundings(),
        }

    def counted(self) -> dict[str, Figure]:
        """Births and children, as published."""
        counted = self.inputs.study.areas[0].counted
        births = "births" if counted.births_basis == "births" else "babies"
        proxy = "" if births == "births" else " The population aged 0 stands in for births."
        when = births_when(counted.births_basis, counted.births_period)
        day = children_when(counted.population_date)
        source = COUNTED_BY[self.inputs.place.nation]
        return {
            "births": Figure(
                value=counted.births,
                unit=births,
                date=when,
                source=data("births", f"Births: {source}; {when}.{proxy}{self.rounding()}"),
            ),
            "children": Figure(
                value=counted.children_0_to_2,
                unit="children",
                date=day,
                source=data("population", f"Children aged 0, 1 and 2: {source}; {day}."),
            ),
        }

    def rounding(self) -> str:
        """A warning where an area's count is put together from shares of districts."""
        exact = self.inputs.study.areas[0].counted.exact
        return "" if exact else " Districts were shared out between areas, so it is approximate."

    def engine(self, name: FigureName, *, scenario: str | None = None) -> Figure:
        """One figure of the need engine under one scenario."""
        chosen = scenario or self.inputs.main
        found = self.inputs.study.figure(name, scenario=chosen)
        unit = UNITS[name]
        return Figure(
            value=found.median if found else None,
            unit=unit,
            date=self.when(),
            source=self.method(name, chosen),
            interval=interval(found) if found else None,
            is_estimate=True,
        )

    def when(self) -> str:
        """The months that the births of the estimate are from."""
        counted = self.inputs.study.areas[0].counted
        return births_when(counted.births_basis, counted.births_period)

    def method(self, name: FigureName, scenario: str) -> FigureSource:
        """How a figure was worked out, and the claims that the share in need rests on."""
        found = self.inputs.study.of(scenario)
        keys = linked("scenarios", scenario)
        known = found.scenario.interval_known
        share = "share in need" if known else "share in need, of which no interval is known"
        return FigureSource(
            kind=SourceKind.METHOD,
            keys=keys,
            words=(
                f"Our estimate: {METHODS[name]}. Births: {self.when()}; {share}: "
                f"{found.scenario.meaning} ({listed(keys)})."
            ),
        )

    def main_estimate(self) -> dict[str, Figure]:
        """The figures of the scenario that the report leads with."""
        return {
            "need": self.engine(FigureName.NEED),
            "stock": self.engine(FigureName.NEED_STOCK),
            "demand": self.engine(FigureName.DEMAND),
            "coverage": self.engine(FigureName.COVERAGE),
            "gap": self.engine(FigureName.GAP),
            "cost": self.engine(FigureName.COST_PENCE),
            "cost_family": self.engine(FigureName.COST_PER_FAMILY_PENCE),
            "break_even": self.engine(FigureName.BREAK_EVEN_SHARE),
            "need_weighted": self.weighted(),
        }

    def weighted(self) -> Figure:
        """Need weighted by household risk; not known where there is no weighting."""
        return self.engine(FigureName.NEED, scenario=words_file("links")["apart"][0])

    def scenarios(self) -> list[str]:
        """The scenarios that are held side by side, least need first."""
        apart = words_file("links")["apart"]
        names = [one.name for one in self.inputs.study.scenarios if one.name not in apart]
        return sorted(names, key=lambda name: self.middle(FigureName.NEED, name))

    def has_middle(self, scenario: str) -> bool:
        """Whether a scenario's source gives a value, and not a range alone."""
        return self.inputs.study.of(scenario).scenario.has_middle

    def middle(self, name: FigureName, scenario: str) -> float:
        """The middle value of one figure under one scenario."""
        found = self.inputs.study.figure(name, scenario=scenario)
        return found.median if found else 0.0

    def span_of_scenarios(self) -> dict[str, Figure]:
        """The least and greatest answers over the scenarios, and the teams between them."""
        names = self.scenarios()
        lowest, highest = names[0], names[-1]
        teams = self.engine(FigureName.TEAMS)
        ends = sorted(self.middle(FigureName.TEAMS, name) for name in names)
        words = (
            f"{METHODS[FigureName.TEAMS].capitalize()}; middle values of the scenarios with the "
            "least and the most need, rounded up. The limits of each are in the table of need."
        )
        return {
            "need_lowest": self.engine(FigureName.NEED, scenario=lowest),
            "need_highest": self.engine(FigureName.NEED, scenario=highest),
            "share_lowest": self.share(lowest),
            "share_highest": self.share(highest),
            "teams": Figure(
                value=teams.value,
                unit="teams",
                date=teams.date,
                source=FigureSource(kind=SourceKind.METHOD, words=words),
                interval=Interval(low=ends[0], high=ends[-1], level=None),
                is_estimate=True,
            ),
        }

    def share(self, scenario: str) -> Figure:
        """The share in need under one scenario, as its source gives it."""
        parameter = self.inputs.study.of(scenario).scenario.prevalence
        keys = linked("scenarios", scenario)
        said = " ".join(claim_note(self.register, key) for key in keys)
        return Figure(
            value=parameter.point,
            unit="share",
            date="as its source",
            source=FigureSource(kind=SourceKind.METHOD, keys=keys, words=said),
        )

    def assumptions(self) -> dict[str, Figure]:
        """The parameters that phrases name: what they are, and whose."""
        found = self.inputs.study.model.parameters
        money = {"benefit": "benefit_per_child_pence", "team_cost": "cost_per_team_pence"}
        return {
            "identified": self.parameter("identified", unit="share"),
            "accepted": self.parameter("accepted", unit="share"),
            "families_team": self.parameter("families_per_team", unit="families a year"),
            **{name: self.parameter(key, unit="pence") for name, key in money.items()},
            "draws": Figure(
                value=self.inputs.study.model.sampling.draws,
                unit="times",
                date="this report",
                source=FigureSource(
                    kind=SourceKind.METHOD,
                    words=f"Start of the random numbers: {self.inputs.study.model.sampling.seed}. "
                    f"Parameters: {', '.join(found)}.",
                ),
            ),
        }

    def parameter(self, name: str, *, unit: str) -> Figure:
        """One parameter of the engine: its middle value and limits, or its point."""
        one = self.inputs.study.model.parameters[name]
        drawn = one.distribution
        middle = drawn.quantile(MIDDLE) if drawn else one.value()
        limits = Interval(low=drawn.quantile(LOW), high=drawn.quantile(HIGH)) if drawn else None
        keys = linked("parameters", name)
        said = f" ({listed(keys)})" if keys else ""
        ours = "Our assumption. " if one.assumption else ""
        return Figure(
            value=middle,
            unit=unit,
            date="as its source",
            source=FigureSource(
                kind=SourceKind.METHOD,
                keys=keys,
                words=f"{ours}{one.meaning}{said}. {one.note}".strip(),
            ),
            interval=limits,
            is_estimate=drawn is not None,
        )

    def surroundings(self) -> dict[str, Figure]:
        """Poverty, and homes with two or three risks if this area were like England."""
        found = context().get(self.inputs.place.code)
        share = found.poverty_share if found else None
        year = found.poverty_year if found else None
        return {
            "poverty": Figure(
                value=share,
                unit="share",
                date=f"year ending March {year}",
                source=data(
                    "child_poverty",
                    f"Children under 16 in relative low income after housing costs, year ending "
                    f"March {year}, provisional: Department for Work and Pensions.",
                ),
            ),
            "two_risks": self.like_england("two_risks"),
            "three_risks": self.like_england("three_risks"),
        }

    def like_england(self, name: str) -> Figure:
        """A national number of babies, shared out by births."""
        check = self.inputs.study.rules.multi_risk_check
        national = check.two_factors if name == "two_risks" else check.three_factors
        births = self.inputs.study.areas[0].counted.births
        whole = england_births()
        keys = linked("parameters", name)
        words = (
            f"England's number ({listed(keys)}) × this area's part of England's births, "
            "without weighting."
        )
        return Figure(
            value=national * births / whole if births else None,
            unit="babies",
            date="survey of 2014",
            source=FigureSource(kind=SourceKind.METHOD, keys=keys, words=words),
            is_estimate=True,
        )


def england_births() -> float:
    """Births in England in a year, as published."""
    from nestling.reference.populations import babies  # noqa: PLC0415 - read only where England is

    return float(babies()["E92000001"].births or 1)


def data(key: str, words: str) -> FigureSource:
    """A source that is open data."""
    return FigureSource(kind=SourceKind.DATA, keys=(key,), words=words)


def listed(keys: "Sequence[str]") -> str:
    """Claims and findings by their ids, for a note; the references say what they are.

    >>> listed(["E112"]), listed(["E011", "X21"])
    ('claim E112', 'claims E011, X21')
    """
    kind = "finding" if keys[0].startswith("X") else "claim"
    return f"{kind}{'s' if len(keys) > 1 else ''} {', '.join(keys)}"


def linked(group: str, name: str) -> tuple[str, ...]:
    """The claims and findings that a scenario or parameter rests on."""
    row = words_file("links")[group].get(name, {})
    return (*row.get("claims", ()), *row.get("findings", ()))


def interval(found: "draws.Figure") -> Interval | None:
    """The likely range of a drawn figure, if there is one."""
    if not found.interval_known or found.low == found.high:
        return None
    return Interval(low=found.low, high=found.high)


def births_when(basis: str, months: str) -> str:
    """When births were counted, in words."""
    if basis == PROXY:
        return f"the middle of {months[-10:-6]}"
    return "2022 and 2023" if basis == "mixed" else period(months)


def children_when(text: str) -> str:
    """The day on which children were counted, in words."""
    return "a day in the middle of 2022 or 2023" if text == "mixed" else moment(text)
