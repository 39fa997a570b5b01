"""Addresses of the room: every page stands under the family that it is about."""

from django.urls import include, path

from nestling.people.views import (
    contact,
    duplicates,
    facts,
    notes,
    persons,
    protection,
    relationships,
    restricted,
)

app_name = "people"

of_a_family = [
    path("babies/<uuid:person>/birth/", persons.birth, name="birth"),
    path("babies/<uuid:person>/loss/", persons.loss, name="loss"),
    path("babies/<uuid:person>/adoption/", protection.adoption, name="adoption"),
    path("babies/<uuid:person>/safeguarding/", facts.safeguarding_add, name="safeguarding_add"),
    path("people/add/", persons.person_add, name="person_add"),
    path("people/<uuid:person>/edit/", persons.person_edit, name="person_edit"),
    path("people/<uuid:person>/end/", persons.member_end, name="member_end"),
    path("people/<uuid:person>/contact/", contact.contact, name="contact"),
    path("people/<uuid:person>/risks/", facts.adult_risks, name="adult_risks"),
    path("relationships/add/", relationships.relationship_add, name="relationship_add"),
    path("relationships/<uuid:pk>/", relationships.relationship_edit, name="relationship_edit"),
    path("network/add/", relationships.network_add, name="network_add"),
    path("risks/", facts.risks, name="risks"),
    path("lock/", protection.lock, name="lock"),
    path("restricted/", restricted.restricted, name="restricted"),
    path("agreements/add/", facts.agreement_add, name="agreement_add"),
    path("agreements/<uuid:pk>/withdraw/", facts.agreement_withdraw, name="agreement_withdraw"),
    path("notes/add/", notes.note_add, name="note_add"),
    path("notes/<uuid:pk>/", notes.note, name="note"),
    path("tasks/add/", notes.task_add, name="task_add"),
    path("tasks/<uuid:pk>/done/", notes.task_done, name="task_done"),
    path("mark/", notes.mark, name="mark"),
]
of_a_lead = [
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/<uuid:kept>/<uuid:other>/", duplicates.compare, name="compare"),
    path("merges/<uuid:pk>/", duplicates.merge, name="merge"),
]
urlpatterns = [*of_a_lead, path("families/<uuid:family>/", include(of_a_family))]
