"""One answer sheet scored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from nestling.science.scoring.answers import Answers, Fault, Reason, read_answers
from nestling.science.scoring.exact import half_away, shown
from nestling.science.scoring.key import (
    Alert,
    FromScores,
    Method,
    Score,
    ScoringKey,
    band_of,
)


class Status(StrEnum):
    """How whole a score or a sheet is, from best to worst."""

    COMPLETE = "complete"
    PRORATED = "prorated"
    INCOMPLETE = "incomplete"
    INVALID = "invalid"


WORST_FIRST = tuple(reversed(Status))
CODINGS = ("raw", "scored")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreValue:
    """One score: its value, or ``None`` when too little was answered."""

    value: Decimal | None
    band: str | None
    status: Status
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredSheet:
    """What one sheet says; item numbers are those on the form that was filled in."""

    instrument: str
    version: str
    status: Status
    missing: tuple[int, ...]
    scores: dict[str, ScoreValue]
    alerts: tuple[int, ...]
    unknown_alerts: tuple[int, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Worked:
    """A score before it is shown: exact, or ``None``."""

    value: Fraction | None
    status: Status
    answered: int


def score_sheet(
    key: ScoringKey,
    responses: Mapping[str, object],
    *,
    coding: str = "raw",
    item_order: str | None = None,
) -> ScoredSheet:
    """What a sheet says by its key: scores, bands, alerts, what is missing and what is wrong.

    ``responses`` maps the item's number on the form, as text, to an ``int``, ``float``,
    ``Decimal``, a word that the key allows, or ``None``. A fault in any answer makes the sheet
    invalid: nothing is scored, but an alert still stands on its own answer, since a refused sheet
    must not hide one.
    """
    faults = sheet_faults(key, coding=coding, item_order=item_order)
    if faults:
        return refused_sheet(key, faults)
    order = key.order(item_order)
    answers = read_answers(key, responses, is_raw=coding == "raw", order=order)
    worked = {} if answers.faults else work_out(key, answers.values)
    on_form = {in_key: number for number, in_key in order.items()}
    alerts, unknown = raised(key.alerts, answers.values)
    return ScoredSheet(
        instrument=key.instrument,
        version=version_of(key, item_order),
        status=Status.INVALID if answers.faults else sheet_status(key, worked),
        missing=missing_items(answers, on_form),
        scores={name: as_shown(key, name, score) for name, score in worked.items()},
        alerts=tuple(sorted(on_form[number] for number in alerts)),
        unknown_alerts=tuple(sorted(on_form[number] for number in unknown)),
        faults=answers.faults,
    )


def sheet_faults(key: ScoringKey, *, coding: str, item_order: str | None) -> tuple[Fault, ...]:
    """What is wrong with the sheet before an answer is read."""
    if coding not in CODINGS:
        return (Fault("coding", Reason.NOT_ALLOWED),)
    if item_order is not None and item_order not in {order.name for order in key.item_orders}:
        return (Fault("item_order", Reason.NOT_ALLOWED),)
    if coding == "raw" and not key.takes_raw:
        return (Fault(None, Reason.RAW_NOT_SUPPORTED),)
    return ()


def refused_sheet(key: ScoringKey, faults: tuple[Fault, ...]) -> ScoredSheet:
    """A sheet that cannot be read: every alert is unknown, since no answer could be oriented."""
    watched = {number for alert in key.alerts for number in alert.items}
    return ScoredSheet(
        instrument=key.instrument,
        version=key.version,
        status=Status.INVALID,
        missing=(),
        scores={},
        alerts=(),
        unknown_alerts=tuple(sorted(watched)),
        faults=faults,
    )


def version_of(key: ScoringKey, item_order: str | None) -> str:
    """The version to store with the score, with the item order where a form has more than one."""
    if item_order is None or item_order == key.version:
        return key.version
    return f"{key.version} (items in the {item_order} order)"


def missing_items(answers: Answers, on_form: Mapping[int, int]) -> tuple[int, ...]:
    """The numbers on the form that have no answer: blank, not observed, don't know."""
    given = answers.values.keys() | answers.refused
    return tuple(sorted(number for in_key, number in on_form.items() if in_key not in given))


def work_out(key: ScoringKey, values: Mapping[int, Fraction]) -> dict[str, Worked]:
    """Every score of a sheet without faults, by name; a goal that was not set has none."""
    worked: dict[str, Worked] = {}
    for score in key.scores:
        answered = [values[number] for number in score.items if number in values]
        if answered or not score.is_optional:
            worked[score.name] = work_out_score(score, answered)
    for derived in key.derived:
        worked[derived.name] = work_out_derived(derived, [worked[part] for part in derived.parts])
    return worked


def work_out_score(score: Score, answered: list[Fraction]) -> Worked:
    """One score from its answered items."""
    count, whole = len(answered), len(answered) == len(score.items)
    if score.method is Method.ANY:
        decided = whole or any(answered)
        status = Status.COMPLETE if decided else Status.INCOMPLETE
        return Worked(sum(answered, Fraction(0)) if decided else None, status, count)
    if count < score.needs:
        return Worked(None, Status.INCOMPLETE, count)
    value = sum(answered, Fraction(0)) * score.factor / count
    if score.rounds_to_whole:
        value = Fraction(half_away(value))
    return Worked(value, Status.COMPLETE if whole else Status.PRORATED, count)


def work_out_derived(score: FromScores, parts: list[Worked]) -> Worked:
    """A score made of others: as whole as its least whole part."""
    answered = sum(part.answered for part in parts)
    values = [part.value for part in parts if part.value is not None]
    if len(values) < len(parts):
        return Worked(None, Status.INCOMPLETE, answered)
    total = sum(values, Fraction(0))
    value = score.table[int(total)] if score.table else total
    return Worked(value, worst(part.status for part in parts), answered)


def sheet_status(key: ScoringKey, worked: Mapping[str, Worked]) -> Status:
    """The status of the sheet: its worst score's, or that of the one score that decides."""
    if key.status_from is not None:
        return worked[key.status_from].status
    return worst(score.status for score in worked.values()) if worked else Status.INCOMPLETE


def worst(statuses: Iterable[Status]) -> Status:
    """The least whole of some statuses."""
    return min(statuses, key=WORST_FIRST.index)


def as_shown(key: ScoringKey, name: str, worked: Worked) -> ScoreValue:
    """A score as it leaves: its band is read from the exact value, never from the one shown."""
    value = worked.value
    return ScoreValue(
        value=None if value is None else shown(value),
        band=None if value is None else band_of(value, key.score(name).bands),
        status=worked.status,
        answered=worked.answered,
    )


def raised(alerts: tuple[Alert, ...], values: Mapping[int, Fraction]) -> tuple[set[int], set[int]]:
    """The items that raise an alert, and those whose alert is unknown, by number in the key."""
    found: set[int] = set()
    unknown: set[int] = set()
    for alert in alerts:
        given = {number: values[number] for number in alert.items if number in values}
        ticked = {number for number, value in given.items() if value > 0}
        if alert.by_sum:
            found |= ticked if sum(given.values()) >= alert.at_least else set()
            unknown |= set() if given else set(alert.items)
        else:
            found |= {number for number in ticked if given[number] >= alert.at_least}
            unknown |= set(alert.items) - given.keys()
    return found, unknown
