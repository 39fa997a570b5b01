"""Rules of the room that can be broken, each with words for the person who broke it."""


class CareRuleError(Exception):
    """A rule that stops a write: ``words`` for the screen, ``field`` the form's field it concerns.

    The words hold no personal data.
    """

    def __init__(self, words: str, *, field: str = "") -> None:
        """Keep the words."""
        self.words = words
        self.field = field
        super().__init__(words)


class NotWaitingError(CareRuleError):
    """The referral does not wait: it was taken up or closed, perhaps by someone else just now."""


class DayNotPossibleError(CareRuleError):
    """A day in the wrong order with others: before the referral, after today, before the birth."""


class TakeUpNotPossibleError(CareRuleError):
    """A take-up without a relationship of this family, or with someone who cannot do the work."""


class ReassignNotPossibleError(CareRuleError):
    """Someone to whom the work cannot go."""


class ClosingNotPossibleError(CareRuleError):
    """A reason to close a wait that does not fit what is known."""


class EpisodeEndedError(CareRuleError):
    """The episode has ended: nothing is added to it unless it is opened again."""


class PresenceNotPossibleError(CareRuleError):
    """Who was there cannot be so: nobody said, or a baby not brought to what we cancelled."""


class FocusNotPossibleError(CareRuleError):
    """A focus on a relationship outside the family, or on none at all."""


class StepNotPossibleError(CareRuleError):
    """A step whose direction and destination, or days, do not fit."""


class ReopenWindowClosedError(CareRuleError):
    """The time in which an ended episode may be opened again is over: make a new referral."""


class AlreadyOpenError(CareRuleError):
    """The family has an open episode already."""
