"""What this room reads: the waiting list, episodes, caseloads, its part of a family’s story."""

from nestling.care.queries.clock import wait_of
from nestling.care.queries.episodes import (
    CaseloadRow,
    EpisodeParts,
    caseload,
    episode_parts,
    episodes_of,
    family_adults_and_babies,
    in_focus,
    last_ending,
    open_episode,
    open_step,
)
from nestling.care.queries.locked_waits import locked_waits
from nestling.care.queries.relationships import relationships_in
from nestling.care.queries.story import story_entries
from nestling.care.queries.team_members import practitioners_of
from nestling.care.queries.team_rules import TeamRules, team_rules
from nestling.care.queries.waiting_keys import WaitingKey, waiting_keys
from nestling.care.queries.waiting_list import (
    ORDERS,
    SHOWS,
    Carer,
    WaitingFigures,
    WaitingList,
    WaitingRow,
    waiting_list,
)
from nestling.care.queries.waits import (
    WaitCase,
    WaitHistory,
    news_of,
    open_wait,
    plans_of,
    taken_up_as,
    wait_history,
)

__all__ = [
    "ORDERS",
    "SHOWS",
    "Carer",
    "CaseloadRow",
    "EpisodeParts",
    "TeamRules",
    "WaitCase",
    "WaitHistory",
    "WaitingFigures",
    "WaitingKey",
    "WaitingList",
    "WaitingRow",
    "caseload",
    "episode_parts",
    "episodes_of",
    "family_adults_and_babies",
    "in_focus",
    "last_ending",
    "locked_waits",
    "news_of",
    "open_episode",
    "open_step",
    "open_wait",
    "plans_of",
    "practitioners_of",
    "relationships_in",
    "story_entries",
    "taken_up_as",
    "team_rules",
    "wait_history",
    "wait_of",
    "waiting_keys",
    "waiting_list",
]
