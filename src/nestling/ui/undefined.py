"""What a template sees in place of a name that nobody gave it.

The NHS macros read optional parameters that are not there, so a missing name must be quiet. On a
page with safety flags quiet is a hazard: in tests every miss of *our* templates is recorded.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType
from typing import Any

from jinja2 import ChainableUndefined
from markupsafe import Markup

NOT_OURS = ("nhsuk/", "django/")


@dataclass(frozen=True, slots=True)
class Miss:
    """A name that one of our templates used and nobody gave it."""

    template: str
    name: str


misses: list[Miss] = []


class RecordingUndefined(ChainableUndefined):
    """Prints nothing, as in production, and remembers what our templates used in vain.

    Asking (`is defined`, `default(...)`) is not using; printing, looping and `if` are.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._nl_template = template_that_asked(sys._getframe(1))

    def _record(self) -> None:
        ours = self._nl_template and not self._nl_template.startswith(NOT_OURS)
        # Jinja makes a `caller` for every macro, whether the macro has one or not.
        if ours and self._undefined_name != "caller":
            misses.append(Miss(self._nl_template, str(self._undefined_name)))

    def __str__(self) -> str:
        self._record()
        return ""

    def __html__(self) -> Markup:
        self._record()
        return Markup()

    def __bool__(self) -> bool:
        self._record()
        return False

    def __iter__(self) -> Iterator[Any]:
        self._record()
        return iter(())

    def __len__(self) -> int:
        self._record()
        return 0


def template_that_asked(frame: FrameType | None) -> str:
    """The name of the nearest template among the callers, or nothing outside templates."""
    while frame is not None:
        names = frame.f_globals
        if "blocks" in names and "debug_info" in names and isinstance(names.get("name"), str):
            return str(names["name"])
        frame = frame.f_back
    return ""
