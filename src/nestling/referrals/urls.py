"""Addresses of the room."""

from django.urls import path

from nestling.referrals.views import (
    board,
    consultations,
    decisions,
    locking,
    public,
    referral,
    unmet,
)

app_name = "referrals"
urlpatterns = [
    path("refer/", public.public_start, name="public_start"),
    path("refer/check/", public.public_check, name="public_check"),
    path("refer/receipt/", public.public_receipt, name="public_receipt"),
    path("refer/stop/", public.public_stop, name="public_stop"),
    path("refer/<slug:step>/", public.public_step, name="public_step"),
    path("referrals/", board.board, name="board"),
    path("referrals/new/", board.receive, name="receive"),
    path("referrals/agenda/", board.agenda, name="agenda"),
    path("referrals/<uuid:pk>/", referral.referral, name="referral"),
    path("referrals/<uuid:pk>/screen/", referral.screen, name="screen"),
    path("referrals/<uuid:pk>/pause/", referral.pause, name="pause"),
    path("referrals/<uuid:pk>/lock/", locking.lock, name="lock"),
    path("referrals/<uuid:pk>/decide/", decisions.decide, name="decide"),
    path("referrals/<uuid:pk>/told/", decisions.told, name="told"),
    path("referrals/<uuid:pk>/redirect/", decisions.redirect_outcome, name="redirect_outcome"),
    path("unmet-need/", unmet.unmet_need, name="unmet_need"),
    path("consultations/", consultations.consultations, name="consultations"),
    path("consultations/new/", consultations.consultation_add, name="consultation_add"),
    path(
        "consultations/<uuid:pk>/refer/",
        consultations.consultation_convert,
        name="consultation_convert",
    ),
    path("criteria/", unmet.criteria, name="criteria"),
]
