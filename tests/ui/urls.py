"""Two addresses and the error handlers, for the tests of this room."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def shown(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """A page that says which baby."""
    return HttpResponse(f"{request.method} {pk}")


urlpatterns = [path("", shown, name="home"), path("babies/<int:pk>/", shown, name="baby")]
handler404 = "nestling.ui.views.not_found"
