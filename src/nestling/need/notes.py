"""What a reader must know beside the figures, in plain sentences."""

from collections.abc import Iterator, Sequence

from nestling.need.asked import StudyArea
from nestling.need.choices import Choices
from nestling.reference.parameters import NeedParameters
from nestling.reference.populations.babies import PROXY
from nestling.science.draws import FEWEST_DRAWS
from nestling.science.need import Scenario


def notes_on(
    areas: Sequence[StudyArea],
    *,
    scenarios: Sequence[Scenario],
    choices: Choices,
    rules: NeedParameters,
) -> list[str]:
    """Every note that these areas and scenarios call for, once each."""
    found = [
        *_on_counting(choices),
        *(note for area in areas for note in _on_area(area, scenarios=scenarios)),
        *(note for one in scenarios for note in _on_scenario(one)),
        *_on_capacity(choices),
        _multi_risk(rules),
    ]
    return list(dict.fromkeys(found))


def _on_counting(choices: Choices) -> Iterator[str]:
    yield (
        "need is babies born in one year who need specialised help; need_stock is children aged "
        "0, 1 and 2 on the population's date. The two are never added."
    )
    if choices.sampling.exact:
        yield "Each parameter stands at its point value; teams are not rounded."
    else:
        yield (
            "low and high are the ends of the 95% interval, median its middle; mcse is the largest "
            "Monte Carlo standard error of the three."
        )
    if not choices.sampling.exact and choices.sampling.draws < FEWEST_DRAWS:
        yield f"Fewer than {FEWEST_DRAWS:,} draws: the ends of the intervals are rough."


def _on_area(area: StudyArea, *, scenarios: Sequence[Scenario]) -> Iterator[str]:
    if area.counted.births is None:
        yield f"{area.name}: no births are held, so need is not known."
    if not area.code:
        yield f"{area.name}: no place is given, so ages, need_stock and provision are not known."
    if area.counted.births_basis == PROXY:
        yield (
            f"{area.name}: births by council are not held; the population aged 0 at mid-2022 "
            "stands in for them."
        )
    if area.counted.births_basis == "mixed":
        yield (
            f"{area.name}: births in England and Wales are those of July 2022 to June 2023; in "
            "Scotland and Northern Ireland the population aged 0 at mid-2022 stands in for them."
        )
    if not area.counted.exact:
        yield f"{area.name}: districts were shared out between areas, so counts are approximate."
    if area.risk_index is None and any(one.weighted for one in scenarios):
        yield f"{area.name}: {_why_not_weighted(area)}"
    yield from _on_provision(area)


def _why_not_weighted(area: StudyArea) -> str:
    if area.code.startswith("E"):
        return "risk_weighted is not available: no household risk is held for it."
    return "risk_weighted is not available outside England."


def _on_provision(area: StudyArea) -> Iterator[str]:
    seen = area.seen
    if seen is None:
        return
    if seen.families is not None:
        yield f"{area.name}: families seen are as somebody stated them, not checked locally."
        return
    known = ""
    if seen.districts_known:
        known = (
            f" At least {seen.at_least:,.0f} families are stated, for {seen.districts_known} of "
            f"{seen.districts} districts."
        )
    yield f"{area.name}: families seen are not known, which is not zero.{known}"


def _on_scenario(scenario: Scenario) -> Iterator[str]:
    for caution in scenario.cautions:
        yield f"{scenario.name}: {caution}"
    if not scenario.interval_known:
        yield f"{scenario.name}: interval not known; low and high of need equal its point."


def _on_capacity(choices: Choices) -> Iterator[str]:
    working_year = {"weeks", "hours_per_week", "direct_share", "hours_per_family"}
    if working_year & set(choices.values) and "wte_per_team" not in choices.values:
        yield (
            "Values of the working year change families per whole-time equivalent; they change "
            "teams and cost only when wte_per_team is set too."
        )


def _multi_risk(rules: NeedParameters) -> str:
    check = rules.multi_risk_check
    return (
        f"Cross-check, not an estimate: {check.two_factors:,} babies under one in "
        f"{check.nation} live with two of mental ill-health, domestic abuse and substance misuse "
        f"at home, and {check.three_factors:,} with all three. {check.sentence}"
    )
