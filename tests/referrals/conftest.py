"""Fixtures of this room's tests."""

from tests.ui.fixtures import no_template_misses

__all__ = ["no_template_misses"]
