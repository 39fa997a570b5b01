"""Risk answers, safeguarding statuses and alerts: rows that are added, never overwritten."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from nestling.accounts.models import Team, User
from nestling.foundation import audit
from nestling.foundation.versions import Seen, check_seen, hold
from nestling.people.errors import RiskNotPossibleError, SafeguardingNotPossibleError
from nestling.people.factors import RESTRICTED_FACTORS, group_of
from nestling.people.models import Alert, Family, Person, PersonKind, RiskAnswer, SafeguardingStatus
from nestling.people.services.details import NoteDetails, RiskGiven
from nestling.people.services.notes import sign_note, write_note
from nestling.reference.codes import code_list


@transaction.atomic
def answer_risks(
    team: Team, answers: Sequence[RiskGiven], *, on: date, by: User | None
) -> list[RiskAnswer]:
    """New answers beside the earlier ones. Domestic abuse is restricted whoever records it.

    A factor about the baby is answered about a baby, one between parent and baby about a
    relationship, one of a parent's own history about that adult: so none can stray to a page where
    another parent would read it.

    Raises:
        RiskNotPossibleError: an unknown code, or an answer about the wrong subject.
    """
    return [_answer(team, given, on=on, by=by) for given in answers]


@transaction.atomic
def add_restricted(family: Family, given: RiskGiven, *, on: date, by: User) -> None:
    """A restricted entry about an adult: an answer about domestic abuse, or signed words alone.

    Raises:
        RiskNotPossibleError: not about an adult.
        NoteNotPossibleError: neither answer nor words.
    """
    if given.answer:
        answer_risks(family.team, [given], on=on, by=by)
        return
    details = NoteDetails(
        kind="safeguarding",
        body=given.words,
        happened_on=on,
        written_on=on,
        family=family,
        about_person=given.about_person,
        restricted=True,
    )
    sign_note(write_note(details, team=family.team, by=by), on=on, by=by)


@transaction.atomic
def record_safeguarding(  # noqa: PLR0913 - a status is all of these at once
    baby: Person,
    *,
    team: Team,
    status: str,
    from_on: date,
    by: User | None,
    category: str = "",
    words: str = "",
    seen: Seen | None = None,
) -> SafeguardingStatus:
    """A baby's safeguarding or legal status from a day, in the terms of the team's nation.

    The status before it ends on that day.

    Raises:
        SafeguardingNotPossibleError: a term the nation does not use, or before the present status.
        StaleRecordError: another status stands than the one that was seen.
    """
    _check_terms(team, status=status, category=category)
    hold(baby)
    present = baby.safeguarding.filter(team=team, until_on__isnull=True).first()
    check_seen(seen, present)
    if present is not None:
        if from_on < present.from_on:
            raise SafeguardingNotPossibleError(
                "The status that is recorded now began later than that", field="from_on"
            )
        audit.change(present, {"until_on": from_on}, by=by, action="ended")
    row = SafeguardingStatus(
        team=team,
        baby=baby,
        status=status,
        category=category,
        words=words,
        from_on=from_on,
        recorded_by=by,
    )
    return audit.create(row, by=by)


@transaction.atomic
def raise_alert(
    person: Person, *, team: Team, kind: str, on: date, by: User | None, words: str = ""
) -> Alert:
    """Something to know before contact with a person, from a day; the same kind once."""
    if kind not in code_list("alerts"):
        raise RiskNotPossibleError("Choose what there is to know")
    present = person.alerts.filter(team=team, kind=kind, until_on__isnull=True).first()
    row = Alert(team=team, person=person, kind=kind, words=words, from_on=on)
    return present or audit.create(row, by=by)


@transaction.atomic
def end_alert(alert: Alert, *, on: date, by: User | None) -> Alert:
    """The alert, over from a day."""
    if on < alert.from_on:
        raise RiskNotPossibleError("It cannot end before it began")
    return audit.change(alert, {"until_on": on}, by=by, action="ended")


def _answer(team: Team, given: RiskGiven, *, on: date, by: User | None) -> RiskAnswer:
    _check_answer(given)
    row = RiskAnswer(
        team=team,
        family=given.family,
        factor=given.factor,
        about_person=given.about_person,
        about_relationship=given.about_relationship,
        answer=given.answer,
        words=given.words,
        restricted=given.factor in RESTRICTED_FACTORS,
        asked_on=on,
        asked_by=by,
    )
    return audit.create(row, by=by)


def _check_answer(given: RiskGiven) -> None:
    if given.factor not in code_list("risk_factors"):
        raise RiskNotPossibleError("This factor is not on the list")
    if given.answer not in code_list("risk_answers"):
        raise RiskNotPossibleError("Choose one of the answers")
    group = group_of(given.factor)
    if group == "interaction":
        right = given.about_relationship is not None and given.about_person is None
    else:
        right = given.about_relationship is None and _may_be_about(group, given.about_person)
    if not right:
        raise RiskNotPossibleError(SUBJECTS[group])


SUBJECTS = {
    "infant": "This is answered about a baby",
    "parent": "This is answered about the adult whose history it is",
    "interaction": "This is answered about a relationship",
    "social": "This is answered about a person",
}
"""Whom an answer of each domain is about, as words for who got it wrong."""


def _may_be_about(group: str, person: Person | None) -> bool:
    if person is None:
        return False
    if group == "infant":
        return person.kind == PersonKind.BABY
    return group == "social" or person.kind == PersonKind.ADULT


def _check_terms(team: Team, *, status: str, category: str) -> None:
    terms = dict(code_list("safeguarding_statuses").choices(nation=team.organisation.nation))
    if status not in terms:
        raise SafeguardingNotPossibleError("Choose a term that your nation uses", field="status")
    if category and category not in code_list("safeguarding_categories"):
        raise SafeguardingNotPossibleError("Choose one of the categories", field="category")
