"""Addresses of access by age."""

from django.urls import path

from nestling.access_figures.views import explorer, questions, rules

app_name = "access"
urlpatterns = [
    path("", questions.start, name="start"),
    path("questions/<str:number>/", questions.question, name="question"),
    path("explore/", explorer.explore, name="explore"),
    path("explore.csv", explorer.explore_csv, name="explore_csv"),
    path("rules/", rules.waterfall, name="waterfall"),
    path("rules.csv", rules.waterfall_csv, name="waterfall_csv"),
]
