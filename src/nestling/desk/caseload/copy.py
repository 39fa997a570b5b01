"""One night's copy: gathered, typeset, sealed, opened again, entered in the log, given its name."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from nestling.accounts.models import Organisation
from nestling.desk.caseload import pdf
from nestling.desk.caseload.rows import TeamCaseload, caseload_of
from nestling.foundation import chain, row_security
from nestling.foundation.looks import hash_of_ids
from nestling.foundation.models import AccessLogEntry

PAGE = "caseload-copy"


class NotOneOrganisationError(ValueError):
    """A copy is of one organisation, and it is not clear which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What a copy holds."""

    families: int
    pages: int
    bytes: int


def organisation_named(name: str) -> Organisation:
    """The organisation of this name, or the only one.

    Raises:
        NotOneOrganisationError: there is none, or there are several.
    """
    found = Organisation.objects.filter(name=name) if name else Organisation.objects.all()
    held = list(found[:2])
    if len(held) != 1:
        names = ", ".join(Organisation.objects.order_by("name").values_list("name", flat=True))
        raise NotOneOrganisationError(f"--organisation: name one of {names or 'none yet'}")
    return held[0]


def copy_caseload(
    organisation: Organisation, *, to: Path, passphrase: str, at: datetime, team: str = ""
) -> Copied:
    """A sealed copy of an organisation's caseload, or of one team's, as it stands at a moment.

    The export is in the log of looks before the file has its name: no copy is unlogged.

    Raises:
        CopyCheckError: it does not open, or does not hold every family; no file is left.
    """
    with row_security.organisation(organisation.pk):
        teams = caseload_of(organisation, on=at.date(), team=team)
    if team and not teams:
        raise NotOneOrganisationError(f"--team: {organisation.name} has no team {team}")
    sealed = pdf.seal(
        pdf.typeset(teams, organisation=organisation.name, at=at), passphrase=passphrase
    )
    unfinished = to.with_name(to.name + ".unfinished")
    try:
        store(unfinished, sealed)
        headings = pdf.headings_of(teams)
        pages = pdf.check(unfinished.read_bytes(), passphrase=passphrase, headings=headings)
        log_export(teams, organisation=organisation, team=team)
        unfinished.replace(to)
    finally:
        unfinished.unlink(missing_ok=True)
    return Copied(families=len(headings), pages=pages, bytes=len(sealed))


def store(file: Path, sealed: bytes) -> None:
    """Write a file that only its owner reads, down to the disk."""
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "wb") as written:
        written.write(sealed)
        written.flush()
        os.fsync(written.fileno())


@transaction.atomic
def log_export(teams: list[TeamCaseload], *, organisation: Organisation, team: str) -> None:
    """Enter the copy in the log of looks: every family and person in it, by nobody but the job."""
    row_security.use(organisation.pk)
    shown = {record for one in teams for family in one.families for record in family.shows}
    families = [pk for kind, pk in shown if kind == "people.family"]
    details = {
        "filter": {"team": team} if team else {},
        "count": len(families),
        "ids": hash_of_ids(families),
    }
    entry = AccessLogEntry(
        organisation_id=organisation.pk, action="exported", page=PAGE, details=details
    )
    entry.show(shown)
    chain.append(chain.ACCESS, [entry])
