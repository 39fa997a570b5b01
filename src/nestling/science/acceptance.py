"""Whom a team takes: scope (age, place, who refers) and the doors that indicators and signs open.

Two kinds of rule and no third. *Scope* says whether a baby is one of those a team was set up for.
A *door* can only open: reaching a threshold of indicators, or a single sign, speaks for help at
once; not reaching it says nothing and closes nothing. A `Case` holds no fact about an adult's
health, so no rule, however it is written, can ask for a parent's diagnosis.

No rule decides. A lead reads the verdicts and signs a decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from nestling.science.ages import BabyDates, Stage, conceived_on, day_words, limit_on


class Verdict(StrEnum):
    """What a rule says about a case."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    OPENS = "opens"
    SILENT = "silent"
    """A door that is not opened: this says nothing against the case."""
    NOT_KNOWN = "not_known"
    """A fact is missing; it is asked for, never guessed."""


class TestedOn(StrEnum):
    """The day on which a team tests the age window."""

    __test__ = False  # its name begins like a test's

    RECEIVED = "received"
    FIRST_CONTACT = "first_contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to reach a threshold: at least ``domains`` domains with ``count`` or more signs."""

    domains: int
    count: int

    def __post_init__(self) -> None:
        """Refuse a way that anyone would meet.

        Raises:
            ValueError: a number below one.
        """
        if self.domains < 1 or self.count < 1:
            raise ValueError("a way needs at least 1 domain and at least 1 sign")

    def is_met(self, counts: Mapping[str, int]) -> bool:
        """Whether enough domains hold enough signs."""
        return sum(count >= self.count for count in counts.values()) >= self.domains


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """A team's acceptance rules on a day.

    ``from_conception`` false: the team begins at birth. ``limit_months``: on the day a baby has
    this age the baby is outside. Empty ``postcode_districts``: everywhere; empty
    ``referrer_types``: anyone; empty ``threshold`` and ``opening_signs``: no such door.
    """

    from_conception: bool
    limit_months: int
    tested_on: TestedOn
    postcode_districts: frozenset[str] = frozenset()
    referrer_types: frozenset[str] = frozenset()
    threshold: tuple[Way, ...] = ()
    opening_signs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the rules may read of a referral: the babies, the place, who refers, what was seen.

    ``counts`` holds the number of indicators by domain, ``signs`` the codes of single signs. There
    is no field about a parent's illness, treatment or diagnosis, and there must be none.
    """

    babies: tuple[BabyDates, ...]
    received_on: date
    first_contact_on: date | None = None
    postcode: str = ""
    referrer_type: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    signs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVerdict:
    """One rule, what it says, and why in a sentence. ``code`` names what opened a door."""

    rule: str
    verdict: Verdict
    words: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Every rule's verdict on a case, in the order in which they are read."""

    ages: tuple[RuleVerdict, ...]
    area: RuleVerdict
    referrer: RuleVerdict
    doors: tuple[RuleVerdict, ...]

    @property
    def age(self) -> Verdict:
        """Inside if any baby is; outside only if every baby is."""
        found = {verdict.verdict for verdict in self.ages}
        if Verdict.INSIDE in found:
            return Verdict.INSIDE
        return Verdict.OUTSIDE if found == {Verdict.OUTSIDE} else Verdict.NOT_KNOWN

    @property
    def opened_by(self) -> tuple[RuleVerdict, ...]:
        """The doors that stand open."""
        return tuple(door for door in self.doors if door.verdict is Verdict.OPENS)

    @property
    def rules(self) -> tuple[RuleVerdict, ...]:
        """All verdicts: scope first, then doors."""
        return (*self.ages, self.area, self.referrer, *self.doors)


def judge(case: Case, criteria: Criteria) -> Judgement:
    """What each of a team's rules says about a case."""
    return Judgement(
        ages=tuple(age_verdict(baby, case=case, criteria=criteria) for baby in case.babies),
        area=area_verdict(case.postcode, districts=criteria.postcode_districts),
        referrer=referrer_verdict(case.referrer_type, accepted=criteria.referrer_types),
        doors=(
            *threshold_verdicts(case.counts, criteria.threshold),
            *sign_verdicts(case, criteria),
        ),
    )


def age_verdict(baby: BabyDates, *, case: Case, criteria: Criteria) -> RuleVerdict:
    """Whether a baby is within the age window on the day that the team tests.

    After a loss nothing is tested and nothing is said.
    """
    stage = baby.stage(case.received_on)
    limit = limit_on(baby, criteria.limit_months)
    if stage is Stage.LOST:
        return _age(Verdict.NOT_KNOWN, "Not tested.")
    if limit is None:
        return _age(Verdict.NOT_KNOWN, "Ask for the date of birth or the due date.")
    if case.received_on >= limit:
        return _age(Verdict.OUTSIDE, f"The age limit was {day_words(limit)}.")
    if baby.due_on is not None and case.received_on < conceived_on(baby.due_on):
        return _age(Verdict.OUTSIDE, "The referral came before the pregnancy began.")
    return _lower_end(baby, limit=limit, case=case, criteria=criteria)


def _lower_end(baby: BabyDates, *, limit: date, case: Case, criteria: Criteria) -> RuleVerdict:
    """The window's beginning, and the first contact where that is the day tested."""
    if not criteria.from_conception and not _is_born(baby, on=case.received_on):
        return _age(Verdict.OUTSIDE, "The team begins at birth.")
    if criteria.tested_on is TestedOn.FIRST_CONTACT:
        return _at_first_contact(limit, first_contact_on=case.first_contact_on)
    return _age(Verdict.INSIDE, f"Within the age limit until {day_words(limit)}.")


def _at_first_contact(limit: date, *, first_contact_on: date | None) -> RuleVerdict:
    if first_contact_on is None:
        words = f"Tested at the first contact, which must come before {day_words(limit)}."
        return _age(Verdict.NOT_KNOWN, words)
    if first_contact_on >= limit:
        return _age(Verdict.OUTSIDE, f"The age limit was {day_words(limit)}.")
    return _age(Verdict.INSIDE, f"The first contact came before {day_words(limit)}.")


def _is_born(baby: BabyDates, *, on: date) -> bool:
    return baby.born_on is not None and baby.born_on <= on


def _age(verdict: Verdict, words: str) -> RuleVerdict:
    return RuleVerdict(rule="age", verdict=verdict, words=words)


def district_of(postcode: str) -> str:
    """The district of a whole postcode, or of its first half alone; empty if it is neither.

    >>> district_of("ls8 4hs"), district_of("LS84HS"), district_of("LS8"), district_of("?")
    ('LS8', 'LS8', 'LS8', '')
    """
    text = "".join(postcode.split()).upper()
    if not text.isalnum() or not text.isascii():
        return ""
    whole = len(text) >= 5 and text[-3].isdigit() and text[-2:].isalpha()
    district = text[:-3] if whole else text
    fits = 2 <= len(district) <= 4 and district[0].isalpha() and any(map(str.isdigit, district))
    return district if fits else ""


def area_verdict(postcode: str, *, districts: frozenset[str]) -> RuleVerdict:
    """Whether a postcode lies in the team's area."""
    if not districts:
        return RuleVerdict(rule="area", verdict=Verdict.INSIDE, words="The team takes every area.")
    district = district_of(postcode)
    if not district:
        words = "Ask where the baby lives: the team has an area."
        return RuleVerdict(rule="area", verdict=Verdict.NOT_KNOWN, words=words)
    if district in districts:
        words = f"{district} is in the team’s area."
        return RuleVerdict(rule="area", verdict=Verdict.INSIDE, words=words)
    words = f"{district} is not in the team’s area."
    return RuleVerdict(rule="area", verdict=Verdict.OUTSIDE, words=words)


def referrer_verdict(referrer_type: str, *, accepted: frozenset[str]) -> RuleVerdict:
    """Whether the team takes referrals from this kind of referrer."""
    if not accepted:
        return _referrer(Verdict.INSIDE, "Anyone may refer.")
    if not referrer_type:
        return _referrer(Verdict.NOT_KNOWN, "Ask who refers.")
    if referrer_type in accepted:
        return _referrer(Verdict.INSIDE, "The team takes referrals from this referrer.")
    return _referrer(Verdict.OUTSIDE, "The team does not list this referrer.")


def _referrer(verdict: Verdict, words: str) -> RuleVerdict:
    return RuleVerdict(rule="referrer", verdict=verdict, words=words)


def reaches(counts: Mapping[str, int], threshold: tuple[Way, ...]) -> bool:
    """Whether the counts by domain reach a threshold by any of its ways.

    >>> ways = (Way(domains=3, count=5), Way(domains=4, count=4), Way(domains=5, count=3))
    >>> reaches(dict(zip("abcde", (5, 5, 5, 0, 0))), ways)
    True
    >>> reaches(dict(zip("abcde", (4, 4, 4, 3, 2))), ways)
    False
    """
    return any(way.is_met(counts) for way in threshold)


def threshold_verdicts(
    counts: Mapping[str, int], threshold: tuple[Way, ...]
) -> tuple[RuleVerdict, ...]:
    """The threshold's verdict, if the team has one: it opens or is silent."""
    if not threshold:
        return ()
    if reaches(counts, threshold):
        words = "What was noticed reaches the team’s threshold. The door is open."
        return (_door("threshold", Verdict.OPENS, words, code="threshold"),)
    words = "The threshold is not reached. This closes nothing."
    return (_door("threshold", Verdict.SILENT, words),)


def sign_verdicts(case: Case, criteria: Criteria) -> tuple[RuleVerdict, ...]:
    """One verdict for each sign that the team lists and someone saw; else one silent verdict."""
    seen = sorted(criteria.opening_signs & case.signs)
    if not criteria.opening_signs:
        return ()
    if not seen:
        return (_door("sign", Verdict.SILENT, "No such sign was reported. This closes nothing."),)
    words = "A sign that opens the door by itself."
    return tuple(_door("sign", Verdict.OPENS, words, code=sign) for sign in seen)


def _door(rule: str, verdict: Verdict, words: str, *, code: str = "") -> RuleVerdict:
    return RuleVerdict(rule=rule, verdict=verdict, words=words, code=code)
