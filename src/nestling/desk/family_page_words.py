"""The family page in words: who cares for the baby, the story with the age at each step, risks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from nestling.accounts.models import User
from nestling.desk.queries.family_page import SHORT_STORY, FamilyPage
from nestling.people.models import Family, Person, Relationship
from nestling.people.presenters import (
    RiskRow,
    about_words,
    age,
    agreement_lines,
    baby_header,
    kind_words,
    relationship_words,
    risk_row,
    task_words,
)
from nestling.people.presenters.records import AgreementLine
from nestling.people.queries import FamilyPeople
from nestling.people.story import StoryEntry
from nestling.reference.codes import code_list
from nestling.referrals.models import Referral
from nestling.science.ages import day_words, stage_words
from nestling.ui.addresses import address_of
from nestling.ui.components import BabyHeader, Link, TimelineEntry
from nestling.ui.relations import (
    MapBaby,
    MapCarer,
    MapHelper,
    RelationshipMap,
    relationship_map,
)

YES = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskGroup:
    """One domain of risk with the answers that may stand on a shared page."""

    heading: str
    rows: list[RiskRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementGroup:
    """One of the nine agreements with each person's newest answer."""

    label: str
    lines: list[AgreementLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """A task: what, about whom, by when."""

    words: str
    about: str
    due: str
    url: str


def headers(page: FamilyPage, *, viewer: User, on: date) -> list[BabyHeader]:
    """A header for each baby, with who works with the family."""
    episode = page.open_episode
    worker = episode.practitioner.full_name if episode else ""
    return [
        baby_header(
            baby,
            family=page.people,
            viewer=viewer,
            on=on,
            limit_months=page.limit_months,
            worker=worker,
        )
        for baby in page.people.babies
    ]


def babies_named(people: FamilyPeople) -> str:
    """The babies' names as a page's title."""
    names = [baby.full_name for baby in people.babies]
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def family_map(page: FamilyPage, *, on: date) -> RelationshipMap | None:
    """The relationship map; none without a baby."""
    people = page.people
    if not people.babies:
        return None
    return relationship_map(
        babies=[MapBaby(name=baby.short_name, age=map_age(baby, on=on)) for baby in people.babies],
        carers=[
            *(map_carer(carer, page) for carer in people.carers),
            *(map_child(child, on=on) for child in (*people.children, *people.others)),
        ],
        network=[
            MapHelper(
                name=row.professional.name,
                role=code_list("network_roles").label(row.role).lower(),
            )
            for row in people.network
        ],
    )


def map_age(baby: Person, *, on: date) -> str:
    """The age as it fits into a circle: its first part; empty where no age may be said.

    >>> map_age(Person(kind="baby", born_on=date(2026, 1, 1)), on=date(2026, 2, 1))
    '4 weeks'
    """
    number, _, rest = age(baby, on).partition(" ")
    unit = rest.split(" ")[0]
    return f"{number} {unit}" if number.isdigit() else ""


def map_carer(carer: Person, page: FamilyPage) -> MapCarer:
    """A carer: what they are to the baby, whether the team works with it, who lives where."""
    ties = [row for row in page.people.relationships if row.carer_id == carer.pk]
    place = {baby.pk: number for number, baby in enumerate(page.people.babies)}
    return MapCarer(
        name=carer.short_name,
        role=kind_words(ties[0]) if ties else "no current relationship",
        focus=any(row.pk in page.in_focus for row in ties),
        at_home=any(row.lives_with == YES for row in ties),
        babies=tuple(place[row.baby_id] for row in ties if row.baby_id in place),
        note=carer_note(ties),
    )


def carer_note(ties: Sequence[Relationship]) -> str:
    """What else the list says of a carer."""
    said = []
    if any(row.parental_responsibility == YES for row in ties):
        said.append("Parental responsibility.")
    if any(row.is_primary_carer for row in ties):
        said.append("Main carer.")
    return " ".join(said)


def map_child(child: Person, *, on: date) -> MapCarer:
    """A brother, sister or someone else at home."""
    words = age(child, on).removesuffix(" old")
    return MapCarer(name=child.short_name, role=words or "at home", at_home=True)


def story(entries: Iterable[StoryEntry], babies: Sequence[Person]) -> list[TimelineEntry]:
    """The story, each step with the first baby's age then; no ages once a loss is recorded."""
    silent = any(baby.is_lost for baby in babies)
    first = babies[0] if babies and not silent else None
    return [
        TimelineEntry(
            on=day_words(entry.on),
            age=stage_words(first.dates, entry.on) if first else "",
            heading=entry.heading,
            text=entry.text,
            kind=entry.kind,
            link=Link(entry.link_text, entry.link, entry.heading) if entry.link else None,
        )
        for entry in entries
    ]


def short_story(page: FamilyPage) -> list[TimelineEntry]:
    """The newest entries."""
    return story(page.story[:SHORT_STORY], page.people.babies)


def risk_groups(page: FamilyPage) -> list[RiskGroup]:
    """Answers about the baby, between them, and the home, by domain; empty domains left out."""
    group_of = {code.code: code.group for code in code_list("risk_factors").codes}
    about = subjects(page.people)
    rows: dict[str, list[RiskRow]] = {}
    for answer in page.risks:
        subject = answer.about_person_id or answer.about_relationship_id
        row = risk_row(answer, about=about[subject] if subject else "")
        rows.setdefault(group_of[answer.factor], []).append(row)
    return [
        RiskGroup(heading=label, rows=rows[code])
        for code, label in code_list("risk_domains").choices()
        if code in rows
    ]


def subjects(people: FamilyPeople) -> dict[UUID, str]:
    """What each person and relationship of the family is called, by id: read already, so free."""
    named = {person.pk: person.short_name for person in people.everyone}
    return named | {row.pk: relationship_words(row) for row in people.relationships}


def agreement_groups(page: FamilyPage, *, on: date) -> list[AgreementGroup]:
    """The agreements that were asked about, with each answer."""
    family = page.people.family
    return [
        AgreementGroup(label=row.label, lines=agreement_lines(row, family=family, on=on))
        for row in page.agreements
        if row.answers
    ]


def task_lines(page: FamilyPage) -> list[TaskLine]:
    """Open tasks about the family."""
    family = page.people.family
    return [
        TaskLine(
            words=task_words(task),
            about=about_words(task),
            due=day_words(task.due_on),
            url=address_of("people:task_done", family.pk, task.pk),
        )
        for task in page.tasks
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralLine:
    """A referral: its reference, when it came and where it stands."""

    reference: str
    received: str
    state: str
    url: str
    take_up_url: str


def referral_lines(referrals: Iterable[Referral]) -> list[ReferralLine]:
    """The family's referrals, with the way to take up those that wait."""
    return [
        ReferralLine(
            reference=row.reference,
            received=day_words(row.received_on),
            state=row.get_state_display(),
            url=address_of("referrals:referral", row.pk),
            take_up_url=take_up_url(row),
        )
        for row in referrals
    ]


def take_up_url(referral: Referral) -> str:
    """The way to take up a referral that waits."""
    if referral.state not in {"waiting", "held_for_birth"}:
        return ""
    return address_of("care:take_up", referral.pk)


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeLine:
    """A period of work: stage, who, from when to when."""

    stage: str
    worker: str
    days: str
    url: str


def episode_lines(page: FamilyPage) -> list[EpisodeLine]:
    """The family's episodes, newest first."""
    stages = code_list("episode_stages")
    return [
        EpisodeLine(
            stage="Ended" if row.ended_on else stages.label(row.stage),
            worker=row.practitioner.full_name,
            days=f"From {day_words(row.taken_up_on)}"
            + (f" to {day_words(row.ended_on)}" if row.ended_on else ""),
            url=address_of("care:episode", row.pk),
        )
        for row in page.episodes
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowChoice:
    """A relationship that a page can be shown or printed for."""

    pk: UUID
    label: str


def show_choices(people: FamilyPeople) -> list[ShowChoice]:
    """The relationships among the family's members."""
    return [
        ShowChoice(pk=row.pk, label=f"{relationship_words(row)} ({kind_words(row)})")
        for row in people.relationships
    ]


def family_url(family: Family) -> str:
    """The address of the family's page."""
    return address_of("desk:family", family.pk)
