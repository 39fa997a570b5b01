"""What a number must carry before it may be printed."""

from typing import Any

import pytest

from nestling.science.figures import Figure, FigureError, FigureSource, Interval, SourceKind

SOURCE = FigureSource(kind=SourceKind.DATA, keys=("births",), words="ONS births")


def figure(**changes: Any) -> Figure:
    given: dict[str, Any] = {"value": 1.0, "unit": "teams", "date": "2025", "source": SOURCE}
    return Figure(**(given | changes))


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"unit": " "}, "has a unit"),
        ({"date": ""}, "has a date"),
        ({"value": float("nan")}, "a number or not known"),
        ({"value": None, "interval": Interval(low=1, high=2)}, "has no interval"),
    ],
)
def test_a_figure_without_what_a_reader_needs_is_refused(
    changes: dict[str, Any], fault: str
) -> None:
    with pytest.raises(FigureError, match=fault):
        figure(**changes)


def test_what_is_not_known_is_not_nought() -> None:
    assert not figure(value=None).is_known
    assert figure(value=0.0).is_known


@pytest.mark.parametrize(("low", "high"), [(2, 1), (0, float("inf"))])
def test_limits_the_wrong_way_round_or_open_are_refused(low: float, high: float) -> None:
    with pytest.raises(FigureError, match="wrong way round"):
        Interval(low=low, high=high)


def test_a_source_is_said_in_words() -> None:
    with pytest.raises(FigureError, match="said in words"):
        FigureSource(kind=SourceKind.DATA, words=" ")


@pytest.mark.parametrize("kind", [SourceKind.CLAIM, SourceKind.FINDING])
def test_a_claim_is_named_by_its_id(kind: SourceKind) -> None:
    with pytest.raises(FigureError, match="named by its id"):
        FigureSource(kind=kind, words="somewhere")
