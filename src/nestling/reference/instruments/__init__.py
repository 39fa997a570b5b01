"""The measures: one file for each instrument and version, checked as it is read."""

from nestling.reference.instruments.files import (
    UnknownInstrumentError,
    all_instruments,
    instrument,
    instrument_ids,
    load_instrument,
)
from nestling.reference.instruments.model import Instrument

__all__ = [
    "Instrument",
    "UnknownInstrumentError",
    "all_instruments",
    "instrument",
    "instrument_ids",
    "load_instrument",
]
