"""Today's caseload in words: families in work and families that wait, with how to reach them.

Whatever a lock, a seal or a member of staff's own record keeps from anyone in the team is not in
it: everyone who holds the copy reads all of it. Nothing of an adult's own history, no note, no
restricted entry and no address is in it either.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from nestling.accounts.models import Organisation, Team
from nestling.care.models import Episode, WaitingContact
from nestling.care.presenters.words import mode_words
from nestling.people.models import (
    Address,
    ContactPoint,
    Family,
    FamilyMember,
    Person,
    RecordLock,
    Relationship,
    SafeContact,
    StaffPerson,
)
from nestling.people.models.contact import ContactKind
from nestling.people.presenters import age, contact_words, kind_words, with_whom
from nestling.people.queries import family_people
from nestling.people.queries.families import FamilyPeople, PersonFacts
from nestling.reference.codes import code_list
from nestling.referrals.models import Referral
from nestling.referrals.models.referrals import UNDECIDED_STATES, WAITING_STATES
from nestling.science.ages import day_words

PHONES = (ContactKind.MOBILE, ContactKind.HOME_PHONE)
WAYS = ("may_call", "may_leave_voicemail", "may_text", "may_email", "may_post")
NO_RULE = "No safe-contact rule yet: ask how before you make contact."
DO_NOT_CONTACT = "DO NOT CONTACT DIRECTLY."
NO_FACTS = PersonFacts(role="")


@dataclass(frozen=True, slots=True, kw_only=True)
class BabyLine:
    """A baby: name, age or due date, with whom, safeguarding, and what to mind."""

    name: str
    age: str
    born: str
    with_whom: str
    safeguarding: str
    minds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CarerLine:
    """A carer: what they are to the baby, how it is safe to reach them, and where."""

    name: str
    kind: str
    stop: bool
    rule: str
    phones: tuple[str, ...]
    minds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyEntry:
    """One family of the copy, and the records that it shows."""

    heading: str
    state: str
    practitioner: str
    next_contact: str
    babies: tuple[BabyLine, ...]
    carers: tuple[CarerLine, ...]
    shows: tuple[tuple[str, UUID], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCaseload:
    """A team and its families, by the babies' names."""

    team: str
    phone: str
    families: tuple[FamilyEntry, ...]


def caseload_of(organisation: Organisation, *, on: date, team: str = "") -> list[TeamCaseload]:
    """The caseload of an organisation's teams, or of one of them by its short name, on a day."""
    teams = Team.objects.filter(organisation=organisation).order_by("name")
    wanted = teams.filter(slug=team) if team else teams
    return [
        TeamCaseload(
            team=one.name,
            phone=one.phone,
            families=tuple(sorted(entries(one, on=on), key=lambda row: row.heading.casefold())),
        )
        for one in wanted
    ]


def entries(team: Team, *, on: date) -> Iterator[FamilyEntry]:
    """Each family that the team works with or that waits for it."""
    families = Family.objects.filter(team=team).exclude(pk__in=kept_back())
    in_work = {row.family_id: row for row in open_episodes(team)}
    waiting = {row.family_id: row for row in open_referrals(team)}
    wanted = families.filter(pk__in=[*in_work, *waiting]).select_related("team__organisation")
    for family in wanted:
        people = family_people(family, on)
        work, wait = in_work.get(family.pk), waiting.get(family.pk)
        yield entry(people, work=work, wait=wait, on=on)


def kept_back() -> "Iterator[UUID]":
    """Families with a person whom a lock, or a member of staff's own record, keeps from someone."""
    locked = RecordLock._base_manager.filter(lifted_on__isnull=True).values("baby")
    staff = StaffPerson._base_manager.filter(until_on__isnull=True).values("person")
    shut = Q(person__in=locked) | Q(person__in=staff)
    members = FamilyMember._base_manager.filter(shut)
    return members.values_list("family", flat=True)  # type: ignore[return-value]


def open_episodes(team: Team) -> Iterator[Episode]:
    """Work that has not ended, the newest of a family last."""
    rows = Episode.objects.filter(team=team, ended_on__isnull=True)
    return rows.select_related("practitioner").order_by("taken_up_on").iterator()


def open_referrals(team: Team) -> Iterator[Referral]:
    """Referrals that wait or are not decided, with a family."""
    states = [*WAITING_STATES, *UNDECIDED_STATES]
    rows = Referral.objects.filter(team=team, family__isnull=False, state__in=states)
    return rows.only("family", "state", "received_on").order_by("received_on").iterator()


def entry(
    people: FamilyPeople, *, work: Episode | None, wait: Referral | None, on: date
) -> FamilyEntry:
    """One family in words."""
    persons = {row.pk for row in people.everyone}
    return FamilyEntry(
        heading=" and ".join(baby.full_name for baby in people.babies) or "Family",
        state=state_words(work, wait),
        practitioner=work.practitioner.full_name if work else "not allocated yet",
        next_contact=next_contact(work, wait, on=on),
        babies=tuple(baby_line(baby, people, on=on) for baby in people.babies),
        carers=tuple(carer_line(row, people, on=on) for row in carers_once(people)),
        shows=(
            ("people.family", people.family.pk),
            *(("people.person", pk) for pk in sorted(persons, key=str)),
        ),
    )


def state_words(work: Episode | None, wait: Referral | None) -> str:
    """Where the family is on its way."""
    if work is not None:
        stage = code_list("episode_stages").label(work.stage)
        return f"{stage}; taken up {day_words(work.taken_up_on)}"
    if wait is not None:
        return f"{wait.get_state_display()}: referred {day_words(wait.received_on)}"
    return ""


def next_contact(work: Episode | None, wait: Referral | None, *, on: date) -> str:
    """When the family is next seen or called."""
    if work is not None and work.next_session_on and work.next_session_on >= on:
        mode = mode_words(work.next_session_mode) if work.next_session_mode else ""
        return f"{day_words(work.next_session_on)} {mode}".strip()
    if wait is not None:
        rows = WaitingContact.objects.filter(referral=wait, planned_on__gte=on, held_on=None)
        planned = rows.order_by("planned_on").first()
        if planned is not None and planned.planned_on is not None:
            return f"{day_words(planned.planned_on)} {mode_words(planned.mode)}".strip()
    return "none agreed"


def baby_line(baby: Person, people: FamilyPeople, *, on: date) -> BabyLine:
    """A baby in words; after a loss no age, date or status is said."""
    facts = people.facts.get(baby.pk, NO_FACTS)
    minds = tuple(mind_words(facts, confidential=has_confidential_address(baby, on=on)))
    if baby.is_lost:
        lost = "A loss is recorded: say no age, send nothing by itself"
        return BabyLine(
            name=baby.full_name,
            age=lost,
            born="",
            with_whom=with_whom(baby, people),
            safeguarding="",
            minds=minds,
        )
    return BabyLine(
        name=baby.full_name,
        age=age(baby, on),
        born=born_words(baby),
        with_whom=with_whom(baby, people),
        safeguarding=safeguarding_words(facts),
        minds=minds,
    )


def born_words(baby: Person) -> str:
    """The date of birth, else the due date."""
    if baby.born_on is not None:
        return f"born {day_words(baby.born_on)}"
    return f"due {day_words(baby.due_on)}" if baby.due_on else "no due date recorded"


def safeguarding_words(facts: PersonFacts) -> str:
    """The current status, and since when."""
    if not facts.safeguarding or facts.safeguarding == "none_known":
        return ""
    label = code_list("safeguarding_statuses").label(facts.safeguarding)
    since = f" since {day_words(facts.safeguarding_from)}" if facts.safeguarding_from else ""
    return f"{label}{since}"


def mind_words(facts: PersonFacts, *, confidential: bool) -> Iterator[str]:
    """What to mind before contact or a visit."""
    if facts.hides_address or confidential:
        yield "Address confidential: do not say or print it."
    if facts.not_alone:
        yield "Do not visit alone."


def carers_once(people: FamilyPeople) -> list[Relationship]:
    """One relationship for each carer: with the first baby, main carers first."""
    found: dict[UUID, Relationship] = {}
    for baby in people.babies:
        for row in people.relationships_of(baby):
            found.setdefault(row.carer_id, row)
    return list(found.values())


def carer_line(row: Relationship, people: FamilyPeople, *, on: date) -> CarerLine:
    """A carer in words; the numbers of someone who must not be reached directly are left out."""
    facts = people.facts.get(row.carer_id, NO_FACTS)
    stop = forbids_contact(facts.safe_contact)
    minds = mind_words(facts, confidential=has_confidential_address(row.carer, on=on))
    return CarerLine(
        name=row.carer.full_name,
        kind=kind_words(row),
        stop=stop,
        rule=rule_words(facts.safe_contact),
        phones=() if stop else phones_of(row.carer, on=on),
        minds=tuple(minds),
    )


def forbids_contact(rule: SafeContact | None) -> bool:
    """Whether a rule allows no way at all."""
    return rule is not None and not any(getattr(rule, way) for way in WAYS)


def rule_words(rule: SafeContact | None) -> str:
    """A safe-contact rule as a sentence, beginning with the word that matters most."""
    if rule is None:
        return NO_RULE
    words = contact_words(rule)
    said = f"{words[:1].upper()}{words[1:]}."
    return f"{DO_NOT_CONTACT} {said}" if forbids_contact(rule) else said


def phones_of(person: Person, *, on: date) -> tuple[str, ...]:
    """The phone numbers that hold on a day, the preferred one first."""
    current = Q(until_on__isnull=True) | Q(until_on__gt=on)
    rows = ContactPoint.objects.filter(current, person=person, kind__in=PHONES)
    return tuple(
        f"{point.get_kind_display()} {point.value}"
        for point in rows.order_by("-preferred", "created_at")
    )


def has_confidential_address(person: Person, *, on: date) -> bool:
    """Whether a current address of a person may be told to nobody."""
    current = Q(until_on__isnull=True) | Q(until_on__gt=on)
    return Address.objects.filter(current, person=person, confidential=True).exists()
