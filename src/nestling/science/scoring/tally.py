"""The scores of many sheets as whole-number fractions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from nestling.science.scoring.columns import Column, Flags, Ints
from nestling.science.scoring.key import FromScores, Method, Score, ScoringKey
from nestling.science.scoring.sheet import Status

#: The statuses from best to worst; a status is held as its place.
STATUSES = tuple(Status)
COMPLETE = STATUSES.index(Status.COMPLETE)
PRORATED = STATUSES.index(Status.PRORATED)
INCOMPLETE = STATUSES.index(Status.INCOMPLETE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One score of every sheet: ``over`` divided by ``under``, where there is a value."""

    over: Ints
    under: Ints
    has_value: Flags
    #: False where a sheet has no such score at all: a goal that was not set.
    is_scored: Flags
    status: Ints


def tally_scores(key: ScoringKey, columns: dict[int, Column], *, scale: int) -> dict[str, Tally]:
    """Every score of every sheet, by name."""
    tallies = {
        score.name: tally_score(score, [columns[number] for number in score.items], scale=scale)
        for score in key.scores
    }
    for derived in key.derived:
        tallies[derived.name] = tally_derived(derived, [tallies[part] for part in derived.parts])
    return tallies


def tally_score(score: Score, columns: Sequence[Column], *, scale: int) -> Tally:
    """One score from its items: the mean of the answered, times the factor."""
    total = reduce(np.add, (column.values for column in columns))
    count = reduce(np.add, (column.is_given.astype(np.int64) for column in columns))
    is_whole = count == len(columns)
    if score.method is Method.ANY:
        decided = is_whole | (total > 0)
        return made(
            total, np.full_like(total, scale), decided, np.where(decided, COMPLETE, INCOMPLETE)
        )
    over, under = total * score.factor, np.maximum(count, 1) * scale
    if score.rounds_to_whole:
        over, under = (2 * over + under) // (2 * under), np.ones_like(under)
    has_value = count >= score.needs
    part = np.where(is_whole, COMPLETE, PRORATED)
    status = np.where(has_value, part, INCOMPLETE)
    is_scored = count > 0 if score.is_optional else np.ones_like(has_value)
    return Tally(over=over, under=under, has_value=has_value, is_scored=is_scored, status=status)


def made(over: Ints, under: Ints, has_value: Flags, status: Ints) -> Tally:
    """A score that every sheet has, with a value or without."""
    return Tally(
        over=over,
        under=under,
        has_value=has_value,
        is_scored=np.ones_like(has_value),
        status=status,
    )


def tally_derived(score: FromScores, parts: Sequence[Tally]) -> Tally:
    """A score made of others: as whole as its least whole part."""
    has_value = reduce(np.logical_and, (part.has_value for part in parts))
    status = reduce(np.maximum, (part.status for part in parts))
    over, under = parts[0].over, parts[0].under
    for part in parts[1:]:
        over, under = over * part.under + part.over * under, under * part.under
    if score.table:
        over, under = looked_up(score, np.where(has_value, over // under, min(score.table)))
    return made(over, under, has_value, status)


def looked_up(score: FromScores, raw: Ints) -> tuple[Ints, Ints]:
    """The published value of each raw score, as a fraction."""
    under = int(np.lcm.reduce([value.denominator for value in score.table.values()]))
    rows = np.zeros(max(score.table) + 1, np.int64)
    for at, value in score.table.items():
        rows[at] = int(value * under)
    return rows[raw], np.full_like(raw, under)
