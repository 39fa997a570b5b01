"""Who helps where, as somebody stated it, with a date and a source."""

from nestling.reference.provision.statements import (
    ProvisionError,
    Seen,
    Statement,
    read_statements,
    seen_in,
    shipped_statements,
)

__all__ = [
    "ProvisionError",
    "Seen",
    "Statement",
    "read_statements",
    "seen_in",
    "shipped_statements",
]
