"""Agreements C1 to C9, given, refused and withdrawn; and, apart from them, the lawful basis."""

from datetime import date

from django.db import transaction

from nestling.accounts.models import Organisation, Team, User
from nestling.foundation import audit
from nestling.people.errors import AgreementNotPossibleError
from nestling.people.models import Agreement, LawfulBasis
from nestling.people.services.details import AgreementDetails
from nestling.reference.codes import code_list

GIVEN, REFUSED = "given", "refused"
FILMING = "C4"


@transaction.atomic
def give_agreement(details: AgreementDetails, *, team: Team, by: User | None) -> Agreement:
    """What someone agreed to or refused, as a row of its own; an earlier one stays as it was.

    Raises:
        AgreementNotPossibleError: a code that no list holds, filming not in writing, a relationship
            with another baby, or an end before the beginning.
    """
    _check(details)
    row = Agreement(
        team=team,
        code=details.code,
        about=details.about,
        relationship=details.relationship,
        given_by=details.given_by,
        capacity=details.capacity,
        answer=details.answer,
        method=details.method,
        scope=details.scope,
        given_on=details.given_on,
        expires_on=details.expires_on,
        recorded_by=by,
    )
    return audit.create(row, by=by)


@transaction.atomic
def withdraw_agreement(agreement: Agreement, *, on: date, by: User) -> Agreement:
    """The agreement, withdrawn from a day: never an obstacle, whoever brings the news.

    Raises:
        AgreementNotPossibleError: it was refused, withdrawn already, or given later than that day.
    """
    if agreement.answer != GIVEN:
        raise AgreementNotPossibleError("This was not agreed to, so it cannot be withdrawn")
    if agreement.withdrawn_on is not None:
        raise AgreementNotPossibleError("This was withdrawn already")
    if on < agreement.given_on:
        raise AgreementNotPossibleError(
            "It cannot be withdrawn before it was given", field="withdrawn_on"
        )
    values = {"withdrawn_on": on, "withdrawn_to": by}
    return audit.change(agreement, values, by=by, action="withdrawn")


@transaction.atomic
def decide_lawful_basis(
    organisation: Organisation, *, basis: str, reason: str, on: date, by: User | None
) -> LawfulBasis:
    """Why the organisation keeps families' records from a day on; the basis before it ends.

    Raises:
        AgreementNotPossibleError: no such basis, or before the present one began.
    """
    if basis not in code_list("lawful_bases"):
        raise AgreementNotPossibleError("Choose a lawful basis")
    present = organisation.bases.filter(until_on__isnull=True).first()
    if present is not None:
        if on < present.from_on:
            raise AgreementNotPossibleError("The present basis began later than that")
        audit.change(present, {"until_on": on}, by=by, action="ended")
    row = LawfulBasis(
        organisation=organisation, basis=basis, reason=reason, from_on=on, decided_by=by
    )
    return audit.create(row, by=by)


def _check(details: AgreementDetails) -> None:
    coded = {
        "code": ("agreements", details.code),
        "capacity": ("agreement_capacities", details.capacity),
        "method": ("agreement_methods", details.method),
    }
    for field, (name, code) in coded.items():
        if code not in code_list(name):
            raise AgreementNotPossibleError("Choose one of the options", field=field)
    if details.answer not in (GIVEN, REFUSED):
        raise AgreementNotPossibleError("Choose whether it was given", field="answer")
    if details.code == FILMING and details.answer == GIVEN and details.method != "written":
        raise AgreementNotPossibleError(
            "Filming needs an agreement in writing before any film is made", field="method"
        )
    if details.expires_on is not None and details.expires_on < details.given_on:
        raise AgreementNotPossibleError("It cannot end before it is given", field="expires_on")
    if details.relationship is not None and details.relationship.baby_id != details.about.pk:
        raise AgreementNotPossibleError("The relationship is with another baby")
