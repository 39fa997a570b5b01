"""The template environment that Django's settings name.

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "nestling.ui.jinja.environment",
            "context_processors": [...],  # one of them gives `frame`
            "record_misses": False,  # True in the settings of the tests
        },
    },
    ...,
]
FORM_RENDERER = "nestling.ui.renderer.NestlingRenderer"
"""

from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import django
from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import (
    BaseLoader,
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    Undefined,
)

from nestling.ui.addresses import address_of
from nestling.ui.boundfield import top_fields
from nestling.ui.errors import faults
from nestling.ui.options import opened_by_style
from nestling.ui.undefined import RecordingUndefined
from nestling.ui.versions import guard_of

HERE = Path(__file__).parent


def environment(*, record_misses: bool = False, **options: Any) -> Environment:
    """The environment of every page: the rooms' templates first, then the design system's."""
    given = options.pop("loader", None)
    # Django's backend brings its own class; the macros need one that can be chained.
    options["undefined"] = RecordingUndefined if record_misses else ChainableUndefined
    options["autoescape"] = True
    env = Environment(  # noqa: S701 - it is in the options
        loader=ChoiceLoader(loaders(given)), trim_blocks=True, lstrip_blocks=True, **options
    )
    env.globals.update(
        url=url,
        static=static,
        csp_nonce=csp_nonce,
        messages_for=messages_for,
        top_fields=top_fields,
        opened_by_style=opened_by_style,
        faults=faults,
        faulty_forms=faulty_forms,
        guard_of=guard_of,
    )
    return env


def loaders(given: BaseLoader | None) -> list[BaseLoader]:
    """Where templates are looked for, in order."""
    own = FileSystemLoader(HERE / "jinja2")
    return [*([given] if given else []), own, *libraries()]


@cache
def libraries() -> tuple[BaseLoader, ...]:
    """The design system's macros, and Django's widgets for those that we do not draw."""
    widgets = Path(django.__file__).parent / "forms" / "jinja2"
    return PackageLoader("nhsuk_frontend_jinja", "templates"), FileSystemLoader(widgets)


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named page."""
    ids = [one for one in args if isinstance(one, UUID)]
    if not kwargs and len(ids) == len(args):
        return address_of(name, *ids)
    return reverse(name, args=args or None, kwargs=kwargs or None)


def csp_nonce(request: HttpRequest | Undefined | None) -> str:
    """The answer's nonce as text, or nothing where no policy is set.

    The nonce is made when it is first read, which also puts it into the answer's header.
    """
    if request is None or isinstance(request, Undefined):
        return ""
    # Never asked whether it is true: until it is read, the policy's lazy nonce says that it is not.
    return str(getattr(request, "csp_nonce", ""))


def faulty_forms(*forms: object) -> list[BaseForm]:
    """The forms with errors among what a page was given; names it was not given are left out."""
    found: list[BaseForm] = []
    for form in forms:
        if isinstance(form, BaseForm):
            found.append(form)
        elif isinstance(form, list | tuple):
            found.extend(faulty_forms(*form))
        elif isinstance(form, BaseFormSet):
            found.extend(faulty_forms(*form.forms))
    return [form for form in found if form.is_bound and form.errors]


def messages_for(request: HttpRequest | Undefined | None) -> list[Message]:
    """The notes that an earlier page left for this one; reading them uses them up."""
    if request is None or isinstance(request, Undefined):
        return []
    return list(get_messages(request))
