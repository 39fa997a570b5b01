"""The command `nestling`: parses, calls, prints; a command's module is imported when asked for."""

import sys
from importlib import import_module

from typer.exceptions import Abort, TyperException

from nestling.cli.base import BadInputError, app

#: The first word of a command and its module: `nestling score` starts without a web framework.
COMMANDS = {
    "access": "nestling.cli.access",
    "access-release": "nestling.cli.access_release",
    "audit": "nestling.cli.audit",
    "backup": "nestling.cli.backup",
    "case": "nestling.cli.evidence",
    "caseload-copy": "nestling.cli.caseload",
    "change": "nestling.cli.measures",
    "daily": "nestling.cli.service",
    "demo": "nestling.cli.service",
    "demo-extract": "nestling.cli.access",
    "duplicates": "nestling.cli.duplicates",
    "evidence": "nestling.cli.evidence",
    "first-administrator": "nestling.cli.service",
    "instruments": "nestling.cli.measures",
    "need": "nestling.cli.need",
    "place": "nestling.cli.need",
    "plan-team": "nestling.cli.need",
    "restore": "nestling.cli.backup",
    "score": "nestling.cli.measures",
    "serve": "nestling.cli.service",
}


def main(arguments: list[str] | None = None) -> int:
    """The exit status of one command: 0 done, 1 done with faults in some rows, 2 not done."""
    words = (sys.argv[1:] if arguments is None else arguments) or ["--help"]
    load(words)
    try:
        status = app(args=words, standalone_mode=False, prog_name="nestling")
    except TyperException as error:
        return refuse([fault_words(error)])
    except BadInputError as error:
        return refuse(error.faults)
    except (Abort, KeyboardInterrupt):
        return refuse(["stopped"])
    return int(status or 0)


def load(words: list[str]) -> None:
    """Import the module of the command asked for, or all of them when help is."""
    first = words[0] if words else ""
    wanted = [COMMANDS[first]] if first in COMMANDS else sorted(set(COMMANDS.values()))
    for module in wanted:
        import_module(module)


def fault_words(error: TyperException) -> str:
    """What is wrong with the words of a command, with the option that it is about."""
    format_message = getattr(error, "format_message", None)
    return str(format_message()) if format_message else str(error)


def refuse(faults: list[str]) -> int:
    """Say each fault in one plain line on standard error; the exit status is 2."""
    for fault in faults:
        print(f"nestling: {' '.join(fault.split())}", file=sys.stderr)  # noqa: T201 - this is the command's own voice
    return 2
