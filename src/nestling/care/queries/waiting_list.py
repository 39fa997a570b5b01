"""The waiting list: ordered over every waiting referral, opened for one page of fifty."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.care.models import InterimOffer, WaitingContact
from nestling.care.queries.clock import came_together
from nestling.care.queries.waiting_keys import NOT_KNOWN_OF, WaitingKey, waiting_keys
from nestling.foundation.prepared import Among, among, records_of, rows_of
from nestling.people.models import FamilyMember, Person, SafeguardingStatus
from nestling.referrals.models import Referral
from nestling.ui.paging import PER_PAGE

#: All that the list says of a referral and of a person: the rest stays where it is.
OF_REFERRAL = ("reference", "urgency")
OF_PERSON = (
    *("kind", "given_name", "family_name", "born_on", "loss"),
    *("language", "interpreter"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carer:
    """Someone of the family who cares for a baby of the row: the person and what they are."""

    person: Person
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """One waiting referral as the list shows it; codes, not yet words.

    ``statuses`` are current safeguarding statuses, empty for whoever may not read them.
    """

    key: WaitingKey
    referral: Referral
    babies: tuple[Person, ...]
    carers: tuple[Carer, ...]
    last_contact_mode: str
    next_contact_mode: str
    interim_offer: str
    statuses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingFigures:
    """The list in numbers, over everyone who waits; a family after a loss counts in none but two.

    Those two are ``families`` and ``need_look``. Waits are in days.
    """

    families: int
    unborn: int
    middle_wait: int | None
    longest_wait: int | None
    need_look: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingList:
    """One page of the list, how many rows the filter leaves, and the figures of the whole list."""

    rows: tuple[WaitingRow, ...]
    total: int
    page: int
    figures: WaitingFigures
    lost: int


def waiting_list(
    user: User, *, on: date, order: str = "share", show: str = "all", page: int = 1
) -> WaitingList:
    """A page of the families who wait for the user's teams.

    ``show`` is one of `SHOWS`, ``order`` one of `ORDERS`; another word stands for the first. A
    page past the end is the last one.
    """
    keys = waiting_keys(user, on=on)
    wanted = SHOWS.get(show, SHOWS["all"])
    shown = [key for key in keys if wanted(key, on)]
    shown.sort(key=ORDERS.get(order, ORDERS["share"]))
    last = max(-(-len(shown) // PER_PAGE), 1)
    number = min(max(page, 1), last)
    on_page = shown[(number - 1) * PER_PAGE : number * PER_PAGE]
    return WaitingList(
        rows=tuple(waiting_rows(on_page, by=user, on=on)),
        total=len(shown),
        page=number,
        figures=figures_of(keys, on=on),
        lost=sum(key.lost for key in keys),
    )


def by_share(key: WaitingKey) -> tuple[Any, ...]:
    """The largest share of a life first; those of whom no share is said last."""
    share = -key.share.fraction if key.share else 1.0
    return key.share is None, share, -key.days, key.referral_id


def by_days(key: WaitingKey) -> tuple[Any, ...]:
    """The longest wait first, those who have lost the baby last."""
    return key.lost, -key.days, key.wait.received_on, key.referral_id


def by_limit(key: WaitingKey) -> tuple[Any, ...]:
    """The nearest age limit first; those without one last."""
    return key.limit_on is None, key.limit_on or date.max, -key.days, key.referral_id


def by_receipt(key: WaitingKey) -> tuple[Any, ...]:
    """The earliest referral first."""
    return key.wait.received_on, key.referral_id


ORDERS: dict[str, Callable[[WaitingKey], tuple[Any, ...]]] = {
    "share": by_share,
    "days": by_days,
    "limit": by_limit,
    "received": by_receipt,
}
SHOWS: dict[str, Callable[[WaitingKey, date], bool]] = {
    "all": lambda key, on: True,  # noqa: ARG005 - one shape for all filters
    "unborn": lambda key, on: key.is_unborn(on),
    "again": lambda key, on: key.needs_look,  # noqa: ARG005
    "unbooked": lambda key, on: key.next_contact_on is None and not key.lost,  # noqa: ARG005
}


def figures_of(keys: Sequence[WaitingKey], *, on: date) -> WaitingFigures:
    """The numbers above the list."""
    days = [key.days for key in keys if not key.lost]
    return WaitingFigures(
        families=len(keys),
        unborn=sum(key.is_unborn(on) for key in keys),
        middle_wait=int(median(days)) if days else None,
        longest_wait=max(days, default=None),
        need_look=sum(key.needs_look for key in keys),
    )


def waiting_rows(keys: Sequence[WaitingKey], *, by: User, on: date) -> list[WaitingRow]:
    """The rows of a page; every person and referral fetched here is shown."""
    if not keys:
        return []
    referrals = _referrals(keys, on=on)
    carers = _carer_ids(keys, on=on)
    baby_ids = {baby for key in keys for baby in key.baby_ids}
    adult_ids = {person for found in carers.values() for person, _ in found}
    people = _people(baby_ids | adult_ids)
    statuses = _statuses(keys, by=by, on=on)
    return [
        _row(key, referrals[key.referral_id], people=people, carers=carers, statuses=statuses)
        for key in keys
        if key.referral_id in referrals
    ]


def _row(
    key: WaitingKey,
    referral: Referral,
    *,
    people: dict[UUID, Person],
    carers: "dict[tuple[UUID | None, UUID], list[tuple[UUID, str]]]",
    statuses: dict[UUID, list[str]],
) -> WaitingRow:
    found = {person: kind for baby in key.baby_ids for person, kind in carers[key.family_id, baby]}
    return WaitingRow(
        key=key,
        referral=referral,
        babies=tuple(people[baby] for baby in key.baby_ids),
        carers=tuple(Carer(person=people[pk], kind=kind) for pk, kind in found.items()),
        last_contact_mode=_last_mode(key, referral),
        next_contact_mode=getattr(referral, "next_mode", None) or "",
        interim_offer=getattr(referral, "newest_offer", None) or "",
        statuses=tuple(dict.fromkeys(code for baby in key.baby_ids for code in statuses[baby])),
    )


def _last_mode(key: WaitingKey, referral: Referral) -> str:
    """How the newest contact was held; ``decision`` when it was being told of the decision."""
    for day, mode in (("last_on", "last_mode"), ("came_on", "came_mode")):
        if key.last_contact_on is not None and getattr(referral, day, None) == key.last_contact_on:
            return str(getattr(referral, mode, "") or "")
    return "decision" if key.last_contact_on else ""


def _people(ids: set[UUID]) -> dict[UUID, Person]:
    chosen = among(ids)
    found = records_of(
        "people of the waiting list",
        [chosen],
        lambda: Person.objects.filter(pk__in=chosen).only(*OF_PERSON),
    )
    return {person.pk: person for person in found}


def _referrals(keys: Sequence[WaitingKey], *, on: date) -> dict[UUID, Referral]:
    ids = among(key.referral_id for key in keys)
    found = records_of("rows of the waiting list", [ids, on], lambda: _with_newest(ids, on=on))
    return {referral.pk: referral for referral in found}


def _with_newest(ids: Among, *, on: date) -> QuerySet[Referral]:
    """Referrals with how the newest and the next contact are held, and what was offered last."""
    of_referral = WaitingContact.objects.filter(referral=OuterRef("pk"))
    held = of_referral.filter(held_on__lte=on).order_by("-held_on")
    planned = of_referral.filter(planned_on__gte=on, held_on__isnull=True).order_by("planned_on")
    came = came_together(Q(contact__referral=OuterRef("pk"))).order_by("-contact__on")
    offers = InterimOffer.objects.filter(referral=OuterRef("pk")).order_by("-offered_on", "-pk")
    return (
        Referral.objects.filter(pk__in=ids)
        .only(*OF_REFERRAL)
        .annotate(
            last_on=Subquery(held.values("held_on")[:1]),
            last_mode=Subquery(held.values("mode")[:1]),
            came_on=Subquery(came.values("contact__on")[:1]),
            came_mode=Subquery(came.values("contact__mode")[:1]),
            next_mode=Subquery(planned.values("mode")[:1]),
            newest_offer=Subquery(offers.values("offer")[:1]),
        )
    )


def _carer_ids(
    keys: Sequence[WaitingKey], *, on: date
) -> "defaultdict[tuple[UUID | None, UUID], list[tuple[UUID, str]]]":
    """For each family and baby, the members of that family who care for the baby, by id."""
    families = among(dict.fromkeys(key.family_id for key in keys if key.family_id))
    babies = _babies_of(keys)
    rows = rows_of(
        "carers of the waiting list",
        [families, babies, on],
        lambda: _carer_rows(families, babies, on=on),
    )
    found: defaultdict[tuple[UUID | None, UUID], list[tuple[UUID, str]]] = defaultdict(list)
    for family, person, baby, kind in rows:
        found[family, baby].append((person, kind))
    return found


def _babies_of(keys: Sequence[WaitingKey]) -> Among:
    """The babies of some waits, each once."""
    return among(dict.fromkeys(baby for key in keys for baby in key.baby_ids))


def _carer_rows(families: Among, babies: Among, *, on: date) -> QuerySet[Any, tuple[Any, ...]]:
    """Family, carer, baby and kind of relationship."""
    current = Q(person__babies_link__until_on__isnull=True)
    members = FamilyMember.objects.current(on).filter(
        current | Q(person__babies_link__until_on__gt=on),
        family__in=families,
        person__babies_link__baby__in=babies,
    )
    ordered = members.order_by("-person__babies_link__is_primary_carer", "from_on", "person_id")
    return ordered.values_list(
        *("family_id", "person_id", "person__babies_link__baby_id", "person__babies_link__kind")
    )


def _statuses(keys: Sequence[WaitingKey], *, by: User, on: date) -> "defaultdict[UUID, list[str]]":
    """Current safeguarding statuses of the babies, recorded by teams where the user reads them."""
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    teams = sorted(set(by.teams_where(Ability.READ_CLINICAL)) & {key.team_id for key in keys})
    babies = _babies_of(keys)
    rows = rows_of(
        "statuses of the waiting list",
        [babies, teams, on],
        lambda: _status_rows(babies, teams, on=on),
    )
    for baby, status in rows:
        found[baby].append(status)
    return found


def _status_rows(
    babies: Among, teams: Sequence[UUID], *, on: date
) -> QuerySet[Any, tuple[Any, ...]]:
    """Baby and status, the newest first."""
    rows = SafeguardingStatus.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=on),
        baby__in=babies,
        team__in=teams,
        from_on__lte=on,
    ).exclude(status=NOT_KNOWN_OF)
    return rows.order_by("-from_on").values_list("baby_id", "status")
