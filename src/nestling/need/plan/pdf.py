"""The plan as a one-page PDF that meets PDF/UA-1."""

import json
from dataclasses import asdict
from pathlib import Path

import typst

from nestling.need.plan.words import PlanInWords

TEMPLATE = Path(__file__).parent / "plan.typ"


def pdf_of(plan: PlanInWords) -> bytes:
    """One A4 page, tagged, with its title, its language and a head on every table."""
    return bytes(
        typst.compile(
            TEMPLATE.read_bytes(),
            sys_inputs={"plan": json.dumps(asdict(plan))},
            ignore_system_fonts=True,
            pdf_standards="ua-1",
        )
    )
