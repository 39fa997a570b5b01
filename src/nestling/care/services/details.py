"""What the services of this room are given: plain, frozen, already checked for kind by a form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from nestling.accounts.models import User
from nestling.care.models import Episode
from nestling.people.models import Person, Relationship
from nestling.referrals.models import Referral


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingContactDetails:
    """A contact with a waiting family: ``planned_on`` or ``held_on`` says its day, or both do."""

    mode: str
    planned_on: date | None = None
    held_on: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterimOfferDetails:
    """Something offered meanwhile, and whether it was wanted (yes, no or not known)."""

    offer: str
    offered_on: date
    accepted: str = "not_known"
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeUpDetails:
    """With whom, paid by whom and by whom the work begins, and when they first meet."""

    relationships: Sequence[Relationship]
    funders: Sequence[str]
    practitioner: User
    first_session_on: date
    first_session_mode: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDetails:
    """A step ``up``, ``down`` or ``out`` to another service, handed over on a day."""

    direction: str
    destination: str
    handed_over_on: date
    accepted: str = "not_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteGiven:
    """The words of a contact's note, about one person or one relationship."""

    body: str
    about_person: Person | None = None
    about_relationship: Relationship | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDetails:
    """A session or call on an episode, or on a referral that still waits.

    ``presences`` says of each person by id what is known: codes of `attendance`. ``next_on`` is
    the next session agreed. ``recorded_on`` is the day of writing.
    """

    on: date
    recorded_on: date
    mode: str
    practitioner: User
    episode: Episode | None = None
    referral: Referral | None = None
    minutes: int | None = None
    presences: Mapping[UUID, str] = field(default_factory=dict)
    note: NoteGiven | None = None
    next_on: date | None = None
    next_mode: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingDetails:
    """How the work ended, as it is written down."""

    planned: bool
    reason: str
    session_held: str
    last_contact_on: date | None = None
    safeguarding_at_end: str = ""
    words: str = ""
    step: StepDetails | None = None
