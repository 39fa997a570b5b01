"""Addresses of the desk."""

from django.urls import path

from nestling.desk.views import (
    emergency,
    families,
    family,
    governance,
    home,
    leavers,
    looks,
    public,
)

app_name = "desk"
urlpatterns = [
    path("", public.start, name="start"),
    path("records-safe/", public.privacy, name="privacy"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("health/", public.health, name="health"),
    path("home/", home.home, name="home"),
    path("families/", families.families, name="families"),
    path("families/<uuid:pk>/", family.family, name="family"),
    path("families/<uuid:pk>/story/", family.story, name="story"),
    path("families/<uuid:pk>/print/", family.print_page, name="print"),
    path("families/<uuid:pk>/show-to/<uuid:relationship>/", family.show_to, name="show_to"),
    path("families/<uuid:pk>/people/<uuid:person>/", family.adult, name="adult"),
    path("search/", families.search, name="search"),
    path("emergency/", emergency.emergency, name="emergency"),
    path("emergency/reviews/", emergency.reviews, name="emergency_reviews"),
    path("emergency/reviews/<uuid:pk>/", emergency.review, name="emergency_review"),
    path("locks/", governance.locks, name="locks"),
    path("locks/<uuid:pk>/", governance.lock, name="lock"),
    path("sealed-records/", governance.sealed_records, name="sealed_records"),
    path("sealed-records/<uuid:pk>/", governance.sealed_record, name="sealed_record"),
    path("governance-looks/", governance.own_looks, name="own_looks"),
    path(
        "governance-looks/<int:year>/<int:month>/",
        governance.own_looks_month,
        name="own_looks_month",
    ),
    path("organisation/members/<uuid:pk>/account/", leavers.account, name="account"),
    path("leavers/", leavers.leavers, name="leavers"),
    path("leavers/<uuid:team>/<uuid:pk>/", leavers.leaver, name="leaver"),
    path("who-has-looked/", looks.looks, name="looks"),
    path("who-has-looked/restricted/", governance.restricted_looks, name="restricted_looks"),
    path("who-has-looked/<uuid:pk>/", looks.person_looks, name="person_looks"),
]
