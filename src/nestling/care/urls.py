"""Addresses of the room."""

from django.urls import path

from nestling.care.views import episodes, meanwhile, waiting

app_name = "care"
WAIT = "waiting/<uuid:referral>/"
EPISODE = "episodes/<uuid:pk>/"

urlpatterns = [
    path("waiting/", waiting.waiting, name="waiting"),
    path(WAIT, waiting.wait, name="wait"),
    path(f"{WAIT}contact/", meanwhile.waiting_contact, name="waiting_contact"),
    path(f"{WAIT}offer/", meanwhile.interim_offer, name="interim_offer"),
    path(f"{WAIT}news/", meanwhile.referrer_update, name="referrer_update"),
    path(f"{WAIT}triage-again/", meanwhile.triage_again, name="triage_again"),
    path(f"{WAIT}close/", meanwhile.close_waiting, name="close_waiting"),
    path("referrals/<uuid:referral>/take-up/", episodes.take_up, name="take_up"),
    path(EPISODE, episodes.episode, name="episode"),
    path(f"{EPISODE}stage/", episodes.stage, name="stage"),
    path(f"{EPISODE}focus/", episodes.focus, name="focus"),
    path(f"{EPISODE}step/", episodes.step, name="step"),
    path("steps/<uuid:pk>/outcome/", episodes.step_outcome, name="step_outcome"),
    path(f"{EPISODE}contacts/add/", episodes.contact_add, name="contact_add"),
    path(f"{EPISODE}end/", episodes.end, name="end"),
    path(f"{EPISODE}reopen/", episodes.reopen, name="reopen"),
]
