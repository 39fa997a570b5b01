"""One area in words: what stands at the top of its page, and under its figures."""

from nestling.need.forms.area import VALUES
from nestling.need.forms.area import said as words_of
from nestling.need.presenters import figures
from nestling.need.presenters.around import said_on
from nestling.need.presenters.map_page import period_words
from nestling.need.presenters.study import Answer
from nestling.need.presenters.words import about
from nestling.reference.parameters import need_parameters
from nestling.reference.parameters.loader import Source
from nestling.reference.populations import context
from nestling.reference.populations.babies import PROXY
from nestling.science.need import FigureName
from nestling.ui.charts.figure_words import FigureView, Said
from nestling.ui.components import Figure

LOW_INCOME = "Low income: Department for Work and Pensions, after housing costs"


def facts(answer: Answer) -> list[Figure]:
    """Births, children under two, low income, and families seen."""
    area, seen = answer.found.areas[0], answer.figure(FigureName.FAMILIES_SEEN)
    counted, place = area.counted, context().get(area.code)
    ages = (counted.age_0, counted.age_1)
    young = sum(age for age in ages if age is not None) if None not in ages else None
    stand_in = "aged under one, standing in for births" if counted.births_basis == PROXY else ""
    children = figures.number(
        young,
        unit="children",
        source=figures.PEOPLE,
        say=figures.whole,
        date=counted.population_date or figures.NO_DATE,
    )
    found = [
        Figure(figures.births(counted), stand_in or "births a year"),
        Figure(children, "children under two"),
    ]
    if place and place.poverty_share is not None:
        share = figures.share(place.poverty_share, source=figures.LOW_INCOME)
        found.append(Figure(share, "children under 16 in low-income homes"))
    families = figures.number(
        seen.median if seen else None,
        unit="families",
        source=figures.STATED,
        say=lambda value: f"about {about(value)}",
    )
    return [*found, Figure(families, "families seen a year" + (", as stated" if seen else ""))]


def sources_line(answer: Answer) -> str:
    """Where the counts come from, and when they were made."""
    area = answer.found.areas[0]
    counted, place = area.counted, context().get(area.code)
    basis = {
        PROXY: "population aged under one, mid-2022, in place of births (NRS, NISRA)",
        "mixed": "Office for National Statistics; in Scotland and Northern Ireland the population "
        "aged under one, mid-2022",
    }.get(counted.births_basis, "Office for National Statistics")
    said_of = [f"Births: {basis}, {period_words(counted.births_period)}".rstrip(", ")]
    if counted.population_date:
        said_of.append(f"Under two: ONS, NRS, NISRA, {said_on(counted.population_date)}")
    if place and place.poverty_share is not None:
        said_of.append(f"{LOW_INCOME}, year to March {place.poverty_year}")
    stated = [one for one in answer.question.statements or () if one.lad_code == area.code]
    said_of += [f"Families seen: {one.source} ({said_on(one.as_of)})" for one in stated[:2]]
    return ". ".join(said_of) + "."


def tried(values: dict[str, float]) -> Said:
    """The reader's own values in words, parted by semicolons; empty where there are none."""
    parts: list[str | FigureView] = []
    for name, value in values.items():
        parts += [f"{'; ' if parts else ''}{VALUES[name][0]}: ", _tried(name, value)]
    return Said(tuple(parts))


def _tried(name: str, value: float) -> FigureView:
    return figures.number(
        value, unit=name, source=figures.TRIED, say=lambda one: words_of(name, one)
    )


def sources_of(answer: Answer) -> list[Source]:
    """Every source that the page rests on."""
    rules = need_parameters()
    later = (source for one in rules.avoided_cost.values() for source in one.sources)
    named = [*later, rules.payers.source]
    more = [rules.sources[name] for name in named if name in rules.sources]
    return list({one.id: one for one in [*answer.found.sources, *more]}.values())


def notes_of(answer: Answer) -> list[Said]:
    """What a reader must know, without the notes on how the command prints."""
    scenarios = {one.name: one.title for one in answer.found.scenarios}
    found = []
    for note in answer.found.notes[2:]:
        name, colon, rest = note.partition(": ")
        told = f"{scenarios[name]}{colon}{rest}" if name in scenarios else note
        told = told.replace("risk_weighted", "Weighting by household risk")
        found.append(figures.in_note(told, about=scenarios.get(name, "the whole study")))
    return found
