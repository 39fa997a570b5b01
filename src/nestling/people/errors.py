"""Rules of the room that can be broken, each with words for the person who broke it."""


class PeopleRuleError(Exception):
    """A rule that stops a write: ``words`` for the screen, ``field`` the form's field it concerns.

    The words hold no personal data.
    """

    field = ""

    def __init__(self, words: str, *, field: str = "") -> None:
        """Keep the words."""
        self.words = words
        self.field = field or self.field
        super().__init__(words)


class IdentifierNotValidError(PeopleRuleError):
    """A number that its system cannot have given."""


class IdentifierTakenError(PeopleRuleError):
    """A number that another record of the organisation has."""


class BirthNotPossibleError(PeopleRuleError):
    """A birth that the record cannot take: already born, lost, or far from the due date."""

    field = "born_on"


class LossNotPossibleError(PeopleRuleError):
    """A loss that the record cannot take."""

    field = "loss"


class RelationshipNotPossibleError(PeopleRuleError):
    """A relationship that cannot stand: it is there already, or its days are in the wrong order."""


class MembershipNotPossibleError(PeopleRuleError):
    """A part in a family that cannot begin or end so."""


class AgreementNotPossibleError(PeopleRuleError):
    """An agreement that cannot be given or withdrawn so."""


class RiskNotPossibleError(PeopleRuleError):
    """An answer about the wrong subject, or one that no list holds."""


class SafeguardingNotPossibleError(PeopleRuleError):
    """A status outside the nation's terms, or before the one that is recorded."""


class ContactNotPossibleError(PeopleRuleError):
    """An address or safe-contact rule whose days are in the wrong order."""


class NoteNotPossibleError(PeopleRuleError):
    """A note that may not be written, signed or changed so."""


class TaskNotPossibleError(PeopleRuleError):
    """A task that may not be made: after a loss, about an adult, or open already."""


class LockNotPossibleError(PeopleRuleError):
    """A lock that cannot be set as asked."""

    field = "names"


class EmergencyNotPossibleError(PeopleRuleError):
    """Emergency access that cannot be given, or a review that this person cannot make."""


class AdoptionNotPossibleError(PeopleRuleError):
    """A record that cannot be sealed and begun anew."""
