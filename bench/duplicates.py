"""Speed of finding possible duplicates as a person is added, among 100,000 persons.

Measured on SQLite in a file, with made-up names of uneven frequency: (1) finding the matches of
babies and adults who are on the records with a slip of the pen, median and 95th percentile;
(2) of people who are not. The processor's own time beside the clock's, for a machine that does
other work too. Target: under 20 ms.

    .venv/bin/python bench/duplicates.py [--quick]
"""

import os
import random
import sys
import tempfile
import time
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nestling.accounts.models import Organisation, Team, User
    from nestling.people.matching import Wanted

PERSONS, QUICK = 100_000, 10_000
ASKED = 300
FIRST_DAY, DAYS = date(2023, 6, 1), 1000
SYLLABLES = ("wil", "ber", "ton", "lark", "fen", "mar", "os", "ka", "ri", "no", "thi", "sel", "da")


def main(words: list[str]) -> int:
    """Print one row for each measurement."""
    persons = QUICK if "--quick" in words else PERSONS
    with tempfile.TemporaryDirectory() as folder:
        start_django(Path(folder))
        from django.conf import settings  # noqa: PLC0415 - after the settings are named

        settings.CHAIN_HEAD_FILE = Path(folder) / "heads"
        rng = random.Random(1)
        user, team = fill(persons, rng=rng)
        print(f"{'what':<46} {'p50 ms':>8} {'p95 ms':>8} {'cpu ms':>8} {'found':>6}")
        for name, ask in questions(team.organisation, rng=rng):
            start = time.process_time()
            spent, found = measure(ask, by=user)
            cpu = 1000 * (time.process_time() - start) / ASKED
            p50, p95 = (1000 * spent[int(len(spent) * share)] for share in (0.5, 0.95))
            print(f"{name:<46} {p50:>8.1f} {p95:>8.1f} {cpu:>8.1f} {found:>6}")
    return 0


def start_django(folder: Path) -> None:
    """A database of its own in a folder."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "nestling.config.settings.test"
    os.environ["NESTLING_TEST_DATABASE"] = f"sqlite:///{folder}/bench.sqlite3"
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)


def names(number: int, *, rng: random.Random) -> list[str]:
    """Made-up names; the first ones are drawn more often."""
    made = {"".join(rng.choices(SYLLABLES, k=rng.randint(2, 3))).title() for _ in range(number)}
    return sorted(made)


def fill(persons: int, *, rng: random.Random) -> "tuple[User, Team]":
    """So many persons of one organisation, half of them babies, and a lead of their team."""
    from nestling.accounts.models import Membership, Organisation, Team, User  # noqa: PLC0415
    from nestling.people.models import Person, PersonTeam  # noqa: PLC0415
    from nestling.people.names import search_name  # noqa: PLC0415

    trust = Organisation.objects.create(name="Bench Trust", nation="england")
    team = Team.objects.create(organisation=trust, name="Bench", slug="b", reference_prefix="B")
    user = User.objects.create(email="b@example.org", organisation=trust)
    Membership.objects.create(
        user=user, organisation=trust, team=team, role="clinical_lead", from_on=FIRST_DAY
    )
    given, family = names(900, rng=rng), names(2000, rng=rng)

    def person(number: int) -> Person:
        baby = number % 2 == 0
        first = given[int(len(given) * rng.random() ** 2)]
        last = family[int(len(family) * rng.random() ** 2)]
        return Person(
            organisation=trust,
            kind="baby" if baby else "adult",
            given_name=first if rng.random() < 0.9 or not baby else "",
            family_name=last,
            born_on=FIRST_DAY + timedelta(days=rng.randrange(DAYS)) if baby else None,
            search_name=search_name(first, last),
        )

    for start in range(0, persons, 5000):
        rows = Person.objects.bulk_create(person(n) for n in range(start, start + 5000))
        PersonTeam.objects.bulk_create(PersonTeam(person=row, team=team) for row in rows)
    return user, team


def questions(
    trust: "Organisation", *, rng: random.Random
) -> "Iterator[tuple[str, Callable[[], Wanted]]]":
    """What is asked: someone who is there, with a slip; someone who is not."""
    from nestling.people.matching import wanted  # noqa: PLC0415
    from nestling.people.models import Person  # noqa: PLC0415
    from nestling.people.services.details import PersonDetails  # noqa: PLC0415

    there = {
        kind: list(Person.objects.filter(kind=kind).order_by("pk")[:ASKED])
        for kind in ("baby", "adult")
    }

    def slip(kind: str) -> "Wanted":
        row = rng.choice(there[kind])
        family = row.family_name + rng.choice("aei")
        details = PersonDetails(
            kind=kind, given_name=row.given_name, family_name=family, born_on=row.born_on
        )
        return wanted(details, organisation=trust)

    def new(kind: str) -> "Wanted":
        day = FIRST_DAY + timedelta(days=rng.randrange(DAYS))
        family = "".join(rng.choices(SYLLABLES, k=4)).title()
        details = PersonDetails(
            kind=kind,
            given_name="Wren",
            family_name=family,
            born_on=day if kind == "baby" else None,
        )
        return wanted(details, organisation=trust)

    for kind in ("baby", "adult"):
        yield f"{kind} on the records, with a slip of the pen", partial(slip, kind)
        yield f"{kind} not on the records", partial(new, kind)


def measure(ask: "Callable[[], Wanted]", *, by: "User") -> tuple[list[float], int]:
    """Sorted seconds of each question, and how many found someone."""
    from nestling.people.matching import find_matches  # noqa: PLC0415

    spent, found = [], 0
    for _ in range(ASKED):
        sought = ask()
        start = time.perf_counter()
        found += bool(find_matches(sought, by=by))
        spent.append(time.perf_counter() - start)
    return sorted(spent), found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
