"""Addresses of the staff room."""

from django.urls import path

from nestling.staff import views

app_name = "staff"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("", views.team, name="team"),
    path("<uuid:pk>/", views.practitioner, name="practitioner"),
    path("<uuid:pk>/leave/", views.leave_add, name="leave_add"),
    path("<uuid:pk>/certificates/", views.certificate_add, name="certificate_add"),
]
