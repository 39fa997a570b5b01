"""What a referral brings, as plain values: forms fill these, `receive` stores them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from nestling.people.models import Person, Relationship


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeWays:
    """How a carer said, or a referrer says, that it is safe to reach the carer."""

    may_call: bool = False
    may_leave_voicemail: bool = False
    may_text: bool = False
    may_email: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BabyGiven:
    """A baby of a referral, born or not; ``existing`` where the record is there already."""

    given_name: str = ""
    family_name: str = ""
    due_on: date | None = None
    due_source: str = ""
    born_on: date | None = None
    birth_order: int | None = None
    sex: str = ""
    number: str = ""
    gp_practice: str = ""
    existing: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarerGiven:
    """A parent or carer: who they are to every baby of the referral, and how to reach them."""

    kind: str
    given_name: str = ""
    family_name: str = ""
    parental_responsibility: str = "not_known"
    is_primary_carer: bool = False
    lives_with: str = "not_known"
    phone: str = ""
    email: str = ""
    language: str = ""
    interpreter: str = ""
    access_needs: str = ""
    safe: SafeWays | None = None
    existing: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferrerGiven:
    """The professional who refers."""

    name: str
    role: str = ""
    workplace: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralWords:
    """What was written, each text under its own question."""

    concern: str = ""
    seen_between: str = ""
    baby_signals: str = ""
    parents_view: str = ""
    strengths: str = ""
    tried_so_far: str = ""
    outcome_wanted: str = ""
    practical: str = ""
    network: str = ""
    lives_with: str = ""
    why_without_agreement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralDetails:
    """A whole referral. ``method`` says how the agreement to it was given.

    ``self_referred``: the first carer is the one who asks. ``counts``: indicators by domain;
    ``signs``: codes of `opening_signs`. ``safeguarding``: a status of the nation's list.
    ``domestic_abuse``: a code of `risk_answers`; it is filed restricted, never with the referral.
    """

    route: str
    referrer_type: str
    family_knows: str = "not_known"
    method: str = "spoken"
    urgency: str = "routine"
    babies: tuple[BabyGiven, ...] = ()
    carers: tuple[CarerGiven, ...] = ()
    referrer: ReferrerGiven | None = None
    self_referred: bool = False
    words: ReferralWords = field(default_factory=ReferralWords)
    written_on: date | None = None
    stays_involved: str = ""
    known_for: str = ""
    age_band: str = ""
    postcode: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    signs: frozenset[str] = frozenset()
    safeguarding: str = ""
    domestic_abuse: str = ""
    domestic_abuse_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningDetails:
    """What a screener read and where the referral goes next.

    ``in_age`` and ``in_area``: ``yes``, ``no`` or ``not_known``. ``signs``: seen by the screener,
    beside those that the referrer reported.
    """

    complete: bool
    in_age: str
    in_area: str
    referrer_accepted: bool
    next_state: str
    door_opened_by: str = ""
    missing: str = ""
    words: str = ""
    signs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionDetails:
    """A decision, its coded reason, and what it leaves the baby with."""

    outcome: str
    reason: str = ""
    rationale: str = ""
    deciders: str = ""
    redirected_to: str = ""
    someone_sees_baby: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationDetails:
    """Advice to a colleague about a baby who is not named."""

    minutes: int
    consultee_type: str
    age_band: str
    theme: str
    outcome: str
    consultee_workplace: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaDetails:
    """A team's acceptance rules from a day on."""

    from_conception: bool
    limit_months: int
    tested_on: str
    postcode_districts: tuple[str, ...] = ()
    referrer_types: tuple[str, ...] = ()
    threshold: tuple[tuple[int, int], ...] = ()
    opening_signs: tuple[str, ...] = ()
    no_contact_days: int = 21
    near_limit_days: int = 60
    reopen_days: int = 91


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralParts:
    """The rows that a referral is about, once stored."""

    babies: tuple[Person, ...]
    carers: tuple[Person, ...]
    relationships: tuple[Relationship, ...]
