"""The versions of a case: list, comparison, putting one back, files, and sharing."""

from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nestling.accounts.models import User
from nestling.evidence import queries, services
from nestling.evidence.models import CaseVersion
from nestling.evidence.presenters import cases as words
from nestling.evidence.report.write import writer_for
from nestling.evidence.services import StaleCaseError, VersionDetails
from nestling.foundation.clock import today
from nestling.need.queries import reader_of
from nestling.ui.frame import BackLink


@require_http_methods(["GET"])
def versions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every version of a case, and what differs between two of them."""
    found = queries.open_case(pk, by=reader_of(request))
    rows = queries.versions_of(found)
    by_number = {str(row.number): row for row in rows}
    old = by_number.get(request.GET.get("old", ""))
    new = by_number.get(request.GET.get("new", ""))
    if old and new and old.number > new.number:
        old, new = new, old
    report = queries.built_report(found) if old and new else None
    context = {
        "title": f"Versions of the case for {found.area_name}",
        "case_pk": found.pk,
        "rows": [words.version_row(row, case=found) for row in rows],
        "old": old.number if old else rows[min(1, len(rows) - 1)].number,
        "new": new.number if new else rows[0].number,
        "compared": words.compared(report, old=old, new=new) if report and old and new else None,
        "back": BackLink(url=reverse("evidence:case", args=[pk]), label=found.area_name),
    }
    return render(request, "evidence/versions.jinja", context)


@require_http_methods(["POST"])
def put_back(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Add a new version that reads as an older one did."""
    user = reader_of(request)
    found = queries.open_case(pk, by=user)
    old, newest = queries.open_version(found, number), queries.open_version(found)
    details = VersionDetails(
        sections=old.sections, words=old.words, what=f"Version {number} put back"
    )
    try:
        version = services.save_version(found, details, after=newest.number, on=today(), by=user)
    except StaleCaseError:
        messages.error(request, "Somebody saved another version at the same time. Look at it.")
    else:
        said = f"Version {version.number} is saved and reads as version {number} did."
        messages.success(request, said)
    return redirect("evidence:case", pk=pk)


@require_http_methods(["GET"])
def case_file(request: HttpRequest, pk: UUID, number: int, ending: str) -> HttpResponse:
    """A version as a file."""
    found = queries.open_case(pk, by=reader_of(request))
    return _file(queries.open_version(found, number), ending=ending)


@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Share a version with everyone of the organisation, or show the link that does."""
    user = reader_of(request)
    version = queries.open_version(queries.open_case(pk, by=user), number)
    row = queries.standing_share(version)
    if request.method == "POST":
        if "end" in request.POST and row:
            services.end_share(row, on=today(), by=user)
            messages.success(request, f"Version {number} is no longer shared.")
        elif "end" not in request.POST:
            services.share(version, on=today(), by=user)
            messages.success(request, f"Version {number} is shared.")
        return redirect("evidence:case_share", pk=pk, number=number)
    link = request.build_absolute_uri(reverse("evidence:shared", args=[row.pk])) if row else ""
    back = reverse("evidence:case_version", args=[pk, number])
    context = {
        "title": f"Share version {number}",
        "organisation": version.case.organisation.name,
        "link": link,
        "back": BackLink(url=back, label=f"Version {number}"),
    }
    return render(request, "evidence/share.jinja", context)


@require_http_methods(["GET"])
def shared(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A shared version, for people of the organisation; nothing of its drafts."""
    row = queries.open_share(pk, by=_member(request))
    report = queries.report_of(row.version_shared)
    context = {
        "title": f"{row.version_shared.case.area_name}: a case for change",
        "report": words.PageInside(report).report_markup(),
        "files": words.file_links("evidence:shared_file", row.pk),
    }
    return render(request, "evidence/shared.jinja", context)


@require_http_methods(["GET"])
def shared_file(request: HttpRequest, pk: UUID, ending: str) -> HttpResponse:
    """A shared version as a file."""
    return _file(queries.open_share(pk, by=_member(request)).version_shared, ending=ending)


def _member(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User):
        raise Http404("not signed in")
    return user


def _file(version: CaseVersion, *, ending: str) -> HttpResponse:
    if ending not in words.FILES:
        raise Http404("no such kind of file")
    report = queries.report_of(version)
    name = words.file_name(report, number=version.number, ending=ending)
    content = writer_for(Path(name))(report)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=words.FILES[ending][1], headers=headers)
