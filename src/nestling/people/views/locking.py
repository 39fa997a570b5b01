"""What a page does that locks a record: of a family, or of a referral that has none yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages

from nestling.accounts.requests import StaffRequest
from nestling.foundation.clock import today
from nestling.people import queries, services
from nestling.people.forms.protection import LockForm
from nestling.people.models import RecordLock
from nestling.people.queries import FamilyPeople
from nestling.people.queries import protection as locks
from nestling.people.views.pages import sent, went_well
from nestling.science.ages import day_words
from nestling.ui.versions import ConfirmForm, guard

LIFT = "lift"
NAME_COLUMNS = {"names": ("user_id", "until_on")}
NO_LOCK = "The record is not locked now."


@dataclass(frozen=True, slots=True, kw_only=True)
class Locking:
    """Where the page stands: what it shows, and whether its act was done."""

    context: dict[str, Any]
    done: bool = False
    may_still_open: bool = False


def act_on_lock(
    request: StaffRequest, people: FamilyPeople, standing: Sequence[RecordLock]
) -> Locking:
    """Lock the babies' record, change who may open it or lift the lock, as the request asks."""
    shown = locks.shown_with(standing)
    lifting = request.POST.get("part") == LIFT
    lift_form = ConfirmForm(request.POST if lifting else None)
    now = [] if standing else [NO_LOCK]
    guard(lift_form, *shown, now=now)
    form = _form(request, people, standing, lifting=lifting)
    guard(form, *shown, columns=NAME_COLUMNS, now=now)
    context = {
        "form": form,
        "forms": [lift_form],
        "lift_form": lift_form,
        "standing": standing,
        "since": day_words(standing[0].locked_on) if standing else "",
    }
    if went_well(lift_form, lambda: _lift(request, standing)):
        messages.success(request, "The lock is lifted. The team finds the record again.")
        return Locking(context=context, done=True, may_still_open=True)
    if went_well(form, lambda: _lock(request, people, form)):
        messages.success(request, "The record is locked. Only those you named find it.")
        return Locking(context=context, done=True, may_still_open=request.user in form.chosen)
    return Locking(context=context)


def status_of(request: StaffRequest) -> int:
    """The status of a page that is shown again: something was sent and not done, or not."""
    return 200 if request.method == "GET" else 422


def _form(
    request: StaffRequest, people: FamilyPeople, standing: Sequence[RecordLock], *, lifting: bool
) -> LockForm:
    team, adults = people.family.team, queries.adults_of(people)
    chosen = locks.names_of(standing[0]) if standing else [request.user]
    return LockForm(
        None if lifting else sent(request),
        on=today(),
        initial={
            "names": [str(user.pk) for user in chosen],
            "reason": standing[0].reason if standing else "",
            **locks.staff_in(adults),
        },
        team=locks.who_may_be_named(team, on=today()),
        persons=adults,
        staff=locks.staff_of(team.organisation, on=today()),
    )


def _lock(request: StaffRequest, people: FamilyPeople, form: LockForm) -> None:
    services.lock_record(
        people.babies,
        form.details,
        persons=queries.adults_of(people),
        team=people.family.team,
        on=today(),
        by=request.user,
    )


def _lift(request: StaffRequest, standing: Sequence[RecordLock]) -> None:
    for row in standing:
        services.lift_lock(row, on=today(), by=request.user)
