"""What information governance keeps: locks, reasons, seals; and the list of its own looks."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability
from nestling.care.queries import locked_waits
from nestling.desk import protection_words as words
from nestling.desk.forms import FollowForm
from nestling.desk.looks_words import look_rows
from nestling.desk.queries import emergency, governance
from nestling.desk.queries import own_looks as queries
from nestling.desk.queries.looks import looks_in
from nestling.foundation.clock import today
from nestling.foundation.looks import describe_look
from nestling.people import services
from nestling.people.errors import PeopleRuleError
from nestling.people.forms.protection import NamesForm
from nestling.people.queries import protection as locked
from nestling.ui.components import Column
from nestling.ui.frame import BackLink
from nestling.ui.paging import PER_PAGE, pages
from nestling.ui.versions import ConfirmForm, guard

LOCK_COLUMNS = ("Whose record", "Team", "Since", "Who may open it")
LOOK_COLUMNS = ("When", "Who", "What they did", "Reason")
OWN_COLUMNS = ("When", "Who", "Page", "What they did", "How many", "Reason")
LIFT = "lift"
NAME_COLUMNS = {"names": ("user_id", "until_on")}


def _require(request: StaffRequest, ability: Ability) -> None:
    if not request.user.can(ability):
        raise PermissionDenied(ability)


@require_GET
def locks(request: StaffRequest) -> HttpResponse:
    """Locked records: all of the organisation, or those of a lead whom the locks name."""
    if not emergency.may_review(request.user):
        raise PermissionDenied(Ability.SEE_LOGS)
    describe_look("listed")
    context = {
        "columns": [Column(label=label) for label in LOCK_COLUMNS],
        "rows": words.lock_rows(locked.locks_kept_by(request.user)),
        "waiting": words.locked_words(locked_waits(request.user)),
    }
    return render(request, "desk/locks.jinja", context)


@require_http_methods(["GET", "POST"])
def lock(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One lock: change who may open the record, or lift it."""
    found = locked.open_lock(pk, by=request.user)
    shown, lifting = locked.shown_with([found]), request.POST.get("part") == LIFT
    lift_form = ConfirmForm(request.POST if lifting else None)
    guard(lift_form, *shown)
    if lift_form.is_valid():
        services.lift_lock(found, on=today(), by=request.user)
        messages.success(request, "The lock is lifted.")
        return redirect("desk:locks")
    form = NamesForm(
        request.POST if request.method == "POST" and not lifting else None,
        on=today(),
        initial={"names": [str(user.pk) for user in locked.names_of(found)]},
        team=locked.who_may_be_named(found.team, on=today()),
    )
    guard(form, *shown, columns=NAME_COLUMNS)
    if form.is_valid():
        try:
            services.change_names(found, form.chosen, on=today(), by=request.user)
        except PeopleRuleError as error:
            form.add_error("names", error.words)
        else:
            messages.success(request, "The names are kept.")
            return redirect("desk:locks")
    context = {
        "form": form,
        "forms": [lift_form],
        "lift_form": lift_form,
        "lock": found,
        "back": BackLink(url=reverse("desk:locks"), label="Locked records"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/lock.jinja", context, status=status)


@require_GET
def restricted_looks(request: StaffRequest) -> HttpResponse:
    """Who has read entries about domestic abuse, and the reason each gave."""
    _require(request, Ability.SEE_LOGS)
    found = Paginator(governance.restricted_looks(request.user), PER_PAGE)
    page = found.get_page(request.GET.get("page"))
    context = {
        "columns": [Column(label=label) for label in LOOK_COLUMNS],
        "rows": look_rows(looks_in(page)),
        "pages": pages(number=page.number, total=found.count, query={}),
        "back": BackLink(url=reverse("desk:looks"), label="Who has looked"),
    }
    return render(request, "desk/restricted_looks.jinja", context)


@require_GET
def sealed_records(request: StaffRequest) -> HttpResponse:
    """Records under a seal, by the day of the seal; no name stands here."""
    _require(request, Ability.SEE_LOGS)
    return render(request, "desk/sealed.jinja", {"seals": governance.seals(request.user)})


@require_http_methods(["GET", "POST"])
def sealed_record(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The two ends of a sealed link, once a reason is given, which is kept."""
    seal = governance.open_seal(pk, by=request.user)
    form = FollowForm(request.POST if request.method == "POST" else None, on=today())
    ends = None
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        describe_look("opened", reason=reason)
        ends = governance.follow(seal, reason=reason, by=request.user)
    context = {
        "form": form,
        "seal": seal,
        "ends": ends,
        "back": BackLink(url=reverse("desk:sealed_records"), label="Sealed records"),
    }
    refused = form.is_bound and ends is None
    return render(request, "desk/sealed_record.jinja", context, status=422 if refused else 200)


@require_GET
def own_looks(request: StaffRequest) -> HttpResponse:
    """The months whose list of information governance's own looks may be read."""
    _require(request, Ability.READ_GOVERNANCE_LOOKS)
    listed = Paginator(queries.months_listed(request.user), PER_PAGE)
    page = listed.get_page(request.GET.get("page"))
    months = [
        {
            "words": words.month_words(row.month),
            "url": reverse("desk:own_looks_month", args=[row.month.year, row.month.month]),
            "read": row.seen_on is not None,
        }
        for row in page
        if row.month is not None
    ]
    context = {"months": months, "pages": pages(number=page.number, total=listed.count, query={})}
    return render(request, "desk/own_looks.jinja", context)


@require_http_methods(["GET", "POST"])
def own_looks_month(request: StaffRequest, year: int, month: int) -> HttpResponse:
    """Every look and act of information governance in one month; it names no family."""
    _require(request, Ability.READ_GOVERNANCE_LOOKS)
    first = _month(year, month)
    if request.method == "POST":
        services.note_month_read(first, on=today(), by=request.user)
        messages.success(request, "That you have read the list is kept.")
        return redirect("desk:own_looks")
    looks = queries.own_looks(first, by=request.user)
    # A page reads it by slices alone, never one by one.
    listed: Paginator[queries.OwnLook] = Paginator(looks, PER_PAGE)  # type: ignore[arg-type]
    page = listed.get_page(request.GET.get("page"))
    context = {
        "columns": [Column(label=label) for label in OWN_COLUMNS],
        "month": words.month_words(first),
        "rows": words.own_look_rows(page),
        "pages": pages(number=page.number, total=listed.count, query={}),
        "is_last": not page.has_next(),
        "back": BackLink(url=reverse("desk:own_looks"), label="Other months"),
    }
    return render(request, "desk/own_looks_month.jinja", context)


def _month(year: int, month: int) -> date:
    if not (1 <= month <= 12 and 2000 <= year <= 9998):
        raise Http404("no such month")
    return date(year, month, 1)
