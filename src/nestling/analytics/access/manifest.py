"""What stands beside each output.

Inputs with their fingerprints, definitions, command, engine, date.
"""

import hashlib
import json
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import nestling
from nestling.analytics.extract import Source, fingerprint
from nestling.reference.access import breaks, definitions

if TYPE_CHECKING:
    from nestling.analytics.access.job import Outcome, Prepared
    from nestling.analytics.engines.base import Engine


def manifest_of(
    prepared: "Prepared", engine: "Engine", *, command: Sequence[str]
) -> dict[str, Any]:
    """Everything that is needed to make an output again, and what it could not count."""
    job, known = prepared.job, definitions()
    periods = job.periods
    crossed = [b.words for b in breaks() if periods[0].start < b.since <= periods[-1].end]
    return {
        "made_by": f"nestling {nestling.__version__}",
        "command": " ".join(command),
        "made_on": datetime.now(tz=UTC).date().isoformat(),
        "python": platform.python_version(),
        "engine": {"name": engine.name, "version": engine.version()},
        "periods": [{"start": str(p.start), "end": str(p.end)} for p in periods],
        "icb_basis": job.icb_basis,
        "disclosure": {"rule": job.disclosure, "differencing": differencing(job.published)},
        "not_covered_by_the_check": list(definitions().not_covered),
        "definitions": {
            "version": known.version,
            "measures": {name: known.measures[name].version for name in prepared.measures},
        },
        "not_computed": {name: ", ".join(lacks) for name, lacks in prepared.lacking.items()},
        "breaks_in_the_series": crossed,
        "inputs": [
            entry for source in prepared.opened.sources.values() for entry in inputs_of(source)
        ],
    }


def differencing(files: Sequence[object]) -> str:
    """Whether earlier outputs were checked together with this one."""
    if not files:
        return "not checked"
    return f"checked against {len(files)} earlier output{'s' if len(files) > 1 else ''}"


def inputs_of(source: Source) -> list[dict[str, Any]]:
    """Each file of a table with its size and SHA-256."""
    return [
        {
            "table": source.name,
            "file": str(file.relative_to(source.root)),
            "bytes": file.stat().st_size,
            "sha256": fingerprint(file),
        }
        for file in source.files
    ]


def with_outputs(
    manifest: dict[str, Any], outcome: "Outcome | None", outputs: dict[str, bytes]
) -> str:
    """The manifest as JSON, with the outputs' fingerprints and what is doubtful in the extract."""
    made = {
        **manifest,
        "quality": outcome.quality.as_words() if outcome else {},
        "outputs": {name: hashlib.sha256(content).hexdigest() for name, content in outputs.items()},
    }
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"
