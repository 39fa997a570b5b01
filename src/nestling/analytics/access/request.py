"""The words of a command as a job, or every fault in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from nestling.analytics.access.ages import Ages, AgesError, parse_ages
from nestling.analytics.access.job import EVERY, Job
from nestling.analytics.access.periods import Period, PeriodError, period_until
from nestling.analytics.access.scope import BREAKDOWNS, GEOGRAPHIES
from nestling.reference.access import Question, definitions, disclosure_rules, questions

DEFAULT_AGES = "0-2"
BASES = ("residence", "gp")


class RequestError(Exception):
    """The words of a command are wrong: one plain line a fault."""

    def __init__(self, *faults: str) -> None:
        """Keep the faults."""
        self.faults = list(faults)
        super().__init__("; ".join(faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A command's words, as they were given; an empty word was not given."""

    words: Sequence[str]
    until: str
    months: int = 12
    compare_until: str = ""
    by: str = ""
    ages: str = ""
    measures: Sequence[str] = ()
    question: str = ""
    icb_basis: str = "residence"
    disclosure: str = "strict"
    published: Sequence[str] = ()


def job_of(request: Request) -> Job:
    """The job that a command asks for.

    Raises ``RequestError``.
    """
    choose("--icb-basis", request.icb_basis, BASES)
    choose("--disclosure", request.disclosure, tuple(disclosure_rules()))
    folder, measures, published = by_kind(request)
    asked = questions_asked(request.question)
    by = split(request.by) or [name for question in asked for name in question.by] or ["age"]
    geographies, breakdowns = sides_of(by)
    period, compare = periods_of(request, asked)
    return Job(
        folder=folder,
        period=period,
        compare=compare,
        ages=ages_of(request, asked, by=by),
        geographies=geographies,
        breakdowns=breakdowns,
        measures=measures or tuple(dict.fromkeys(m for q in asked for m in q.measures)) or (EVERY,),
        icb_basis=request.icb_basis,
        disclosure=request.disclosure,
        published=published,
    )


def choose(option: str, given: str, choices: Sequence[str]) -> None:
    """Raise ``RequestError`` for a word that an option does not know."""
    if given not in choices:
        raise RequestError(f"{option} {given}: choose {', '.join(choices[:-1])} or {choices[-1]}")


def split(words: str) -> list[str]:
    """The parts between commas."""
    return [part.strip() for part in words.split(",") if part.strip()]


def by_kind(request: Request) -> tuple[Path, tuple[str, ...], tuple[Path, ...]]:
    """The folder, the measures and the earlier outputs.

    Several may follow one option, so words are known by kind.
    """
    known = {EVERY, *definitions().measures}
    names = [name for part in request.measures for name in split(part)]
    names += [word for word in request.words if word in known]
    places = [word for word in request.words if word not in known]
    files = [*request.published, *(word for word in places if is_output(word))]
    folders = [word for word in places if not is_output(word)]
    if len(folders) != 1:
        words = (
            "name the folder of the extract"
            if not folders
            else "name one folder: " + ", ".join(folders)
        )
        raise RequestError(words)
    missing = [
        f"the earlier output {name} is not there" for name in files if not Path(name).is_file()
    ]
    if missing:
        raise RequestError(*missing)
    return Path(folders[0]), tuple(dict.fromkeys(names)), tuple(Path(name) for name in files)


def is_output(word: str) -> bool:
    """True for a word that names an earlier output."""
    return Path(word).suffix == ".csv" and not Path(word).is_dir()


def questions_asked(number: str) -> list[Question]:
    """The questions of Parliament that are asked for."""
    if not number:
        return []
    known = questions()
    choose("--question", number, (*known, EVERY))
    return list(known.values()) if number == EVERY else [known[number]]


def sides_of(by: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The geographies, England always first, and the other breakdowns."""
    given = dict.fromkeys(by)
    unknown = [name for name in given if name not in {"age", *GEOGRAPHIES, *BREAKDOWNS}]
    if unknown:
        raise RequestError(
            *(
                f"--by {name}: choose from age, {', '.join((*GEOGRAPHIES, *BREAKDOWNS))}"
                for name in unknown
            )
        )
    places = tuple(name for name in GEOGRAPHIES if name in given or name == "country")
    return places, tuple(name for name in BREAKDOWNS if name in given)


def ages_of(request: Request, asked: Sequence[Question], *, by: Sequence[str]) -> Ages:
    """The ages asked for; without age among the breakdowns, and none named.

    Each range's total alone.
    """
    words = request.ages or ",".join(q.ages for q in asked) or DEFAULT_AGES
    try:
        ages = parse_ages(words)
    except AgesError as error:
        raise RequestError(f"--ages {words}: {error}") from error
    return ages if "age" in by or request.ages else Ages(ages.totals, ages.unit)


def day_of(option: str, words: str) -> date:
    """A day, or ``RequestError``."""
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise RequestError(f"{option} {words} is not a date: write it as YYYY-MM-DD") from error


def periods_of(request: Request, asked: Sequence[Question]) -> tuple[Period, Period | None]:
    """The period, and the earlier one to compare with.

    For a question about a change, else a year before.
    """
    until = day_of("--until", request.until)
    try:
        period = period_until(until, months=request.months)
        year_before = period_until(until, months=12).start - timedelta(days=1)
        compares = any(question.compares for question in asked)
        compare = request.compare_until or (str(year_before) if compares else "")
        if not compare:
            return period, None
        earlier = period_until(day_of("--compare-until", compare), months=request.months)
    except PeriodError as error:
        raise RequestError(str(error)) from error
    if earlier.end >= period.end:
        raise RequestError(f"--compare-until {compare} must be before --until {request.until}")
    return period, earlier
