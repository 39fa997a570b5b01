"""Other ways to sign in that a service has set up: its own identity provider by OpenID Connect."""

from dataclasses import dataclass

from allauth.socialaccount.adapter import get_adapter
from django.http import HttpRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInProvider:
    """A button on the sign-in page."""

    name: str
    url: str


def sign_in_providers(request: HttpRequest) -> list[SignInProvider]:
    """The identity providers that the settings name; none by default."""
    return [
        SignInProvider(name=provider.name, url=provider.get_login_url(request))
        for provider in get_adapter(request).list_providers(request)
    ]


def offer_providers(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001 - Django's signature
    """A context processor: the sign-in page asks for the providers, other pages pay nothing."""
    return {"sign_in_providers": sign_in_providers}
