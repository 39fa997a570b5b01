"""The rows of the register's files, checked as they are read."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from nestling.reference.claims.values import Row, Value

DocumentId = Annotated[str, Field(pattern=r"^S\d{3}$")]
ClaimId = Annotated[str, Field(pattern=r"^E\d{3}$")]
ContradictionId = Annotated[str, Field(pattern=r"^C\d{2}$")]
FindingId = Annotated[str, Field(pattern=r"^X\d{2}$")]
Moment = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}){0,2}$")]


class Source(Row):
    """What a figure rests on: a paper, a report, or nothing but the document's own word."""

    id: str
    kind: Literal["article", "report", "webpage", "statement"]
    title: str
    cited: bool = True
    authors: tuple[str, ...] = ()
    issued: Moment | None = None
    publisher: str = ""
    container: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""
    note: str = ""


class Document(Row):
    """One of the source documents in which claims were found."""

    id: DocumentId
    title: str
    short: str
    authors: tuple[str, ...]
    issued: Moment
    publisher: str
    kind: Literal["article", "report"]
    file: str
    review_by: date
    review_rule: str


class Construct(Row):
    """What a share of babies is a share of."""

    id: str
    label: str
    means: str


class Claim(Value):
    """One figure at one place of one document, with what it is a figure of and what it rests on."""

    id: ClaimId
    statement: str
    base_of: str
    base: int | None = Field(default=None, gt=0)
    base_note: str = ""
    base_printed: int | None = Field(default=None, gt=0)
    count: int | None = Field(default=None, ge=0)
    decimals: int = Field(default=0, ge=0, le=2)
    series_row: tuple[ClaimId, str] | None = None
    distribution: str | None = None
    up_to: str | None = None
    age_to_months: int | None = None
    construct_id: str | None = Field(default=None, alias="construct")
    measure: str | None = None
    as_of: Moment | None = None
    price_year: str | None = None
    population: str
    place: str
    year: str
    rests_on: str
    document: DocumentId
    line: int = Field(gt=0)
    token: str
    kind: str
    quality: str
    contradictions: tuple[ContradictionId, ...] = ()
    note: str = ""


class Side(Row):
    """One of the things said in a contradiction, and who says it."""

    says: str
    claims: tuple[ClaimId, ...] = ()
    findings: tuple[FindingId, ...] = ()


class Contradiction(Row):
    """Where sources disagree: who says what, why they differ, and what Nestling uses and when."""

    id: ContradictionId
    topic: str
    sides: tuple[Side, ...]
    why: str
    use: str
    prefer: tuple[ClaimId, ...] = ()
    arithmetic: tuple[str, ...] = ()
    compatible: bool = False


class FoundFigure(Value):
    """A figure in an outside finding."""

    label: str
    construct_id: str | None = Field(default=None, alias="construct")
    measure: str | None = None
    as_of: Moment | None = None
    base: int | None = None
    price_year: str | None = None


class Finding(Row):
    """Something read outside the source documents, as a stored excerpt of a public page."""

    id: FindingId
    says: str
    url: str
    publisher: str
    figures: tuple[FoundFigure, ...] = ()


class Total(Row):
    """A printed total, its parts, and a value that another place prints for a part."""

    id: str
    topic: str
    total: tuple[ClaimId, ...]
    parts: tuple[ClaimId, ...]
    instead: dict[ClaimId, ClaimId] = Field(default_factory=dict)
    document: DocumentId
    line: int


class PrintedBase(Row):
    """A base printed at a chart, and the counts that must fit inside it."""

    id: str
    topic: str
    printed: int
    claims: tuple[ClaimId, ...]
    other: ClaimId
    document: DocumentId
    line: int
    note: str = ""


class Distribution(Row):
    """Answers to one question in their order, in whole people, and those outside the order."""

    id: str
    topic: str
    base: int
    rows: dict[str, int]
    outside: dict[str, int]
    document: DocumentId
    line: int


class Window(Row):
    """The length of the early window, and what a pregnancy and years last."""

    days: int
    pregnancy_days: tuple[int, int]
    years: dict[int, tuple[int, int]]
    why: str


class Magnitude(Row):
    """How many times apart two counts of one thing may be before one must be wrong."""

    at_least_times: float
    measure: str
    why: str


class Series(Row):
    """A measure that is read as counts over time."""

    measure: str
    topic: str


class Arithmetic(Row):
    """Everything that the checks compare."""

    totals: tuple[Total, ...]
    printed_bases: tuple[PrintedBase, ...]
    distributions: tuple[Distribution, ...]
    window: Window
    magnitude: Magnitude
    series: tuple[Series, ...]
