"""Which state of a referral may follow which: a table of data, and the one way to take a step."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from django.db import transaction

from nestling.accounts.models import User
from nestling.foundation import audit
from nestling.referrals.models import Referral, ReferralState, ReferralStep

S = ReferralState
DECIDED = frozenset(
    {
        *(S.WAITING, S.HELD_FOR_BIRTH, S.CONSULTATION_ONLY, S.REDIRECTED),
        *(S.DECLINED, S.DUPLICATE, S.SAFEGUARDING_FIRST),
    }
)
"""The states that a decision leads to."""
READ = frozenset({S.MORE_INFORMATION, S.FOR_MEETING})
"""The states that a screening leads to."""
ENDED = frozenset(
    {
        *(S.TAKEN_UP, S.CONSULTATION_ONLY, S.REDIRECTED),
        *(S.DECLINED, S.DUPLICATE, S.CLOSED_WAITING),
    }
)
"""Nothing follows these: who asks again sends a new referral."""

LEGAL_MOVES: Mapping[ReferralState, frozenset[ReferralState]] = MappingProxyType(
    {
        S.RECEIVED: READ | DECIDED,
        S.MORE_INFORMATION: READ | DECIDED,
        S.FOR_MEETING: READ | DECIDED,
        S.SAFEGUARDING_FIRST: READ | DECIDED - {S.SAFEGUARDING_FIRST},
        S.WAITING: frozenset(
            {
                *(S.TAKEN_UP, S.CLOSED_WAITING, S.HELD_FOR_BIRTH),
                *(S.CONSULTATION_ONLY, S.REDIRECTED, S.SAFEGUARDING_FIRST),
            }
        ),
        S.HELD_FOR_BIRTH: frozenset(
            {
                *(S.TAKEN_UP, S.CLOSED_WAITING, S.WAITING),
                *(S.CONSULTATION_ONLY, S.REDIRECTED, S.SAFEGUARDING_FIRST),
            }
        ),
        **dict.fromkeys(ENDED, frozenset()),
    }
)


class MoveNotLegalError(Exception):
    """A step that the table does not hold, such as deciding what is decided."""

    def __init__(self, referral: Referral, *, to: ReferralState) -> None:
        """Keep where the referral stands and where it was meant to go."""
        self.state = ReferralState(referral.state)
        self.to = to
        super().__init__(f"a referral that is {self.state.value} cannot become {to.value}")

    @property
    def words(self) -> str:
        """The reason for a screen."""
        return f"This referral is now “{self.state.label}”. It cannot become “{self.to.label}”."


def may_move(referral: Referral, *, to: ReferralState) -> bool:
    """Whether the table holds this step."""
    return to in LEGAL_MOVES[ReferralState(referral.state)]


def check_move(referral: Referral, *, to: ReferralState) -> None:
    """Pass if the table holds this step.

    Raises:
        MoveNotLegalError: it does not.
    """
    if not may_move(referral, to=to):
        raise MoveNotLegalError(referral, to=to)


@transaction.atomic
def take_step(referral: Referral, *, to: ReferralState, on: date, by: User | None) -> ReferralStep:
    """Sign a step and move the referral's column with it.

    Raises:
        MoveNotLegalError: the table does not hold this step.
        StaleRecordError: someone else moved the referral meanwhile.
    """
    check_move(referral, to=to)
    audit.change(referral, {"state": to, "state_on": on}, by=by, action="moved")
    return sign_step(referral, on=on, by=by)


def sign_step(referral: Referral, *, on: date, by: User | None) -> ReferralStep:
    """Sign the state in which a referral stands."""
    step = ReferralStep(
        referral=referral,
        number=referral.steps.count() + 1,
        state=referral.state,
        on=on,
        by=by,
    )
    return audit.create(step, by=by)
