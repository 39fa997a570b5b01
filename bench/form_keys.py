"""What a form key adds to each save, and what a commit costs that survives a power cut.

Saves a small record with its audit event in one transaction, on a SQLite file of its own: without a
key, and with all that a key asks for (reading it, claiming it, remembering the redirect, forgetting
the draft, clearing old keys). Both with `synchronous=FULL`, which Nestling uses, and with `NORMAL`.

    .venv/bin/python bench/form_keys.py [--quick]
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

SAVES, QUICK = 1000, 200


def main() -> None:
    """Print one line for each way of saving."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NESTLING_DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "nestling.config.settings.demo"
        os.environ.pop("DATABASE_URL", None)
        import django  # noqa: PLC0415 - the folder must be named first
        from django.core.management import call_command  # noqa: PLC0415

        django.setup()
        call_command("migrate", verbosity=0)
        measure(QUICK if "--quick" in sys.argv else SAVES)


def measure(saves: int) -> None:
    """Save so many times in each way, in turn, so that the machine's moods fall on all alike."""
    ways: dict[tuple[str, str], list[float]] = {
        (sync, name): [] for sync in ("FULL", "NORMAL") for name in ("without a key", "with a key")
    }
    acts = {"without a key": save, "with a key": save_with_key}
    for number in range(saves):
        for (sync, name), seconds in ways.items():
            seconds.append(timed(acts[name], number=number, sync=sync))
    print(f"{saves} saves each, one transaction, ms".ljust(44), "p50".rjust(7), "p95".rjust(7))
    for (sync, name), seconds in ways.items():
        p50, p95 = (1000 * value for value in percentiles(seconds))
        print(f"synchronous={sync}, {name}".ljust(44), f"{p50:7.2f}", f"{p95:7.2f}")


def percentiles(seconds: list[float]) -> tuple[float, float]:
    """The 50th and the 95th."""
    cuts = statistics.quantiles(seconds, n=20)
    return cuts[9], cuts[18]


def timed(act: Callable[[str], None], *, number: int, sync: str) -> float:
    """Seconds that a save took."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={sync}")
    name = f"{act.__name__} {sync} {number}"
    start = time.perf_counter()
    act(name)
    return time.perf_counter() - start


def save(name: str) -> None:
    """A record and its audit event."""
    from django.db import transaction  # noqa: PLC0415

    from nestling.accounts.models import Organisation  # noqa: PLC0415
    from nestling.foundation import audit  # noqa: PLC0415

    with transaction.atomic():
        audit.create(Organisation(name=name, nation="england"), by=None)


def save_with_key(name: str) -> None:
    """The same, as a sent form: once."""
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415
    from django.test import RequestFactory  # noqa: PLC0415

    from nestling.foundation import drafts, form_keys  # noqa: PLC0415

    request = RequestFactory().post("/", {"body": "She looked at him. " * 50})
    request.user = AnonymousUser()
    key = form_keys.read_key(form_keys.new_key(request))
    said = form_keys.digest_of(request)
    with transaction.atomic():
        if key is None or form_keys.claim(key, said=said) is not None:
            raise AssertionError("the key was used before")
        save(name)
        drafts.forget(key)
        form_keys.remember(key, redirect="/families/")


if __name__ == "__main__":
    main()
