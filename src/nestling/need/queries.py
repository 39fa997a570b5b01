"""What an organisation may see in this room, and which statements of provision count."""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from nestling.accounts.models import Organisation, User
from nestling.accounts.roles import Ability, Role
from nestling.need.models import Owned, ProvisionStatement, SavedWhatIf
from nestling.reference.provision import Statement, shipped_statements

OwnedT = TypeVar("OwnedT", bound=Owned)
#: Who may say what help there is and keep what-ifs: those who plan for the whole organisation.
KEEPERS = frozenset({Role.COMMISSIONER, Role.ANALYST})


def reader_of(request: HttpRequest) -> User:
    """The signed-in user.

    Raises:
        PermissionDenied: the user may not see figures.
    """
    user = request.user
    if not isinstance(user, User) or not user.can(Ability.SEE_FIGURES):
        raise PermissionDenied(Ability.SEE_FIGURES)
    return user


def may_keep(user: User) -> bool:
    """Whether the user may state provision and save what-ifs."""
    return bool(user.roles & KEEPERS)


def keeper_of(request: HttpRequest) -> tuple[User, Organisation]:
    """The user, and the organisation for which they plan.

    Raises:
        PermissionDenied: the user plans for none.
    """
    user = reader_of(request)
    held = (row.organisation for row in user.current_memberships if row.held in KEEPERS)
    organisation = next(held, None)
    if organisation is None:
        raise PermissionDenied("states provision for no organisation")
    return user, organisation


def own_statements(user: User) -> list[ProvisionStatement]:
    """Every standing statement of the user's organisation, newest first."""
    rows = ProvisionStatement.objects.visible_to(user)
    return list(rows.select_related("stated_by").order_by("-as_of", "-created_at"))


def what_ifs(user: User, *, area_code: str = "") -> list[SavedWhatIf]:
    """The organisation's what-ifs, newest first; of one area if asked."""
    rows = SavedWhatIf.objects.visible_to(user)
    wanted = rows.filter(area_code=area_code) if area_code else rows
    return list(wanted.select_related("saved_by").order_by("-created_at"))


def open_statement(pk: UUID, *, by: User) -> ProvisionStatement:
    """One standing statement of the user's organisation, or 404."""
    return _opened(ProvisionStatement.objects.visible_to(by).filter(pk=pk))


def open_what_if(pk: UUID, *, by: User) -> SavedWhatIf:
    """One standing what-if of the user's organisation, or 404."""
    return _opened(SavedWhatIf.objects.visible_to(by).filter(pk=pk))


def known_statements(own: Iterable[ProvisionStatement]) -> tuple[Statement, ...]:
    """The statements that count: the newest about each team, and ours where nobody has spoken.

    One own statement about a district takes the place of all that we ship for it.
    """
    newest: dict[tuple[str, str], Statement] = {}
    for row in own:
        newest.setdefault((row.lad_code, row.team_name.casefold()), as_statement(row))
    spoken = {code for code, _ in newest}
    ours = (one for one in shipped_statements() if one.lad_code not in spoken)
    return (*newest.values(), *ours)


def as_statement(row: ProvisionStatement) -> Statement:
    """A stored statement as the engine reads it."""
    known = row.families_per_year
    return Statement(
        lad_code=row.lad_code,
        team_name=row.team_name,
        service_type=row.service_type,
        families_per_year=None if known is None else float(known),
        as_of=row.as_of.isoformat(),
        source=row.source,
    )


def _opened(rows: QuerySet[OwnedT]) -> OwnedT:
    found = rows.select_related("organisation").first()
    if found is None:
        raise Http404("no such row")
    return found
