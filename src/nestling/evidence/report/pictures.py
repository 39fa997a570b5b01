"""The drawings of a report, each with the words that say the same."""

from typing import TYPE_CHECKING

from nestling.evidence.report.inputs import words_file
from nestling.evidence.report.model import Picture
from nestling.evidence.report.seen import AGES, MEASURES, share_of_stock
from nestling.reference.areas import membership
from nestling.reference.geography import Layer, boundaries
from nestling.science.need import FigureName
from nestling.ui.charts import figure_words as say
from nestling.ui.charts.bars import Bar, Goal, bars
from nestling.ui.charts.cycle import Stage, cycle
from nestling.ui.charts.locator import locator
from nestling.ui.charts.ranges import Range, RangeWords, ranges_on_one_scale

if TYPE_CHECKING:
    from nestling.evidence.report.facts import Facts
    from nestling.evidence.report.places import Place
    from nestling.evidence.report.seen import Access, Stated, Trained
    from nestling.science.figures import Figure

#: The layers in which an area's own outline is looked for.
OUTLINES = (Layer.LAD, Layer.UTLA, Layer.ICB, Layer.HEALTH_AREA, Layer.REGION)
#: The goal of the Long Term Plan as a share.
ALL_WHO_NEED_IT = 1.0


def cover_map(place: "Place") -> Picture:
    """The area among its neighbours."""
    label = f"Map: {place.in_sentence} among the areas around it."
    svg = locator(boundaries(Layer.LAD), outline(place.code), label=label)
    return Picture(svg=svg, caption="", alternative=label, width_mm=160)


def outline(code: str) -> "list[dict[str, object]]":
    """The outline of an area, or of the districts that make it up."""
    for layer in OUTLINES:
        own = [one for one in boundaries(layer) if code_of(one) == code]
        if own:
            return own
    parts = membership(code)
    return [one for one in boundaries(Layer.LAD) if code_of(one) in parts]


def code_of(feature: "dict[str, object]") -> str:
    """The code of an area on a map."""
    properties = feature["properties"]
    return str(properties["area_code"]) if isinstance(properties, dict) else ""


def need_ranges(facts: "Facts", seen: "Stated") -> Picture:
    """Need under every scenario on one scale, and what is seen where that is known."""
    rows = [need_range(facts, name) for name in facts.scenarios()]
    known = seen.state == "known" and seen.families.value is not None
    picture = ranges_on_one_scale(
        rows,
        words=RangeWords(
            title="Babies in need each year" + (", and families seen" if known else ""),
            unit="Babies born in one year",
            seen_label="Families seen in a year",
            seen=seen.families.value if known else None,
        ),
    )
    return Picture(
        svg=picture.svg,
        caption="Babies in need each year" + (", and families seen now" if known else ""),
        alternative=picture.text,
    )


def need_range(facts: "Facts", scenario: str) -> Range:
    """One scenario's need, rounded as the table rounds it, so that both say the same."""
    figure = facts.engine(FigureName.NEED, scenario=scenario)
    limits = figure.interval
    return Range(
        label=words_file("links")["scenarios"][scenario]["short"],
        best=say.rounded(figure.value or 0) if facts.has_middle(scenario) else None,
        low=say.rounded(limits.low) if limits else None,
        high=say.rounded(limits.high) if limits else None,
    )


def shares_seen(facts: "Facts", seen: "Stated", access: "Access | None") -> Picture:
    """The share of estimated need that is seen, by date, against the goal."""
    rows = [national_share(facts)]
    place = facts.inputs.place
    if seen.state == "known":
        figure = facts.engine(FigureName.COVERAGE)
        rows.append(share_bar(f"{place.title}, {seen.when}, as stated", figure))
    if access:
        rows += [
            share_bar(f"{place.title}, {when}, children of nought to two", figure)
            for when, figure in share_of_stock(facts.inputs, access)
        ]
    goal = Goal(value=ALL_WHO_NEED_IT, shown="The goal: all who need it")
    picture = bars(rows, title="Share of estimated need that is seen", goal=goal)
    return Picture(
        svg=picture.svg,
        caption="Share of estimated need that is seen, and the goal",
        alternative=picture.text,
    )


def national_share(facts: "Facts") -> Bar:
    """What a charity reckons for the whole country."""
    found = facts.register.findings["X20"].figures[2]
    low, high = (found.low or 0) / 100, (found.high or 0) / 100
    middle = (low + high) / 2
    shown = f"{say.percent(low)} to {say.percent(high)}"
    return Bar(
        label="United Kingdom, June 2025, a charity's reckoning",
        value=middle,
        low=low,
        high=high,
        shown=shown,
    )


def share_bar(label: str, figure: "Figure") -> Bar:
    """A share with its likely range."""
    return Bar(
        label=label,
        value=figure.value,
        low=figure.interval.low if figure.interval else None,
        high=figure.interval.high if figure.interval else None,
        shown=say.range_words(figure),
    )


def access_by_age(access: "Access") -> list[Picture]:
    """Children with one contact or more, by single year of age; nothing when all are hidden."""
    figures = [(age, access.figure("children_ge1", age)) for age in AGES[:3]]
    if not any(figure.is_known for _, figure in figures):
        return []
    rows = [
        Bar(label=f"Age {age}", value=figure.value, shown=say.figure_words(figure))
        for age, figure in figures
    ]
    title = f"{MEASURES['children_ge1']}, {access.geography}, {figures[0][1].date}"
    picture = bars(rows, title=title)
    return [Picture(svg=picture.svg, caption=title, alternative=picture.text)]


def vicious_cycle(access: "Access | None", staff: "Trained | None", seen: "Stated") -> Picture:
    """Training, referral, acceptance and help, each with what is known of it."""
    referred = access.figure("referrals_received", "0-2") if access else None
    accepted = access.figure("referrals_accepted", "0-2") if access else None
    helped = seen.families if seen.state == "known" else None
    if access:
        helped = access.figure("children_ge1", "0-2")
    stages = [
        stage("Few are trained to work with babies", trained_words(staff), known=staff is not None),
        figure_stage("Few babies are referred", referred),
        figure_stage("Few are accepted", accepted),
        figure_stage("Few are seen", helped),
    ]
    picture = cycle(stages, title="Each part of this circle holds the next in place")
    whose = f" (referrals and children: {access.geography})" if access else ""
    caption = f"The circle, with what is known here{whose}"
    return Picture(svg=picture.svg, caption=caption, alternative=f"{caption}. {picture.text}")


def stage(title: str, words: str, *, known: bool) -> Stage:
    """A part of the circle."""
    return Stage(title=title, figure=words, known=known)


def figure_stage(title: str, figure: "Figure | None") -> Stage:
    """A part of the circle with its figure, or the words that it is not known."""
    if figure is None:
        return stage(title, say.NOT_KNOWN, known=False)
    return stage(title, say.figure_words(figure), known=figure.is_known)


def trained_words(staff: "Trained | None") -> str:
    """How many are trained of how many, in words."""
    if staff is None:
        return say.NOT_KNOWN
    return f"{say.bare_number(staff.trained())} of {say.figure_words(staff.staff())} trained"
