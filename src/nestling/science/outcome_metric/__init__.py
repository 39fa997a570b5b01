"""The national paired-outcome metrics over a team's rows: as the code does, and put right."""

from nestling.science.outcome_metric.children import (
    ChildrenOutcome,
    RaterOutcome,
    TermChange,
    children_metric,
)
from nestling.science.outcome_metric.figures import Figures, figures_of
from nestling.science.outcome_metric.perinatal import (
    PairedOutcome,
    Strand,
    perinatal_metric,
    strand_of,
)
from nestling.science.outcome_metric.rows import (
    Assessment,
    Caseload,
    Contact,
    Period,
    Rater,
    Referral,
)
from nestling.science.outcome_metric.rules import (
    ChildrenRules,
    Cohort,
    ContactRule,
    PerinatalRules,
    Reading,
    Sample,
    Scale,
    Term,
)

__all__ = [
    "Assessment",
    "Caseload",
    "ChildrenOutcome",
    "ChildrenRules",
    "Cohort",
    "Contact",
    "ContactRule",
    "Figures",
    "PairedOutcome",
    "PerinatalRules",
    "Period",
    "Rater",
    "RaterOutcome",
    "Reading",
    "Referral",
    "Sample",
    "Scale",
    "Strand",
    "Term",
    "TermChange",
    "children_metric",
    "figures_of",
    "perinatal_metric",
    "strand_of",
]
