"""Writes the golden answers: `python tests/golden/instruments/make.py`.

A plain program that shares no line with the package. Every key below was typed from the published
keys as README.md lists them, not from the package's own files; numbers are exact fractions from the
standard library.
"""
# Read from top to bottom with the printed keys beside it: long functions and tables are the point.
# ruff: noqa: C408, C901, PLR0911, PLR0912, PLR0915, T201, PLC0206

import json
import random
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SEED = 20261122

Key = dict[str, Any]
Sheet = dict[str, Any]
Cut = list[tuple[int, str]] | None


def span(first: int, last: int) -> list[int]:
    return list(range(first, last + 1))


# For each instrument: number of items, lowest and highest value, items turned on the form, and for
# each score its items and how it is made. Makers: ("sum",), ("mean",), ("mean10", fewest),
# ("half", fewest), ("sdq",), ("rated",), ("yes",).
KEYS: dict[str, Key] = {
    "epds": dict(
        n=10,
        low=0,
        high=3,
        turned=[3, 5, 6, 7, 8, 9, 10],
        watch=[10],
        scores={
            "total": (
                span(1, 10),
                ("sum",),
                [(0, "below_possible"), (10, "possible"), (13, "probable")],
            )
        },
    ),
    "phq9": dict(
        n=9,
        low=0,
        high=3,
        turned=[],
        watch=[9],
        scores={
            "total": (
                span(1, 9),
                ("sum",),
                [
                    (0, "minimal"),
                    (5, "mild"),
                    (10, "moderate"),
                    (15, "moderately_severe"),
                    (20, "severe"),
                ],
            )
        },
    ),
    "gad7": dict(
        n=7,
        low=0,
        high=3,
        turned=[],
        scores={
            "total": (
                span(1, 7),
                ("sum",),
                [(0, "minimal"), (5, "mild"), (10, "moderate"), (15, "severe")],
            )
        },
    ),
    "gad2": dict(
        n=2,
        low=0,
        high=3,
        turned=[],
        scores={"total": ([1, 2], ("sum",), [(0, "negative"), (3, "positive")])},
    ),
    "whooley": dict(
        n=2,
        low=0,
        high=1,
        turned=[],
        scores={"total": ([1, 2], ("yes",), [(0, "negative"), (1, "positive")])},
    ),
    "core10": dict(
        n=10,
        low=0,
        high=4,
        turned=[2, 3],
        watch=[6],
        scores={
            "total": (
                span(1, 10),
                ("mean10", 9),
                [
                    (0, "healthy"),
                    (6, "low"),
                    (11, "mild"),
                    (15, "moderate"),
                    (20, "moderate_severe"),
                    (25, "severe"),
                ],
            )
        },
    ),
    "coreom": dict(
        n=34,
        low=0,
        high=4,
        turned=[3, 4, 7, 12, 19, 21, 31, 32],
        watch=[6, 9, 16, 22, 24, 34],
        decides="total",
        scores={
            "total": (span(1, 34), ("mean10", 31), None),
            "W": ([4, 14, 17, 31], ("sum",), None),
            "P": ([2, 5, 8, 11, 13, 15, 18, 20, 23, 27, 28, 30], ("sum",), None),
            "F": ([1, 3, 7, 10, 12, 19, 21, 25, 26, 29, 32, 33], ("sum",), None),
            "R": ([6, 9, 16, 22, 24, 34], ("sum",), None),
        },
    ),
    "hads": dict(
        n=14,
        low=0,
        high=3,
        turned=[1, 3, 5, 6, 8, 10, 11, 13],
        scores={
            "A": (
                span(1, 14)[0::2],
                ("half", 4),
                [(0, "normal"), (8, "mild"), (11, "moderate"), (15, "severe")],
            ),
            "D": (
                span(1, 14)[1::2],
                ("half", 4),
                [(0, "normal"), (8, "mild"), (11, "moderate"), (15, "severe")],
            ),
        },
    ),
    "mors_sf": dict(
        n=14,
        low=0,
        high=5,
        turned=[],
        unverified=True,
        scores={
            "warmth": ([1, 3, 4, 6, 8, 11, 13], ("sum",), None),
            "invasion": ([2, 5, 7, 9, 10, 12, 14], ("sum",), None),
        },
    ),
    "mpas": dict(
        n=19,
        low=1,
        high=5,
        turned=[],
        places=4,
        no_raw=True,
        unverified=True,
        scores={
            "total": (span(1, 19), ("sum",), None),
            "quality": ([3, 4, 5, 6, 7, 10, 14, 18, 19], ("sum",), None),
            "absence_of_hostility": ([1, 2, 15, 16, 17], ("sum",), None),
            "pleasure": ([8, 9, 11, 12, 13], ("sum",), None),
        },
    ),
    "ppas": dict(
        n=19,
        low=1,
        high=5,
        turned=[],
        places=4,
        no_raw=True,
        unverified=True,
        scores={"total": (span(1, 19), ("sum",), None)},
    ),
    "maas": dict(
        n=19,
        low=1,
        high=5,
        turned=[1, 3, 5, 6, 7, 9, 10, 12, 15, 16, 18],
        scores={
            "total": (span(1, 19), ("sum",), None),
            "quality": ([3, 6, 9, 10, 11, 12, 13, 15, 16, 19], ("sum",), None),
            "time": ([1, 2, 4, 5, 8, 14, 17, 18], ("sum",), None),
        },
    ),
    "paas": dict(
        n=16,
        low=1,
        high=5,
        turned=[],
        no_raw=True,
        unverified=True,
        scores={"total": (span(1, 16), ("sum",), None)},
    ),
    "prfq": dict(
        n=18,
        low=1,
        high=7,
        turned=[11, 18],
        scores={
            "PM": ([1, 4, 7, 10, 13, 16], ("mean",), None),
            "CM": ([2, 5, 8, 11, 14, 17], ("mean",), None),
            "IC": ([3, 6, 9, 12, 15, 18], ("mean",), None),
        },
    ),
    "psi4sf": dict(
        n=36,
        low=1,
        high=5,
        turned=[],
        no_raw=True,
        unverified=True,
        scores={
            "total": (span(1, 36), ("sum",), None),
            "PD": (span(1, 12), ("sum",), None),
            "PCDI": (span(13, 24), ("sum",), None),
            "DC": (span(25, 36), ("sum",), None),
        },
    ),
    "kpcs": dict(
        n=15,
        low=0,
        high=3,
        turned=[],
        words={"NA": (2, [1, 9])},
        scores={"total": (span(1, 15), ("sum",), [(0, "low_confidence"), (40, "not_low")])},
    ),
    "topse": dict(
        n=48,
        low=0,
        high=10,
        turned=[],
        no_raw=True,
        unverified=True,
        scores={f"S{k + 1}": (span(6 * k + 1, 6 * k + 6), ("sum",), None) for k in range(8)},
    ),
    "bpses": dict(n=5, low=1, high=5, turned=[], scores={"total": (span(1, 5), ("sum",), None)}),
    "kips": dict(
        n=12,
        low=1,
        high=5,
        turned=[],
        words={"NOB": (None, span(1, 12))},
        scores={"total": (span(1, 12), ("rated",), [(1, "low"), (3, "moderate"), (4, "high")])},
    ),
    "pbq": dict(
        n=25,
        low=0,
        high=5,
        turned=[1, 4, 8, 9, 11, 16, 22, 25],
        pair_alert=[18, 24],
        old_order={8: 10, 9: 8, 10: 9},
        scores={
            "total": (span(1, 25), ("sum",), None),
            "F1": (
                [1, 2, 6, 7, 8, 9, 10, 12, 13, 15, 16, 17],
                ("sum",),
                [(0, "normal"), (12, "high")],
            ),
            "F2": ([3, 4, 5, 11, 14, 21, 23], ("sum",), [(0, "normal"), (13, "high")]),
            "F3": ([19, 20, 22, 25], ("sum",), [(0, "normal"), (10, "high")]),
            "F4": ([18, 24], ("sum",), [(0, "normal"), (2, "high")]),
        },
    ),
    "sdq_p2_4": dict(
        n=25,
        low=0,
        high=2,
        turned=[7, 11, 14, 21, 25],
        difficulties=["emotional", "conduct", "hyperactivity", "peer"],
        scores={
            "emotional": (
                [3, 8, 13, 16, 24],
                ("sdq",),
                [(0, "normal"), (3, "borderline"), (4, "abnormal")],
            ),
            "conduct": (
                [5, 7, 12, 18, 22],
                ("sdq",),
                [(0, "normal"), (4, "borderline"), (5, "abnormal")],
            ),
            "hyperactivity": (
                [2, 10, 15, 21, 25],
                ("sdq",),
                [(0, "normal"), (6, "borderline"), (7, "abnormal")],
            ),
            "peer": (
                [6, 11, 14, 19, 23],
                ("sdq",),
                [(0, "normal"), (3, "borderline"), (4, "abnormal")],
            ),
            "prosocial": (
                [1, 4, 9, 17, 20],
                ("sdq",),
                [(0, "abnormal"), (6, "borderline"), (7, "normal")],
            ),
        },
    ),
    "wemwbs": dict(n=14, low=1, high=5, turned=[], scores={"total": (span(1, 14), ("sum",), None)}),
    "swemwbs": dict(
        n=7, low=1, high=5, turned=[], metric=True, scores={"total": (span(1, 7), ("sum",), None)}
    ),
    "ors": dict(
        n=4,
        low=0,
        high=10,
        turned=[],
        places=1,
        unverified=True,
        scores={"total": (span(1, 4), ("sum",), None)},
    ),
    "srs": dict(
        n=4,
        low=0,
        high=10,
        turned=[],
        places=1,
        unverified=True,
        scores={"total": (span(1, 4), ("sum",), [(0, "concern"), (36, "no_concern")])},
    ),
    "chi_esq": dict(
        n=12,
        low=1,
        high=3,
        turned=[],
        words={"DK": (None, span(1, 12))},
        unverified=True,
        scores={
            "care": ([1, 2, 3, 4, 5, 6, 7, 11, 12], ("rated",), None),
            "environment": ([8, 9, 10], ("rated",), None),
        },
    ),
    "gbo": dict(
        n=3,
        low=0,
        high=10,
        turned=[],
        goals=True,
        scores={f"goal_{k}": ([k], ("sum",), None) for k in (1, 2, 3)},
    ),
    "pir_gas": dict(
        n=1,
        low=1,
        high=100,
        turned=[],
        unverified=True,
        scores={
            "total": (
                [1],
                ("sum",),
                [
                    (1, "documented_maltreatment"),
                    (11, "grossly_impaired"),
                    (21, "severely_disordered"),
                    (31, "disordered"),
                    (41, "disturbed"),
                    (51, "distressed"),
                    (61, "significantly_perturbed"),
                    (71, "perturbed"),
                    (81, "adapted"),
                    (91, "well_adapted"),
                ],
            )
        },
    ),
    "loaf": dict(
        n=2,
        low=1,
        high=4,
        turned=[],
        unverified=True,
        scores={
            name: (
                [at],
                ("sum",),
                [(1, "good_enough"), (2, "strained"), (3, "compromised"), (4, "disordered")],
            )
            for at, name in ((1, "A"), (2, "B"))
        },
    ),
    "cgas": dict(
        n=1,
        low=1,
        high=100,
        turned=[],
        scores={"total": ([1], ("sum",), [(1, "below_normal"), (71, "normal")])},
    ),
}

# SWEMWBS: metric score for a raw score of 7, 8, 9 and so on to 35.
METRIC = [
    "7.00",
    "9.51",
    "11.25",
    "12.40",
    "13.33",
    "14.08",
    "14.75",
    "15.32",
    "15.84",
    "16.36",
    "16.88",
    "17.43",
    "17.98",
    "18.59",
    "19.25",
    "19.98",
    "20.73",
    "21.54",
    "22.35",
    "23.21",
    "24.11",
    "25.03",
    "26.02",
    "27.03",
    "28.13",
    "29.31",
    "30.70",
    "32.55",
    "35.00",
]

RANK = {"complete": 0, "prorated": 1, "incomplete": 2, "invalid": 3}


# one answer


def judge(key: Key, number: int, answer: Any) -> tuple[Any, ...]:
    """('value', fraction), ('blank',) or ('bad', reason)."""
    words = key.get("words", {})
    if answer is None:
        return ("blank",)
    if isinstance(answer, str):
        if answer in words and number in words[answer][1]:
            given = words[answer][0]
            return ("blank",) if given is None else ("word", Fraction(given))
        return ("bad", "not_allowed" if answer in ("NA", "NOB", "DK") else "wrong_type")
    if isinstance(answer, bool) or not isinstance(answer, (int, Decimal)):
        return ("bad", "wrong_type")
    places = key.get("places", 0)
    exact = Fraction(answer)
    if (exact * 10**places) % 1 != 0:
        return ("bad", "too_many_decimals" if places else "not_integer")
    if exact < key["low"] or exact > key["high"]:
        return ("bad", "out_of_range")
    return ("value", exact)


# one sheet


def answer_key(name: str, sheet: Sheet) -> dict[str, Any]:
    key = KEYS[name]
    coding = sheet.get("coding", "raw")
    out: dict[str, Any] = {
        "status": None,
        "missing": [],
        "scores": {},
        "alerts": [],
        "unknown_alerts": [],
        "errors": [],
    }
    watch = key.get("watch", [])
    pair = key.get("pair_alert", [])
    if coding == "raw" and key.get("no_raw"):
        out.update(status="invalid", errors=[{"item": None, "reason": "raw_not_supported"}])
        return out
    swap = key.get("old_order", {}) if sheet.get("item_order") == "2001" else {}
    on_form = {swap.get(k, k): k for k in span(1, key["n"])}
    held: dict[int, Fraction] = {}
    for k in span(1, key["n"]):
        place = swap.get(k, k)
        got = judge(key, place, sheet["responses"].get(str(k)))
        if got[0] == "bad":
            out["errors"].append({"item": str(k), "reason": got[1]})
        elif got[0] == "blank":
            out["missing"].append(k)
        elif got[0] == "value" and coding == "raw" and place in key["turned"]:
            held[place] = key["low"] + key["high"] - got[1]
        else:
            held[place] = got[1]
    for label in sheet["responses"]:
        if label not in [str(k) for k in span(1, key["n"])]:
            out["errors"].append({"item": label, "reason": "unknown_item"})
    out["alerts"] = sorted(on_form[k] for k in watch if held.get(k, 0) >= 1)
    out["unknown_alerts"] = sorted(on_form[k] for k in watch if k not in held)
    if pair:
        ticked = [k for k in pair if held.get(k, 0) > 0]
        if sum(held.get(k, 0) for k in pair) >= 2:
            out["alerts"] = sorted(on_form[k] for k in ticked)
        if not any(k in held for k in pair):
            out["unknown_alerts"] = sorted(on_form[k] for k in pair)
    if out["errors"]:
        out["status"] = "invalid"
        return out
    exact: dict[str, Fraction | None] = {}
    for label, (numbers, how, cut) in key["scores"].items():
        if key.get("goals") and numbers[0] not in held:
            continue
        value, state = make_score([held[k] for k in numbers if k in held], len(numbers), how)
        exact[label] = value
        out["scores"][label] = line(value, cut, state)
    if "difficulties" in key:
        parts = [out["scores"][label] for label in key["difficulties"]]
        if any(part["value"] is None for part in parts):
            out["scores"]["total"] = line(None, None, "incomplete")
        else:
            state = (
                "prorated" if any(part["status"] == "prorated" for part in parts) else "complete"
            )
            value = sum((exact[label] or Fraction(0) for label in key["difficulties"]), Fraction(0))
            out["scores"]["total"] = line(
                value, [(0, "normal"), (13, "borderline"), (16, "abnormal")], state
            )
    if "metric" in key:
        raw = exact["total"]
        metric = None if raw is None else Fraction(METRIC[int(raw) - 7])
        out["scores"]["metric"] = line(metric, None, out["scores"]["total"]["status"])
    states = [score["status"] for score in out["scores"].values()]
    if "decides" in key:
        out["status"] = out["scores"][key["decides"]]["status"]
    else:
        out["status"] = max(states, key=RANK.__getitem__) if states else "incomplete"
    return out


def make_score(
    answered: list[Fraction], items: int, how: tuple[Any, ...]
) -> tuple[Fraction | None, str]:
    """Value and status of one score."""
    full = len(answered) == items
    state = "complete" if full else "prorated"
    kind = how[0]
    total = sum(answered, Fraction(0))
    if kind == "yes":
        known = full or total >= 1
        return (total, "complete") if known else (None, "incomplete")
    if kind in ("sum", "mean"):
        if not full:
            return None, "incomplete"
        return (total if kind == "sum" else total / items), "complete"
    fewest = {"mean10": how[-1], "half": how[-1], "sdq": 3, "rated": 1}[kind]
    if len(answered) < fewest:
        return None, "incomplete"
    mean = total / len(answered)
    if kind == "mean10":
        return mean * 10, state
    if kind == "half":
        return mean * 7, state
    if kind == "rated":
        return mean, state
    return Fraction(int(mean * 5 + Fraction(1, 2))), state


def line(value: Fraction | None, cut: Cut, state: str) -> dict[str, Any]:
    band = None
    if value is not None and cut:
        for start, label in cut:
            if value >= start:
                band = label
    return {"value": None if value is None else plain(value), "band": band, "status": state}


def plain(value: Fraction) -> int | float:
    """An int, or a float of ten places with the last place rounded half up."""
    if value.denominator == 1:
        return int(value)
    return float(Decimal(int(value * 10**10 + Fraction(1, 2))) / Decimal(10**10))


# the sheets


def raw_for(key: Key, want: dict[int, Any]) -> dict[str, Any]:
    """What to tick so that the oriented values are those wanted."""
    return {
        str(k): (key["low"] + key["high"] - v if k in key["turned"] and v is not None else v)
        for k, v in want.items()
    }


def sheets_for(name: str) -> Iterator[Sheet]:
    key = KEYS[name]
    rng = random.Random(f"{SEED}{name}")
    n, low, high = key["n"], key["low"], key["high"]
    base = {"coding": "scored"} if key.get("no_raw") else {}
    every = span(1, n)

    def sheet(values: dict[Any, Any], **more: str) -> Sheet:
        return {"responses": {str(k): v for k, v in values.items()}, **base, **more}

    yield sheet(dict.fromkeys(every, low))
    yield sheet(dict.fromkeys(every, high))
    yield sheet(dict.fromkeys(every, low), coding="scored")
    yield sheet(dict.fromkeys(every, high), coding="scored")
    yield sheet({})
    if key.get("no_raw"):
        yield {"responses": {str(k): low for k in every}}
        yield {"responses": {str(k): low for k in every}, "coding": "raw"}
    yield from band_edges(key, base)
    for k in every[: min(n, 12)]:
        yield sheet({j: (high if j == k else low) for j in every})
    for missing in range(1, min(n, 6) + 1):
        left_out = set(rng.sample(every, missing))
        yield sheet({k: rng.randint(low, high) for k in every if k not in left_out})
    for numbers, _, _ in key["scores"].values():
        for gone in range(1, min(len(numbers), 5) + 1):
            blank = set(numbers[:gone])
            yield sheet({k: (None if k in blank else rng.randint(low, high)) for k in every})
    for number in [*key.get("watch", []), *key.get("pair_alert", [])]:
        yield {"responses": raw_for(key, {k: (1 if k == number else 0) for k in every})}
        yield {"responses": raw_for(key, {k: (high if k == number else 0) for k in every})}
        yield {"responses": raw_for(key, {k: (None if k == number else 0) for k in every})}
        yield sheet({k: (high + 1 if k == number else low) for k in every})
    if key.get("pair_alert"):
        one, two = key["pair_alert"]
        for a, b in ((1, 1), (2, 0), (0, 2), (0, 1), (None, None), (None, 2), (1, None)):
            yield {"responses": raw_for(key, {k: {one: a, two: b}.get(k, 0) for k in every})}
    if "old_order" in key:
        for _ in range(8):
            answers = {k: rng.choice([0, 1, 2, 3, 4, 5, 5, None]) for k in every}
            yield sheet(answers, item_order="2001")
            yield sheet(answers, item_order="2006")
            yield sheet(answers, item_order="2001", coding="scored")
        for k in (8, 9, 10):
            yield sheet({j: (5 if j == k else 0) for j in every}, item_order="2001")
            yield sheet({j: (None if j == k else 0) for j in every}, item_order="2001")
            yield sheet({j: (7 if j == k else 0) for j in every}, item_order="2001")
    bad: list[Any] = [
        low - 1,
        high + 1,
        True,
        False,
        "2",
        "x",
        "NA",
        "NOB",
        "DK",
        Decimal("1.5"),
        Decimal("2.25"),
        [1],
        {"a": 1},
        Decimal("2.0"),
        10**9,
        Decimal("1.00001"),
    ]
    for answer in bad:
        at = rng.choice(every)
        yield sheet({k: (answer if k == at else rng.randint(low, high)) for k in every})
    yield sheet({**dict.fromkeys(every, low), n + 1: low})
    yield sheet({**dict.fromkeys(every, low), "x": low})
    yield sheet({**dict.fromkeys(every, low), "01": low})
    yield sheet({k: (high + 1 if k % 2 else "?") for k in every})
    for word, (_, allowed) in key.get("words", {}).items():
        yield sheet({k: (word if k in allowed else high) for k in every})
        for k in allowed[:4]:
            yield sheet({j: (word if j == k else high) for j in every})
        yield sheet({k: (word if k in allowed[1:] else low) for k in every})
        if len(allowed) > 3:
            for _ in range(6):
                yield sheet({k: rng.choice([word, None, *span(low, high)]) for k in every})
    for _ in range(12):
        yield sheet({k: some_value(key, rng) for k in every})
    for _ in range(8):
        yield sheet({k: some_value(key, rng) for k in every}, coding="scored")


def some_value(key: Key, rng: random.Random) -> Decimal | int:
    places = key.get("places", 0)
    if places:
        return Decimal(rng.randint(key["low"] * 10, key["high"] * 10)) / 10
    return rng.randint(key["low"], key["high"])


def band_edges(key: Key, base: dict[str, str]) -> Iterator[Sheet]:
    """Sheets whose score is one below and at each lower bound, point by point."""
    n, low, high = key["n"], key["low"], key["high"]
    for numbers, how, cut in key["scores"].values():
        for start, _ in cut or []:
            aims = {start - 1, start}
            points = []
            for aim in aims:
                total = aim * len(numbers) if how[0] == "rated" else aim
                points.append(total)
                if how[0] == "rated":
                    points.append(total - 1)
            for total in sorted(set(points)):
                spare = total - low * len(numbers)
                if spare < 0 or spare > (high - low) * len(numbers):
                    continue
                want = dict.fromkeys(span(1, n), low)
                for k in numbers:
                    add = min(spare, high - low)
                    want[k] += add
                    spare -= add
                yield {"responses": raw_for(key, want), **base}


def main() -> None:
    for name in KEYS:
        rows = []
        seen = set()
        for sheet in sheets_for(name):
            text = json.dumps(sheet, default=float)
            if text in seen:
                continue
            seen.add(text)
            expected = answer_key(name, json.loads(text, parse_float=Decimal))
            if KEYS[name].get("unverified"):
                expected["evidence"] = "unverified"
            rows.append(json.dumps({"sheet": json.loads(text), "expected": expected}))
        (HERE / f"{name}.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
        print(f"{name}: {len(rows)} rows")


if __name__ == "__main__":
    main()
