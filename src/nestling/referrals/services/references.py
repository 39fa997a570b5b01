"""Reference codes that people read out on the phone: the team's letters and five characters."""

from uuid import UUID

from nestling.accounts.models import Team
from nestling.referrals.models import Referral

ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXY"
"""Without characters that sound or look alike (0 and O, 1, I and L, S and 5, U and V, Z and 2)."""
LENGTH = 5
TRIES = 12


class NoReferenceLeftError(RuntimeError):
    """Every code that was tried is taken: the team needs other letters."""


def reference_for(referral_id: UUID, *, team: Team) -> str:
    """A reference that no other referral has, such as ``WB-7K4-2P``.

    It follows from the referral's own random id, so that the same demo gives the same codes.

    Raises:
        NoReferenceLeftError: every try is taken.
    """
    number = referral_id.int & ((1 << 62) - 1)
    for _ in range(TRIES):
        number, code = _take(number)
        reference = f"{team.reference_prefix}-{code[:3]}-{code[3:]}"
        if not Referral.objects.filter(reference=reference).exists():
            return reference
    raise NoReferenceLeftError(f"no free reference begins with {team.reference_prefix}")


def _take(number: int) -> tuple[int, str]:
    """What is left of a number after five characters, and the characters.

    >>> _take(0)
    (0, '22222')
    """
    code = ""
    for _ in range(LENGTH):
        number, index = divmod(number, len(ALPHABET))
        code += ALPHABET[index]
    return number, code
