"""How a person is reached: one page with the rule, the numbers and the addresses."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nestling.accounts.requests import StaffRequest
from nestling.accounts.roles import Ability
from nestling.foundation.clock import today
from nestling.foundation.versions import Seen
from nestling.people import queries, services
from nestling.people.forms.contact import AddressForm, ContactPointForm, SafeContactForm
from nestling.people.forms.fields import PlainForm
from nestling.people.models import Person, PersonKind
from nestling.people.presenters import address_lines, contact_words, point_words
from nestling.people.rules import reads_clinical
from nestling.people.services.details import SafeContactDetails
from nestling.people.views.pages import around, family_page, open_for, went_well
from nestling.ui.versions import guard

PARTS: dict[str, type[PlainForm]] = {
    "safe": SafeContactForm,
    "point": ContactPointForm,
    "address": AddressForm,
}


@require_http_methods(["GET", "POST"])
def contact(request: StaffRequest, family: UUID, person: UUID) -> HttpResponse:
    """Safe contact, phones and addresses of a person: three forms, of which one is sent."""
    opened = open_for(request, family, Ability.RECEIVE_REFERRAL)
    member = queries.open_member(opened, person)
    confidential = reads_clinical(request.user, opened)
    ways = queries.ways_to_reach(member, on=today(), confidential=confidential)
    rule = {name: getattr(ways.rule, name, False) for name in SafeContactDetails.__slots__}
    rule["words"] = getattr(ways.rule, "words", "")
    chosen = request.POST.get("part", "") if request.method == "POST" else ""
    forms = {
        part: form(
            request.POST if part == chosen else None,
            on=today(),
            prefix=part,
            initial=rule if part == "safe" else None,
        )
        for part, form in PARTS.items()
    }
    seen = _guarded(forms, member, ways=ways).get(chosen)

    def save() -> None:
        _save(forms[chosen], member, request, seen=seen)

    if chosen in forms and went_well(forms[chosen], save):
        messages.success(request, "Saved.")
        return redirect("people:contact", family=opened.pk, person=member.pk)
    context = {
        "forms": list(forms.values()),
        "safe": forms["safe"],
        "point": forms["point"],
        "address": forms["address"],
        "rule": contact_words(ways.rule),
        "points": [point_words(point) for point in ways.points],
        "addresses": [(address_lines(row), row.confidential) for row in ways.addresses],
        "confidential_kept_back": not confidential,
    }
    people = around(opened, member if member.kind == PersonKind.BABY else None)
    return family_page(
        request,
        "people/contact.jinja",
        people,
        title=f"How to reach {member.full_name}",
        context=context,
        status=422 if request.method == "POST" else 200,
    )


def _guarded(
    forms: dict[str, PlainForm], person: Person, *, ways: queries.WaysToReach
) -> dict[str, Seen | None]:
    """What each form shows. An address that the viewer may not read is counted and not shown."""
    shown = ways.addresses[0] if ways.addresses else None
    names = ("lines", "postcode", "confidential")
    address = {name: getattr(shown, name) for name in names} if shown else {}
    standing = queries.standing_addresses(person)
    return {
        "safe": guard(forms["safe"], ways.rule),
        "point": guard(forms["point"], *ways.points, stored={}),
        "address": guard(forms["address"], *standing, stored=address),
    }


def _save(form: PlainForm, person: Person, request: StaffRequest, *, seen: Seen | None) -> None:
    on, by = today(), request.user
    if isinstance(form, SafeContactForm):
        services.set_safe_contact(person, form.details(), on=on, by=by, seen=seen)
    elif isinstance(form, ContactPointForm):
        services.add_contact_point(person, form.details(), by=by, seen=seen)
    elif isinstance(form, AddressForm):
        services.add_address(person, form.details(), on=on, by=by, seen=seen)
