"""Addresses of need."""

from django.urls import path

from nestling.need.views import map as maps

app_name = "need"
urlpatterns = [
    path("", maps.map_page, name="map"),
    path("map.csv", maps.map_csv, name="map_csv"),
    path("areas/<str:code>/", maps.map_page, name="area"),
    path("provision/", maps.map_page, name="provision"),
]
