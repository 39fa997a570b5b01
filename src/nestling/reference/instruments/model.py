"""What an instrument's file says: who answers, the key, the figures, where each comes from."""

import re
from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field

from nestling.reference.base import Entry, Words
from nestling.science.change import FixedThreshold, JacobsonTruax
from nestling.science.scoring import (
    Alert,
    Band,
    Direction,
    FromScores,
    Item,
    ItemOrder,
    Method,
    Score,
    ScoringKey,
)

#: A coefficient as it is printed, with nothing before the point.
SINGLE = re.compile(r"\.\d+", re.ASCII)

Domain = Literal["D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9", "D10", "D11", "D12"]
#: `verified`: read in the source; `computed`: worked out from verified figures; `memory`: a person
#: must check it first.
Grade = Literal["verified", "computed", "memory"]


class Figure(Entry):
    """Anything that gives a number: where it was read, and whether it was seen there."""

    source: Words
    grade: Grade = "verified"


class Responses(Entry):
    """The values that an answer may take, and how many decimal places."""

    low: int
    high: int
    decimals: int = Field(default=0, ge=0, le=4)


class ItemEntry(Entry):
    """One question by our own short label; the wording is never held here."""

    number: int = Field(ge=1)
    label: Words
    reversed: bool = False
    responses: Responses | None = None
    #: Words allowed in place of a number: what each scores, or `missing`.
    words: dict[Literal["NA", "NOB", "DK"], int | Literal["missing"]] = Field(default_factory=dict)


class BandStep(Entry):
    """One band: from its lower bound up to, but not reaching, `below`."""

    name: Words
    starts: Decimal = Field(alias="from")
    below: Decimal | None = None


class Bands(Figure):
    """The bands of a score, in order from the lowest value."""

    steps: list[BandStep] = Field(min_length=1)


class CutOff(Figure):
    """A cut-off that is not one of the bands: another group, another purpose, another year."""

    at: Words
    of: Words


class ScoreEntry(Entry):
    """A total or subscale that is made of items."""

    name: Words
    title: Words
    items: list[int] = Field(min_length=1)
    method: Literal["sum", "mean", "mean_times", "any"] = "sum"
    times: int | None = None
    answered_at_least: int | None = Field(default=None, ge=1)
    rounds_to_whole: bool = False
    optional: bool = False
    ordinal: bool = False
    direction: Direction
    low: Decimal
    high: Decimal
    bands: Bands | None = None
    cut_offs: list[CutOff] = Field(default_factory=list)

    def factor(self) -> int:
        """What the mean of the answered items is multiplied by."""
        return {"sum": len(self.items), "mean_times": self.times or 1}.get(self.method, 1)

    def to_score(self) -> Score:
        """The score as science computes with it."""
        return Score(
            name=self.name,
            items=tuple(self.items),
            factor=self.factor(),
            needs=self.answered_at_least or len(self.items),
            direction=self.direction,
            method=Method.ANY if self.method == "any" else Method.SCALED,
            rounds_to_whole=self.rounds_to_whole,
            is_optional=self.optional,
            is_ordinal=self.ordinal,
            bands=to_bands(self.bands),
        )


class DerivedEntry(Entry):
    """A score made of other scores: their sum, or one of them read from a published table."""

    name: Words
    title: Words
    parts: list[Words] = Field(min_length=1)
    table: "Table | None" = None
    direction: Direction
    low: Decimal
    high: Decimal
    bands: Bands | None = None
    cut_offs: list[CutOff] = Field(default_factory=list)

    def to_score(self) -> FromScores:
        """The score as science computes with it."""
        rows = self.table.rows if self.table else {}
        return FromScores(
            name=self.name,
            parts=tuple(self.parts),
            direction=self.direction,
            table={raw: Fraction(value) for raw, value in rows.items()},
            bands=to_bands(self.bands),
        )


class Table(Figure):
    """A published conversion of a raw score."""

    rows: dict[int, Decimal]


class AlertEntry(Figure):
    """Answers that a person must look at, whatever the total."""

    items: list[int] = Field(min_length=1)
    at_least: int = Field(ge=1)
    by: Literal["answer", "sum"] = "answer"
    about: Words


class MissingRule(Figure):
    """What is done when answers are missing, in words."""

    rule: Words


class Reliability(Figure):
    """How well a score repeats or hangs together, in whom."""

    score: Words
    kind: Literal["alpha", "test_retest", "icc", "split_half"]
    value: Words
    population: Words

    def coefficient(self) -> Fraction | None:
        """The coefficient, where the source gives one and not a spread of them."""
        return Fraction(f"0{self.value}") if SINGLE.fullmatch(self.value) else None


class Norm(Figure):
    """A mean and SD, in whom."""

    score: Words
    group: Literal["clinical", "general"]
    mean: Decimal
    sd: Decimal | None = None
    n: int | None = None
    population: Words


class ChangeThreshold(Figure):
    """A published change that counts as reliable when it is reached or passed."""

    score: Words
    at_least: Decimal = Field(gt=0)
    by: Words


class Code(Figure):
    """A code for the instrument or one of its scores."""

    system: Literal["snomed", "loinc"]
    code: Words
    of: Words
    note: Words | None = None


class Licence(Figure):
    """What may be shipped: A, the wording; B, our short labels only."""

    kind: Literal["A", "B"] = Field(alias="class")
    words: Words


class Window(Entry):
    """When in a baby's life the instrument is meant to be used."""

    words: Words
    before_birth: bool = False
    from_months: Decimal | None = None
    to_months: Decimal | None = None


class Order(Entry):
    """A form with its items in another order: where a number on the form stands in the key."""

    name: Words
    number_in_key: dict[int, int]


class Instrument(Entry):
    """One version of one instrument."""

    id: Words
    version: Words
    title: Words
    short_title: Words
    evidence: Literal["verified", "partial", "memory"]
    enabled: bool
    why_not_enabled: Words | None = None
    domains: list[Domain] = Field(min_length=1)
    respondent: Words
    subject: Literal["person", "relationship", "environment"]
    window: Window
    period: Words | None = None
    takes_raw: bool = True
    responses: Responses
    items: list[ItemEntry] = Field(min_length=1)
    scores: list[ScoreEntry] = Field(min_length=1)
    derived: list[DerivedEntry] = Field(default_factory=list)
    status_from: Words | None = None
    item_orders: list[Order] = Field(default_factory=list)
    missing: MissingRule
    alerts: list[AlertEntry] = Field(default_factory=list)
    reliability: list[Reliability] = Field(default_factory=list)
    norms: list[Norm] = Field(default_factory=list)
    change: list[ChangeThreshold] = Field(default_factory=list)
    change_note: Words | None = None
    training: Words | None = None
    licence: Licence
    codes: list[Code] = Field(default_factory=list)
    notes: list[Words] = Field(default_factory=list)
    sources: list[Words] = Field(min_length=1)

    def is_verified(self) -> bool:
        """Whether the key, range and direction were all read in a source."""
        return self.evidence == "verified"

    def may_be_given(self, *, switched_on: Collection[str]) -> bool:
        """Whether staff may give it: it is on, or the service switched it on by name."""
        return self.enabled or self.id in switched_on

    def change_rule(self, score: str) -> FixedThreshold | JacobsonTruax | None:
        """What makes a change of a score reliable; ``None`` where nothing is published to say so.

        The published threshold, the first listed if there are several; without one, the index of
        Jacobson and Truax from the clinical SD and a test-retest coefficient, or else an alpha.
        """
        published = [change for change in self.change if change.score == score]
        if published:
            return FixedThreshold(at_least=Fraction(published[0].at_least))
        spreads = [norm.sd for norm in self.norms if norm.score == score and norm.sd is not None]
        r = self.coefficient(score)
        return JacobsonTruax(sd=Fraction(spreads[0]), r=r) if spreads and r is not None else None

    def coefficient(self, score: str) -> Fraction | None:
        """The reliability of a score: test-retest where there is one, else alpha."""
        for kind in ("test_retest", "alpha"):
            for figure in self.reliability:
                if figure.score == score and figure.kind == kind and figure.coefficient():
                    return figure.coefficient()
        return None

    def score_entries(self) -> list[ScoreEntry | DerivedEntry]:
        """All scores, in the order in which they are shown."""
        return [*self.scores, *self.derived]

    def responses_of(self, item: ItemEntry) -> Responses:
        """The values that one item may take."""
        return item.responses or self.responses

    def key(self) -> ScoringKey:
        """The key as science computes with it."""
        return ScoringKey(
            instrument=self.id,
            version=self.version,
            items=tuple(self._item(item) for item in self.items),
            scores=tuple(score.to_score() for score in self.scores),
            derived=tuple(score.to_score() for score in self.derived),
            alerts=tuple(
                Alert(items=tuple(a.items), at_least=a.at_least, by_sum=a.by == "sum")
                for a in self.alerts
            ),
            takes_raw=self.takes_raw,
            status_from=self.status_from,
            item_orders=tuple(
                ItemOrder(name=order.name, number_in_key=order.number_in_key)
                for order in self.item_orders
            ),
        )

    def _item(self, item: ItemEntry) -> Item:
        values = self.responses_of(item)
        return Item(
            number=item.number,
            low=values.low,
            high=values.high,
            decimals=values.decimals,
            is_reversed=item.reversed,
            words={
                word: None if scored == "missing" else Fraction(scored)
                for word, scored in item.words.items()
            },
        )


def to_bands(bands: Bands | None) -> tuple[Band, ...]:
    """The bands as science computes with them."""
    steps = bands.steps if bands else []
    return tuple(Band(name=step.name, starts_at=Fraction(step.starts)) for step in steps)
