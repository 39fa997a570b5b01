"""Answer sheets scored exactly: one sheet or a whole table, by a key that is data."""

from nestling.science.scoring.answers import Fault, Reason
from nestling.science.scoring.exact import exact, half_away, shown
from nestling.science.scoring.key import (
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
from nestling.science.scoring.sheet import (
    ScoredSheet,
    ScoreValue,
    Status,
    refused_sheet,
    score_sheet,
)
from nestling.science.scoring.table import as_arrays, score_array, score_table

__all__ = [
    "Alert",
    "Band",
    "Direction",
    "Fault",
    "FromScores",
    "Item",
    "ItemOrder",
    "Method",
    "Reason",
    "Score",
    "ScoreValue",
    "ScoredSheet",
    "ScoringKey",
    "Status",
    "as_arrays",
    "exact",
    "half_away",
    "refused_sheet",
    "score_array",
    "score_sheet",
    "score_table",
    "shown",
]
