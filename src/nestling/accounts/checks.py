"""What must be true of the settings before a service starts."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register


@register()
def second_step_is_required(**_: Any) -> list[Error]:
    """Only the demo, whose people are made up, may do without a second step."""
    if settings.MFA_REQUIRED or settings.DEMO:
        return []
    return [Error("MFA_REQUIRED may be off in the demo settings only.", id="nestling.E001")]
