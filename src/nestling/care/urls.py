"""Addresses of the room."""

from django.urls import URLPattern

app_name = "care"
urlpatterns: list[URLPattern] = []
