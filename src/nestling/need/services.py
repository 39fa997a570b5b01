"""What is written in this room: statements of provision, and what-ifs worth keeping."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from django.db import transaction

from nestling.accounts.models import Organisation, User
from nestling.foundation import audit
from nestling.need.models import Owned, ProvisionStatement, SavedWhatIf


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionDetails:
    """One team in one district: how many families a year, as of when, who says so."""

    lad_code: str
    team_name: str
    service_type: str
    families_per_year: int | None
    as_of: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfDetails:
    """A what-if's name, and what it tries where."""

    name: str
    area_code: str
    scenario: str = ""
    values: Mapping[str, float] = field(default_factory=dict)


@transaction.atomic
def state_provision(
    details: ProvisionDetails, *, organisation: Organisation, on: date, by: User
) -> ProvisionStatement:
    """A new statement; an older one about the same team stays, and no longer counts."""
    row = ProvisionStatement(
        organisation=organisation, stated_by=by, stated_on=on, **asdict(details)
    )
    return audit.create(row, by=by, action="provision_stated")


@transaction.atomic
def save_what_if(
    details: WhatIfDetails, *, organisation: Organisation, on: date, by: User
) -> SavedWhatIf:
    """A what-if that the organisation can open again by its link."""
    row = SavedWhatIf(organisation=organisation, saved_by=by, saved_on=on, **asdict(details))
    return audit.create(row, by=by, action="what_if_saved")


@transaction.atomic
def take_back(row: Owned, *, on: date, by: User) -> None:
    """The row no longer counts and is no longer shown; the audit trail keeps it."""
    audit.change(row, {"removed_by": by, "removed_on": on}, by=by, action="taken_back")
