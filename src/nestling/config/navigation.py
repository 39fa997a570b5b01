"""The frame of every page: which main links a user has, from what they may do."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from nestling.accounts.models import User
from nestling.accounts.roles import Ability
from nestling.ui.addresses import address_of
from nestling.ui.frame import Frame, NavItem

#: Label, page, and the ability that shows it.
LINKS: tuple[tuple[str, str, Ability], ...] = (
    ("Families", "desk:families", Ability.OPEN_FAMILY),
    ("Referrals", "referrals:board", Ability.SEE_WORKLOAD),
    ("Waiting list", "care:waiting", Ability.SEE_WORKLOAD),
    ("Unmet need", "referrals:unmet_need", Ability.SEE_WORKLOAD),
    ("Need", "need:map", Ability.SEE_FIGURES),
    ("Access by age", "access:start", Ability.SEE_FIGURES),
    ("Evidence", "evidence:claims", Ability.SEE_FIGURES),
    ("Case for change", "evidence:cases", Ability.SEE_FIGURES),
    ("Practitioners", "staff:team", Ability.MANAGE_STAFF),
    ("Who has looked", "desk:looks", Ability.SEE_LOGS),
    ("Members", "accounts:members", Ability.MANAGE_MEMBERS),
)


def navigation(request: HttpRequest) -> dict[str, Frame]:
    """`frame` for the layouts."""
    user = getattr(request, "user", AnonymousUser())
    note = "Every person, team and record here is made up." if settings.DEMO else ""
    if not isinstance(user, User):
        return {
            "frame": Frame(
                home_url=address_of("desk:start"), footer_links=footer_links(), note=note
            )
        }
    team = user.current_team
    return {
        "frame": Frame(
            home_url=address_of("desk:home"),
            team_name=str(team or user.organisation or ""),
            nav=tuple(links(user, here=current_page(request))),
            user_name=user.full_name,
            account_url=address_of("accounts:profile"),
            sign_out_url=address_of("account_logout"),
            search_url=address_of("desk:search") if user.can(Ability.OPEN_FAMILY) else "",
            records_url=address_of("desk:privacy"),
            note=note,
        )
    }


def footer_links() -> tuple[NavItem, ...]:
    """What stands at the foot of every public page."""
    return (
        NavItem(label="How we keep records safe", url=address_of("desk:privacy")),
        NavItem(label="Accessibility", url=address_of("desk:accessibility")),
    )


def links(user: User, *, here: str) -> Iterator[NavItem]:
    """The main links of a user, home first."""
    yield NavItem(label="My day", url=address_of("desk:home"), current=here == "desk:home")
    for label, page, ability in LINKS:
        if user.can(ability):
            yield NavItem(label=label, url=address_of(page), current=here == page)


def current_page(request: HttpRequest) -> str:
    """The page's name, or nothing before it is known."""
    match = request.resolver_match
    return match.view_name if match else ""
