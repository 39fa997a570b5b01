"""Emergency access to a locked record or another team's: asked for, listed, reviewed."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability
from nestling.desk import protection_words as words
from nestling.desk.forms import EmergencyForm, ReviewForm
from nestling.desk.queries import emergency as queries
from nestling.foundation.clock import now, today
from nestling.foundation.looks import describe_look
from nestling.people import services
from nestling.people.errors import PeopleRuleError
from nestling.people.models import Verdict
from nestling.people.services.emergencies import TOO_MANY
from nestling.reference.protection import protection_number
from nestling.ui.components import Column
from nestling.ui.frame import BackLink
from nestling.ui.paging import PER_PAGE, pages
from nestling.ui.versions import guard

NOTHING = (
    "Nothing was found by this number or reference and this date. That may also mean that nobody "
    "may open the record in this way"
)
ALREADY = "You may open this record without emergency access. Use the search"
COLUMNS = ("Who", "Team", "Opened", "Ended", "Review")


@require_http_methods(["GET", "POST"])
def emergency(request: StaffRequest) -> HttpResponse:
    """Ask for a record by its exact number and date, and see what is open now."""
    if not request.user.can(Ability.WRITE_CLINICAL):
        raise PermissionDenied(Ability.WRITE_CLINICAL)
    form = EmergencyForm(request.POST if request.method == "POST" else None, on=today())
    if form.is_valid() and _opened(request, form):
        messages.success(request, "It is open to you now. The lead of the team has been told.")
        return redirect("desk:emergency")
    context = {
        "form": form,
        "hours": protection_number("emergency_hours"),
        "rows": words.open_rows(queries.open_now(request.user, at=now())),
    }
    refused = form.is_bound and not _was_searched(form)
    return render(request, "desk/emergency.jinja", context, status=422 if refused else 200)


def _opened(request: StaffRequest, form: EmergencyForm) -> bool:
    """Whether something was found and opened; if not, the form says why.

    An answer without a fault in what was typed is no refusal: the search in vain stays on record.
    """
    if not services.may_search(request.user, at=now()):
        form.add_error(None, TOO_MANY)
        return False
    typed = form.cleaned_data
    found = queries.found_for_emergency(typed["words"], typed["day"], by=request.user)
    if not found.targets:
        services.note_not_found(by=request.user)
        form.add_error(None, ALREADY if found.open_already else NOTHING)
        return False
    services.open_in_emergency(
        found.targets, reason=typed["reason"], at=now(), on=today(), by=request.user
    )
    return True


def _was_searched(form: BaseForm) -> bool:
    """Whether the only fault is that nothing was found."""
    return set(form.errors) == {"__all__"} and TOO_MANY not in form.non_field_errors()


@require_GET
def reviews(request: StaffRequest) -> HttpResponse:
    """Every use of emergency access in the user's teams or organisation, to be reviewed first."""
    if not queries.may_review(request.user):
        raise PermissionDenied(Ability.TRIAGE)
    found = Paginator(queries.uses_to_review(request.user), PER_PAGE)
    page = found.get_page(request.GET.get("page"))
    context = {
        "columns": [Column(label=label) for label in COLUMNS],
        "rows": words.review_rows(page),
        "pages": pages(number=page.number, total=found.count, query={}),
    }
    return render(request, "desk/emergency_reviews.jinja", context)


@require_http_methods(["GET", "POST"])
def review(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One use: who, when, why; and the decision on it, never by the one who used it."""
    use = queries.open_use(pk, by=request.user)
    form = ReviewForm(request.POST if request.method == "POST" else None, on=today())
    guard(form, use, stored={"verdict": use.verdict, "verdict_words": use.verdict_words})
    if form.is_valid() and _reviewed(request, form, pk=pk):
        messages.success(request, "Your review is kept.")
        return redirect("desk:emergency_reviews")
    describe_look("opened")
    subject = queries.subject_of(use, by=request.user)
    context = {
        "form": form,
        "use": use,
        "row": words.use_row(use, url=words.record_url(use)),
        "subject": subject,
        "back": BackLink(url=reverse("desk:emergency_reviews"), label="Emergency access"),
    }
    return render(
        request, "desk/emergency_review.jinja", context, status=422 if form.is_bound else 200
    )


def _reviewed(request: StaffRequest, form: ReviewForm, *, pk: UUID) -> bool:
    use = queries.open_use(pk, by=request.user)
    typed = form.cleaned_data
    try:
        services.review_emergency(
            use,
            verdict=Verdict(typed["verdict"]),
            words=typed["verdict_words"],
            on=today(),
            by=request.user,
        )
    except PeopleRuleError as error:
        form.add_error(None, error.words)
        return False
    return True
