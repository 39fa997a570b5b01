"""The macro by which a number reaches a page."""

from importlib.resources import files

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from nestling.science.figures import Figure, FigureSource, Interval, SourceKind
from nestling.ui.charts.figure_words import view_of

FOLDER = str(files("nestling.ui") / "jinja2")
NEED = Figure(
    value=1273.6,
    unit="babies",
    date="July 2022 to June 2023",
    source=FigureSource(kind=SourceKind.CLAIM, keys=("E112",), words="Claim E112 & more"),
    interval=Interval(low=823, high=1811),
    is_estimate=True,
)


def rendered(call: str, figure: Figure) -> str:
    env = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
    text = "{% from 'ui/figures.jinja' import figure, figure_with_source %}{{ " + call + " }}"
    return " ".join(env.from_string(text).render(view=view_of(figure)).split())


def test_a_figure_is_placed_with_the_claim_it_rests_on() -> None:
    assert rendered("figure(view)", NEED) == (
        '<data class="nl-figure" value="E112">about 1,270 babies</data>'
    )


def test_a_figure_may_stand_with_its_limits_date_and_source() -> None:
    text = rendered("figure_with_source(view)", NEED)

    assert "(820 to 1,810 babies, 19 times out of 20)" in text
    assert "July 2022 to June 2023. Claim E112 &amp; more" in text


def test_what_is_not_known_is_marked_so() -> None:
    unknown = Figure(value=None, unit="families", date="2025", source=NEED.source)

    assert "nl-figure--unknown" in rendered("figure(view)", unknown)
    assert "not known" in rendered("figure(view)", unknown)


def test_what_is_hidden_has_its_own_mark_and_is_not_what_is_unknown() -> None:
    hidden = Figure(value=None, unit="people", date="2025", source=NEED.source, instead="hidden")

    assert rendered("figure(view)", hidden) == (
        '<data class="nl-figure nl-hidden" value="E112">hidden</data>'
    )
