"""Reference data of access by age.

Areas, populations, the extract's tables, measures, rules for small counts.
"""

from nestling.reference.access.areas import Area, Areas, areas, deciles, meanings, populations
from nestling.reference.access.definitions import (
    Break,
    Definitions,
    ExtractTable,
    MeasureEntry,
    Question,
    RuleEntry,
    breaks,
    definitions,
    disclosure_rules,
    extract_tables,
    questions,
)
from nestling.reference.access.statements import Statements, statements

__all__ = [
    "Area",
    "Areas",
    "Break",
    "Definitions",
    "ExtractTable",
    "MeasureEntry",
    "Question",
    "RuleEntry",
    "Statements",
    "areas",
    "breaks",
    "deciles",
    "definitions",
    "disclosure_rules",
    "extract_tables",
    "meanings",
    "populations",
    "questions",
    "statements",
]
