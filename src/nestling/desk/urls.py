"""Addresses of the desk."""

from django.urls import path

from nestling.desk.views import looks, public

app_name = "desk"
urlpatterns = [
    path("", public.start, name="start"),
    path("records-safe/", public.privacy, name="privacy"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("health/", public.health, name="health"),
    path("who-has-looked/", looks.looks, name="looks"),
    path("who-has-looked/<uuid:pk>/", looks.person_looks, name="person_looks"),
]
