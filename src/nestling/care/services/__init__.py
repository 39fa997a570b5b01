"""Everything that is written in this room: each a use case, in one transaction with its audit."""

from nestling.care.services.contacts import record_contact
from nestling.care.services.details import (
    ContactDetails,
    EndingDetails,
    InterimOfferDetails,
    NoteGiven,
    StepDetails,
    TakeUpDetails,
    WaitingContactDetails,
)
from nestling.care.services.endings import end_episode, reopen_episode
from nestling.care.services.episodes import change_focus, make_step, note_step_outcome, set_stage
from nestling.care.services.handover import ensure_handover_tasks
from nestling.care.services.take_up import take_up
from nestling.care.services.waiting import (
    close_waiting,
    make_interim_offer,
    note_referrer_update,
    record_waiting_contact,
    triage_again,
)

__all__ = [
    "ContactDetails",
    "EndingDetails",
    "InterimOfferDetails",
    "NoteGiven",
    "StepDetails",
    "TakeUpDetails",
    "WaitingContactDetails",
    "change_focus",
    "close_waiting",
    "end_episode",
    "ensure_handover_tasks",
    "make_interim_offer",
    "make_step",
    "note_referrer_update",
    "note_step_outcome",
    "record_contact",
    "record_waiting_contact",
    "reopen_episode",
    "set_stage",
    "take_up",
    "triage_again",
]
