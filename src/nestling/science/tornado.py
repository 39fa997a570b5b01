"""Which unknown moves an answer most: one parameter at a time, from its low end to its high."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from nestling.science.draws import Parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The answer with one parameter at each end of its interval, the others at their points."""

    parameter: str
    at_low: float
    at_high: float

    @property
    def width(self) -> float:
        """How far the answer moves."""
        return abs(self.at_high - self.at_low)


def tornado(
    answer: Callable[[Mapping[str, float]], float], *, parameters: Iterable[Parameter]
) -> list[Bar]:
    """One bar for each uncertain parameter that moves the answer, the widest first.

    `answer` takes the value of every parameter that has one and gives the figure in question.
    """
    held = [parameter for parameter in parameters if parameter.point is not None]
    points = {parameter.name: parameter.value() for parameter in held}
    bars = [
        Bar(
            parameter=one.name,
            at_low=answer({**points, one.name: one.limits()[0]}),
            at_high=answer({**points, one.name: one.limits()[1]}),
        )
        for one in held
        if one.limits()[0] != one.limits()[1]
    ]
    moving = [bar for bar in bars if bar.width > 0]
    return sorted(moving, key=lambda bar: (-bar.width, bar.parameter))
