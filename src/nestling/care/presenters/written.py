"""What a colleague has written meanwhile, by the fields of the form that is still filled in."""

from typing import Any

from nestling.care.models import Ending, Episode
from nestling.reference.codes import code_list


def episode_sentence(episode: Episode) -> str:
    """How the work stands now."""
    if episode.ended_on is not None:
        return "The work has ended."
    return f"The work goes on, at the stage “{code_list('episode_stages').label(episode.stage)}”."


def taken_up_values(row: Episode | None) -> dict[str, Any]:
    """How a colleague took the family up."""
    if row is None:
        return {}
    names = ("practitioner_id", "first_session_on")
    return {name.removesuffix("_id"): getattr(row, name) for name in names}


def ending_values(row: Ending | None) -> dict[str, Any]:
    """How a colleague wrote down the ending."""
    if row is None:
        return {}
    names = ("reason", "session_held", "last_contact_on", "safeguarding_at_end", "words")
    return {name: getattr(row, name) for name in names} | {
        "planned": "yes" if row.planned else "no"
    }


def next_session_values(episode: Episode) -> dict[str, Any]:
    """The session that is agreed now."""
    return {"next_on": episode.next_session_on, "next_mode": episode.next_session_mode}


NEXT_SESSION_COLUMNS = {"next_on": "next_session_on", "next_mode": "next_session_mode"}
FOCUS_COLUMNS = {"relationships": ("relationship_id", "until_on")}
