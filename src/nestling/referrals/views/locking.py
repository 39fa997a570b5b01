"""Lock a referral that has no family yet; one with a family is locked on the family's page."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability
from nestling.people.queries.protection import standing_locks_on
from nestling.people.views.locking import act_on_lock, status_of
from nestling.referrals import queries
from nestling.referrals.views.referral import around


@require_http_methods(["GET", "POST"])
def lock(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Name who may open the referral; for everybody else in the team it is not there."""
    found = queries.open_referral(pk, by=request.user)
    queries.check_able(found, Ability.TRIAGE, by=request.user)
    if found.family_id is not None:
        return redirect("people:lock", family=found.family_id)
    context = around(found, by=request.user)
    people = context["people"]
    context |= {"title": "Lock this referral", "names_a_baby": bool(people.babies)}
    if not people.babies:
        return render(request, "referrals/lock.jinja", context, status=status_of(request))
    standing = standing_locks_on(people.babies, team=found.team)
    locking = act_on_lock(request, people, standing)
    if locking.done and locking.may_still_open:
        return redirect("referrals:referral", pk=found.pk)
    if locking.done:
        return redirect("desk:home")
    whole = context | locking.context
    return render(request, "referrals/lock.jinja", whole, status=status_of(request))
