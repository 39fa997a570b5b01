"""The first organisation and administrator of a new service."""

import secrets

from django.db import transaction

from nestling.accounts.models import Nation, Organisation, User
from nestling.accounts.roles import Role
from nestling.accounts.services import NewMember, add_member, give_role
from nestling.foundation import audit
from nestling.foundation.clock import today


class SetupError(ValueError):
    """The service cannot be set up as asked."""


@transaction.atomic
def make_first_administrator(email: str, *, organisation: str, nation: str) -> str:
    """A new organisation with its administrator; returns the password to hand over.

    Raises:
        SetupError: the nation is not one of the four, or the organisation exists.
    """
    if nation not in Nation.values:
        raise SetupError(f"--nation: {nation} is not one of {', '.join(Nation.values)}")
    if Organisation.objects.filter(name=organisation).exists():
        raise SetupError(f"--organisation: {organisation} exists already")
    if User.objects.filter(email=email.lower()).exists():
        raise SetupError(f"{email} signs in here already: add the role on the page of members")
    made = audit.create(Organisation(name=organisation, nation=nation), by=None)
    member = NewMember(email=email, given_name="First", family_name="Administrator")
    password = secrets.token_urlsafe(12)
    user = add_member(member, organisation=made, by=None, password=password)
    give_role(user, role=Role.SYSTEM_ADMINISTRATOR, team=None, on=today(), by=None)
    return password
