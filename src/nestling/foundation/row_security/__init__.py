"""Row-level security: on PostgreSQL a transaction reads and writes one organisation's rows only.

It is the second wall, behind the querysets' `visible_to`. The database itself hides each row of
another organisation from the application's role (see `policies`); a transaction says for which
organisation it works, and one that says nothing sees no family at all. On SQLite nothing happens.
"""

from nestling.foundation.row_security.scope import (
    enter,
    for_visitors,
    is_walled,
    organisation,
    organisation_of,
    take_back,
    use,
)

__all__ = [
    "enter",
    "for_visitors",
    "is_walled",
    "organisation",
    "organisation_of",
    "take_back",
    "use",
]
