"""Addresses of evidence."""

from django.urls import path

from nestling.evidence.views import register

app_name = "evidence"
urlpatterns = [
    path("", register.claims, name="claims"),
    path("claims/<str:identifier>/", register.claim, name="claim"),
    path("findings/<str:identifier>/", register.finding, name="finding"),
    path("cite/<str:identifier>/<str:style>/", register.cite, name="cite"),
    path("contradictions/", register.contradictions, name="contradictions"),
    path("checks/", register.checks, name="checks"),
]
