"""Everything that the page of a family shows, read in a fixed number of statements."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.care.models import Episode
from nestling.care.queries import story_entries as care_story
from nestling.foundation.clock import now
from nestling.foundation.prepared import Value, records_of
from nestling.people import queries as people
from nestling.people.models import (
    Family,
    Note,
    OnMyMind,
    Person,
    Relationship,
    RiskAnswer,
    Task,
)
from nestling.people.queries import AgreementRow, FamilyPeople, WaysToReach
from nestling.people.queries import story_entries as people_story
from nestling.people.rules import reads_clinical
from nestling.people.story import StoryEntry
from nestling.referrals.models import Referral
from nestling.referrals.queries import age_limit_months, current_criteria, default_limit
from nestling.referrals.queries import story_entries as referral_story

SHORT_STORY = 8
"""Entries of the story on the family page; the whole story has its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFamily:
    """A family that was opened, with its team's age limit and the user's own mark."""

    family: Family
    limit_months: int
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyPage:
    """A family as its page shows it; what the viewer may not read is empty and was not fetched."""

    people: FamilyPeople
    limit_months: int
    referrals: list[Referral]
    episodes: list[Episode]
    in_focus: frozenset[UUID]
    risks: list[RiskAnswer]
    agreements: list[AgreementRow]
    tasks: list[Task]
    mark: str
    story: list[StoryEntry]
    clinical: bool

    @property
    def open_episode(self) -> Episode | None:
        """The work that goes on now."""
        return next((row for row in self.episodes if row.ended_on is None), None)


def open_family(pk: UUID, *, by: User, on: date) -> OpenFamily:
    """A family of the user's teams, with the team's age limit and the user's own mark.

    Raises:
        Http404: there is none, or another team's.
    """
    at = now()
    given: list[Value] = [pk, by.pk, by.teams_where(Ability.OPEN_FAMILY), on, at]
    found = records_of("family page", given, lambda: _opened(pk, by=by, on=on, at=at))
    if not found:
        raise Http404
    (row,) = found
    people.note_emergency(row)
    noted = vars(row)
    return OpenFamily(
        family=row, limit_months=noted["limit"] or default_limit(), mark=noted["mark"] or ""
    )


def _opened(pk: UUID, *, by: User, on: date, at: datetime) -> QuerySet[Family]:
    """The family if the user may open it, with its team's limit and the user's mark."""
    marks = OnMyMind.objects.filter(family=OuterRef("pk"), user=by, until_on__isnull=True)
    limits = current_criteria(on).filter(team=OuterRef("team"))
    rows = Family.objects.openable_by(by, at=at).select_related("team__organisation")
    return rows.filter(pk=pk).annotate(
        limit=Subquery(limits.values("limit_months")[:1]), mark=Subquery(marks.values("words")[:1])
    )


def family_page(opened: OpenFamily, *, viewer: User, on: date) -> FamilyPage:
    """The family with its people, referrals, work, story, risks, agreements and tasks."""
    family = opened.family
    clinical = reads_clinical(viewer, family)
    members = people.family_people(family, on)
    referrals = referrals_of(family)
    episodes, in_focus = work_of(family)
    return FamilyPage(
        people=members,
        limit_months=opened.limit_months,
        referrals=referrals,
        episodes=episodes,
        in_focus=in_focus,
        risks=people.current_risks(members) if clinical else [],
        agreements=people.agreements_table(family),
        tasks=people.family_tasks(family),
        mark=opened.mark,
        story=whole_story(family, referrals, viewer=viewer, on=on),
        clinical=clinical,
    )


def referrals_of(family: Family) -> list[Referral]:
    """A family's referrals, newest first."""
    found = records_of(
        "referrals of a family",
        [family.pk],
        lambda: Referral.objects.filter(family=family).order_by("-received_on", "-id"),
    )
    for row in found:
        row.family = family
    return found


def work_of(family: Family) -> tuple[list[Episode], frozenset[UUID]]:
    """A family's episodes, newest first, and the relationships that open work is about."""
    rows = records_of("work of a family", [family.pk], lambda: _episodes(family))
    focused = {vars(row)["focus"] for row in rows if row.ended_on is None}
    return list({row.pk: row for row in rows}.values()), frozenset(focused - {None})


def _episodes(family: Family) -> QuerySet[Episode]:
    """Episodes, once for each relationship in focus (``focus``)."""
    current = FilteredRelation("in_focus", condition=Q(in_focus__until_on__isnull=True))
    rows = Episode.objects.filter(family=family).select_related("practitioner")
    focused = rows.annotate(current=current).annotate(focus=F("current__relationship_id"))
    return focused.order_by("-taken_up_on", "-pk")


def whole_story(
    family: Family, referrals: list[Referral], *, viewer: User, on: date
) -> list[StoryEntry]:
    """What every room tells of a family up to a day, newest first."""
    told = [
        *people_story(family, on, viewer),
        *referral_story(family, on, viewer, referrals),
        *care_story(family, on=on, viewer=viewer),
    ]
    return sorted(told, key=lambda entry: entry.on, reverse=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdultPage:
    """An adult's own page within one family: what is theirs alone."""

    people: FamilyPeople
    adult: Person
    relationships: list[Relationship]
    risks: list[RiskAnswer]
    notes: list[Note]
    ways: WaysToReach
    limit_months: int


def adult_page(family: Family, adult: Person, *, on: date) -> AdultPage:
    """What is known of an adult in this family's work, for whoever reads clinical content."""
    members = people.header_people(family, on=on)
    mine = [row for row in members.relationships if row.carer_id == adult.pk]
    return AdultPage(
        people=members,
        adult=adult,
        relationships=mine,
        risks=people.adult_risks(family, adult),
        notes=people.adult_notes(family, adult),
        ways=people.ways_to_reach(adult, on=on, confidential=True),
        limit_months=age_limit_months(family.team, on=on),
    )
