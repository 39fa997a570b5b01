"""Every page of our own rooms with samples of its address, drawn from what a team holds."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any
from urllib.parse import urlencode

from django.urls import URLResolver, get_resolver, reverse

from nestling.accounts.models import Membership
from nestling.care.queries import SHOWS
from nestling.desk.views.families import SHOW
from nestling.foundation.clock import today
from nestling.people.models import Agreement, PersonKind, Task
from nestling.people.services.families import BABY
from nestling.referrals.models.referrals import WAITING_STATES
from nestling.referrals.presenters import agenda, unmet
from nestling.referrals.presenters.board import HEADINGS
from tests.house.demo import Holdings

Words = dict[str, Any]
Sample = Callable[[Holdings], Iterable[Words]]
ROOMS = ("desk", "accounts", "staff", "people", "referrals", "care")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address of a page: its name, the ids in it and what follows the question mark."""

    page: str
    ids: Words
    query: str = ""

    @property
    def url(self) -> str:
        """The path."""
        return reverse(self.page, kwargs=self.ids) + (f"?{self.query}" if self.query else "")


def no_ids(held: Holdings) -> Iterator[Words]:
    """A page without ids."""
    yield {}


def families(word: str) -> Sample:
    """A page about a family."""
    return lambda held: ({word: family.pk} for family in held.families)


def members(top: str, *, kind: str = "", role: str = "") -> Sample:
    """A page about a member of a family."""
    return lambda held: (
        {top: family.pk, "person": person.pk}
        for family, person in held.members(kind=kind, role=role)
    )


def rows(word: str, found: Callable[[Holdings], Iterable[Any]]) -> Sample:
    """A page about one row."""
    return lambda held: ({word: row.pk} for row in found(held))


def rows_of_families(found: Callable[[Holdings], Iterable[Any]], *, top: str, word: str) -> Sample:
    """A page about one row that stands under a family."""
    return lambda held: ({top: family.pk, word: row.pk} for family, row in found(held))


def waiting(held: Holdings) -> Iterator[Words]:
    """Referrals that wait."""
    return ({"referral": row.pk} for row in held.referrals(state__in=WAITING_STATES))


def waiting_by_pk(held: Holdings) -> Iterator[Words]:
    """Referrals that wait, as pages of the referral know them."""
    return ({"pk": ids["referral"]} for ids in waiting(held))


def without_family(held: Holdings) -> Iterator[Words]:
    """Referrals that have no declared family yet."""
    return ({"pk": row.pk} for row in held.referrals(family=None))


def undecided(held: Holdings) -> Iterator[Words]:
    """Referrals, those that can still be read and decided first."""
    found = held.referrals(state__in=("received", "more_information", "for_meeting"))
    return ({"pk": row.pk} for row in [*found, *held.referrals()])


def decided(held: Holdings) -> Iterator[Words]:
    """Referrals with a decision."""
    return ({"pk": row.pk} for row in held.referrals(decisions__isnull=False))


def redirected(held: Holdings) -> Iterator[Words]:
    """Referrals that were sent elsewhere."""
    return ({"pk": row.pk} for row in held.referrals(state="redirected"))


def open_work(held: Holdings) -> Iterator[Words]:
    """Episodes that go on."""
    return ({"pk": row.pk} for row in held.episodes(ended_on__isnull=True))


def people_of_team(held: Holdings) -> Iterator[Words]:
    """Those with a role in the team."""
    found = Membership.objects.filter(team=held.team).order_by("created_at", "pk")
    return ({"pk": row.user_id} for row in found)


def leavers(held: Holdings) -> Iterator[Words]:
    """Those who left the team, with the team."""
    return ({"team": held.team.pk, "pk": user.pk} for user in held.left())


def two_persons(held: Holdings) -> Iterator[Words]:
    """Two records of the team, beside each other."""
    persons = [person.pk for _, person in held.members(kind=PersonKind.ADULT)]
    return ({"kept": one, "other": two} for one, two in pairwise(persons) if one != two)


BABIES = members("family", role=BABY)
ANYONE = members("family")
ADULTS = members("family", kind=PersonKind.ADULT)
TIES = rows_of_families(lambda held: held.relationships, top="family", word="pk")
ALL_REFERRALS = rows("pk", lambda held: held.referrals())

SAMPLES: dict[str, Sample] = {
    "desk:start": no_ids,
    "desk:privacy": no_ids,
    "desk:accessibility": no_ids,
    "desk:health": no_ids,
    "desk:home": no_ids,
    "desk:families": no_ids,
    "desk:search": no_ids,
    "desk:emergency": no_ids,
    "desk:emergency_reviews": no_ids,
    "desk:emergency_review": rows("pk", Holdings.emergencies),
    "desk:locks": no_ids,
    "desk:lock": rows("pk", Holdings.locks),
    "desk:restricted_looks": no_ids,
    "desk:sealed_records": no_ids,
    "desk:sealed_record": rows("pk", Holdings.seals),
    "desk:own_looks": no_ids,
    "desk:own_looks_month": lambda _: [{"year": today().year, "month": today().month}],
    "desk:account": lambda held: [
        *({"pk": user.pk} for user in held.left()),
        *people_of_team(held),
    ],
    "desk:leavers": no_ids,
    "desk:leaver": leavers,
    "desk:looks": no_ids,
    "desk:family": families("pk"),
    "desk:story": families("pk"),
    "desk:print": families("pk"),
    "desk:show_to": rows_of_families(
        lambda held: held.relationships, top="pk", word="relationship"
    ),
    "desk:adult": members("pk", kind=PersonKind.ADULT),
    "desk:person_looks": lambda held: ({"pk": person.pk} for _, person in held.members()),
    "accounts:profile": no_ids,
    "accounts:members": no_ids,
    "accounts:member_add": no_ids,
    "accounts:membership_add": people_of_team,
    "accounts:second_step": people_of_team,
    "accounts:membership_end": rows(
        "pk", lambda held: Membership.objects.filter(team=held.team).order_by("pk")
    ),
    "accounts:team_add": no_ids,
    "accounts:team_edit": lambda held: [{"pk": held.team.pk}],
    "staff:me": no_ids,
    "staff:team": no_ids,
    "staff:practitioner": rows("pk", Holdings.practitioners),
    "staff:leave_add": rows("pk", Holdings.practitioners),
    "staff:certificate_add": rows("pk", Holdings.practitioners),
    "people:birth": BABIES,
    "people:loss": BABIES,
    "people:safeguarding_add": BABIES,
    "people:person_add": families("family"),
    "people:person_edit": ANYONE,
    "people:member_end": ANYONE,
    "people:contact": ANYONE,
    "people:adult_risks": ADULTS,
    "people:relationship_add": families("family"),
    "people:relationship_edit": TIES,
    "people:network_add": families("family"),
    "people:lock": families("family"),
    "people:adoption": BABIES,
    "people:risks": families("family"),
    "people:restricted": families("family"),
    "people:agreement_add": families("family"),
    "people:agreement_withdraw": rows_of_families(
        lambda held: held.about(Agreement), top="family", word="pk"
    ),
    "people:note_add": families("family"),
    "people:note": rows_of_families(
        lambda held: held.notes(restricted=False), top="family", word="pk"
    ),
    "people:task_add": families("family"),
    "people:task_done": rows_of_families(lambda held: held.about(Task), top="family", word="pk"),
    "people:mark": families("family"),
    "people:duplicates": no_ids,
    "people:compare": two_persons,
    "people:merge": rows("pk", Holdings.merges),
    "referrals:public_start": no_ids,
    "referrals:public_check": no_ids,
    "referrals:public_receipt": no_ids,
    "referrals:public_stop": no_ids,
    "referrals:public_step": lambda _: [{"step": "agreement"}],
    "referrals:board": no_ids,
    "referrals:receive": no_ids,
    "referrals:agenda": no_ids,
    "referrals:referral": ALL_REFERRALS,
    "referrals:screen": undecided,
    "referrals:lock": without_family,
    "referrals:pause": waiting_by_pk,
    "referrals:decide": undecided,
    "referrals:told": decided,
    "referrals:redirect_outcome": redirected,
    "referrals:unmet_need": no_ids,
    "referrals:consultations": no_ids,
    "referrals:consultation_add": no_ids,
    "referrals:consultation_convert": rows("pk", Holdings.consultations),
    "referrals:criteria": no_ids,
    "care:waiting": no_ids,
    "care:wait": waiting,
    "care:waiting_contact": waiting,
    "care:interim_offer": waiting,
    "care:referrer_update": waiting,
    "care:triage_again": waiting,
    "care:close_waiting": waiting,
    "care:take_up": waiting,
    "care:episode": rows("pk", lambda held: held.episodes()),
    "care:stage": open_work,
    "care:focus": open_work,
    "care:step": open_work,
    "care:step_outcome": rows("pk", Holdings.steps),
    "care:contact_add": open_work,
    "care:end": open_work,
    "care:reopen": rows("pk", lambda held: held.episodes(ended_on__isnull=False)),
}
"""Each page of our rooms, and where samples of the ids in its address come from."""


def searches(held: Holdings) -> Iterator[str]:
    """Names and a reference of the team."""
    for _, person in list(held.members())[:6]:
        yield urlencode({"q": person.full_name})
    yield urlencode({"q": held.referrals()[0].reference})


def risks_about(held: Holdings, *, family: object) -> Iterator[str]:
    """Each baby and relationship that can be asked about."""
    yield ""
    for one, row in held.relationships:
        if one.pk == family:
            yield f"about={row.pk}"


def prints(held: Holdings, *, family: object) -> Iterator[str]:
    """The question for whom, and each answer to it."""
    yield from ("", "for=team", "for=colleague")
    for one, row in held.relationships:
        if one.pk == family:
            yield f"for={row.pk}"


def criteria(held: Holdings) -> Iterator[str]:
    """The acceptance rules, by team."""
    yield from ("", f"team={held.team.pk}")


LISTS: dict[str, Callable[[Holdings], Iterable[str]]] = {
    "desk:families": lambda _: [f"show={show}" for show, _ in SHOW],
    "desk:search": searches,
    "desk:looks": searches,
    "referrals:board": lambda _: ["", *(f"column={column}" for column in HEADINGS)],
    "referrals:agenda": lambda _: ["", *(f"for={reader}" for reader in agenda.AUDIENCES)],
    "referrals:unmet_need": lambda _: ["", *(f"for={reader}" for reader in unmet.AUDIENCES)],
    "referrals:criteria": criteria,
    "care:waiting": lambda _: ["", *(f"show={show}" for show in SHOWS)],
}
"""What may follow the question mark of pages without ids: filters, readers, searches."""
FAMILY_QUERIES: dict[str, Callable[..., Iterable[str]]] = {
    "desk:print": prints,
    "people:risks": risks_about,
}
"""The same for pages about a family."""


def addresses(page: str, held: Holdings, *, most: int | None = None) -> list[Address]:
    """Addresses of one page: with at most so many different ids, each with all its queries."""
    return [
        Address(page=page, ids=ids, query=query)
        for ids in islice(SAMPLES[page](held), most)
        for query in queries(page, held, ids=ids)
    ]


def queries(page: str, held: Holdings, *, ids: Words) -> Iterable[str]:
    """What may follow the question mark of an address."""
    if page in FAMILY_QUERIES:
        return FAMILY_QUERIES[page](held, family=ids.get("pk", ids.get("family")))
    return LISTS[page](held) if page in LISTS else [""]


def own_pages() -> list[str]:
    """Every named page of our rooms, as the resolver knows them."""
    return [name for name in named_pages() if name.split(":")[0] in ROOMS]


def named_pages() -> list[str]:
    """Every named page."""
    return list(_walk(get_resolver(), prefix=""))


def _walk(resolver: URLResolver, *, prefix: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            space = f"{entry.namespace}:" if entry.namespace else ""
            yield from _walk(entry, prefix=prefix + space)
        elif entry.name:
            yield prefix + entry.name
