"""The instrument files found, read and checked, each at most once."""

from functools import cache
from pathlib import Path

from nestling.reference.base import load
from nestling.reference.instruments.checks import CHECKS
from nestling.reference.instruments.model import Instrument

FOLDER = Path(__file__).parent


class UnknownInstrumentError(LookupError):
    """There is no instrument, or no version of it, of that name."""


def load_instrument(path: Path) -> Instrument:
    """The instrument that a file describes.

    Raises `ReferenceDataError` with the file, line and reason of every fault.
    """
    return load(path, Instrument, checks=CHECKS)


def instrument_ids() -> tuple[str, ...]:
    """The ids of all instruments, in alphabetical order."""
    return tuple(sorted({path.stem.partition("-")[0] for path in FOLDER.glob("*.yaml")}))


def instrument(name: str, *, version: str | None = None) -> Instrument:
    """The instrument of that id, however it is typed; the newest version unless one is named.

    Raises `UnknownInstrumentError`.
    """
    found = {plain(known): known for known in instrument_ids()}.get(plain(name))
    if found is None:
        known = ", ".join(instrument_ids())
        raise UnknownInstrumentError(f"there is no instrument “{name}”; there are {known}")
    if version is None:
        return read(max(FOLDER.glob(f"{found}-*.yaml")))
    path = FOLDER / f"{found}-{version}.yaml"
    if not path.is_file():
        raise UnknownInstrumentError(f"{found} has no version “{version}”")
    return read(path)


def plain(name: str) -> str:
    """A name without case, hyphens or spaces: PHQ-9 and phq9 are one."""
    return "".join(letter for letter in name.lower() if letter.isalnum())


def all_instruments() -> tuple[Instrument, ...]:
    """The newest version of every instrument, by id."""
    return tuple(instrument(name) for name in instrument_ids())


@cache
def read(path: Path) -> Instrument:
    """One file, read once."""
    return load_instrument(path)
