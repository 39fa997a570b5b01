"""Addresses of accounts."""

from django.urls import path

from nestling.accounts import views

app_name = "accounts"
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("members/", views.members, name="members"),
    path("members/add/", views.member_add, name="member_add"),
    path("members/<uuid:pk>/role/", views.membership_add, name="membership_add"),
    path("members/<uuid:pk>/second-step/", views.second_step, name="second_step"),
    path("roles/<uuid:pk>/end/", views.membership_end, name="membership_end"),
    path("teams/add/", views.team_add, name="team_add"),
    path("teams/<uuid:pk>/", views.team_edit, name="team_edit"),
]
