"""Pages of this room without any other room, and a browser that is served from memory."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template import engines
from jinja2 import Environment
from playwright.sync_api import Browser, Page
from pytest_django import Settings

from tests.ui.fixtures import no_template_misses
from tests.ui.served import Served

__all__ = ["no_template_misses"]

JINJA: dict[str, Any] = {
    "BACKEND": "django.template.backends.jinja2.Jinja2",
    "DIRS": [Path(__file__).parent / "pages"],
    "APP_DIRS": False,
    "OPTIONS": {"environment": "nestling.ui.jinja.environment", "record_misses": True},
}


@pytest.fixture
def env(settings: Settings) -> Environment:
    """The environment as a page has it, recording what is misspelt."""
    settings.TEMPLATES = [JINJA]
    settings.FORM_RENDERER = "nestling.ui.renderer.NestlingRenderer"
    settings.STATIC_URL = "/static/"
    backend: Any = engines["jinja2"]
    found: Environment = backend.env
    return found


@pytest.fixture
def render(env: Environment) -> Callable[..., str]:
    """Renders a template given as text: `render("{{ tag(t) }}", t=Tag("Now"))`."""
    names = env.get_template("ui/components.jinja").module
    forms = env.get_template("ui/forms.jinja").module

    def rendered(source: str, **context: Any) -> str:
        macros = {name: getattr(names, name) for name in dir(names) if not name.startswith("_")}
        macros |= {name: getattr(forms, name) for name in dir(forms) if not name.startswith("_")}
        return env.from_string(source).render(**{**macros, **context})

    return rendered


@pytest.fixture(scope="session")
def browser(chromium: Browser) -> Browser:
    """The Chromium of all tests."""
    return chromium


@pytest.fixture
def served(browser: Browser) -> Iterator[Served]:
    """Opens HTML in the browser with the room's static files beside it."""
    context = browser.new_context(reduced_motion="reduce")
    page: Page = context.new_page()
    yield Served(page)
    context.close()
