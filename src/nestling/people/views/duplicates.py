"""Pages of a team's lead: pairs that may be one person, two records side by side, merges."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability
from nestling.foundation.audit import StaleRecordError
from nestling.foundation.clock import today
from nestling.foundation.looks import describe_look
from nestling.people.forms.duplicates import MergeForm, NotSameForm
from nestling.people.merging.facts import ASK_BEFORE_MERGING, leads_all_teams
from nestling.people.merging.moving import MergeRefusedError, merge_persons
from nestling.people.merging.plan import MergePlan, plan_merge
from nestling.people.merging.undoing import standing_in_the_way, unmerge
from nestling.people.models import Person, PersonMerge
from nestling.people.presenters.duplicates import fact_rows, merge_words, person_words
from nestling.people.queries import duplicates as queries
from nestling.people.services.duplicates import note_not_same
from nestling.people.views.pages import sent, went_well
from nestling.ui.components import BackLink, Column
from nestling.ui.paging import pages
from nestling.ui.versions import ConfirmForm, guard

MERGE, NOT_SAME = "merge", "not_same"
UNKNOWN_WEIGHT = 0.0
"""Of a pair that nobody weighed: two records that a lead brought together."""


def check_leads(request: StaffRequest) -> None:
    """Refuse whoever leads no team.

    Raises:
        PermissionDenied: no role of theirs decides on referrals.
    """
    if not request.user.can(Ability.TRIAGE):
        raise PermissionDenied


@require_http_methods(["GET"])
def duplicates(request: StaffRequest) -> HttpResponse:
    """The pairs that wait to be looked at, the surest first."""
    check_leads(request)
    asked = request.GET.get("page", "")
    number = max(int(asked[:6]), 1) if asked.isascii() and asked.isdigit() else 1
    found = queries.open_pairs(request.user, page=number)
    describe_look("listed")
    rows = [
        {
            "url": reverse("people:compare", args=[pair.first_id, pair.second_id]),
            "first": person_words(pair.first),
            "second": person_words(pair.second),
            "found_on": pair.found_on,
        }
        for pair in found.pairs
    ]
    context = {
        "title": "Possible duplicates",
        "rows": rows,
        "columns": [Column(label=label) for label in ("One record", "Another record", "")],
        "pages": pages(number=number, total=found.total, query={}, per_page=queries.PAIRS_A_PAGE),
        "back": BackLink(url=reverse("referrals:board"), label="Referrals"),
    }
    return render(request, "people/duplicates.jinja", context)


@require_http_methods(["GET", "POST"])
def compare(request: StaffRequest, kept: UUID, other: UUID) -> HttpResponse:
    """Two records side by side: merge the second into the first, or say that they are two."""
    check_leads(request)
    first, second = queries.open_two(kept, other, by=request.user)
    plan = plan_merge(first, second, on=today())
    if not leads_all_teams(request.user, first, second):
        plan.refusals = [ASK_BEFORE_MERGING]
    part = request.POST.get("part", "")
    merge_form = MergeForm(
        sent(request) if part == MERGE else None, on=today(), initial={"seen": plan.digest}
    )
    apart_form = NotSameForm(sent(request) if part == NOT_SAME else None, on=today(), prefix="two")
    merged: list[PersonMerge] = []
    if part == MERGE and went_well(merge_form, lambda: _merge(plan, merge_form, request, merged)):
        messages.success(request, f"The records of {first.full_name} are merged.")
        return redirect("people:merge", pk=merged[0].pk)
    if part == NOT_SAME and went_well(
        apart_form, lambda: _part(first, second, apart_form, request)
    ):
        messages.success(request, "Noted: they are two people. The pair is not listed again.")
        return redirect("people:duplicates")
    return _comparison(request, plan, merge_form=merge_form, apart_form=apart_form)


def _merge(
    plan: MergePlan, form: MergeForm, request: StaffRequest, merged: list[PersonMerge]
) -> None:
    typed = form.cleaned_data
    try:
        merge = merge_persons(
            plan.kept,
            plan.merged,
            reason=typed["reason"],
            on=today(),
            by=request.user,
            seen=typed["seen"],
        )
    except StaleRecordError as error:
        words = "Something was changed while you decided. Look at both once more"
        raise MergeRefusedError([words]) from error
    merged.append(merge)


def _part(first: Person, second: Person, form: NotSameForm, request: StaffRequest) -> None:
    pair = queries.pair_of(first, second)
    weight = pair.weight if pair else UNKNOWN_WEIGHT
    reason = form.cleaned_data["reason"]
    note_not_same(first, second, reason=reason, weight=weight, on=today(), by=request.user)


def _comparison(
    request: StaffRequest, plan: MergePlan, *, merge_form: MergeForm, apart_form: NotSameForm
) -> HttpResponse:
    both = [plan.kept, plan.merged]
    families = queries.family_ids_of(both, by=request.user)
    context = {
        "title": "Is this one person?",
        "kept": person_words(plan.kept),
        "other": person_words(plan.merged),
        "rows": fact_rows(plan.kept, plan.merged, numbers=queries.numbers_of(both)),
        "families": [families.get(person.pk, []) for person in both],
        "moves": plan.counts(),
        "refusals": plan.refusals,
        "swap_url": reverse("people:compare", args=[plan.merged.pk, plan.kept.pk]),
        "merge_form": merge_form,
        "apart_form": apart_form,
        "forms": [merge_form, apart_form],
        "columns": [Column(label=label) for label in ("Fact", "Stays", "Is merged into it")],
        "back": BackLink(url=reverse("people:duplicates"), label="Possible duplicates"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "people/compare.jinja", context, status=status)


@require_http_methods(["GET", "POST"])
def merge(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One merge: what it did, and taking it apart while nothing stands in the way."""
    check_leads(request)
    found = queries.open_merge(pk, by=request.user)
    form = ConfirmForm(sent(request))
    guard(form, found)
    if request.method == "POST" and went_well(
        form, lambda: unmerge(found, on=today(), by=request.user)
    ):
        messages.success(request, "The two records are apart again, as they were before.")
        return redirect("people:compare", kept=found.kept_id, other=found.merged_id)
    context = {
        "title": "Merged records",
        "kept": person_words(found.kept),
        "merged": person_words(found.merged),
        "words": merge_words(found),
        "by": found.merged_by.full_name,
        "undone": found.unmerged_on is not None,
        "ways": [] if found.unmerged_on else standing_in_the_way(found),
        "form": form,
        "back": BackLink(url=reverse("people:duplicates"), label="Possible duplicates"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "people/merge.jinja", context, status=status)
