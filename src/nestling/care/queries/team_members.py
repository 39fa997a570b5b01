"""Who works with families in a team."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from nestling.accounts.models import Membership, User
from nestling.accounts.roles import Ability, roles_with


def practitioners_of(team_id: UUID, *, ability: Ability, on: date) -> QuerySet[User]:
    """Active users who hold an ability in a team on a day, by name."""
    roles = roles_with(ability)
    held = Membership.objects.current(on).with_roles(roles).filter(team=team_id)
    users = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return users.order_by("given_name", "family_name", "pk")
