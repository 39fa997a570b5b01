"""Addresses of the room."""

from django.urls import path

from nestling.referrals.views import public

app_name = "referrals"
urlpatterns = [
    path("refer/", public.public_start, name="public_start"),
    path("refer/check/", public.public_check, name="public_check"),
    path("refer/receipt/", public.public_receipt, name="public_receipt"),
    path("refer/stop/", public.public_stop, name="public_stop"),
    path("refer/<slug:step>/", public.public_step, name="public_step"),
]
