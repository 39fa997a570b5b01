"""Records that two people may have open at once: their pages, and what is stored, read by itself.

What is stored is read from the tables and not from the versions that the pages carry, so that a
fault of the versions shows.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.db import models
from django.urls import reverse
from hypothesis import strategies as st

from nestling.accounts.models import Team
from nestling.care.models import Episode, StepMove
from nestling.people.models import (
    Address,
    Note,
    OnMyMind,
    Person,
    PersonIdentifier,
    PersonKind,
    Relationship,
    SafeContact,
)
from nestling.reference.codes import code_list
from nestling.referrals.models import TeamCriteria
from nestling.staff.models import Practitioner
from tests.house.demo import House
from tests.house.typed import Values

Row = dict[str, Any]
Words = st.SearchStrategy[list[str]]
STAGES = code_list("episode_stages").codes
NOT_SAID = frozenset({"version", "changed_at", "created_at", "id"})
WORDS: Words = st.sampled_from(["Ash", "Birch", "Cedar Lane", "Ask first", "Zoë’s own"]).map(
    lambda word: [word]
)
TICK: Words = st.sampled_from([["on"], []])
ANSWERS: Words = st.sampled_from([["yes"], ["no"], ["not_known"]])


@dataclass(frozen=True)
class Desk:
    """A record with its page, the two who may open it, what is typed into it and what is stored."""

    name: str
    url: str
    editors: tuple[str, str]
    fields: dict[str, Words]
    rows: Callable[[], models.QuerySet[Any]]
    part: str = ""

    def stored(self) -> list[Row]:
        """The rows as they are, without what a change moves in any case."""
        return [
            {name: value for name, value in vars(row).items() if _says_something(name)}
            for row in self.rows().order_by("created_at", "pk")
        ]


def _says_something(name: str) -> bool:
    return not name.startswith("_") and name not in NOT_SAID


@dataclass
class Page:
    """A page as it stands in front of somebody: its form as a browser would send it."""

    values: Values
    shown: list[Row]
    can_take: list[str] = field(default_factory=list)
    changes: int = 0


def page_in(html: str, desk: Desk) -> Page:
    """The form of a page that changes the record."""
    form = next(_forms(html, part=desk.part))
    return Page(
        values=dict(_successful(form)),
        shown=desk.stored(),
        can_take=[str(box["value"]) for box in form.find_all("input", attrs={"name": "take"})],
    )


FORM = re.compile(r'<form method="post".*?</form>', re.DOTALL)


def _forms(html: str, *, part: str) -> Iterator[Tag]:
    # Only the forms are read: a whole page takes longer than its answer does.
    for found in FORM.findall(html):
        form = BeautifulSoup(found, "html.parser")
        named = form.find("input", attrs={"name": "part"})
        is_part = (str(named["value"]) if named else "") == part
        if is_part and form.find("input", attrs={"name": "versions"}) is not None:
            yield form


def _successful(form: Tag) -> Iterator[tuple[str, list[str]]]:
    """What a browser sends of a form that nobody has touched."""
    found: Values = {}
    for one in form.find_all(["input", "textarea", "select"]):
        name, kind = str(one.get("name") or ""), str(one.get("type") or "")
        ticks = kind in ("radio", "checkbox")
        if not name or (ticks and not one.has_attr("checked")):
            continue
        if one.name == "select":
            chosen = [o for o in one.find_all("option") if o.has_attr("selected")]
            value = [str((chosen or one.find_all("option"))[0].get("value", ""))]
        elif one.name == "textarea":
            value = [one.get_text().removeprefix("\n")]
        else:
            value = [str(one.get("value", "on" if ticks else ""))]
        found[name] = found.get(name, []) + value
    yield from found.items()


def desks(house: House) -> list[Desk]:
    """The kinds of record that are tried, with the words of each."""
    held = house.willowbrook
    family, carer = next(held.members(kind=PersonKind.ADULT))
    _, tie = held.relationships[0]
    note = next(row for _, row in held.notes(restricted=False, signed_on=None))
    writer, step, episode = note.written_by, held.steps()[0], held.episodes(ended_on=None)[0]
    lead = house.user("lead")
    two, alone = ("lead", "practitioner"), ("lead", "lead")

    def of(page: str, **ids: Any) -> str:
        return reverse(page, kwargs=ids)

    reach = of("people:contact", family=family.pk, person=carer.pk)
    return [
        Desk(
            name="person",
            url=of("people:person_edit", family=family.pk, person=carer.pk),
            editors=two,
            fields={"given_name": WORDS, "known_as": WORDS, "access_needs": WORDS},
            rows=lambda: Person.objects.filter(pk=carer.pk),
        ),
        Desk(
            name="number",
            url=of("people:person_edit", family=family.pk, person=carer.pk),
            editors=two,
            fields={"number": st.sampled_from([["999 000 0018"], ["9990000026"]])},
            rows=lambda: PersonIdentifier.objects.filter(person=carer),
        ),
        Desk(
            name="relationship",
            url=of("people:relationship_edit", family=held.relationships[0][0].pk, pk=tie.pk),
            editors=two,
            fields={"lives_with": ANSWERS, "is_primary_carer": TICK},
            rows=lambda: Relationship.objects.filter(pk=tie.pk),
        ),
        Desk(
            name="safe contact",
            url=reach,
            editors=two,
            part="safe",
            fields={"safe-words": WORDS, "safe-may_text": TICK},
            rows=lambda: SafeContact.objects.filter(person=carer),
        ),
        Desk(
            name="address",
            url=reach,
            editors=two,
            part="address",
            fields={"address-lines": WORDS, "address-confidential": TICK},
            rows=lambda: Address.objects.filter(person=carer),
        ),
        Desk(
            name="note",
            url=of("people:note", family=note.family_id, pk=note.pk),
            editors=(str(writer.email).partition("@")[0],) * 2,
            fields={"body": WORDS},
            rows=lambda: Note.objects.filter(pk=note.pk),
        ),
        Desk(
            name="mark",
            url=of("people:mark", family=family.pk),
            editors=alone,
            fields={"words": WORDS},
            rows=lambda: OnMyMind.objects.filter(family=family, user=lead),
        ),
        Desk(
            name="stage",
            url=of("care:stage", pk=episode.pk),
            editors=two,
            fields={"stage": st.sampled_from([[entry.code] for entry in STAGES])},
            rows=lambda: Episode.objects.filter(pk=episode.pk),
        ),
        Desk(
            name="step",
            url=of("care:step_outcome", pk=step.pk),
            editors=two,
            fields={"accepted": ANSWERS},
            rows=lambda: StepMove.objects.filter(pk=step.pk),
        ),
        Desk(
            name="criteria",
            url=of("referrals:criteria") + f"?team={held.team.pk}",
            editors=alone,
            fields={"near_limit_days": st.sampled_from([["30"], ["60"], ["90"]])},
            rows=lambda: TeamCriteria.objects.filter(team=held.team),
        ),
        Desk(
            name="working facts",
            url=of("staff:me"),
            editors=alone,
            fields={"registration_body": WORDS, "wte_hundredths": st.just(["0.6"])},
            rows=lambda: Practitioner.objects.filter(user=lead),
        ),
        Desk(
            name="team",
            url=of("accounts:team_edit", pk=held.team.pk),
            editors=("system", "system"),
            fields={"place": WORDS, "opening_hours": WORDS, "takes_public_referrals": TICK},
            rows=lambda: Team.objects.filter(pk=held.team.pk),
        ),
    ]
