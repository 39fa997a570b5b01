"""What is written about practitioners, and what others ask: may they rate, may they deliver."""

from dataclasses import asdict, dataclass, field
from datetime import date

from django.db import transaction

from nestling.accounts.models import User
from nestling.foundation import audit
from nestling.foundation.versions import Seen, check_seen, hold
from nestling.staff.models import Certificate, Leave, Practitioner


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingFacts:
    """A practitioner's profession, registration, time and languages."""

    profession: str
    registration_body: str = ""
    registration_number: str = ""
    wte_hundredths: int | None = None
    languages: list[str] = field(default_factory=list)
    started_on: date | None = None
    works_with_under_twos_since: date | None = None


@transaction.atomic
def keep_working_facts(
    user: User, facts: WorkingFacts, *, by: User | None, seen: Seen | None = None
) -> Practitioner:
    """The facts of a practitioner, made or changed.

    Raises:
        StaleRecordError: they are not as they were seen.
    """
    values = asdict(facts)
    hold(user)
    existing = Practitioner.objects.filter(user=user).first()
    check_seen(seen, existing)
    if existing is not None:
        return audit.change(existing, values, by=by, action="working_facts_changed")
    return audit.create(Practitioner(user=user, **values), by=by, action="working_facts_added")


def add_leave(
    practitioner: Practitioner, *, from_on: date, until_on: date, planned: bool, by: User
) -> Leave:
    """Days away."""
    leave = Leave(practitioner=practitioner, from_on=from_on, until_on=until_on, planned=planned)
    return audit.create(leave, by=by, action="leave_added")


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateDetails:
    """Proof of training: what it allows, who gave it, from when to when."""

    subject: str
    title: str
    issued_on: date
    issued_by: str = ""
    expires_on: date | None = None


def add_certificate(
    practitioner: Practitioner, details: CertificateDetails, *, by: User | None
) -> Certificate:
    """A certificate on a practitioner's file."""
    row = Certificate(practitioner=practitioner, **asdict(details))
    return audit.create(row, by=by, action="certificate_added")


def may_rate(user: User, instrument: str, *, on: date) -> bool:
    """Whether a valid certificate lets the user rate an instrument that needs training."""
    return holds_certificate(user, instrument, on=on)


def may_deliver(user: User, intervention: str, *, on: date) -> bool:
    """Whether a valid certificate lets the user deliver an intervention that needs training."""
    return holds_certificate(user, intervention, on=on)


def holds_certificate(user: User, subject: str, *, on: date) -> bool:
    """Whether the user holds a certificate for a subject that is in force on a day."""
    rows = Certificate.objects.filter(
        practitioner__user=user, subject=subject, issued_on__lte=on
    ).values_list("expires_on", flat=True)
    return any(expires is None or expires > on for expires in rows)
