"""One area's study for the pages: worked out once for a question, then read by every part."""

from dataclasses import dataclass, replace
from functools import lru_cache

from nestling.need.asked import OwnData, study_area
from nestling.need.choices import ALL, Choices
from nestling.need.engine import Study, study
from nestling.reference.provision import Statement
from nestling.science.draws import Figure
from nestling.science.need import FigureName

#: Studies kept while the program runs; each holds its draws.
KEPT = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaQuestion:
    """An area, the scenario for help and cost, the reader's values, whose provision."""

    code: str
    scenario: str
    values: tuple[tuple[str, float], ...] = ()
    statements: tuple[Statement, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The study of one area under every scenario, and the scenario for help and cost."""

    question: AreaQuestion
    found: Study

    @property
    def chosen(self) -> Study:
        """The same study under the chosen scenario alone."""
        return replace(self.found, estimates=(self.found.of(self.question.scenario),))

    def figure(self, name: FigureName, *, scenario: str = "") -> Figure | None:
        """One figure under a scenario, by default the chosen one."""
        return self.found.figure(name, scenario=scenario or self.question.scenario)


@lru_cache(maxsize=KEPT)
def answer_to(question: AreaQuestion) -> Answer:
    """The answer for an area. Raises `NeedError` for values that cannot be so."""
    area = study_area(question.code, own=OwnData(statements=question.statements))
    choices = Choices(scenario=ALL, values=dict(question.values))
    return Answer(question=question, found=study([area], choices))
