"""The one application that every command hangs on, and how it says that something is wrong."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable

app = typer.Typer(
    name="nestling",
    help="The open record and evidence system for infant mental health.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class BadInputError(Exception):
    """What the user gave is wrong: one plain line on standard error a fault, exit status 2."""

    def __init__(self, faults: "str | Iterable[str]") -> None:
        """Keep the faults, one line each."""
        self.faults = [faults] if isinstance(faults, str) else list(faults)
        super().__init__("; ".join(self.faults))


@app.callback()
def root() -> None:
    """The open record and evidence system for infant mental health."""
