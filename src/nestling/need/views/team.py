"""A team planned from an area's demand, as a document to take away."""

import tempfile
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nestling.foundation.clock import today
from nestling.need import queries
from nestling.need.asked import OwnData, StudyArea, study_area
from nestling.need.choices import NeedError
from nestling.need.forms.team import TeamForm
from nestling.need.plan import PlanQuestion, plan_team, write_plan
from nestling.need.views.area import known_code
from nestling.reference.parameters import need_parameters
from nestling.ui.frame import BackLink

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """The questions; then the plan as a file."""
    user = queries.reader_of(request)
    known = known_code(code)
    statements = queries.known_statements(queries.own_statements(user))
    area = study_area(known, own=OwnData(statements=statements))
    first = {"scenario": need_parameters().default_scenario.name, "kind": "pdf"}
    form = TeamForm(request.POST or None, initial=first, today=today())
    if request.method == "POST" and form.is_valid():
        try:
            return written(form, area=area)
        except NeedError as fault:
            form.add_error("scenario", str(fault))
    context = {
        "title": f"Plan a team for {area.name}",
        "form": form,
        "rows": list(form.rows()),
        "open": bool(form.errors),
        "back": BackLink(url=reverse("need:area", args=[known]), label=area.name),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "need/plan.jinja", context, status=status)


def written(form: TeamForm, *, area: StudyArea) -> HttpResponse:
    """The plan as a file to keep.

    Raises:
        NeedError: demand is not known, so there is nothing to plan for.
    """
    held = form.cleaned_data
    question = PlanQuestion(
        scenario=held["scenario"],
        costs=form.costs(),
        families=held["families"],
        waiting=float(held["waiting"] or 0),
    )
    made = plan_team(area, question)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"plan.{held['kind']}"
        write_plan(made, path)
        body = path.read_bytes()
    name = f"team-{made.area.code}.{held['kind']}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type=KINDS[held["kind"]], headers=headers)
