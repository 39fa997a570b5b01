"""Everything that a report is made from: area, study of need, and the files given."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from nestling.evidence.report.given import (
    AccessRow,
    GivenFile,
    WorkforceRow,
    read_access,
    read_workforce,
)
from nestling.evidence.report.places import Place, place_of
from nestling.need.asked import OwnData, areas_asked
from nestling.need.choices import ALL, Choices, NeedError
from nestling.need.engine import Study, study
from nestling.reference.areas import areas, membership
from nestling.reference.parameters import need_parameters
from nestling.reference.provision import Statement, read_statements, shipped_statements
from nestling.science.need import FigureName

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the user asked for."""

    area: str
    on: "date"
    scenario: str = ""
    provision: "Path | None" = None
    access: GivenFile | None = None
    workforce: GivenFile | None = None
    #: Statements of help that are already read, in the place of a file and of what we ship.
    statements: tuple[Statement, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseInputs:
    """One area with its study and whatever is known of help, access and training there."""

    place: Place
    study: Study
    main: str
    statements: tuple[Statement, ...]
    access: tuple[AccessRow, ...]
    access_given: bool
    workforce: tuple[WorkforceRow, ...]
    workforce_given: bool
    on: "date"
    notes: tuple[str, ...] = ()


class CaseError(ValueError):
    """A report cannot be made of what was asked; says why."""


def inputs_for(asked: Asked) -> CaseInputs:
    """Read the files, find the area and estimate its need under every scenario.

    Raises `AreaNameError`, `NeedError`, `ProvisionError`, `GivenFileError` or `CaseError`.
    """
    statements, recoded = statements_of(asked)
    found, notes = areas_asked([asked.area], own=OwnData(statements=statements))
    if len(found) != 1:
        names = " and ".join(f"{area.name} ({area.code})" for area in found)
        raise CaseError(f"{asked.area} became {names}: a report is about one of them")
    main = main_scenario(asked.scenario)
    access = tuple(read_access(asked.access)) if asked.access else ()
    workforce = workforce_of(found[0].code, asked.workforce)
    worked = study(found, Choices(scenario=ALL))
    if worked.figure(FigureName.NEED, scenario=main) is None:
        raise CaseError(f"{main} is not available for {found[0].name}: choose another scenario")
    place = place_of(areas().by_code[found[0].code])
    return CaseInputs(
        place=place,
        study=worked,
        main=main,
        statements=tuple(one for one in statements if one.lad_code in membership(place.code)),
        access=access,
        access_given=asked.access is not None,
        workforce=workforce,
        workforce_given=asked.workforce is not None,
        on=asked.on,
        notes=(*notes, *recoded),
    )


def statements_of(asked: Asked) -> tuple[tuple[Statement, ...], tuple[str, ...]]:
    """The statements of help that count, and notes on codes that changed."""
    if asked.provision is not None:
        statements, recoded = read_statements(asked.provision)
        return tuple(statements), tuple(recoded)
    known = shipped_statements() if asked.statements is None else asked.statements
    return tuple(known), ()


def main_scenario(name: str) -> str:
    """The scenario that a report leads with. Raises `NeedError` for one that does not exist."""
    rules = need_parameters()
    if name == ALL:
        raise NeedError("a report leads with one scenario and shows all beside it: name one")
    if name and name not in rules.scenarios:
        raise NeedError(f"there is no scenario {name!r}: it is one of {', '.join(rules.scenarios)}")
    return name or rules.default_scenario.name


def workforce_of(code: str, path: GivenFile | None) -> tuple[WorkforceRow, ...]:
    """The rows for an area itself, or where there are none those of the districts in it."""
    rows = read_workforce(path) if path else []
    own = tuple(row for row in rows if row.area_code == code)
    return own or tuple(row for row in rows if row.area_code in membership(code))


@cache
def words_file(name: str) -> Any:
    """The words of one file of `words/`."""
    text = files("nestling.evidence.report").joinpath(f"words/{name}.yaml").read_text("utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader
