"""The page of a family, its whole story, an adult's own page, and what is shown or printed."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability
from nestling.desk import adult_words, family_page_words, showing
from nestling.desk.queries import family_page as queries
from nestling.foundation.clock import today
from nestling.foundation.looks import describe_look
from nestling.people import queries as people
from nestling.people.presenters import baby_headers
from nestling.people.rules import keeps_details, may, reads_clinical, writes_clinical
from nestling.ui.frame import BackLink


@require_GET
def family(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Who the baby is with, how it began and what happens next."""
    opened = queries.open_family(pk, by=request.user, on=today())
    found = opened.family
    page = queries.family_page(opened, viewer=request.user, on=today())
    words = family_page_words
    context = {
        "title": words.babies_named(page.people),
        "family": found,
        "page": page,
        "headers": words.headers(page, viewer=request.user, on=today()),
        "map": words.family_map(page, on=today()),
        "story": words.short_story(page),
        "risks": words.risk_groups(page),
        "agreements": words.agreement_groups(page, on=today()),
        "tasks": words.task_lines(page),
        "referrals": words.referral_lines(page.referrals),
        "episodes": words.episode_lines(page),
        "adults": people.adults_of(page.people) if page.clinical else [],
        "choices": words.show_choices(page.people),
        "keeps_details": keeps_details(request.user, found),
        "writes_clinical": writes_clinical(request.user, found),
        "protects": may(request.user, Ability.TRIAGE, found),
    }
    return render(request, "desk/family.jinja", context)


@require_GET
def story(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The whole story, newest first."""
    found = people.open_family(pk, by=request.user)
    members = people.header_people(found, on=today())
    referrals = queries.referrals_of(found)
    entries = queries.whole_story(found, referrals, viewer=request.user, on=today())
    context = {
        "title": f"The whole story: {family_page_words.babies_named(members)}",
        "headers": baby_headers(members, viewer=request.user, on=today()),
        "story": family_page_words.story(entries, members.babies),
        "back": BackLink(url=family_page_words.family_url(found), label="Family page"),
    }
    return render(request, "desk/story.jinja", context)


@require_GET
def adult(request: StaffRequest, pk: UUID, person: UUID) -> HttpResponse:
    """What concerns one adult alone, in this family's work."""
    found = people.open_family(pk, by=request.user)
    if not reads_clinical(request.user, found):
        raise PermissionDenied("an adult's own page is clinical")
    shown = people.open_member(found, person)
    page = queries.adult_page(found, shown, on=today())
    context = {
        "title": f"{shown.full_name}’s own page",
        "family": found,
        "adult": shown,
        "headers": baby_headers(page.people, viewer=request.user, on=today()),
        "page": adult_words.adult_words(page, on=today()),
        "writes_clinical": writes_clinical(request.user, found),
        "back": BackLink(url=family_page_words.family_url(found), label="Family page"),
    }
    return render(request, "desk/adult.jinja", context)


@require_GET
def show_to(request: StaffRequest, pk: UUID, relationship: UUID) -> HttpResponse:
    """The baby and one relationship, to be shown to that carer; the rest is not fetched."""
    found = people.open_family(pk, by=request.user)
    row = people.open_relationship(found, relationship)
    context = {
        **showing.for_carer(row, family=found, on=today()),
        "family": found,
        "back": BackLink(url=family_page_words.family_url(found), label="Hide again"),
    }
    return render(request, "desk/show_to.jinja", context)


@require_GET
def print_page(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Asks for whom, then shows what may be printed for them."""
    found = people.open_family(pk, by=request.user)
    wanted = request.GET.get("for", "")
    describe_look("printed" if wanted else "opened")
    back = BackLink(url=family_page_words.family_url(found), label="Family page")
    if wanted in showing.COLLEAGUES:
        context = showing.for_colleague(wanted, family=found, viewer=request.user, on=today())
        return render(request, "desk/print_colleague.jinja", {**context, "back": back})
    row = showing.chosen_relationship(found, wanted)
    if row is not None:
        context = showing.for_carer(row, family=found, on=today())
        return render(request, "desk/print_carer.jinja", {**context, "back": back})
    context = showing.for_whom(found, viewer=request.user, on=today())
    return render(request, "desk/print_for_whom.jinja", {**context, "back": back})
