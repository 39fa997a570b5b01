"""The methods page of need: written from the data and the code that the figures come from."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from nestling.need.asked import births_given
from nestling.need.choices import ALL, Choices
from nestling.need.engine import study
from nestling.reference.areas import AreaType, areas
from nestling.reference.parameters import NeedParameters, need_parameters
from nestling.reference.parameters.loader import Payer, need_formulas
from nestling.reference.parameters.staffing import staffing_file
from nestling.reference.populations import risk_index
from nestling.reference.populations.household_risk import risk_weights
from nestling.reference.prices import discount_tables, discounting
from nestling.reference.provision.statements import provision_file
from nestling.science.distributions import Distribution
from nestling.science.draws import Figure, Parameter, Sampling
from nestling.science.need import FigureName

#: The worked check on the page: so many births, so many draws.
BIRTHS, DRAWS = 4000, 50_000
DISCOUNT_YEARS = (1, 5, 10, 16, 30, 31, 60, 75, 76)
#: Any date on which the newest tables hold: the page must not change from day to day.
AS_AT = date(2026, 1, 1)
DATA = ("areas", "populations", "provision", "geography")
SOURCE = Path(__file__).parent.parent.parent / "src" / "nestling" / "reference"


def generate(docs: Path) -> None:
    """Write the methods page and the page of sources."""
    folder = docs / "reference" / "need"
    folder.mkdir(parents=True, exist_ok=True)
    rules = need_parameters()
    (folder / "methods.md").write_text("\n".join(methods(rules)) + "\n", encoding="utf-8")
    (folder / "sources.md").write_text("\n".join(sources(rules)) + "\n", encoding="utf-8")


def methods(rules: NeedParameters) -> Iterator[str]:
    """The lines of the methods page."""
    yield "# Need, capacity and cost: methods"
    yield ""
    yield "This page is written from the data and the code that the figures come from."
    yield ""
    yield from formulas()
    yield from how_sure()
    yield from scenarios(rules)
    yield from parameters("Parameters", list(rules.parameters.values()))
    yield from parameters("Parameters of avoided cost", list(rules.avoided_cost.values()))
    yield from effects(rules)
    yield from risk(rules)
    yield from discount()
    yield from sites(rules)
    yield from staff()
    yield from service_types()
    yield from worked_check()


def formulas() -> Iterator[str]:
    """Each figure: formula, module, limit."""
    yield "## Formulas"
    yield ""
    for row in need_formulas().formulas:
        yield f"### {row.title}"
        yield ""
        yield f"`{row.figure}` = {row.formula}"
        yield ""
        yield f"{row.limit} Worked out in `{row.module}`."
        yield ""


def how_sure() -> Iterator[str]:
    """How uncertainty is carried."""
    yield "## How sure we are"
    yield ""
    yield from (f"- {line}" for line in need_formulas().uncertainty)
    yield ""


def scenarios(rules: NeedParameters) -> Iterator[str]:
    """The scenarios with their shares, cautions and sources."""
    yield "## Scenarios of need"
    yield ""
    rows = [
        (
            f"`{one.name}`" + (" (default)" if one.default else ""),
            one.meaning,
            shown(one.prevalence.point),
            interval(one.prevalence),
            shape(one.prevalence.distribution),
            links(one.prevalence.sources),
        )
        for one in rules.scenarios.values()
    ]
    yield from table(("name", "meaning", "point", "95% interval", "distribution", "sources"), rows)
    yield ""
    yield from (
        f"- `{one.name}`: {caution}" for one in rules.scenarios.values() for caution in one.cautions
    )
    check = rules.multi_risk_check
    yield ""
    yield (
        f"Cross-check, not an estimate: {check.two_factors:,} babies under one in {check.nation} "
        f"live with two of three household risks and {check.three_factors:,} with all three, at "
        f"most {check.reach_at_most:.0%} of need under `{check.against}`. {check.sentence}"
    )
    yield ""


def parameters(title: str, held: Sequence[Parameter]) -> Iterator[str]:
    """A table of parameters, and their notes."""
    yield f"## {title}"
    yield ""
    rows = [
        (
            f"`{one.name}`",
            one.meaning,
            str(one.unit),
            shown(one.point),
            interval(one),
            shape(one.distribution),
            "ours" if one.assumption else "",
            links(one.sources),
        )
        for one in held
    ]
    head = ("name", "meaning", "unit", "point", "95% interval", "distribution", "whose", "sources")
    yield from table(head, rows)
    yield ""
    yield from (f"- `{one.name}`: {one.note}" for one in held if one.note)
    yield ""


def effects(rules: NeedParameters) -> Iterator[str]:
    """The effects and horizons that are tried."""
    yield "## Effects and horizons"
    yield ""
    rows = [(f"`{e.name}`", e.title, f"{e.drop_in_poor_outcome:g}") for e in rules.effect_scenarios]
    yield from table(("name", "meaning", "drop in the poor outcome"), rows)
    yield ""
    yield f"Horizons: {', '.join(map(str, rules.horizons_years))} years."
    yield ""
    shares = rules.payers.shares()
    payers = [(one.title, f"{shares[one.name]:.0%}", _cash(one)) for one in rules.payers.split]
    yield from table(("who bears the yearly cost", "share", "releases cash"), payers)
    yield ""
    yield f"{rules.payers.note} ({links((rules.payers.source,))})"
    yield ""


def _cash(payer: Payer) -> str:
    return "yes" if payer.cash_releasing else "not known to"


def risk(rules: NeedParameters) -> Iterator[str]:
    """The weighting by household risk, with the baseline and the ends that come out."""
    weights = risk_weights()
    tiers = [area for area in areas().of_type(AreaType.UTLA) if risk_index(area.code)]
    ranked = sorted(tiers, key=lambda area: risk_index(area.code) or 0)
    national = rules.scenarios["risk_weighted"].prevalence.value()
    yield "## Weighting by household risk"
    yield ""
    rows = [
        (f"`{one.indicator}`", f"{one.share_in_need:.2f}", links((one.source,)))
        for one in rules.risk_weighting.exposures
    ]
    yield from table(("exposed share", "share in need among the exposed", "source"), rows)
    yield ""
    low, high = ranked[0], ranked[-1]
    yield (
        f"The baseline that keeps England at {national:.0%} is b = {weights.baseline:.5f}. Lowest: "
        f"{low.name}, {(risk_index(low.code) or 0) * national:.2%}. Highest: {high.name}, "
        f"{(risk_index(high.code) or 0) * national:.2%}."
    )
    yield ""


def discount() -> Iterator[str]:
    """The tables of rates, and factors that follow."""
    yield "## Discount rates"
    yield ""
    for one in discount_tables():
        steps = "; ".join(
            f"{step.rate:.2%} " + (f"to year {step.to_year}" if step.to_year else "after")
            for step in one.steps
        )
        note = f" {one.note}" if one.note else ""
        yield f"- {one.name}, from {one.from_date}: {steps} ({links((one.source,))}).{note}"
    yield ""
    names = [one.name for one in discount_tables()]
    rows = [
        (str(year), *(f"{discounting(name, on=AS_AT).factor(year):.4f}" for name in names))
        for year in DISCOUNT_YEARS
    ]
    yield from table(("year", *(f"factor, {name}" for name in names)), rows)
    yield ""


def sites(rules: NeedParameters) -> Iterator[str]:
    """How far a site reaches and how exact the choice is."""
    held = rules.placement
    yield "## Sites"
    yield ""
    yield (
        f"A site reaches {held.reach_km:g} km in a straight line between centroids (ours). The "
        f"choice is proved to within {held.gap:.0%} of the best there can be. {held.note}"
    )
    yield ""


def staff() -> Iterator[str]:
    """What a team is made of."""
    held = staffing_file()
    yield "## Staff of a team"
    yield ""
    rows = [
        (
            role.title,
            f"{role.share:.0%} of those who see families" if role.share else "",
            f"{role.wte_per_team:g} in each team" if role.wte_per_team else "",
            f"{role.minimum_level} / {role.target_level}",
        )
        for role in held.roles
    ]
    yield from table(("role (ours)", "share", "fixed", "level now / aim"), rows)
    yield ""
    yield f"{held.level_rule} ({links((held.level_source,))})"
    yield ""


def service_types() -> Iterator[str]:
    """Which kinds of service count as families seen."""
    yield "## Kinds of service"
    yield ""
    rows = [
        (f"`{kind.name}`", kind.title, "yes" if kind.counts else "no", kind.caution)
        for kind in provision_file().types
    ]
    yield from table(("name", "kind", "counts as seen", "caution"), rows)
    yield ""


def worked_check() -> Iterator[str]:
    """The worked check, run by the code when this page was written."""
    exact = study([births_given(BIRTHS)], Choices(sampling=Sampling(draws=0), scenario=ALL))
    drawn = study([births_given(BIRTHS)], Choices(sampling=Sampling(draws=DRAWS), scenario=ALL))
    yield "## Worked check"
    yield ""
    yield f"An area with {BIRTHS:,} births: point, then median and interval of {DRAWS:,} draws."
    yield ""
    rows = []
    for point, draws in zip(exact.estimates, drawn.estimates, strict=True):
        cells = []
        for name in (FigureName.NEED, FigureName.DEMAND, FigureName.TEAMS):
            figure = draws.figures(name)[0]
            one = point.points(name)[0]
            digits = 1 if name is FigureName.TEAMS else 0
            cells.append(point_and_interval(one, figure, digits=digits))
        rows.append((f"`{point.scenario.name}`", *cells))
    yield from table(("scenario", "need", "demand", "teams"), rows)
    yield ""


def point_and_interval(point: float | None, figure: Figure | None, *, digits: int) -> str:
    """A point value, then the median with its interval where there is one."""
    if figure is None:
        return "not available"
    said = "no point" if point is None else f"{point:,.{digits}f}"
    if not figure.interval_known:
        return f"{said}; interval not known"
    ends = f"{figure.low:,.{digits}f} to {figure.high:,.{digits}f}"
    return f"{said}; {figure.median:,.{digits}f} ({ends})"


def sources(rules: NeedParameters) -> Iterator[str]:
    """The lines of the page of sources and of the data's provenance."""
    yield "# Need, capacity and cost: sources"
    yield ""
    for source in rules.sources.values():
        where = f" <{source.url}>." if source.url else ""
        licence = f" Licence: {source.licence}." if source.licence else ""
        year = f" ({source.year})" if source.year else ""
        yield f"- **{source.id}**: {source.title}{year}.{where} Read: {source.read}.{licence}"
    yield ""
    for room in DATA:
        text = (SOURCE / room / "data" / "PROVENANCE.md").read_text(encoding="utf-8").strip()
        yield f"#{text}"
        yield ""


def shown(value: float | None) -> str:
    """A point value, or that there is none."""
    return "none" if value is None else f"{value:,.10g}"


def interval(parameter: Parameter) -> str:
    """The 95 % interval, or that none is known."""
    if parameter.distribution is None:
        return "not known"
    low, high = parameter.limits()
    return f"{low:,.4g} to {high:,.4g}"


def shape(distribution: Distribution | None) -> str:
    """A distribution by its name and numbers."""
    return repr(distribution).replace("|", "\\|") if distribution else ""


def links(names: Sequence[str]) -> str:
    """Sources as links to the page of sources."""
    return ", ".join(f"[{name}](sources.md)" for name in names)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table in Markdown."""
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    yield from (f"| {' | '.join(row)} |" for row in rows)
