"""What the services of this room are given: plain, frozen, already checked for kind by a form."""

from dataclasses import dataclass
from datetime import date

from nestling.accounts.models import User
from nestling.people.models import Family, Person, Relationship


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    """Everything that is said of a person apart from numbers, addresses and relationships."""

    kind: str
    given_name: str = ""
    family_name: str = ""
    known_as: str = ""
    due_on: date | None = None
    due_source: str = ""
    born_on: date | None = None
    birth_order: int | None = None
    sex: str = ""
    language: str = ""
    interpreter: str = ""
    ethnicity: str = ""
    religion: str = ""
    access_needs: str = ""
    gp_practice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BirthDetails:
    """News of a birth. What is left empty stays as it was before."""

    born_on: date
    given_name: str = ""
    family_name: str = ""
    sex: str = ""
    nhs_number: str = ""
    birth_order: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDetails:
    """An agreement as it was given or refused; codes of `agreements`, its capacity and method."""

    code: str
    about: Person
    given_by: Person
    capacity: str
    answer: str
    method: str
    given_on: date
    scope: str = ""
    expires_on: date | None = None
    relationship: Relationship | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskGiven:
    """One answer to one factor, about a person or about a relationship.

    ``family`` is the one in whose work it was asked, or ``None`` before a family is declared.
    """

    factor: str
    answer: str
    about_person: Person | None = None
    about_relationship: Relationship | None = None
    words: str = ""
    family: Family | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeContactDetails:
    """Which ways of reaching a person are safe."""

    may_call: bool = False
    may_leave_voicemail: bool = False
    may_text: bool = False
    may_email: bool = False
    may_post: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressDetails:
    """An address; a confidential one keeps its postcode among its sealed lines."""

    lines: str
    postcode: str = ""
    confidential: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPointDetails:
    """A phone number or email address."""

    kind: str
    value: str
    preferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDetails:
    """A note before it is signed. ``family``: in whose work it was written, if one is declared."""

    kind: str
    body: str
    happened_on: date
    written_on: date
    family: Family | None
    about_person: Person | None = None
    about_relationship: Relationship | None = None
    third_party: bool = False
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDetails:
    """Something to do, about a baby or child, a relationship or nobody."""

    kind: str
    words: str
    due_on: date
    about_person: Person | None = None
    about_relationship: Relationship | None = None
    assigned_to: User | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDetails:
    """A message by ``text``, ``email`` or ``post`` to a person, ``about`` a baby or nobody."""

    person: Person
    channel: str
    subject: str
    body: str
    about: Person | None = None
    automatic: bool = True
