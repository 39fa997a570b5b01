"""Every address and the room that answers it."""

from django.urls import include, path

urlpatterns = [
    path("", include("nestling.desk.urls")),
    path("accounts/", include("allauth.urls")),
    path("organisation/", include("nestling.accounts.urls")),
    path("staff/", include("nestling.staff.urls")),
    path("", include("nestling.people.urls")),
    path("", include("nestling.referrals.urls")),
    path("", include("nestling.care.urls")),
    path("need/", include("nestling.need.urls")),
    path("evidence/", include("nestling.evidence.urls")),
    path("access/", include("nestling.access_figures.urls")),
]
handler400 = "nestling.ui.views.bad_request"
handler403 = "nestling.ui.views.forbidden"
handler404 = "nestling.ui.views.not_found"
handler500 = "nestling.ui.views.server_error"
