"""Lists of families: all that a user may open, and what a search finds, family by family."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.care.models import Episode
from nestling.foundation import prepared
from nestling.people.models import Family, FamilyMember, OnMyMind, Person, PersonIdentifier
from nestling.reference.codes import code_list
from nestling.referrals.models import Referral, ReferralBaby

FOUND_AT_MOST = 50
SHOWN_ROLES = ("baby", "carer")


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyRow:
    """A family in a list: its babies, the carers the team works with, and where things stand."""

    pk: UUID
    babies: list[Person]
    carers: list[Person]
    referral_state: str
    practitioner: str
    in_care: bool
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing that a search found: a person in one family, or a referral without a family yet."""

    person: Person | None
    babies: list[Person]
    family_id: UUID | None = None
    referral: Referral | None = None


def families(by: User, *, show: str = "open") -> QuerySet[Family]:
    """Families that the user may open, those on their mind first, then the newest.

    ``show`` is ``open`` (waiting or in care), ``mine`` (the user's own open episodes), ``ended``
    or ``all``.
    """
    newest = Referral.objects.filter(family=OuterRef("pk")).order_by("-received_on", "-id")
    episodes = Episode.objects.filter(family=OuterRef("pk"), ended_on__isnull=True)
    marks = OnMyMind.objects.filter(family=OuterRef("pk"), user=by, until_on__isnull=True)
    rows = Family.objects.visible_to(by).annotate(
        referral_state=Subquery(newest.values("state")[:1]),
        in_care=Exists(episodes),
        marked=Exists(marks),
        worker_id=Subquery(episodes.order_by("-taken_up_on", "-pk").values("practitioner")[:1]),
    )
    return rows.filter(SHOWN[show](by)).order_by("-marked", "-declared_on", "-id")


def _open(_: User) -> Q:
    return Q(in_care=True) | Q(referral_state__in=OPEN_STATES)


def _mine(by: User) -> Q:
    return Q(worker_id=by.pk)


def _ended(_: User) -> Q:
    return Q(in_care=False) & ~Q(referral_state__in=OPEN_STATES)


def _all(_: User) -> Q:
    return Q()


OPEN_STATES = (
    *("received", "more_information", "for_meeting", "safeguarding_first"),
    *("waiting", "held_for_birth"),
)
SHOWN = {"open": _open, "mine": _mine, "ended": _ended, "all": _all}


def rows_of(page: Iterable[Family], *, by: User) -> list[FamilyRow]:
    """The families of one page with their people; four statements whatever their number."""
    found = list(page)
    people = people_of([family.pk for family in found])
    workers = User.objects.in_bulk({row.worker_id for row in map(_notes, found) if row.worker_id})
    marks = dict(
        OnMyMind.objects.filter(user=by, until_on__isnull=True, family__in=found).values_list(
            "family_id", "words"
        )
    )
    return [
        FamilyRow(
            pk=family.pk,
            babies=people.get((family.pk, "baby"), []),
            carers=people.get((family.pk, "carer"), []),
            referral_state=_notes(family).referral_state or "",
            practitioner=_name(workers, _notes(family).worker_id),
            in_care=_notes(family).in_care,
            mark=marks.get(family.pk, ""),
        )
        for family in found
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Notes:
    """What `families` notes on each family."""

    referral_state: str | None
    worker_id: UUID | None
    in_care: bool


def _notes(family: Family) -> _Notes:
    noted = vars(family)
    return _Notes(
        referral_state=noted["referral_state"],
        worker_id=noted["worker_id"],
        in_care=noted["in_care"],
    )


def _name(workers: dict[UUID, User], pk: UUID | None) -> str:
    return workers[pk].full_name if pk in workers else ""


def people_of(
    families: Collection[UUID], *, roles: tuple[str, ...] = SHOWN_ROLES
) -> dict[tuple[UUID, str], list[Person]]:
    """Who belongs to families now in one of these parts, by family and part."""
    if not families:
        return {}
    chosen = prepared.among(families)

    def rows() -> QuerySet[FamilyMember]:
        members = FamilyMember.objects.filter(
            family__in=chosen, until_on__isnull=True, role__in=roles
        )
        return members.select_related("person").order_by(
            "family", "role", "person__birth_order", "person__born_on", "created_at", "pk"
        )

    members = prepared.records_of(f"people of families, {', '.join(roles)}", [chosen], rows)
    grouped: dict[tuple[UUID, str], list[Person]] = {}
    for member in members:
        grouped.setdefault((member.family_id, member.role), []).append(member.person)
    return grouped


def search(words: str, *, by: User) -> list[Found]:
    """What fits a name, number or reference, at most fifty, each within one family.

    Someone who belongs to two families is found twice, and neither place names the other.
    """
    typed = words.replace("\x00", " ").strip()
    members = members_found(typed, by=by)
    return members + referrals_found(typed, by=by, at_most=FOUND_AT_MOST - len(members))


def members_found(words: str, *, by: User) -> list[Found]:
    """Members of families by name or number, and families by a referral's reference."""
    members = (
        FamilyMember.objects.visible_to(by)
        .filter(fitting(words, by=by))
        .select_related("person")
        .order_by("person__search_name", "-from_on", "pk")[:FOUND_AT_MOST]
    )
    found = list(members)
    # A baby is shown by name and age; an adult with the babies of that one family.
    adults = {member.family_id for member in found if member.role != "baby"}
    people = people_of(adults, roles=("baby",))
    return [
        Found(
            person=member.person,
            family_id=member.family_id,
            babies=[] if member.role == "baby" else people.get((member.family_id, "baby"), []),
        )
        for member in found
    ]


def fitting(words: str, *, by: User) -> Q:
    """The condition that a member of a family of the user's teams fits a name, number or reference.

    Numbers and references are looked up first, each whole and by its index. Where one is found
    the members are put together as one list of ids: a choice between three lists, one of which is
    a subquery, would have every member read.
    """
    teams = by.teams_where(Ability.OPEN_FAMILY)
    named = Q(person__in=Person.objects.named(words, teams=teams).values("pk"))
    numbers = PersonIdentifier.objects.filter(
        organisation=by.organisation_id,
        system__in=[entry.code for entry in code_list("identifier_systems").codes],
        value=words.replace(" ", ""),
    )
    references = Referral.objects.filter(reference=words.upper(), family__isnull=False)
    found = numbers.values_list(Value("number"), "person").union(
        references.values_list(Value("reference"), "family"), all=True
    )
    by_kind = list(found)
    numbered = [pk for kind, pk in by_kind if kind == "number"]
    referred = [pk for kind, pk in by_kind if kind == "reference"]
    if not (numbered or referred):
        return named
    # Who is shut or sealed is left out by the caller's own query.
    members = FamilyMember._base_manager.order_by().values("pk")
    by_name, by_number = members.filter(named), members.filter(person__in=numbered)
    by_reference = members.filter(family__in=referred, role="baby")
    return Q(pk__in=by_name.union(by_number, by_reference))


def referrals_without_family(by: User) -> list[UUID]:
    """Referrals that the user may see and that no family was declared for: mostly a handful."""

    def rows() -> QuerySet[Any, tuple[Any, ...]]:
        return Referral.objects.visible_to(by).filter(family__isnull=True).values_list("pk")

    given: list[prepared.Value] = [by.pk, by.teams_where(Ability.OPEN_FAMILY)]
    return [pk for (pk,) in prepared.rows_of("referrals without a family", given, rows)]


def referrals_found(words: str, *, by: User, at_most: int) -> list[Found]:
    """Referrals that have no family yet, by reference or by a baby's name."""
    loose = referrals_without_family(by) if words and at_most > 0 else []
    if not loose:
        return []
    baby = Person.objects.few_named(words).filter(pk=OuterRef("baby"))
    named = ReferralBaby.objects.filter(Exists(baby), referral=OuterRef("pk"))
    referrals = (
        Referral.objects.filter(
            Q(reference=words.upper()) | Exists(named), pk__in=prepared.among(loose)
        )
        .prefetch_related("babies_link__baby")
        .order_by("-received_on", "-pk")[:at_most]
    )
    return [
        Found(
            person=None,
            referral=referral,
            babies=[link.baby for link in referral.babies_link.all()],
        )
        for referral in referrals
    ]
