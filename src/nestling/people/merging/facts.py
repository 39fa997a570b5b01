"""What two persons' own facts say about merging them: reasons against it, and gaps to fill."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.people.identifiers import CHECKED_SYSTEMS
from nestling.people.models import Person, PersonIdentifier, PersonTeam, Relationship
from nestling.people.names import name_columns
from nestling.people.services.births import fits_due_date
from nestling.reference.codes import code_list

ASK_THE_LEAD = "Known here: ask the lead"
"""All that is said of a person whom another team works with."""
ASK_BEFORE_MERGING = (
    f"{ASK_THE_LEAD} of the other team. Information governance can say who that is. "
    "Someone who leads both teams can merge or take apart"
)
"""What a lead reads who may open both records, of which another team works with one too."""
NAMES = ("given_name", "family_name", "known_as")
FILLED = (
    *(*NAMES, "born_on", "birth_order", "sex", "language", "interpreter", "ethnicity"),
    *("religion", "access_needs", "gp_practice"),
)


def gaps_of(kept: Person, merged: Person) -> dict[str, Any]:
    """What the kept record does not say and the other does."""
    blank = (None, "", "not_known")
    found = {
        name: getattr(merged, name)
        for name in FILLED
        if getattr(kept, name) in blank and getattr(merged, name) not in blank
    }
    if kept.due_on is None and merged.due_on is not None:
        found |= {"due_on": merged.due_on, "due_source": merged.due_source}
    if found.keys() & set(NAMES):
        found |= name_columns(**{name: found.get(name, getattr(kept, name)) for name in NAMES})
    return found


def leads_all_teams(user: User, *persons: Person) -> bool:
    """Whether the user leads every team that works with any of these persons."""
    teams = PersonTeam.objects.filter(person__in=persons).values_list("team_id", flat=True)
    return set(teams) <= set(user.teams_where(Ability.TRIAGE))


def reasons_against(kept: Person, merged: Person) -> Iterator[str]:
    """Why these two records may not be merged, by what they say themselves."""
    if kept.pk == merged.pk:
        yield "This is one record, not two"
        return
    if kept.merged_into_id or merged.merged_into_id:
        yield "One of the records was merged already"
    if kept.organisation_id != merged.organisation_id:
        yield "The records belong to two organisations"
    if kept.kind != merged.kind:
        yield "One is a baby’s, a child’s or an adult’s record and the other is not"
    yield from _dates(kept, merged)
    yield from _numbers(kept, merged)
    between = Q(baby=kept, carer=merged) | Q(baby=merged, carer=kept)
    if Relationship.objects.filter(between).exists():
        yield "They are baby and carer in one relationship"


def _dates(kept: Person, merged: Person) -> Iterator[str]:
    if _differ(kept.born_on, merged.born_on):
        yield "The dates of birth differ. If one is wrong, correct it first"
    elif not _birth_fits(kept, merged) or not _birth_fits(merged, kept):
        yield "The date of birth of one is far from the due date of the other"
    if _differ(kept.birth_order, merged.birth_order):
        yield "They are two of twins or more: the order of birth differs"
    if (kept.loss, kept.lost_on) != (merged.loss, merged.lost_on):
        yield "A loss is recorded on one and not, or not the same, on the other"


def _birth_fits(born: Person, due: Person) -> bool:
    if born.born_on is None or due.due_on is None or due.born_on is not None:
        return True
    return fits_due_date(born.born_on, due.due_on)


def _differ(one: date | int | None, other: date | int | None) -> bool:
    return one is not None and other is not None and one != other


def _numbers(kept: Person, merged: Person) -> Iterator[str]:
    held = PersonIdentifier.objects.filter(person__in=(kept, merged), system__in=CHECKED_SYSTEMS)
    seen: dict[str, set[Any]] = {}
    for system, person in held.values_list("system", "person_id"):
        seen.setdefault(system, set()).add(person)
    for system in sorted(code for code, persons in seen.items() if len(persons) > 1):
        label = code_list("identifier_systems").label(system)
        yield f"Each has an {label}, and the two differ. One is wrong, or they are two people"
