"""Pages about one person: added, changed, born, lost, no longer in the family."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability
from nestling.foundation.clock import today
from nestling.people import queries, services
from nestling.people.forms.persons import (
    BirthForm,
    LeaveForm,
    LossForm,
    PersonAddForm,
    PersonForm,
    person_initial,
)
from nestling.people.matching import wanted
from nestling.people.models import Family, Person, PersonKind
from nestling.people.presenters.duplicates import merge_words
from nestling.people.queries.duplicates import merges_into
from nestling.people.services.families import BABY, CARER
from nestling.people.views.pages import (
    around,
    family_page,
    form_page,
    open_for,
    sent,
    to_family,
    went_well,
)
from nestling.people.views.same_person import Question, all_answered, ask_about, say_who_has
from nestling.ui.versions import guard

KEEP = Ability.RECEIVE_REFERRAL


@require_http_methods(["GET", "POST"])
def birth(request: StaffRequest, family: UUID, person: UUID) -> HttpResponse:
    """The birth of a baby who is on the records already."""
    opened = open_for(request, family, KEEP)
    baby = queries.open_baby(opened, person)
    before = {"given_name": baby.given_name, "family_name": baby.family_name, "sex": baby.sex}
    nation = opened.team.organisation.nation
    form = BirthForm(sent(request), on=today(), nation=nation, initial=before)
    guard(form, baby, stored=before | {"born_on": baby.born_on, "birth_order": baby.birth_order})

    def record() -> None:
        services.record_birth(baby, form.details(), on=today(), by=request.user)

    if form.is_bound and form.is_valid() and form.cleaned_data["number"]:
        say_who_has(form, person=baby, by=request.user)
    if went_well(form, record):
        messages.success(request, f"The birth of {baby.full_name} is recorded.")
        return to_family(opened)
    lead = (
        "This fills in the birth on the baby’s own record. The due date stays as it is.",
        "Twins: record each birth by itself.",
    )
    title = "Record a birth"
    return form_page(request, form, around(opened, baby), title=title, lead=lead)


@require_http_methods(["GET", "POST"])
def loss(request: StaffRequest, family: UUID, person: UUID) -> HttpResponse:
    """The loss of a pregnancy, or the death of a baby."""
    opened = open_for(request, family, KEEP)
    baby = queries.open_baby(opened, person)
    form = LossForm(sent(request), on=today())
    guard(form, baby, stored={"loss": baby.loss, "lost_on": baby.lost_on})

    def record() -> None:
        services.record_loss(baby, **form.cleaned_data, on=today(), by=request.user)

    if went_well(form, record):
        messages.success(request, "This is recorded. Nothing is sent by itself from now on.")
        return to_family(opened)
    lead = (
        "When you save this, Nestling sends nothing by itself to this family any more.",
        "No page says an age, and the open tasks about this baby are finished.",
        "You can still write and call yourself.",
    )
    title = "Record a loss"
    return form_page(request, form, around(opened, baby), title=title, lead=lead)


@require_http_methods(["GET", "POST"])
def person_add(request: StaffRequest, family: UUID) -> HttpResponse:
    """Someone new in the family."""
    opened = open_for(request, family, KEEP)
    form = PersonAddForm(sent(request), on=today(), nation=opened.team.organisation.nation)
    questions = _known_already(opened, form, request)
    added: list[Person] = []

    def add() -> None:
        added.append(_added(opened, form, request, questions=questions))

    if all_answered(questions) and went_well(form, add):
        messages.success(request, f"{added[0].full_name} is in the family.")
        return _after_adding(opened, added[0], role=form.cleaned_data["role"])
    return family_page(
        request,
        "people/person_add.jinja",
        around(opened),
        title="Add someone to the family",
        context={
            "form": form,
            "forms": [form, *(question.form for question in questions)],
            "questions": questions,
        },
        status=422 if form.is_bound else 200,
    )


def _known_already(family: Family, form: PersonAddForm, request: StaffRequest) -> list[Question]:
    """Whether someone on the records may be meant, once what was typed can be right."""
    if not form.is_bound or not form.is_valid() or form.cleaned_data["already_known"]:
        return []
    sought = wanted(
        form.details(),
        organisation=family.team.organisation,
        numbers=[(form.system, form.cleaned_data["number"])],
    )
    question = ask_about(sought, request)
    return [question] if question else []


def _added(
    family: Family, form: PersonAddForm, request: StaffRequest, *, questions: list[Question]
) -> Person:
    typed, user = form.cleaned_data, request.user
    known = next((question.same_person for question in questions), None)
    if typed["already_known"]:
        known = queries.known_by_number(typed["number"], system=form.system, by=user)
    elif known is None:
        person = services.add_new_member(
            family,
            form.details(),
            role=typed["role"],
            number=typed["number"],
            on=today(),
            by=user,
        )
        for question in questions:
            question.keep(person, request)
        return person
    return services.add_known_member(family, known, role=typed["role"], on=today(), by=user)


def _after_adding(family: Family, person: Person, *, role: str) -> HttpResponse:
    if role not in (BABY, CARER):
        return to_family(family)
    part = "baby" if role == BABY else "carer"
    address = reverse("people:relationship_add", args=[family.pk])
    return redirect(f"{address}?{part}={person.pk}")


@require_http_methods(["GET", "POST"])
def person_edit(request: StaffRequest, family: UUID, person: UUID) -> HttpResponse:
    """The details of a member of the family."""
    opened = open_for(request, family, KEEP)
    member = queries.open_member(opened, person)
    nation = opened.team.organisation.nation
    held = queries.number_held(member, nation=nation)
    number = queries.number_words(held)
    form = PersonForm(
        sent(request),
        on=today(),
        person=member,
        nation=nation,
        initial=person_initial(member, number=number),
    )
    seen = guard(form, member, held, columns={"number": "value"})

    def save() -> None:
        services.change_person_and_number(
            member,
            form.details(),
            system=form.system,
            number=form.cleaned_data["number"],
            by=request.user,
            seen=seen,
        )

    before = member.full_name
    if went_well(form, save):
        messages.success(request, f"{member.full_name}: saved.")
        return to_family(opened)
    people = around(opened, member if member.kind == PersonKind.BABY else None)
    lead = tuple(merge_words(row) for row in merges_into(member))
    return form_page(request, form, people, title=f"Details of {before}", lead=lead)


@require_http_methods(["GET", "POST"])
def member_end(request: StaffRequest, family: UUID, person: UUID) -> HttpResponse:
    """The day on which someone no longer belongs to the family."""
    opened = open_for(request, family, KEEP)
    member = queries.open_member(opened, person)
    form = LeaveForm(sent(request), on=today())
    row = queries.membership_of(opened, member)
    seen = guard(form, row, stored={"until_on": row.until_on if row else None})

    def end() -> None:
        services.end_membership(opened, member, on=form.until, by=request.user, seen=seen)

    if went_well(form, end):
        messages.success(request, f"{member.full_name} is no longer in this family.")
        return to_family(opened)
    lead = (
        f"{member.full_name} will no longer stand on this family’s pages. What was recorded stays.",
    )
    title = f"{member.full_name} is no longer in the family"
    people = around(opened, member if member.kind == PersonKind.BABY else None)
    return form_page(request, form, people, title=title, lead=lead)
