"""Addresses of need."""

from django.urls import path

from nestling.need.views import area as areas
from nestling.need.views import map as maps
from nestling.need.views import provision, team

app_name = "need"
urlpatterns = [
    path("", maps.map_page, name="map"),
    path("map.csv", maps.map_csv, name="map_csv"),
    path("areas/<str:code>/", areas.area, name="area"),
    path("areas/<str:code>/figures.csv", areas.area_csv, name="area_csv"),
    path("areas/<str:code>/sheet.pdf", areas.area_pdf, name="area_pdf"),
    path("areas/<str:code>/keep/", areas.save, name="save"),
    path("areas/<str:code>/team/", team.plan, name="plan"),
    path("what-ifs/", areas.what_ifs, name="what_ifs"),
    path("what-ifs/<uuid:pk>/", areas.what_if, name="what_if"),
    path("what-ifs/<uuid:pk>/remove/", areas.what_if_remove, name="what_if_remove"),
    path("provision/", provision.provision, name="provision"),
    path("provision/add/", provision.provision_add, name="provision_add"),
    path("provision/<uuid:pk>/take-back/", provision.provision_remove, name="provision_remove"),
]
