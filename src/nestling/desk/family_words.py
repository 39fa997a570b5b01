"""Lists of families in words: each baby with age, with whom, and where things stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from nestling.desk.queries.families import FamilyRow, Found
from nestling.people.models import Person, PersonKind
from nestling.referrals.models import ReferralState
from nestling.science.ages import stage_words


@dataclass(frozen=True, slots=True, kw_only=True)
class BabyWords:
    """A baby's name and age, or gestation; no age after a loss."""

    name: str
    age: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyWords:
    """One family as a list shows it."""

    pk: UUID
    babies: list[BabyWords]
    carers: str
    state: str
    worker: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundWords:
    """One thing found: what it is called, whom it is about, and which page opens it."""

    name: str
    detail: str
    family_id: UUID | None
    referral_id: UUID | None


def joined(names: Iterable[str]) -> str:
    """Names as people say them.

    >>> joined(["Alder", "Elm"]), joined(["Ash", "Bay", "Elm"])
    ('Alder and Elm', 'Ash, Bay and Elm')
    """
    words = list(names)
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def baby_words(baby: Person, *, on: date) -> BabyWords:
    """A baby's name and what may be said of their age."""
    return BabyWords(name=baby.full_name, age=stage_words(baby.dates, on))


def family_rows(rows: Iterable[FamilyRow], *, on: date) -> list[FamilyWords]:
    """The families of a page in words."""
    return [
        FamilyWords(
            pk=row.pk,
            babies=[baby_words(baby, on=on) for baby in row.babies],
            carers=joined(carer.full_name for carer in row.carers) or "Carer not known yet",
            state=state_words(row),
            worker=row.practitioner,
            mark=row.mark,
        )
        for row in rows
    ]


def state_words(row: FamilyRow) -> str:
    """Where things stand with a family."""
    if row.in_care:
        return "In care"
    if row.referral_state == ReferralState.TAKEN_UP:
        return "Ended"
    return ReferralState(row.referral_state).label if row.referral_state else "Declared"


def found_rows(found: Iterable[Found], *, on: date) -> list[FoundWords]:
    """What a search found, in words."""
    return [found_words(one, on=on) for one in found]


def found_words(one: Found, *, on: date) -> FoundWords:
    """One thing found: a baby with age; an adult with the babies of that one family."""
    babies = [baby_words(baby, on=on) for baby in one.babies]
    ages = joined(f"{baby.name}{', ' + baby.age if baby.age else ''}" for baby in babies)
    if one.person is None:
        reference = one.referral.reference if one.referral else ""
        referral_id = one.referral.pk if one.referral else None
        name = joined(baby.name for baby in babies) or reference
        return FoundWords(
            name=name,
            detail=f"Referral {reference}. {ages}",
            family_id=None,
            referral_id=referral_id,
        )
    if one.person.kind == PersonKind.BABY:
        age = stage_words(one.person.dates, on)
        return FoundWords(
            name=one.person.full_name, detail=age, family_id=one.family_id, referral_id=None
        )
    return FoundWords(
        name=one.person.full_name,
        detail=f"With {ages}" if ages else "",
        family_id=one.family_id,
        referral_id=None,
    )
