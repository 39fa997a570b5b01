"""Records of one person split in two at random, and every table compared before and after."""

import random
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Q

from nestling.accounts.models import Team, User
from nestling.foundation.ids import new_id
from nestling.foundation.sealing import SealedTextField
from nestling.people.merging.facts import FILLED
from nestling.people.merging.moving import MergeRefusedError, merge_persons
from nestling.people.merging.rules import FOLLOWED, How, label_of, references_to, rule_of
from nestling.people.merging.undoing import standing_in_the_way, unmerge
from nestling.people.models import Person, PersonMerge, PersonTeam
from nestling.people.names import name_columns
from tests.people.situation import TODAY

#: What a merge may leave behind: the logs, the merge itself, and columns that only rise.
LOGS = ("foundation",)
RISING = frozenset({"version", "changed_at"})
Rows = dict[Any, Any]
Tables = dict[str, Rows]
UNTOUCHED = (How.STAY,)
COPIED = 0.25
GIVEN = 0.45
BLANKED = 0.4


def tables() -> Tables:
    """Every row of every table of ours, but for logs and merges, as it is stored."""
    return {model._meta.label: rows_of(model) for model in apps.get_models() if _is_compared(model)}


def rows_of(model: type[models.Model]) -> Rows:
    """The rows of one table by id, without the columns that only rise.

    Rows are compared as the database holds them. Only words under a seal are opened first: each
    writing seals them anew.
    """
    columns = [field for field in model._meta.concrete_fields if field.name not in RISING]
    if any(isinstance(field, SealedTextField) for field in columns):
        names = [field.attname for field in columns]
        return {row["id"]: row for row in model._base_manager.values(*names)}
    place = [field.primary_key for field in columns].index(True)
    return {row[place]: row for row in stored(model, [field.column for field in columns])}


def stored(model: type[models.Model], names: list[str]) -> list[tuple[Any, ...]]:
    """What the database holds in some columns of a table."""
    quote = connection.ops.quote_name
    wanted = ", ".join(quote(name) for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {wanted} FROM {quote(model._meta.db_table)}")  # noqa: S608 - our own names
        return list(cursor.fetchall())


def versions() -> dict[Any, int]:
    """The version of every person and of whatever refers to one."""
    owners = {owner for model in FOLLOWED for owner, _ in references_to(model)}
    return {
        pk: version
        for model in owners
        for pk, version in model._base_manager.values_list("pk", "version")
    }


def _is_compared(model: type[models.Model]) -> bool:
    ours = model.__module__.startswith("nestling.")
    return ours and model._meta.app_label not in LOGS and model is not PersonMerge


@dataclass
class Doubling:
    """Makes doubles of a team's persons with a seed, and merges them."""

    team: Team
    by: User
    rng: random.Random

    def persons(self) -> list[Person]:
        """Persons with whom this team alone works, in no merge: the demo has its own clock."""
        alone = Person.objects.filter(teams_link__team=self.team, merged_into__isnull=True)
        shared = PersonTeam.objects.exclude(team=self.team).values("person")
        merged = PersonMerge.objects.standing().values("kept")
        return list(alone.exclude(Q(pk__in=shared) | Q(pk__in=merged)).order_by("pk"))

    def double(self, person: Person) -> Person:
        """Another record of a person, with some of the facts and some of what was recorded."""
        values = {field.attname: getattr(person, field.attname) for field in _columns(Person)}
        for name in FILLED:
            if name not in ("family_name", "born_on") and self.rng.random() < BLANKED:
                values[name] = None if values[name] is None else type(values[name])()
        if values["birth_order"] == 0:
            values["birth_order"] = None
        names = {key: values[key] for key in ("given_name", "family_name", "known_as")}
        other = Person.objects.create(**{**values, **name_columns(**names), "id": new_id()})
        PersonTeam.objects.create(person=other, team=self.team)
        self._share_out(person, other)
        return other

    def _share_out(self, mine: models.Model, theirs: models.Model) -> None:
        for model, column in references_to(type(mine)):
            if rule_of((model, column)).how in UNTOUCHED or model is PersonTeam:
                continue
            for row in list(model._base_manager.filter(**{column.name: mine}).order_by("pk")):
                self._share(row, column=column, theirs=theirs)

    def _share(self, row: Any, *, column: "models.Field[Any, Any]", theirs: models.Model) -> None:
        chance = self.rng.random()
        try:
            with transaction.atomic():
                if chance < GIVEN:
                    values = {column.name: theirs}
                    type(row)._base_manager.filter(pk=row.pk).update(**values)
                elif chance < GIVEN + COPIED and label_of((type(row), column)) in COPIES:
                    self._copy(row, column=column, theirs=theirs)
        except IntegrityError:
            return

    def _copy(self, row: Any, *, column: "models.Field[Any, Any]", theirs: models.Model) -> None:
        values = {one.attname: getattr(row, one.attname) for one in _columns(type(row))}
        copy = type(row)._base_manager.create(
            **{**values, "id": new_id(), column.attname: theirs.pk}
        )
        if isinstance(row, FOLLOWED):
            self._share_out(row, copy)


COPIES = frozenset(
    {
        *("people.FamilyMember.person", "people.Relationship.baby", "people.Relationship.carer"),
        *("people.SafeContact.person", "people.SafeguardingStatus.baby", "people.Alert.person"),
        *("people.Address.person", "people.Note.about_person", "people.Task.about_person"),
        *("referrals.ReferralRelationship.relationship",),
        *("care.EpisodeRelationship.relationship",),
    }
)
"""References of which a double may have a row that says the same."""


@dataclass
class Outcome:
    """What rounds of merging came to."""

    merged: int = 0
    refused: int = 0
    reasons: set[str] = field(default_factory=set)


def check_round(doubling: Doubling, outcome: Outcome, *, depth: int) -> None:
    """Up to so many merges after each other, taken apart in turn: every table is as it was.

    Each merges two of one person's records; one that took another over may be merged itself.
    """
    person = doubling.rng.choice(doubling.persons())
    group = [person, *(doubling.double(person) for _ in range(depth))]
    done: list[tuple[PersonMerge, Tables]] = []
    for _ in range(depth):
        kept, merged = doubling.rng.sample(group, 2)
        before = tables()
        try:
            merge = merge_persons(kept, merged, reason="One family", on=TODAY, by=doubling.by)
        except MergeRefusedError as error:
            outcome.refused += 1
            outcome.reasons.update(error.reasons)
            assert tables() == before
            continue
        assert only_points(merged)
        group.remove(merged)
        done.append((merge, before))
    for merge, before in reversed(done):
        take_apart(doubling, merge)
        assert tables() == before
        outcome.merged += 1


def take_apart(doubling: Doubling, merge: PersonMerge) -> None:
    """Undo a merge; no version falls."""
    last = versions()
    assert standing_in_the_way(merge) == []
    unmerge(merge, on=TODAY, by=doubling.by)
    now = versions()
    assert all(now[pk] >= version for pk, version in last.items() if pk in now)


def only_points(person: Person) -> bool:
    """Whether nothing refers to a person who was merged away."""
    person.refresh_from_db()
    left = [
        label_of(reference)
        for reference in references_to(Person)
        if rule_of(reference).how not in UNTOUCHED
        and reference[0]._base_manager.filter(**{reference[1].name: person}).exists()
    ]
    return left == [] and person.merged_into_id is not None


def _columns(model: type[models.Model]) -> list[Any]:
    return list(model._meta.concrete_fields)
