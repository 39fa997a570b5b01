"""Pages about risks, restricted entries, safeguarding and agreements."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability
from nestling.foundation.clock import today
from nestling.people import queries, services
from nestling.people.forms.facts import AgreementForm, RisksForm, SafeguardingForm, WithdrawForm
from nestling.people.forms.notes import Subject, subject_words, subjects
from nestling.people.models import Person, PersonKind, Relationship, RiskAnswer
from nestling.people.presenters import (
    agreement_words,
    basis_words,
    risk_rows,
    status_row,
    status_values,
)
from nestling.people.queries import FamilyPeople
from nestling.people.services.families import CHILD
from nestling.people.views.pages import (
    around,
    family_page,
    form_page,
    open_for,
    sent,
    to_family,
    went_well,
)
from nestling.reference.codes import code_list
from nestling.ui.frame import NavItem
from nestling.ui.versions import guard

WRITE = Ability.WRITE_CLINICAL
BABY_GROUPS, TIE_GROUPS, ADULT_GROUPS = ("infant", "social"), ("interaction",), ("parent",)


@require_http_methods(["GET", "POST"])
def risks(request: StaffRequest, family: UUID) -> HttpResponse:
    """Ask again about a baby or a relationship: what stands now, and a form for new answers."""
    opened = open_for(request, family, WRITE)
    people = around(opened)
    choice = subjects(people.babies, people.relationships)
    subject = _chosen(choice, request.GET.get("about", ""))
    address = reverse("people:risks", args=[opened.pk])
    tabs = [
        NavItem(label=subject_words(one), url=f"{address}?about={key}", current=one is subject)
        for key, one in choice.items()
    ]
    answers = [row for row in queries.current_risks(people) if _is_about(row, subject)]
    return _risks_page(request, people, subject=subject, answers=answers, tabs=tabs)


@require_http_methods(["GET", "POST"])
def adult_risks(request: StaffRequest, family: UUID, person: UUID) -> HttpResponse:
    """Ask again about an adult's own history and health, apart from every shared page."""
    opened = open_for(request, family, WRITE)
    adult = queries.open_member(opened, person)
    if adult.kind != PersonKind.ADULT:
        raise Http404
    answers = queries.adult_risks(opened, adult)
    return _risks_page(request, around(opened), subject=adult, answers=answers, tabs=[])


def _chosen(choice: dict[str, Subject], asked: str) -> Subject:
    if asked in choice or choice:
        return choice.get(asked) or next(iter(choice.values()))
    raise Http404


def _is_about(row: RiskAnswer, subject: Subject) -> bool:
    return subject.pk in (row.about_person_id, row.about_relationship_id)


def _risks_page(
    request: StaffRequest,
    people: FamilyPeople,
    *,
    subject: Subject,
    answers: Sequence[RiskAnswer],
    tabs: Sequence[NavItem],
) -> HttpResponse:
    family, groups = people.family, _groups(subject)
    form = _risks_form(request, subject, groups=groups)

    def save() -> None:
        given = list(form.answers(family))
        on = form.cleaned_data["asked_on"]
        services.answer_risks(family.team, given, on=on, by=request.user)

    if went_well(form, save):
        messages.success(request, "The new answers stand beside the earlier ones.")
        return redirect(request.get_full_path())
    words = subject_words(subject)
    context = {
        "form": form,
        "tabs": list(tabs),
        "subject": words,
        "rows": risk_rows(answers, groups=groups, about=words),
    }
    return family_page(
        request,
        "people/risks.jinja",
        people,
        title=f"Ask again: {words}",
        context=context,
        status=422 if form.is_bound else 200,
    )


def _groups(subject: Subject) -> tuple[str, ...]:
    if isinstance(subject, Relationship):
        return TIE_GROUPS
    return BABY_GROUPS if subject.kind == PersonKind.BABY else ADULT_GROUPS


def _risks_form(request: StaffRequest, subject: Subject, *, groups: Sequence[str]) -> RisksForm:
    about_tie = subject if isinstance(subject, Relationship) else None
    about_person = subject if isinstance(subject, Person) else None
    return RisksForm(
        sent(request),
        on=today(),
        groups=groups,
        about_person=about_person,
        about_relationship=about_tie,
        initial={"asked_on": today()},
    )


@require_http_methods(["GET", "POST"])
def safeguarding_add(request: StaffRequest, family: UUID, person: UUID) -> HttpResponse:
    """A baby's new safeguarding or legal status; the history stands above the form."""
    opened = open_for(request, family, WRITE)
    baby = queries.open_baby(opened, person)
    form = SafeguardingForm(sent(request), on=today(), nation=opened.team.organisation.nation)
    standing = queries.safeguarding_now(opened, baby)
    seen = guard(form, standing, stored=status_values(standing))

    def save() -> None:
        services.record_safeguarding(
            baby, team=opened.team, **form.cleaned_data, by=request.user, seen=seen
        )

    if went_well(form, save):
        messages.success(request, "The new status is recorded.")
        return to_family(opened)
    history = [status_row(row) for row in queries.safeguarding_history(opened, baby)]
    return family_page(
        request,
        "people/safeguarding.jinja",
        around(opened, baby),
        title="Safeguarding and legal status",
        context={"form": form, "history": history},
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
def agreement_add(request: StaffRequest, family: UUID) -> HttpResponse:
    """What someone agreed to or refused; the lawful basis is said apart from it."""
    opened = open_for(request, family, WRITE)
    people = queries.family_people(opened, today(), without=[CHILD])
    form = AgreementForm(
        sent(request),
        on=today(),
        babies=people.babies,
        givers=queries.adults_of(people),
        initial=_only_baby(people),
    )

    def save() -> None:
        services.give_agreement(form.details(), team=opened.team, by=request.user)

    if went_well(form, save):
        messages.success(request, "The answer is recorded.")
        return to_family(opened)
    lead = (basis_words(queries.lawful_basis(opened.team.organisation)),)
    return form_page(request, form, people, title="Record an agreement", lead=lead)


def _only_baby(people: FamilyPeople) -> dict[str, str]:
    return {"about": str(people.babies[0].pk)} if len(people.babies) == 1 else {}


@require_http_methods(["GET", "POST"])
def agreement_withdraw(request: StaffRequest, family: UUID, pk: UUID) -> HttpResponse:
    """An agreement withdrawn: whoever keeps details may note it, so that it never waits."""
    opened = open_for(request, family, Ability.RECEIVE_REFERRAL)
    agreement = queries.open_agreement(opened, pk)
    form = WithdrawForm(sent(request), on=today(), initial={"withdrawn_on": today()})
    guard(form, agreement, stored={"withdrawn_on": agreement.withdrawn_on})

    def save() -> None:
        on = form.cleaned_data["withdrawn_on"]
        services.withdraw_agreement(agreement, on=on, by=request.user)

    if went_well(form, save):
        messages.success(request, "The agreement is withdrawn.")
        return to_family(opened)
    label = code_list("agreements").label(agreement.code)
    who = f"{agreement.given_by.full_name} for {agreement.about.full_name}"
    lead = (f"{who}. {agreement_words(agreement, on=today())}.",)
    return form_page(
        request,
        form,
        around(opened, agreement.about),
        title=f"Withdraw: {label}",
        lead=lead,
        submit="Withdraw",
    )
