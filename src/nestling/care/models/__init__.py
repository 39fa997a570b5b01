"""What happens while a family waits, and the episode from take-up to ending."""

from nestling.care.models.contacts import Contact, Presence
from nestling.care.models.episodes import (
    Ending,
    Episode,
    EpisodeFunder,
    EpisodeRelationship,
    EpisodeStage,
    StepMove,
)
from nestling.care.models.waiting import InterimOffer, ReferrerUpdate, TriageAgain, WaitingContact

__all__ = [
    "Contact",
    "Ending",
    "Episode",
    "EpisodeFunder",
    "EpisodeRelationship",
    "EpisodeStage",
    "InterimOffer",
    "Presence",
    "ReferrerUpdate",
    "StepMove",
    "TriageAgain",
    "WaitingContact",
]
