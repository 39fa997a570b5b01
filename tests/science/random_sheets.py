"""Random answer sheets as text, scored one by one and as a table, to see that both agree."""

import random
from typing import Any

import pyarrow as pa

from nestling.science.scoring import Item, ScoredSheet, ScoringKey, score_sheet, score_table
from nestling.science.scoring.answers import answer_from_text

ODD = ("NA", "NOB", "DK", "x", " ", "-1", "999", "1.5", "2.0", "2.25", "nan", "1e3", "1e99")
BLANK, STRANGE, WORD = 0.05, 0.003, 0.1


def random_answer(item: Item, rng: random.Random) -> str | None:
    """An answer as a cell of text: mostly good, now and then missing, a word or wrong."""
    luck = rng.random()
    if luck < BLANK:
        return None
    if luck < BLANK + STRANGE:
        return rng.choice(ODD)
    if item.words and luck < BLANK + STRANGE + WORD:
        return rng.choice(sorted(item.words))
    if item.decimals:
        return str(round(rng.uniform(item.low, item.high), rng.choice([0, 1, 1, item.decimals])))
    return str(rng.randint(item.low, item.high))


def random_sheets(key: ScoringKey, *, rows: int, seed: int) -> list[dict[str, str | None]]:
    """Sheets with the numbers of the key, in one column more a stray answer once in a while."""
    rng = random.Random(f"{seed}{key.instrument}")
    sheets = []
    for _ in range(rows):
        sheet = {str(item.number): random_answer(item, rng) for item in key.items}
        sheets.append({**sheet, "77": "1" if rng.random() < STRANGE else None})
    return sheets


def disagreements(
    key: ScoringKey, sheets: list[dict[str, str | None]], *, coding: str, order: str | None
) -> list[tuple[dict[str, str | None], Any, Any]]:
    """Each sheet on which the table and the one-sheet function differ, with both answers."""
    names = list(sheets[0])
    table = pa.table({name: pa.array([s[name] for s in sheets], pa.string()) for name in names})
    by_table = score_table(key, table, coding=coding, item_order=order).to_pylist()
    found = []
    for sheet, answer in zip(sheets, by_table, strict=True):
        given = {name: answer_from_text(text) for name, text in sheet.items() if text is not None}
        one = as_row(key, score_sheet(key, given, coding=coding, item_order=order))
        if one != answer:
            found.append((sheet, one, answer))
    return found


def as_row(key: ScoringKey, sheet: ScoredSheet) -> dict[str, Any]:
    """A scored sheet in the columns of the table."""
    row: dict[str, Any] = {"status": sheet.status.value, "missing": list(sheet.missing)}
    for name in key.score_names():
        value = sheet.scores.get(name)
        row[name] = value.value if value else None
        row[f"{name}_band"] = value.band if value else None
        row[f"{name}_status"] = value.status.value if value else None
    errors = [{"item": fault.item, "reason": fault.reason.value} for fault in sheet.faults]
    return row | {
        "alerts": list(sheet.alerts),
        "unknown_alerts": list(sheet.unknown_alerts),
        "errors": errors,
    }


def orders(key: ScoringKey) -> list[str | None]:
    """The item orders in which a sheet may come."""
    return [None, *(order.name for order in key.item_orders)]
