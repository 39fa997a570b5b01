"""The relationships inside a declared family: never those of a carer's other family."""

from datetime import date

from django.db.models import QuerySet

from nestling.people.models import Family, Relationship


def relationships_in(family: Family, *, on: date) -> QuerySet[Relationship]:
    """The relationships on a day between members of a family, apart from those of a lost baby."""
    members = family.members.current(on).values("person")
    rows = Relationship.objects.current(on).filter(baby__in=members, carer__in=members)
    return rows.filter(baby__loss="").select_related("baby", "carer").order_by("baby", "created_at")
