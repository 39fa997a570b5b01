"""Back ends that carry a message out of Nestling. Which one is used is a setting.

`OUTBOX_BACKEND` names a class with a `send(message)`. The console back end only says that a
message would have left, by its ids: no name, no number, no word of it.
"""

from typing import Protocol

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

from nestling.people.models import OutboxMessage

log = structlog.get_logger(__name__)


class Backend(Protocol):
    """What carries messages away."""

    def send(self, message: OutboxMessage) -> None:
        """Carry one message away; raise if it could not be handed over."""


class ConsoleBackend:
    """Writes to the log that a message left, with ids only."""

    def send(self, message: OutboxMessage) -> None:
        """Say that the message left."""
        log.info(
            "message_sent",
            message=str(message.pk),
            person=str(message.person_id),
            team=str(message.team_id),
            channel=message.channel,
        )


def backend() -> Backend:
    """The back end that the settings name."""
    made: Backend = import_string(settings.OUTBOX_BACKEND)()
    return made
