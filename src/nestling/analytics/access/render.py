"""An outcome in the form asked for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from nestling.analytics.access import explained, page, writers
from nestling.analytics.access.explained import Explained
from nestling.reference.access import Question

if TYPE_CHECKING:
    from nestling.analytics.access.job import Outcome

FORMS = ("table", "csv", "json", "html")
WATERFALLS = {
    "table": explained.as_table,
    "csv": explained.as_csv,
    "json": explained.as_json,
    "html": explained.as_html,
}


def rendered(
    outcome: "Outcome", about: dict[str, Any], *, form: str, asked: Sequence[Question] = ()
) -> str:
    """The figures as a table, CSV, JSON or HTML."""
    if form == "csv":
        return writers.as_csv(outcome.published)
    if form == "json":
        quality = {"quality": outcome.quality.as_words()}
        return writers.as_json(outcome.published, {**reader_needs(about), **quality})
    if form == "html":
        return page.as_html(outcome.published, in_words(about, outcome), asked)
    return writers.as_table(outcome.published)


def reader_needs(about: dict[str, Any]) -> dict[str, Any]:
    """The part of a manifest that does not change from day to day."""
    return {
        key: about[key]
        for key in ("definitions", "disclosure", "breaks_in_the_series", "not_computed")
    }


def in_words(about: dict[str, Any], outcome: "Outcome") -> dict[str, str]:
    """How a page was made, in words."""
    lacking = about["not_computed"]
    return {
        "Made by": f"{about['made_by']} on {about['engine']['name']}",
        "Differencing": about["disclosure"]["differencing"],
        "Breaks in the series": "; ".join(about["breaks_in_the_series"]) or "none",
        "Not counted": "; ".join(f"{name} (no {lacks})" for name, lacks in lacking.items())
        or "none",
        **outcome.quality.as_words(),
    }


def rendered_waterfalls(found: Sequence[Explained], form: str) -> str:
    """The waterfalls as a table, CSV, JSON or HTML."""
    return WATERFALLS[form](found)
