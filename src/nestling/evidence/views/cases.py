"""Cases for change: the list, building one, reading it, its words, its sections, its versions."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nestling.evidence import queries, services
from nestling.evidence.forms.cases import BuildForm, NewestForm, SectionsForm, WordsForm
from nestling.evidence.models import Case, CaseVersion
from nestling.evidence.presenters import cases as words
from nestling.evidence.report.inputs import CaseError
from nestling.evidence.services import StaleCaseError, VersionDetails
from nestling.foundation.audit import StaleRecordError
from nestling.foundation.clock import today
from nestling.need.choices import NeedError
from nestling.need.queries import keeper_of, known_statements, may_keep, own_statements, reader_of
from nestling.ui.frame import BackLink

STALE = (
    "Somebody saved another version while you had this open. What you gave is still here: look at "
    "the newest version, then save again to put yours after it."
)
AT_ONCE = "Somebody else put this case away or brought it back at the same time. Look at it again."


@require_http_methods(["GET"])
def case_list(request: HttpRequest) -> HttpResponse:
    """The cases of the organisation, and what is shared with the reader."""
    user = reader_of(request)
    context = {
        "title": "Cases for change",
        "rows": [words.case_row(case) for case in queries.cases(user)],
        "away": [words.away_row(case) for case in queries.cases_put_away(user)],
        "shared": [words.share_row(row) for row in queries.shared_with(user)],
        "may_keep": may_keep(user),
    }
    return render(request, "evidence/cases.jinja", context)


@require_http_methods(["GET", "POST"])
def case_new(request: HttpRequest) -> HttpResponse:
    """Choose an area and a scenario, and build: about a second's work, done at once."""
    user, organisation = keeper_of(request)
    initial = {"area": request.GET.get("area", "")[:100]}
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = BuildForm(*sent, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            asked = form.asked(known_statements(own_statements(user)), on=today())
            case = services.build_case(asked, organisation=organisation, by=user)
        except (CaseError, NeedError) as fault:
            form.add_error("scenario", str(fault))
        else:
            messages.success(request, f"The case for {case.area_name} is built.")
            return redirect("evidence:case_sections", pk=case.pk)
    context = {
        "title": "Build a case for change",
        "form": form,
        "back": BackLink(url=reverse("evidence:cases"), label="Cases for change"),
    }
    return _form_page(request, "evidence/case_new.jinja", context)


@require_http_methods(["GET"])
def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The newest version of a case, and what can be done with it."""
    found = queries.open_case(pk, by=reader_of(request))
    return _read(request, queries.open_version(found), is_newest=True)


@require_http_methods(["GET"])
def case_version(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """An older version of a case."""
    found = queries.open_case(pk, by=reader_of(request))
    newest = queries.open_version(found)
    version = newest if newest.number == number else queries.open_version(found, number)
    return _read(request, version, is_newest=newest.number == number)


def _read(request: HttpRequest, version: CaseVersion, *, is_newest: bool) -> HttpResponse:
    report, found = queries.report_of(version), version.case
    context = {
        "title": f"{found.area_name}: a case for change",
        "version": words.version_row(version, case=found),
        "case_pk": found.pk,
        "area_code": found.area_code,
        "is_newest": is_newest,
        "report": words.PageInside(report).report_markup(),
        "files": words.file_links("evidence:case_file", found.pk, version.number),
        "share": queries.standing_share(version),
        "away": words.away_row(found) if found.put_away_on else None,
        "back": BackLink(url=reverse("evidence:cases"), label="Cases for change"),
    }
    return render(request, "evidence/case.jinja", context)


@require_http_methods(["POST"])
def case_put_away(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a case out of the list of cases."""
    user = reader_of(request)
    found = queries.open_case(pk, by=user)
    with _told(request, f"The case for {found.area_name} is put away."):
        services.put_away(found, on=today(), by=user)
    return redirect("evidence:cases")


@require_http_methods(["POST"])
def case_bring_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a case into the list of cases again."""
    user = reader_of(request)
    found = queries.open_case(pk, by=user)
    with _told(request, f"The case for {found.area_name} is in the list again."):
        services.bring_back(found, by=user)
    return redirect("evidence:case", pk=pk)


@contextmanager
def _told(request: HttpRequest, done: str) -> Iterator[None]:
    """Say that it is done, or that somebody else did something at the same time."""
    try:
        yield
    except StaleRecordError:
        messages.error(request, AT_ONCE)
    else:
        messages.success(request, done)


@require_http_methods(["GET", "POST"])
def case_sections(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose which sections the case holds, and go to the words of each."""
    user = reader_of(request)
    found = queries.open_case(pk, by=user)
    newest, report = queries.open_version(found), queries.built_report(found)
    form = SectionsForm(
        request.POST or None,
        report=report,
        initial={"sections": newest.sections, "after": newest.number},
    )
    if form.is_valid():
        chosen = form.chosen()
        details = VersionDetails(
            sections=chosen, words=newest.words, what=f"Sections chosen: {len(chosen)}"
        )
        if _saved(request, found, details, form=form, newest=newest):
            return redirect("evidence:case", pk=pk)
    context = {
        "title": "Choose sections",
        "area_name": found.area_name,
        "form": form,
        "sections": words.section_links(report, newest),
        "back": _back_to(found),
    }
    return _form_page(request, "evidence/case_sections.jinja", context)


@require_http_methods(["GET", "POST"])
def case_words(request: HttpRequest, pk: UUID, section: str) -> HttpResponse:
    """Write the words of one section; its figures stay as they were built."""
    found = queries.open_case(pk, by=reader_of(request))
    newest, report = queries.open_version(found), queries.built_report(found)
    part = next((one for one in report.sections if one.id == section), None)
    if part is None:
        raise Http404("no such section")
    form = WordsForm(request.POST or None, section=part, words=newest.words, after=newest.number)
    if form.is_valid():
        others = {
            key: text for key, text in newest.words.items() if not key.startswith(f"{part.id}.")
        }
        details = VersionDetails(
            sections=newest.sections,
            words={**others, **form.words()},
            what=f"Words of “{part.title}”"[:200],
        )
        if _saved(request, found, details, form=form, newest=newest):
            return redirect(f"{reverse('evidence:case', args=[pk])}#{part.id}")
    context = {
        "title": part.title,
        "form": form,
        "figures": words.figure_list(part),
        "back": _back_to(found),
    }
    return _form_page(request, "evidence/case_words.jinja", context)


def _saved(
    request: HttpRequest,
    found: Case,
    details: VersionDetails,
    *,
    form: NewestForm,
    newest: CaseVersion,
) -> bool:
    """Whether a new version is saved, or nothing differs; else the form says why not."""
    same = (list(details.sections), dict(details.words)) == (newest.sections, newest.words)
    if same:
        messages.info(request, "Nothing was changed, so no new version was made.")
        return True
    after = form.cleaned_data["after"]
    try:
        version = services.save_version(
            found, details, after=after, on=today(), by=reader_of(request)
        )
    except StaleCaseError:
        form.add_error(None, STALE)
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["after"] = newest.number  # type: ignore[index]
        return False
    messages.success(request, f"Version {version.number} is saved. Older versions are kept.")
    return True


def _form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def _back_to(found: Case) -> BackLink:
    return BackLink(url=reverse("evidence:case", args=[found.pk]), label=found.area_name)
