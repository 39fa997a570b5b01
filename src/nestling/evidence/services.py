"""What is written in this room: a case that is built, versions that are added, shares."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction

from nestling.accounts.models import Organisation, User
from nestling.evidence.models import Case, CaseBuild, CaseShare, CaseVersion
from nestling.evidence.report.build import build
from nestling.evidence.report.inputs import Asked, inputs_for
from nestling.evidence.report.stored import to_plain
from nestling.foundation import audit

FIRST = "Built"


class StaleCaseError(Exception):
    """Somebody saved another version since this one was opened; nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionDetails:
    """A new version: the sections in it, the words written for passages, and what was done."""

    sections: Sequence[str]
    words: Mapping[str, str] = field(default_factory=dict)
    what: str


def build_case(asked: Asked, *, organisation: Organisation, by: User) -> Case:
    """Build a report and keep it as a case whose first version holds every section.

    Raises what `inputs_for` raises; then nothing is kept.
    """
    inputs = inputs_for(asked)
    report = build(inputs)
    stored = to_plain(report)
    case = Case(
        organisation=organisation,
        area_code=inputs.place.code,
        area_name=inputs.place.title,
        scenario=inputs.main,
        begun_by=by,
        begun_on=asked.on,
    )
    every = [section.id for section in report.sections]
    return _keep(case, stored, sections=every, on=asked.on, by=by)


@transaction.atomic
def _keep(case: Case, stored: object, *, sections: list[str], on: date, by: User) -> Case:
    """Store a case, its build and its first version; the trail keeps only the build's mark."""
    audit.create(case, by=by, action="case_begun")
    text = json.dumps(stored, sort_keys=True)
    built = CaseBuild(case=case, report=stored, sha256=hashlib.sha256(text.encode()).hexdigest())
    built.save(force_insert=True)
    audit.record_event("case_built", about=case, by=by, details={"sha256": built.sha256})
    details = VersionDetails(sections=sections, what=FIRST)
    _add(case, details, number=1, on=on, by=by)
    return case


def save_version(
    case: Case, details: VersionDetails, *, after: int, on: date, by: User
) -> CaseVersion:
    """A new version after the one that was opened; older ones stay as they are.

    Raises `StaleCaseError` if the version that was opened is no longer the newest.
    """
    newest = case.versions.order_by("-number").values_list("number", flat=True).first()
    if newest != after:
        raise StaleCaseError
    try:
        with transaction.atomic():
            return _add(case, details, number=after + 1, on=on, by=by)
    except IntegrityError as error:
        raise StaleCaseError from error


def _add(case: Case, details: VersionDetails, *, number: int, on: date, by: User) -> CaseVersion:
    version = CaseVersion(
        case=case,
        number=number,
        sections=list(details.sections),
        words=dict(details.words),
        what=details.what,
        saved_by=by,
        saved_on=on,
    )
    return audit.create(version, by=by, action="case_version_saved")


@transaction.atomic
def share(version: CaseVersion, *, on: date, by: User) -> CaseShare:
    """A link by which everyone of the organisation may read the version; the same one if shared."""
    standing = version.shares.filter(ended_on__isnull=True).first()
    if standing is not None:
        return standing
    row = CaseShare(version_shared=version, shared_by=by, shared_on=on)
    return audit.create(row, by=by, action="case_shared")


@transaction.atomic
def end_share(row: CaseShare, *, on: date, by: User) -> None:
    """The link no longer opens."""
    audit.change(row, {"ended_by": by, "ended_on": on}, by=by, action="case_share_ended")


@transaction.atomic
def put_away(case: Case, *, on: date, by: User) -> None:
    """The case leaves the list; one that is put away already stays as it is."""
    if case.put_away_on is None:
        given = {"put_away_by": by, "put_away_on": on}
        audit.change(case, given, by=by, action="case_put_away")


@transaction.atomic
def bring_back(case: Case, *, by: User) -> None:
    """The case stands in the list again."""
    if case.put_away_on is not None:
        given = {"put_away_by": None, "put_away_on": None}
        audit.change(case, given, by=by, action="case_brought_back")
