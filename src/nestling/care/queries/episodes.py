"""Episodes: one opened with all its parts, those of a family, and a practitioner's caseload."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import Http404

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.care.models import (
    Contact,
    Ending,
    Episode,
    EpisodeFunder,
    EpisodeRelationship,
    EpisodeStage,
    StepMove,
)
from nestling.care.queries.waiting_list import Carer
from nestling.care.rules import reads_clinical
from nestling.foundation.prepared import Among, Value, among, records_of
from nestling.people.models import Family, FamilyMember, Person

CONTACTS_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeParts:
    """What the page of an episode shows; what a reader may not read is not fetched.

    Each part is newest first. ``steps`` and ``endings`` are empty for whoever reads nothing
    clinical, and contacts come without presences.
    """

    in_focus: tuple[EpisodeRelationship, ...]
    funders: tuple[EpisodeFunder, ...]
    stages: tuple[EpisodeStage, ...]
    contacts: tuple[Contact, ...]
    steps: tuple[StepMove, ...]
    endings: tuple[Ending, ...]
    clinical: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadRow:
    """One open episode of a practitioner: with whom, when last, when next.

    ``unwritten`` is true when the day of the agreed session has passed and nothing is recorded.
    """

    episode: Episode
    babies: tuple[Person, ...]
    carers: tuple[Carer, ...]
    last_contact_on: date | None
    last_contact_mode: str
    next_session_on: date | None
    next_session_mode: str
    unwritten: bool


def open_episode(pk: UUID, *, by: User) -> Episode:
    """One episode with its family and practitioner; its referral only where a page shows it.

    Raises:
        Http404: there is none, or the user may not see it.
    """
    rows = Episode.objects.openable_by(by).filter(pk=pk)
    found = rows.select_related("team", "family__team__organisation", "practitioner").first()
    if found is None:
        raise Http404("no such episode")
    return found


def open_step(pk: UUID, *, by: User) -> StepMove:
    """One step with its episode, for whoever reads clinical content there.

    Raises:
        Http404: there is none, or the user may not read it.
    """
    step = StepMove.objects.filter(pk=pk).first()
    if step is None:
        raise Http404("no such step")
    episode = open_episode(step.episode_id, by=by)
    if not reads_clinical(by, team_id=episode.team_id):
        raise Http404("no such step")
    step.episode = episode
    return step


def episode_parts(episode: Episode, *, viewer: User) -> EpisodeParts:
    """The parts of an episode that the viewer may read."""
    clinical = reads_clinical(viewer, team_id=episode.team_id)
    contacts = episode.contacts.select_related("practitioner", "note").order_by(
        "-on", "-created_at"
    )
    if clinical:
        contacts = contacts.prefetch_related("presences__person")
    stages = episode.stages.select_related("by").order_by("-on", "-created_at")
    endings = episode.endings.select_related("ended_by", "reopened_by").order_by("-ended_on")
    return EpisodeParts(
        in_focus=tuple(in_focus(episode)),
        funders=tuple(episode.funders.order_by("funder")),
        stages=tuple(stages),
        contacts=tuple(contacts[:CONTACTS_SHOWN]),
        steps=tuple(episode.steps.order_by("-handed_over_on")) if clinical else (),
        endings=tuple(endings) if clinical else (),
        clinical=clinical,
    )


def in_focus(episode: Episode) -> QuerySet[EpisodeRelationship]:
    """The relationships in focus, current ones first."""
    rows = episode.in_focus.select_related("relationship__baby", "relationship__carer")
    return rows.order_by(F("until_on").desc(nulls_first=True), "from_on", "pk")


def last_ending(episode: Episode) -> Ending | None:
    """The ending that holds, if the episode has ended."""
    return episode.endings.filter(reopened_on__isnull=True).first()


def episodes_of(family: Family) -> list[Episode]:
    """A family's episodes with the team that declared it, newest first."""
    rows = Episode.objects.filter(family=family).select_related("practitioner")
    return list(rows.order_by("-taken_up_on", "-pk"))


def caseload(user: User, *, on: date) -> list[CaseloadRow]:
    """The open episodes whose practitioner the user is, the next session first."""
    given: list[Value] = [user.pk, user.teams_where(Ability.OPEN_FAMILY), on]
    episodes = records_of("caseload", given, lambda: _own_episodes(user, on=on))
    focus = _focus_of(episodes, on=on)
    return [_caseload_row(episode, focus[episode.pk], on=on) for episode in episodes]


def _own_episodes(user: User, *, on: date) -> QuerySet[Episode]:
    """The user's open episodes with their newest contact."""
    contacts = Contact.objects.filter(episode=OuterRef("pk"), on__lte=on).order_by("-on")
    rows = Episode.objects.visible_to(user).open().filter(practitioner=user)
    return rows.annotate(
        last_on=Subquery(contacts.values("on")[:1]),
        last_mode=Subquery(contacts.values("mode")[:1]),
    ).order_by(F("next_session_on").asc(nulls_last=True), "taken_up_on", "pk")


def family_adults_and_babies(family: Family, *, on: date) -> list[Person]:
    """Current members whose presence at a contact is asked about: babies first, then adults."""
    rows = FamilyMember.objects.current(on).filter(family=family, role__in=("baby", "carer"))
    members = rows.select_related("person").order_by("role", "from_on", "created_at")
    return [member.person for member in members]


def _focus_of(
    episodes: Sequence[Episode], *, on: date
) -> "defaultdict[UUID, list[EpisodeRelationship]]":
    found: defaultdict[UUID, list[EpisodeRelationship]] = defaultdict(list)
    if not episodes:
        return found
    these = among(episode.pk for episode in episodes)
    rows = records_of("focus of episodes", [these, on], lambda: _focus_rows(these, on=on))
    for row in rows:
        found[row.episode_id].append(row)
    return found


def _focus_rows(episodes: Among, *, on: date) -> QuerySet[EpisodeRelationship]:
    """The relationships that episodes are about on a day, with whom."""
    rows = EpisodeRelationship.objects.filter(
        episode__in=episodes, until_on__isnull=True, from_on__lte=on
    )
    return rows.select_related("relationship__baby", "relationship__carer").order_by("pk")


def _caseload_row(
    episode: Episode, focus: Sequence[EpisodeRelationship], *, on: date
) -> CaseloadRow:
    links = [row.relationship for row in focus]
    babies = {link.baby_id: link.baby for link in links}
    carers = {link.carer_id: Carer(person=link.carer, kind=link.kind) for link in links}
    next_on = episode.next_session_on
    return CaseloadRow(
        episode=episode,
        babies=tuple(babies.values()),
        carers=tuple(carers.values()),
        last_contact_on=getattr(episode, "last_on", None),
        last_contact_mode=getattr(episode, "last_mode", None) or "",
        next_session_on=next_on,
        next_session_mode=episode.next_session_mode,
        unwritten=next_on is not None and next_on < on,
    )
