"""The baby header: who the baby is, how old, with whom; in words, for one viewer."""

from collections.abc import Iterator
from datetime import date

from nestling.accounts.models import User
from nestling.people.identifiers import national_system, shown
from nestling.people.models import Person, PersonKind, Relationship, SafeContact
from nestling.people.queries.families import FamilyPeople, PersonFacts
from nestling.people.rules import reads_clinical
from nestling.people.words import kind_words
from nestling.reference.codes import code_list
from nestling.science.ages import (
    Stage,
    conceived_on,
    day_words,
    gestation_days,
    limit_on,
    stage_words,
    weeks_and_days,
    weeks_until,
    whole_months,
)
from nestling.ui.addresses import address_of
from nestling.ui.components import BabyHeader, Fact, LifeRuler, Tag, life_ruler
from nestling.ui.relations import listed

STATUS_COLOURS = {"support": "yellow", "protection": "orange", "court": "orange", "care": "blue"}
NO_FACTS = PersonFacts(role="")
BIRTHDAYS = {
    12: "First birthday",
    24: "Second birthday",
    36: "Third birthday",
    60: "Fifth birthday",
}


def baby_header(
    baby: Person,
    *,
    family: FamilyPeople,
    viewer: User,
    on: date,
    limit_months: int | None,
    worker: str = "",
) -> BabyHeader:
    """The header of one baby on pages about the family, for a viewer, on a day.

    With ``limit_months`` there is a ruler to the team's age limit and the weeks that are left;
    ``None`` draws neither. After a loss it says no age, date or limit.
    """
    return BabyHeader(
        name=baby.full_name,
        age=age(baby, on),
        with_whom=with_whom(baby, family),
        facts=tuple(_facts(baby, family, on=on, limit_months=limit_months, worker=worker)),
        flags=tuple(_flags(baby, family, viewer=viewer)),
        safe_contact=tuple(safe_contact_lines(baby, family)),
        ruler=_ruler(baby, on=on, limit_months=limit_months),
        silent=baby.is_lost,
        url=address_of("desk:family", family.family.pk),
    )


def baby_headers(
    family: FamilyPeople, *, viewer: User, on: date, limit_months: int | None = None
) -> list[BabyHeader]:
    """A header for each baby of a family."""
    return [
        baby_header(baby, family=family, viewer=viewer, on=on, limit_months=limit_months)
        for baby in family.babies
    ]


def age(person: Person, on: date) -> str:
    """How old a person is, or how far the pregnancy, on a day; empty after a loss or unknown."""
    if person.is_lost:
        return ""
    if person.kind == PersonKind.BABY:
        return stage_words(person.dates, on)
    if person.born_on is None or person.born_on > on:
        return ""
    if person.kind == PersonKind.CHILD:
        return stage_words(person.dates, on)
    return f"{whole_months(person.born_on, on) // 12} years old"


def with_whom(baby: Person, family: FamilyPeople) -> str:
    """The baby's carers within this family: first whom the baby lives with, then the others."""
    ties = family.relationships_of(baby)
    at_home = [_carer(row) for row in ties if row.lives_with == "yes" and not baby.is_lost]
    away = [_carer(row) for row in ties if row.lives_with != "yes" or baby.is_lost]
    if not at_home:
        return listed(away)
    home = f"{listed(at_home)} at home"
    return f"{home}; {listed(away)}" if away else home


def _carer(row: Relationship) -> str:
    return f"{row.carer.short_name} ({kind_words(row)})"


def _facts(
    baby: Person, family: FamilyPeople, *, on: date, limit_months: int | None, worker: str
) -> Iterator[Fact]:
    if baby.is_lost:
        yield Fact("A loss is recorded", "no age is shown and nothing is sent by itself")
    else:
        yield from _dates(baby)
    facts = family.facts.get(baby.pk, NO_FACTS)
    nation = family.family.team.organisation.nation
    yield Fact(*_number(facts, system=national_system(nation)))
    limit = limit_on(baby.dates, limit_months) if limit_months else None
    if limit is not None:
        left = weeks_until(limit, on)
        yield Fact("Weeks to age limit", str(left) if limit > on else "past the limit")
    if worker:
        yield Fact("Worker", worker)


def _dates(baby: Person) -> Iterator[Fact]:
    if baby.born_on is not None:
        yield Fact("Born", _born_words(baby.born_on, due_on=baby.due_on))
    elif baby.due_on is not None:
        source = code_list("edd_sources").label(baby.due_source)
        yield Fact("Due", f"{day_words(baby.due_on)} ({source[:1].lower()}{source[1:]})")


def _born_words(born_on: date, *, due_on: date | None) -> str:
    if due_on is None:
        return day_words(born_on)
    return f"{day_words(born_on)}, at {weeks_and_days(gestation_days(due_on, born_on))}"


def _number(facts: PersonFacts, *, system: str) -> tuple[str, str]:
    held = facts.number_system or system
    label = code_list("identifier_systems").label(held)
    return label, shown(facts.number, system=held) or "not known yet"


def _flags(baby: Person, family: FamilyPeople, *, viewer: User) -> Iterator[Tag]:
    status = family.facts.get(baby.pk, NO_FACTS).safeguarding
    if status and status != "none_known" and reads_clinical(viewer, family.family):
        yield status_tag(status)
    stage_of_waiting = not baby.is_lost and baby.born_on is None and baby.due_on is None
    if stage_of_waiting:
        yield Tag("No due date recorded", "yellow")


def status_tag(status: str) -> Tag:
    """A safeguarding status as a tag. Never red: red means act now."""
    groups = {entry.code: entry.group for entry in code_list("safeguarding_statuses").codes}
    label = code_list("safeguarding_statuses").label(status)
    colour = STATUS_COLOURS.get(groups.get(status, ""), "grey")
    return Tag(label, colour)  # type: ignore[arg-type]  # one of the table's colours


def safe_contact_lines(baby: Person, family: FamilyPeople) -> Iterator[str]:
    """How it is safe to reach each carer: anyone who may call them needs to know."""
    for row in family.relationships_of(baby):
        facts = family.facts.get(row.carer_id, NO_FACTS)
        yield f"{row.carer.short_name}: {contact_words(facts.safe_contact)}."
        if facts.hides_address:
            yield f"Do not say or print {row.carer.short_name}’s address."
        if facts.not_alone:
            yield f"Do not visit {row.carer.short_name} alone."
    facts = family.facts.get(baby.pk, NO_FACTS)
    if facts.hides_address:
        yield f"Do not say or print {baby.short_name}’s address."
    if facts.not_alone:
        yield "Do not visit alone."


WAYS = (
    ("may_call", "call"),
    ("may_leave_voicemail", "leave a voicemail"),
    ("may_text", "text"),
    ("may_email", "email"),
    ("may_post", "write"),
)


def contact_words(rule: SafeContact | None) -> str:
    """A safe-contact rule as one line: what is safe, what is not, and the person's own words."""
    if rule is None:
        return "no safe-contact rule yet, so ask how before you make contact"
    safe = [words for name, words in WAYS if getattr(rule, name)]
    unsafe = [words for name, words in WAYS if not getattr(rule, name)]
    parts = [listed(safe) if safe else "make no direct contact"]
    if safe and unsafe:
        parts.append(f"do not {' or '.join(unsafe)}")
    if rule.words:
        parts.append(rule.words.strip().rstrip("."))
    return "; ".join(parts)


def _ruler(baby: Person, *, on: date, limit_months: int | None) -> LifeRuler | None:
    """From conception to the limit; none where it would have to be guessed."""
    limit = limit_on(baby.dates, limit_months) if limit_months else None
    if limit is None or baby.due_on is None or limit_months is None:
        return None
    if baby.dates.stage(on) not in (Stage.BORN, Stage.UNBORN):
        return None
    return life_ruler(
        conception=conceived_on(baby.due_on),
        born=baby.born_on,
        due=baby.due_on,
        today=on,
        limit=limit,
        limit_label=BIRTHDAYS.get(limit_months, f"{limit_months} months"),
    )
