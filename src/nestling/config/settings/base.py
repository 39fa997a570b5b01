"""What every way of running Nestling shares."""

from pathlib import Path

PACKAGE = Path(__file__).parent.parent.parent

INSTALLED_APPS: list[str] = []
SECRET_KEY = "not-yet"  # noqa: S105 - replaced by the settings that run
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
