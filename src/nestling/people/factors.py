"""The risk factors by domain: which are asked about whom, and which are restricted."""

from functools import cache

from nestling.reference.codes import Code, code_list


@cache
def _factors() -> dict[str, Code]:
    return {entry.code: entry for entry in code_list("risk_factors").codes}


def group_of(factor: str) -> str:
    """The domain of a factor: infant, parent, interaction or social.

    >>> group_of("I11")
    'interaction'
    """
    return _factors()[factor].group


def factors_in(*groups: str) -> list[tuple[str, str]]:
    """Code and label of the factors in these domains, restricted ones left out.

    >>> factors_in("infant")[0]
    ('B1', 'Born early')
    """
    return [
        (entry.code, entry.label)
        for entry in _factors().values()
        if entry.group in groups and entry.code not in RESTRICTED_FACTORS
    ]


RESTRICTED_FACTORS = frozenset(
    code for code, entry in _factors().items() if entry.note.startswith("restricted")
)
"""Domestic abuse: read only behind a further click with a reason."""

ADULT_GROUP = "parent"
"""The domain that is an adult's own: it never stands on a page that another parent may be shown."""
