"""Emergency access: opened with a reason, told at once, ended by itself, reviewed by another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from nestling.accounts.models import Membership, Organisation, Team, User
from nestling.accounts.roles import Ability, roles_with
from nestling.foundation import audit
from nestling.foundation.models import AuditEvent
from nestling.people.errors import EmergencyNotPossibleError
from nestling.people.models import EmergencyUse, Family, Notice, NoticeKind, StaffPerson, Verdict
from nestling.reference.protection import protection_number

NOT_FOUND = "emergency_not_found"
TOO_MANY = "You have searched too often in this hour. Ask your clinical lead, or wait"
NOT_YOUR_OWN = "Someone else must review your own use of emergency access"
SUBJECT = "Emergency access to a record of your team"
LETTER = (
    "A colleague has opened a record of your team in an emergency. Sign in to Nestling to see who, "
    "when and why, and to review it. This letter names nobody."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyTarget:
    """What an exact number or reference, with a date, led to: a family, or a bare referral."""

    team: Team
    family: Family | None = None
    referral_id: UUID | None = None


@transaction.atomic
def open_in_emergency(
    targets: Iterable[EmergencyTarget], *, reason: str, at: datetime, on: date, by: User
) -> list[EmergencyUse]:
    """The records, open to the user for some hours; the leads of their teams are told at once."""
    uses = []
    for target in targets:
        row = EmergencyUse(
            user=by,
            team=target.team,
            family=target.family,
            referral_id=target.referral_id,
            reason=reason,
            opened_at=at,
            ends_at=at + timedelta(hours=protection_number("emergency_hours")),
        )
        use = audit.create(row, by=by, action="opened_in_emergency")
        _tell(use, on=on)
        uses.append(use)
    return uses


@transaction.atomic
def note_not_found(*, by: User) -> None:
    """That a search for emergency access found nothing: kept, without what was searched for."""
    # A request's user is a stand-in that has no model of its own.
    audit.record_event(NOT_FOUND, about=User.objects.get(pk=by.pk), by=by)


def may_search(user: User, *, at: datetime) -> bool:
    """Whether the user has not searched in vain too often in the last hour."""
    tries = AuditEvent.objects.filter(
        actor_id=user.pk, action=NOT_FOUND, at__gt=at - timedelta(hours=1)
    )
    return tries.count() < protection_number("emergency_tries_an_hour")


@transaction.atomic
def review_emergency(
    use: EmergencyUse, *, verdict: Verdict, words: str, on: date, by: User
) -> EmergencyUse:
    """The use, found justified or not; its notices are dealt with.

    Raises:
        EmergencyNotPossibleError: it is the reviewer's own, or reviewed already.
    """
    if use.user_id == by.pk:
        raise EmergencyNotPossibleError(NOT_YOUR_OWN)
    if use.reviewed_on is not None:
        raise EmergencyNotPossibleError("This use is reviewed already")
    values = {
        "verdict": verdict,
        "verdict_words": words,
        "reviewed_by": by,
        "reviewed_on": on,
    }
    audit.change(use, values, by=by, action="reviewed")
    for notice in Notice.objects.open().filter(emergency=use):
        audit.change(notice, {"seen_on": on}, by=by, action="dealt_with")
    return use


def _tell(use: EmergencyUse, *, on: date) -> None:
    told = _leads(use, on=on) or _governance(use.team.organisation, on=on)
    for user in told:
        row = Notice(
            user=user,
            organisation_id=use.team.organisation_id,
            kind=NoticeKind.EMERGENCY,
            emergency=use,
            told_on=on,
        )
        audit.create(row, by=use.user, action="told")
    letters = [user.email for user in told if user.email]
    if letters:
        transaction.on_commit(lambda: _write(letters))


def _leads(use: EmergencyUse, *, on: date) -> list[User]:
    """The leads of the team, but not the user, nor anyone who is in the record."""
    held = Membership.objects.current(on).filter(
        team=use.team_id, role__in=roles_with(Ability.TRIAGE)
    )
    leads = User.objects.filter(pk__in=held.values("user"), is_active=True).exclude(pk=use.user_id)
    if use.family_id is not None:
        in_it = StaffPerson.objects.filter(
            person__memberships__family=use.family_id, until_on__isnull=True
        )
        leads = leads.exclude(pk__in=in_it.values("user"))
    return list(leads.order_by("pk"))


def _governance(organisation: Organisation, *, on: date) -> list[User]:
    held = Membership.objects.current(on).filter(
        organisation=organisation, role__in=roles_with(Ability.SEE_LOGS)
    )
    users = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return list(users.order_by("pk"))


def _write(letters: list[str]) -> None:
    """A letter to each, where the service has a mail server; it names nobody."""
    if not getattr(settings, "EMAIL_HOST", ""):
        return
    for address in letters:
        send_mail(SUBJECT, LETTER, None, [address], fail_silently=True)
