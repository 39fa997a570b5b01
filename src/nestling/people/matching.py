"""Records that may be of the person someone is about to add, in the whole organisation.

Few rows are brought by indexed keys, compared by `science.matching`, and shown only as far as the
viewer may see them: of someone whom only another team works with nothing is said but that they are
known, and the match is logged like a look.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from nestling.accounts.models import Organisation, User
from nestling.foundation.looks import describe_look, note_look
from nestling.foundation.records import record_kind
from nestling.people.models import Address, Person, PersonIdentifier, PersonKind
from nestling.people.services.details import PersonDetails
from nestling.reference.matching import matching_rules, person_matching
from nestling.science.likeness import swapped
from nestling.science.matching import Comparison, Kind, Traits, compare
from nestling.science.phonetics import sound_of

SHOWN_AT_MOST = 5
YOUNG = (PersonKind.BABY, PersonKind.CHILD)
_COLUMNS = (
    *("pk", "kind", "given_name", "family_name", "known_as", "born_on", "due_on"),
    *("birth_order", "sex"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A person whom the viewer may see, and how what was typed compares with the record."""

    person: Person
    comparison: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Records that may be of the same person, the likeliest first; twins are apart from them."""

    same: tuple[Match, ...] = ()
    twins: tuple[Match, ...] = ()
    elsewhere: bool = False

    def __bool__(self) -> bool:
        """Whether anyone needs to be asked."""
        return bool(self.same) or self.elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Who is about to be added, where."""

    traits: Traits
    kind: str
    organisation: Organisation


def wanted(
    details: PersonDetails,
    *,
    organisation: Organisation,
    numbers: Iterable[tuple[str, str]] = (),
    postcode: str = "",
) -> Wanted:
    """What is compared of a person who is about to be added."""
    code = _postcode(postcode)
    traits = Traits(
        given_name=details.given_name,
        family_name=details.family_name,
        known_as=details.known_as,
        born_on=details.born_on,
        due_on=details.due_on,
        birth_order=details.birth_order,
        sex=details.sex,
        is_baby=details.kind == PersonKind.BABY,
        numbers=frozenset((system, value) for system, value in numbers if value),
        postcodes=frozenset({code} if code else ()),
    )
    return Wanted(traits=traits, kind=details.kind, organisation=organisation)


def find_matches(sought: Wanted, *, by: User, apart_from: Collection[UUID] = ()) -> Matches:
    """Records of the organisation that may be of this person, as far as the user may know of them.

    Every match, also one of which nothing is shown, is noted as looked at.
    """
    found = {
        pk: comparison
        for pk, comparison in _compared(sought)
        if comparison.kind is not Kind.NOT and pk not in apart_from
    }
    mine = set(Person.objects.visible_to(by).filter(pk__in=found).values_list("pk", flat=True))
    order = sorted(mine, key=lambda pk: (-found[pk].weight, str(pk)))
    same = [pk for pk in order if found[pk].kind is not Kind.TWIN][:SHOWN_AT_MOST]
    twins = [pk for pk in order if found[pk].kind is Kind.TWIN][:SHOWN_AT_MOST] if same else []
    elsewhere = [pk for pk in found.keys() - mine if found[pk].kind is Kind.LIKELY]
    for pk in elsewhere:
        note_look(record_kind(Person), pk)
    if same or elsewhere:
        describe_look("matched")
    persons = Person.objects.in_bulk([*same, *twins])
    return Matches(
        same=tuple(Match(person=persons[pk], comparison=found[pk]) for pk in same),
        twins=tuple(Match(person=persons[pk], comparison=found[pk]) for pk in twins),
        elsewhere=bool(elsewhere),
    )


def _compared(sought: Wanted) -> Iterator[tuple[UUID, Comparison]]:
    rules = matching_rules()
    for pk, traits in _candidates(sought):
        yield pk, compare(sought.traits, traits, rules)


def _candidates(sought: Wanted) -> Iterator[tuple[UUID, Traits]]:
    """The traits of at most so many records that share a key: a bounded number of statements."""
    kinds = YOUNG if sought.kind in YOUNG else (PersonKind.ADULT,)
    limits = person_matching().candidates
    # Ids alone, and of every record: `traits_of` leaves out those that may not be matched.
    rows = Person._base_manager.filter(organisation=sought.organisation, kind__in=kinds)
    ids: dict[UUID, None] = {}
    for key in _keys(sought):
        found = rows.filter(key).order_by().values_list("pk", flat=True)
        ids.update(dict.fromkeys(found[: limits.rows_of_each_key]))
    chosen = list(ids)[: limits.rows_in_all]
    yield from traits_of(chosen)


def _keys(sought: Wanted) -> Iterator[Q]:
    """What a record must share to be compared, the surest first; each is served by an index."""
    traits = sought.traits
    family, given, known = (
        sound_of(name) for name in (traits.family_name, traits.given_name, traits.known_as)
    )
    called = sorted({given, known} - {""})
    if traits.numbers:
        values = [value for _, value in traits.numbers]
        held = PersonIdentifier.objects.filter(organisation=sought.organisation, value__in=values)
        yield Q(pk__in=held.values("person"))
    sounds = sorted({family, *called} - {""})
    alike = Q(sound_family__in=sounds) | Q(sound_given__in=sounds) | Q(sound_known__in=sounds)
    if traits.postcodes:
        homes = Address.objects.filter(postcode__in=_written(traits.postcodes), until_on=None)
        yield Q(pk__in=homes.values("person")) & alike
    if family and called:
        yield Q(sound_family=family, sound_given__in=called)
        yield Q(sound_family=family, sound_known__in=called)
        yield Q(sound_given=family, sound_family__in=called)
    if traits.born_on:
        yield Q(born_on__in=_days_near(traits.born_on)) & alike
    if family and traits.is_baby and (traits.born_on or traits.due_on):
        yield Q(sound_family=family) & _about_then(traits)


def _days_near(day: date) -> list[date]:
    """The day, its neighbours, day and month the other way round."""
    near = matching_rules().near_days
    days = {day + timedelta(days=n) for n in range(-near, near + 1) if _exists(day, n)}
    turned = swapped(day)
    return sorted(days | ({turned} if turned else set()))


def _exists(day: date, days: int) -> bool:
    return date.min.toordinal() <= day.toordinal() + days <= date.max.toordinal()


def _about_then(traits: Traits) -> Q:
    """Babies due or born around the time when this one is due or was born."""
    days = matching_rules().born_near_due_days
    middle = traits.born_on or traits.due_on or date.max
    first = middle - timedelta(days=days if _exists(middle, -days) else 0)
    last = middle + timedelta(days=days if _exists(middle, days) else 0)
    due = Q(due_on__range=(first, last))
    return due if traits.born_on else due | Q(born_on__range=(first, last))


def traits_of(persons: Collection[UUID]) -> Iterator[tuple[UUID, Traits]]:
    """What is compared of persons who may be matched: three statements."""
    rows = Person.objects.matchable().filter(pk__in=persons).values(*_COLUMNS)
    listed = {row.pop("pk"): row for row in (dict(row) for row in rows)}
    numbers = _by_person(
        PersonIdentifier.objects.filter(person__in=listed), "person_id", "system", "value"
    )
    homes = _by_person(
        Address.objects.filter(person__in=listed, until_on=None).exclude(postcode=""),
        *("person_id", "postcode"),
    )
    for pk, row in listed.items():
        kind = row.pop("kind")
        yield (
            pk,
            Traits(
                **row,
                is_baby=kind == PersonKind.BABY,
                numbers=frozenset((system, value) for system, value in numbers.get(pk, ())),
                postcodes=frozenset(_postcode(code) for (code,) in homes.get(pk, ())),
            ),
        )


def _by_person(rows: object, *columns: str) -> dict[object, list[tuple[str, ...]]]:
    found: dict[object, list[tuple[str, ...]]] = {}
    for person, *values in rows.values_list(*columns):  # type: ignore[attr-defined]
        found.setdefault(person, []).append(tuple(values))
    return found


def _postcode(written: str) -> str:
    return "".join(written.upper().split())


def _written(codes: Iterable[str]) -> list[str]:
    """The ways in which a postcode may have been written down."""
    return sorted({way for code in codes for way in (code, f"{code[:-3]} {code[-3:]}")})
