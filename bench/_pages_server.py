"""What `bench/pages.py` runs beside the service's own code, in the service's own process.

`timed` is the service's application with three notes on every answer: milliseconds of processor
time, milliseconds that the access log took, and the number of SQL statements. As a program it
prints what there is to ask for: families, names, numbers and references of a team, as JSON.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any

BIG, NORMAL = "riverside", "willowbrook"
CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


def timed() -> Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]:
    """The service's application, timed from within."""
    from django.db import connection  # noqa: PLC0415 - settings first

    from nestling.config.wsgi import application  # noqa: PLC0415

    spent = {"log": 0.0}
    time_the_log(spent)

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        spent["log"], statements = 0.0, [0]
        start = time.thread_time()

        def count(execute: Any, sql: str, *rest: Any) -> Any:
            statements[0] += not sql.startswith(CONTROL)
            return execute(sql, *rest)

        def noted(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            busy = time.thread_time() - start
            notes = f"{busy * 1000:.3f} {spent['log'] * 1000:.3f} {statements[0]}"
            return start_response(status, [*headers, ("X-Spent", notes)], *rest)

        with ExitStack() as stack:
            stack.enter_context(connection.execute_wrapper(count))
            return application(environ, noted)

    return answer


def time_the_log(spent: dict[str, float]) -> None:
    """Add what the access log takes; on PostgreSQL the commit too, which is the request's own."""
    from django.db import connection  # noqa: PLC0415
    from django.db.backends.base.base import BaseDatabaseWrapper  # noqa: PLC0415

    from nestling.foundation import access_log  # noqa: PLC0415

    def counted(step: Callable[..., Any], *, after_a_look: bool) -> Callable[..., Any]:
        def step_timed(*arguments: Any, **named: Any) -> Any:
            counts = not after_a_look or (spent["log"] and connection.vendor == "postgresql")
            start = time.perf_counter()
            try:
                return step(*arguments, **named)
            finally:
                spent["log"] += time.perf_counter() - start if counts else 0.0

        return step_timed

    access_log.write_look = counted(access_log.write_look, after_a_look=False)
    for name in ("_commit", "run_and_clear_commit_hooks"):
        step = counted(getattr(BaseDatabaseWrapper, name), after_a_look=True)
        setattr(BaseDatabaseWrapper, name, step)


def sample(*, seed: int, count: int) -> dict[str, Any]:
    """What there is to ask for, of the team of usual size and of the largest."""
    import django  # noqa: PLC0415

    django.setup()
    from nestling.accounts.models import Team  # noqa: PLC0415
    from nestling.people.models import Family, Person  # noqa: PLC0415

    teams = {slug: Team.objects.get(slug=slug) for slug in (NORMAL, BIG)}
    return {
        "families": Family.objects.count(),
        "persons": Person.objects.count(),
        "teams": {slug: of_team(team, seed=seed, count=count) for slug, team in teams.items()},
    }


def of_team(team: Any, *, seed: int, count: int) -> dict[str, Any]:
    """Families, names, numbers and references of one team; who works there."""
    from nestling.accounts.models import Membership  # noqa: PLC0415
    from nestling.people.models import Family, Person, PersonIdentifier  # noqa: PLC0415
    from nestling.referrals.models import Referral  # noqa: PLC0415

    rng = random.Random(seed)
    families = [
        str(pk)
        for pk in Family.objects.filter(team=team).order_by("pk").values_list("pk", flat=True)
    ]
    persons = Person.objects.filter(teams_link__team=team).order_by("pk")
    names = list(persons.exclude(given_name="").values_list("given_name", "family_name"))
    numbers = PersonIdentifier.objects.filter(system="nhs", person__in=persons).order_by("pk")
    references = (
        Referral.objects.filter(team=team).order_by("pk").values_list("reference", flat=True)
    )
    workers = Membership.objects.filter(team=team).order_by("user__email")
    return {
        "size": len(families),
        "waiting": Referral.objects.filter(team=team).waiting().count(),
        "families": rng.sample(families, min(count, len(families))),
        "searches": list(
            asked(
                rng.sample(names, min(count, len(names))),
                rng.sample(list(numbers.values_list("value", flat=True)), 20),
                rng.sample(list(references), 20),
            )
        ),
        "users": dict(workers.values_list("role", "user__email")),
    }


def asked(names: list[tuple[str, str]], numbers: list[str], references: list[str]) -> Iterable[str]:
    """Searches as people type them: a name, a part, both names, a number, a reference."""
    for place, (given_name, family_name) in enumerate(names):
        yield (
            given_name.lower(),
            family_name,
            f"{given_name} {family_name}",
            family_name[:4],
            family_name[1:6].upper(),
            f"{given_name[:3]} {family_name[:3]}",
        )[place % 6]
    for number in numbers:
        yield f"{number[:3]} {number[3:6]} {number[6:]}"
    yield from references


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nestling.config.settings.demo")
    print(json.dumps(sample(seed=int(sys.argv[1]), count=int(sys.argv[2]))))
