"""Very many families: each told story stamped out again for other people, in other teams.

Some of the stories go on today and some have ended; a service that has worked for years has more
of the second kind, so these are copied more often and moved further back. Stories that go on move
back by a few weeks at most: nobody waits for years.
"""

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from nestling.accounts.models import Organisation
from nestling.care.models import Episode
from nestling.demo.copying import ROWS_AT_MOST, Copy, Model, Pattern, family_models, patterns
from nestling.demo.copying import stamped as stamp
from nestling.demo.crowd import Crowd, kind_of
from nestling.demo.storing import Rows, store
from nestling.demo.teams import Roster
from nestling.foundation import chain
from nestling.foundation.ids import new_id
from nestling.foundation.models import AuditEvent
from nestling.foundation.records import record_kind
from nestling.people.models import Family, Person, PersonIdentifier
from nestling.people.names import name_columns
from nestling.referrals.models import Referral
from nestling.referrals.models.referrals import UNDECIDED_STATES, WAITING_STATES

BATCH = 400
"""Copies that are written together."""
OPEN_SHARE = 0.35
"""Families in a hundred whose story goes on; the rest were worked with, or turned away, before."""
BACK_DAYS = {"unborn": 14, "undecided": 6, "in_care": 28, "waiting": 90, "closed": 1500}
"""The most days by which a story is moved back, by how far it has come."""
AUDITED: tuple[Model, ...] = (Person, Family, Referral, Episode)
"""Records whose copies have an entry of their own in the audit trail."""
ID_BITS = (1 << 62) - 1
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """The stories that can be stamped, and in what order their tables are written."""

    order: list[Model]
    going_on: list[Pattern]
    closed: list[Pattern]

    @classmethod
    def gathered(cls, *, only: Callable[[Pattern], bool] = lambda _: True) -> "Stock":
        """All stories that are told in the database."""
        order = family_models()
        found = [one for one in patterns(order) if one.families and only(one)]
        return cls(
            order=order,
            going_on=[one for one in found if standing(one) != "closed"],
            closed=[one for one in found if standing(one) == "closed"],
        )

    def draw(self, rng: random.Random, *, at_most: int) -> Pattern:
        """A story of no more families than are still wanted."""
        kind = self.going_on if rng.random() < OPEN_SHARE or not self.closed else self.closed
        fitting = [one for one in kind if one.families <= at_most]
        return rng.choice(fitting or self.going_on)


@dataclass(slots=True, kw_only=True)
class Press:
    """Stamps stories out: who the people are, which team they come to, and how long ago."""

    rng: random.Random
    crowd: Crowd
    organisation: Organisation
    first: int = field(default_factory=lambda: new_id().int & ~ID_BITS)
    copies: int = 0

    def copy(self, pattern: Pattern, *, back: int, shared: dict[UUID, str], prefix: str) -> Copy:
        """What differs in the next copy of a story."""
        self.copies += 1
        days = timedelta(days=back)
        made = Copy(
            first=self.first + self.copies * ROWS_AT_MOST,
            back=lambda moment: moment - days,
            shared=shared,
        )
        self._name(pattern, made)
        for number in pattern.of(PersonIdentifier):
            made.fresh[number.pk, "value"] = self.crowd.nhs_number()
        for referral in pattern.of(Referral):
            made.fresh[referral.pk, "reference"] = f"{prefix}-{self.crowd.code()}"
        return made

    def _name(self, pattern: Pattern, made: Copy) -> None:
        """Other names, the same for those who shared one; whoever has none yet still has none."""
        families: dict[str, str] = {"": ""}
        for person in pattern.of(Person):
            if person.family_name not in families:
                families[person.family_name] = self.crowd.family_name()
            kind = "baby" if person.kind == "baby" else kind_of(person.given_name)
            names = {
                "given_name": self.crowd.given_name(kind) if person.given_name else "",
                "family_name": families[person.family_name],
                "known_as": self.crowd.given_name(kind) if person.known_as else "",
            }
            for column, value in (names | name_columns(**names)).items():
                made.fresh[person.pk, column] = value


def copy_families(
    stock: Stock, roster: Roster, press: Press, *, count: int, on_progress: Progress
) -> int:
    """Stamp out so many families, each for a team of the roster; how many rows that made."""
    rows: Rows = defaultdict(list)
    events: list[AuditEvent] = []
    made = written = 0
    while made < count:
        pattern = stock.draw(press.rng, at_most=count - made)
        team, shared = roster.place(pattern, rng=press.rng)
        back = press.rng.randrange(BACK_DAYS[standing(pattern)])
        copy = press.copy(pattern, back=back, shared=shared, prefix=team.reference_prefix)
        for model, values in stamp(pattern, copy):
            rows[model].append(values)
        events += trail(pattern, copy, organisation=press.organisation, team=team.pk)
        made += pattern.families
        if press.copies % BATCH == 0 or made >= count:
            written += store(rows, order=stock.order)
            chain.append(chain.AUDIT, events)
            events = []
            on_progress(made)
    return written


def copy_rows(stock: Stock, press: Press, *, prefix: str) -> int:
    """Stamp every story once more where it stands, on the same days, with the same staff."""
    rows: Rows = defaultdict(list)
    for pattern in (*stock.going_on, *stock.closed):
        here = {key: key.hex for key in pattern.shared}
        copy = press.copy(pattern, back=0, shared=here, prefix=prefix)
        for model, values in stamp(pattern, copy):
            rows[model].append(values)
    return store(rows, order=stock.order)


def trail(
    pattern: Pattern, copy: Copy, *, organisation: Organisation, team: UUID
) -> list[AuditEvent]:
    """That the copy's persons, family, referrals and episodes were copied, not written by hand."""
    return [
        AuditEvent(
            action="copied",
            kind=record_kind(type(row)),
            record_id=UUID(copy.id_of(place)),
            organisation_id=organisation.pk,
            team_id=team,
        )
        for place, row in enumerate(pattern.objects)
        if isinstance(row, AUDITED)
    ]


def standing(pattern: Pattern) -> str:
    """How far a story has come, by its babies, referrals and episodes: a key of `BACK_DAYS`."""
    states = {row.state for row in pattern.of(Referral)}
    if states & (UNDECIDED_STATES | WAITING_STATES) and any(map(is_unborn, pattern.of(Person))):
        return "unborn"
    if states & UNDECIDED_STATES:
        return "undecided"
    if any(row.ended_on is None for row in pattern.of(Episode)):
        return "in_care"
    return "waiting" if states & WAITING_STATES else "closed"


def is_unborn(person: Any) -> bool:
    """Whether someone is a baby whose birth is awaited."""
    born: date | None = person.born_on
    return person.kind == "baby" and born is None and not person.is_lost


def fresh_press(organisation: Organisation, *, rng: random.Random) -> Press:
    """A press whose numbers and references no one has."""
    numbers = PersonIdentifier.objects.filter(organisation=organisation)
    references = Referral.objects.values_list("reference", flat=True)
    crowd = Crowd(
        rng,
        numbers=set(numbers.values_list("value", flat=True)),
        codes={reference.partition("-")[2] for reference in references},
    )
    return Press(rng=rng, crowd=crowd, organisation=organisation)
