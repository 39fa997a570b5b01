"""Opening pages and noting what was answered and what the access log says of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Count, Sum
from django.test import Client

from nestling.foundation.models import AccessLogEntry
from nestling.foundation.records import Record
from tests.house.addresses import SAMPLES, Address, addresses
from tests.house.demo import Holdings
from tests.house.shown import Directory, persons_shown, referrals_shown

PERSON, REFERRAL = "people.person", "referrals.referral"
#: What a GET may add to: the log of looks.
LOGS = {"AccessLogEntry"}


@dataclass(frozen=True)
class Visit:
    """One answer: the page, its status and words, and what the log says was looked at."""

    address: Address
    status: int
    html: str
    logged: frozenset[tuple[str, UUID]]

    def persons_logged(self) -> set[UUID]:
        """The persons that the entry names."""
        return {pk for kind, pk in self.logged if kind == PERSON}

    def referrals_logged(self) -> set[UUID]:
        """The referrals that the entry names."""
        return {pk for kind, pk in self.logged if kind == REFERRAL}


def visit(browser: Client, address: Address) -> Visit:
    """Open a page."""
    before = last_entry()
    answer = browser.get(address.url)
    return Visit(
        address=address,
        status=answer.status_code,
        html=answer.content.decode(),
        logged=logged_since(before),
    )


def crawl(browser: Client, held: Holdings, *, most: int) -> list[Visit]:
    """Every page with at most so many different ids."""
    found = (one for page in SAMPLES for one in addresses(page, held, most=most))
    return [visit(browser, address) for address in found]


def last_entry() -> int:
    """The number of the newest entry of the access log."""
    newest = AccessLogEntry.objects.order_by("-id").values_list("id", flat=True).first()
    return newest or 0


def logged_since(entry: int) -> frozenset[tuple[str, UUID]]:
    """The records that later entries name."""
    later = AccessLogEntry.objects.filter(pk__gt=entry)
    return frozenset(record for one in later for record in one.records)


def differences(visits: Iterable[Visit], *, names: Directory) -> Iterator[str]:
    """Where what is logged is not what is shown, in words that say which record."""
    labels = {pk: name for name, who in names.full_names.items() for pk in who}
    labels |= {pk: reference for reference, pk in names.references.items()}
    for one in visits:
        if one.status != 200:
            continue
        persons = persons_shown(one.html, url=one.address.url, names=names)
        referrals = referrals_shown(one.html, url=one.address.url, names=names)
        for logged, shown in (
            (one.persons_logged(), persons),
            (one.referrals_logged(), referrals),
        ):
            # A merged record is known by the name of the kept one.
            known = logged & labels.keys()
            extra, missing = (
                sorted(labels[pk] for pk in some) for some in (known - shown, shown - logged)
            )
            if extra or missing:
                where = f"{one.address.page} {one.address.url}"
                yield f"{where}: logged and not shown {extra}, shown and not logged {missing}"


def state_of_records() -> dict[str, tuple[int, int]]:
    """By table: how many rows there are, and the sum of their versions."""
    return {
        model.__name__: _state(model)
        for model in apps.get_models()
        if model.__module__.startswith("nestling.") and model.__name__ not in LOGS
    }


def _state(model: type[models.Model]) -> tuple[int, int]:
    rows = model._base_manager.all()
    if not issubclass(model, Record):
        return rows.count(), 0
    found = rows.aggregate(rows=Count("pk"), versions=Sum("version"))
    return found["rows"], found["versions"] or 0
