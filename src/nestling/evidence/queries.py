"""Which cases, versions and shares a user may see."""

from uuid import UUID

from django.http import Http404

from nestling.accounts.models import User
from nestling.evidence.models import Case, CaseBuild, CaseShare, CaseVersion
from nestling.evidence.report.edited import edited
from nestling.evidence.report.model import Report
from nestling.evidence.report.stored import report_from

#: As many cases and versions as one page holds.
MOST_ROWS = 50


def cases(user: User) -> list[Case]:
    """The cases of the organisations for which the user plans, newest first."""
    rows = Case.objects.visible_to(user).in_use().select_related("begun_by")
    return list(rows.order_by("-created_at")[:MOST_ROWS])


def cases_put_away(user: User) -> list[Case]:
    """Those that somebody has put away, the last one first."""
    rows = Case.objects.visible_to(user).put_away().select_related("begun_by", "put_away_by")
    return list(rows.order_by("-put_away_on", "-created_at")[:MOST_ROWS])


def shared_with(user: User) -> list[CaseShare]:
    """What is shared with an organisation in which the user holds a role, newest first."""
    held = {row.organisation_id for row in user.current_memberships}
    rows = CaseShare.objects.filter(
        version_shared__case__organisation__in=held, ended_on__isnull=True
    )
    wanted = rows.select_related("version_shared__case", "shared_by").order_by("-created_at")
    return list(wanted[:MOST_ROWS])


def open_case(pk: UUID, *, by: User) -> Case:
    """A case of an organisation for which the user plans, or 404."""
    case = (
        Case.objects.visible_to(by)
        .select_related("organisation", "begun_by", "put_away_by")
        .filter(pk=pk)
        .first()
    )
    if case is None:
        raise Http404("no such case")
    return case


def open_version(case: Case, number: int | None = None) -> CaseVersion:
    """One version of a case, the newest if none is named; or 404."""
    rows = case.versions.select_related("saved_by").order_by("-number")
    version = (rows if number is None else rows.filter(number=number)).first()
    if version is None:
        raise Http404("no such version")
    version.case = case
    return version


def versions_of(case: Case) -> list[CaseVersion]:
    """The versions of a case, newest first, with who saved each and whether it is shared."""
    rows = case.versions.select_related("saved_by").prefetch_related("shares")
    return list(rows.order_by("-number")[:MOST_ROWS])


def standing_share(version: CaseVersion) -> CaseShare | None:
    """The share of a version that nobody has ended."""
    return next((row for row in version.shares.all() if row.ended_on is None), None)


def open_share(pk: UUID, *, by: User) -> CaseShare:
    """A standing share with an organisation in which the user holds a role, or 404."""
    held = {row.organisation_id for row in by.current_memberships}
    rows = CaseShare.objects.select_related(
        "version_shared__case__organisation", "version_shared__saved_by"
    )
    row = rows.filter(
        pk=pk, ended_on__isnull=True, version_shared__case__organisation__in=held
    ).first()
    if row is None:
        raise Http404("no such share")
    return row


def built_report(case: Case) -> Report:
    """The report as it was built."""
    return report_from(CaseBuild.objects.get(case=case).report)


def report_of(version: CaseVersion) -> Report:
    """The report as a version has it: its sections, its words, the figures as they were built."""
    case = version.case
    built = built_report(case)
    saved = f"{version.saved_on:%-d %B %Y}"
    return edited(
        built,
        chosen=version.sections,
        words=version.words,
        prepared=(
            f"{built.prepared}. Version {version.number}, saved by {version.saved_by.full_name} "
            f"for {case.organisation.name} on {saved}"
        ),
    )
