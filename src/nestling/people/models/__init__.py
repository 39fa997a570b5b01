"""Persons, relationships, declared families, and what is known, agreed and written about them."""

from nestling.people.models.agreements import Agreement, LawfulBasis
from nestling.people.models.contact import Address, ContactPoint, OutboxMessage, SafeContact
from nestling.people.models.duplicates import DuplicatePair, PairState, PersonMerge
from nestling.people.models.families import (
    Family,
    FamilyMember,
    NetworkMember,
    OnMyMind,
    ProfessionalContact,
)
from nestling.people.models.notes import Note, Task
from nestling.people.models.persons import (
    Person,
    PersonIdentifier,
    PersonKind,
    PersonState,
    PersonTeam,
)
from nestling.people.models.protection import (
    Adoption,
    EmergencyUse,
    LockName,
    Notice,
    NoticeKind,
    RecordLock,
    SealedRow,
    StaffPerson,
    Verdict,
)
from nestling.people.models.relationships import Relationship
from nestling.people.models.risks import Alert, RiskAnswer, SafeguardingStatus

__all__ = [
    "Address",
    "Adoption",
    "Agreement",
    "Alert",
    "ContactPoint",
    "DuplicatePair",
    "EmergencyUse",
    "Family",
    "FamilyMember",
    "LawfulBasis",
    "LockName",
    "NetworkMember",
    "Note",
    "Notice",
    "NoticeKind",
    "OnMyMind",
    "OutboxMessage",
    "PairState",
    "Person",
    "PersonIdentifier",
    "PersonKind",
    "PersonMerge",
    "PersonState",
    "PersonTeam",
    "ProfessionalContact",
    "RecordLock",
    "Relationship",
    "RiskAnswer",
    "SafeContact",
    "SafeguardingStatus",
    "SealedRow",
    "StaffPerson",
    "Task",
    "Verdict",
]
