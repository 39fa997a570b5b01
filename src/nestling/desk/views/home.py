"""Each role's home."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability
from nestling.desk import home_words
from nestling.desk.protection_words import notice_lines
from nestling.desk.queries.emergency import open_notices
from nestling.desk.queries.home import day_of
from nestling.foundation.clock import today
from nestling.foundation.looks import describe_look
from nestling.science.ages import day_words


@require_GET
def home(request: StaffRequest) -> HttpResponse:
    """What waits for the user today; for roles without families, where to go."""
    title = f"{today():%A} {day_words(today())}"
    if not request.user.can(Ability.OPEN_FAMILY):
        context = {"title": title, "user": request.user, "abilities": abilities(request)}
        context["notices"] = notice_lines(open_notices(request.user))
        return render(request, "desk/home_other.jinja", context)
    describe_look("listed")
    day = day_of(request.user, on=today())
    context = {
        "title": title,
        "tasks": home_words.task_rows(day, on=today()),
        "notices": notice_lines(open_notices(request.user)),
        "abilities": abilities(request),
        "families": home_words.case_rows(day.families, on=today()),
        "works": request.user.can(Ability.WRITE_CLINICAL),
        "figures": home_words.figures(day.numbers, on=today()) if day.numbers else [],
    }
    return render(request, "desk/home.jinja", context)


def abilities(request: StaffRequest) -> set[str]:
    """What the user may do, by name, for the links of the page."""
    return {ability.value for ability in Ability if request.user.can(ability)}
