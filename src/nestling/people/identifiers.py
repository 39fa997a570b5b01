"""Numbers that identify a person, checked by the `nhs_number` library before they are stored.

Ranges and check digit: NHS Data Dictionary, NHS number; Scotland's and Northern Ireland's numbers
share its ten digits in ranges of their own. The range that is never issued (999…) is taken as an
NHS number too: it is for test and made-up people.
"""

from nhs_number.constants import (
    REGION_ENGLAND_WALES_IOM,
    REGION_NORTHERN_IRELAND,
    REGION_SCOTLAND,
    REGION_SYNTHETIC,
)
from nhs_number.validate import calculate_checksum, is_valid

from nestling.accounts.models import Nation
from nestling.people.errors import IdentifierNotValidError
from nestling.reference.codes import code_list

CHECKED_SYSTEMS = {
    "nhs": (REGION_ENGLAND_WALES_IOM, REGION_SYNTHETIC),
    "chi": (REGION_SCOTLAND,),
    "hc": (REGION_NORTHERN_IRELAND,),
}
"""The systems whose numbers have a range and a check digit, and their ranges."""

LOCAL_LENGTH = 40
_NATIONAL = {
    Nation.ENGLAND: "nhs",
    Nation.WALES: "nhs",
    Nation.SCOTLAND: "chi",
    Nation.NORTHERN_IRELAND: "hc",
}


def national_system(nation: str) -> str:
    """The system that gives a nation's people their number.

    >>> national_system("scotland")
    'chi'
    """
    return _NATIONAL[Nation(nation)]


def checked_value(system: str, typed: str) -> str:
    """The number as it is stored: ten digits without spaces; a local one as it was typed.

    >>> checked_value("nhs", "943 476 5919")
    '9434765919'

    Raises:
        IdentifierNotValidError: the system cannot have given it; the words say why.
    """
    if system not in CHECKED_SYSTEMS:
        return _local(system, typed)
    name = _label(system)
    digits = "".join(typed.split()).replace("-", "")
    if not (digits.isascii() and digits.isdigit()):
        raise IdentifierNotValidError(f"The {name} must have numbers only, like 943 476 5919")
    if len(digits) != 10:
        raise IdentifierNotValidError(f"The {name} must have 10 numbers, not {len(digits)}")
    if calculate_checksum(digits[:-1]) != int(digits[-1]):
        raise IdentifierNotValidError(f"One of the 10 numbers of this {name} is wrong. Check each")
    if not any(is_valid(digits, region) for region in CHECKED_SYSTEMS[system]):
        raise IdentifierNotValidError(_not_in_range(name, system, digits))
    return digits


def _label(system: str) -> str:
    return code_list("identifier_systems").label(system)


def _not_in_range(name: str, system: str, digits: str) -> str:
    """Words for a number with a right check digit that another system, or none, has given."""
    for other, regions in CHECKED_SYSTEMS.items():
        if other != system and any(is_valid(digits, region) for region in regions):
            return f"This is not the {name} but the {_label(other)}"
    return f"No {name} has been given in this range"


def _local(system: str, typed: str) -> str:
    value = " ".join(typed.split())
    if system not in code_list("identifier_systems"):
        raise IdentifierNotValidError("Choose which kind of number it is")
    if not value or len(value) > LOCAL_LENGTH:
        raise IdentifierNotValidError(f"The number must have 1 to {LOCAL_LENGTH} characters")
    return value


def shown(value: str, *, system: str) -> str:
    """A number as people read it out: three, three and four.

    >>> shown("9434765919", system="nhs")
    '943 476 5919'
    """
    if system not in CHECKED_SYSTEMS or len(value) != 10:
        return value
    return f"{value[:3]} {value[3:6]} {value[6:]}"
