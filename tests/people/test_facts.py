"""Agreements, risks, safeguarding, contact, notes: dated rows that are added, not overwritten."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from nestling.accounts.models import Team, User
from nestling.foundation.models import AuditEvent
from nestling.people import queries
from nestling.people.errors import (
    AgreementNotPossibleError,
    ContactNotPossibleError,
    NoteNotPossibleError,
    RiskNotPossibleError,
    SafeguardingNotPossibleError,
)
from nestling.people.models import Note, RiskAnswer
from nestling.people.services import (
    AddressDetails,
    AgreementDetails,
    ContactPointDetails,
    NoteDetails,
    RiskGiven,
    SafeContactDetails,
    add_address,
    add_contact_point,
    add_restricted,
    answer_risks,
    change_draft,
    correct_note,
    decide_lawful_basis,
    give_agreement,
    raise_alert,
    record_safeguarding,
    set_safe_contact,
    sign_note,
    withdraw_agreement,
    write_note,
)
from tests.factories.people import TODAY, family_of
from tests.people.situation import Situation

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def agreed(here: Situation, **changes: Any) -> AgreementDetails:
    details = AgreementDetails(
        code="C2",
        about=here.baby,
        given_by=here.mother,
        capacity="parental_responsibility",
        answer="given",
        method="spoken",
        given_on=date(2026, 3, 1),
    )
    return replace(details, **changes)


def test_an_agreement_is_given_with_a_capacity_and_withdrawn_with_a_name(
    here: Situation, team: Team, worker: User
) -> None:
    row = give_agreement(agreed(here), team=team, by=worker)
    assert queries.has_agreed(here.family, "C2", baby=here.baby, on=TODAY)

    withdraw_agreement(row, on=TODAY, by=worker)

    assert (row.withdrawn_on, row.withdrawn_to) == (TODAY, worker)
    assert not queries.has_agreed(here.family, "C2", baby=here.baby, on=TODAY)


def test_an_agreement_runs_out_after_its_last_day(
    here: Situation, team: Team, worker: User
) -> None:
    give_agreement(agreed(here, expires_on=TODAY), team=team, by=worker)

    assert queries.has_agreed(here.family, "C2", baby=here.baby, on=TODAY)
    assert not queries.has_agreed(here.family, "C2", baby=here.baby, on=date(2026, 3, 11))


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "C10"},
        {"capacity": "mother"},
        {"method": "telepathy"},
        {"answer": "withdrawn"},
        {"expires_on": date(2026, 2, 1)},
        {"code": "C4", "method": "spoken"},
    ],
    ids=["no such thing", "no capacity", "no method", "no answer", "ends first", "film unwritten"],
)
def test_an_agreement_that_cannot_be_is_refused(
    changes: dict[str, Any], here: Situation, team: Team, worker: User
) -> None:
    with pytest.raises(AgreementNotPossibleError):
        give_agreement(agreed(here, **changes), team=team, by=worker)


def test_only_a_standing_agreement_is_withdrawn(here: Situation, team: Team, worker: User) -> None:
    refused = give_agreement(agreed(here, answer="refused"), team=team, by=worker)
    given = give_agreement(agreed(here), team=team, by=worker)

    with pytest.raises(AgreementNotPossibleError):
        withdraw_agreement(refused, on=TODAY, by=worker)
    with pytest.raises(AgreementNotPossibleError):
        withdraw_agreement(given, on=date(2026, 2, 1), by=worker)
    withdraw_agreement(given, on=TODAY, by=worker)
    with pytest.raises(AgreementNotPossibleError):
        withdraw_agreement(given, on=TODAY, by=worker)


def test_the_table_of_agreements_has_all_nine_asked_or_not(here: Situation) -> None:
    table = queries.agreements_table(here.family)

    assert [row.code for row in table] == [f"C{number}" for number in range(1, 10)]
    assert {row.code: len(row.answers) for row in table} == {
        **dict.fromkeys([f"C{number}" for number in range(1, 9)], 0),
        "C9": 1,
    }


def test_the_lawful_basis_is_apart_from_agreements_and_has_a_history(
    team: Team, worker: User
) -> None:
    place = team.organisation
    first = decide_lawful_basis(
        place, basis="public_task", reason="Care", on=date(2026, 1, 1), by=worker
    )
    decide_lawful_basis(place, basis="legitimate_interests", reason="Charity", on=TODAY, by=worker)

    first.refresh_from_db()
    now_held = queries.lawful_basis(place)
    assert first.until_on == TODAY
    assert now_held is not None
    assert now_held.basis == "legitimate_interests"
    with pytest.raises(AgreementNotPossibleError):
        decide_lawful_basis(place, basis="because", reason="", on=TODAY, by=worker)


def test_asking_again_adds_an_answer_and_the_newest_is_read(
    here: Situation, team: Team, worker: User
) -> None:
    for answer, day in (("present", date(2026, 2, 1)), ("absent", TODAY)):
        given = RiskGiven(factor="B6", answer=answer, about_person=here.baby, family=here.family)
        answer_risks(team, [given], on=day, by=worker)

    people = queries.family_people(here.family, TODAY)
    assert [row.answer for row in queries.current_risks(people)] == ["absent"]
    assert RiskAnswer.objects.count() == 2


@pytest.mark.parametrize(
    ("factor", "subject"),
    [
        *(("B6", "mother"), ("B6", "relationship"), ("P1", "baby"), ("P1", "relationship")),
        *(("P1", "sister"), ("I1", "baby"), ("X1", "relationship"), ("X1", "nobody")),
        *(("P13", "baby"), ("Q1", "baby")),
    ],
)
def test_an_answer_about_the_wrong_subject_is_refused(
    factor: str, subject: str, here: Situation, team: Team, worker: User
) -> None:
    name = "about_relationship" if subject == "relationship" else "about_person"
    about: dict[str, Any] = {name: getattr(here, subject, None)}

    with pytest.raises(RiskNotPossibleError):
        answer_risks(
            team, [RiskGiven(factor=factor, answer="present", **about)], on=TODAY, by=worker
        )


def test_domestic_abuse_is_read_by_no_query_but_the_restricted_one(
    here: Situation, worker: User
) -> None:
    family, mother = here.family, here.mother
    told = RiskGiven(factor="P13", answer="present", about_person=mother, words="x", family=family)
    add_restricted(family, told, on=TODAY, by=worker)
    add_restricted(family, replace(told, answer="", words="Was moved"), on=TODAY, by=worker)

    people = queries.family_people(family, TODAY)
    assert queries.current_risks(people) == []
    assert queries.adult_risks(family, mother) == []
    assert queries.adult_notes(family, mother) == []
    assert "moved" not in str(queries.story_entries(family, TODAY, worker))
    assert [row.factor for row in queries.restricted_answers(family)] == ["P13"]
    assert [note.body for note in queries.restricted_notes(family)] == ["Was moved"]


def test_sealed_words_are_sealed_in_the_audit_too(
    here: Situation, team: Team, worker: User
) -> None:
    given = RiskGiven(factor="B6", answer="present", about_person=here.baby, words="secret words")

    row = answer_risks(team, [given], on=TODAY, by=worker)[0]

    event = AuditEvent.objects.get(record_id=row.pk)
    assert "secret words" not in str(event.changes)
    assert event.changes["words"][1].startswith("sealed:")


def test_a_new_status_ends_the_one_before_it(here: Situation, team: Team, worker: User) -> None:
    for status, day in (("child_in_need", date(2026, 1, 1)), ("cp_plan", date(2026, 2, 1))):
        record_safeguarding(here.baby, team=team, status=status, from_on=day, by=worker)

    history = queries.safeguarding_history(here.family, here.baby)
    days = [(row.status, row.from_on, row.until_on) for row in history]
    assert days == [
        ("cp_plan", date(2026, 2, 1), None),
        ("child_in_need", date(2026, 1, 1), date(2026, 2, 1)),
    ]
    found = queries.current_safeguarding([here.baby.pk], teams=[team.pk], on=TODAY)
    assert found[here.baby.pk].status == "cp_plan"


def test_another_team_s_status_is_not_read(
    here: Situation, team: Team, other_team: Team, worker: User
) -> None:
    record_safeguarding(
        here.baby, team=other_team, status="cp_plan", from_on=date(2026, 1, 1), by=worker
    )

    people = queries.family_people(here.family, TODAY)
    assert people.facts[here.baby.pk].safeguarding == ""
    assert queries.current_safeguarding([here.baby.pk], teams=[team.pk], on=TODAY) == {}


@pytest.mark.parametrize(
    ("nation", "uses", "does_not_use"),
    [
        ("england", "cp_plan", "cp_register"),
        ("scotland", "supervision_order", "section_47"),
        ("wales", "care_support_plan", "cp_plan"),
        ("northern_ireland", "cp_register", "special_guardianship"),
    ],
)
def test_each_nation_has_its_own_terms(
    nation: str, uses: str, does_not_use: str, here: Situation, team: Team, worker: User
) -> None:
    team.organisation.nation = nation
    record_safeguarding(here.baby, team=team, status=uses, from_on=TODAY, by=worker)

    with pytest.raises(SafeguardingNotPossibleError):
        record_safeguarding(here.baby, team=team, status=does_not_use, from_on=TODAY, by=worker)


def test_a_status_does_not_begin_before_the_one_that_is_recorded(
    here: Situation, team: Team, worker: User
) -> None:
    record_safeguarding(here.baby, team=team, status="cp_plan", from_on=TODAY, by=worker)

    with pytest.raises(SafeguardingNotPossibleError):
        record_safeguarding(
            here.baby, team=team, status="cp_plan", from_on=date(2026, 1, 1), by=worker
        )


def test_an_address_is_one_person_s_and_a_confidential_one_stays_off_shared_pages(
    here: Situation, worker: User
) -> None:
    open_one = AddressDetails(lines="1 Hedge Lane", postcode="NE1 1ST")
    hidden = AddressDetails(lines="2 Secret Street", postcode="NE2 2ND", confidential=True)
    add_address(here.father, open_one, on=date(2026, 1, 1), by=worker)
    add_address(here.mother, open_one, on=date(2026, 1, 1), by=worker)
    add_address(here.mother, hidden, on=TODAY, by=worker)

    people = queries.family_people(here.family, TODAY)
    shared = queries.shared_addresses(people, on=TODAY)
    assert set(shared) == {here.father.pk}
    assert queries.ways_to_reach(here.mother, on=TODAY, confidential=False).addresses == ()
    (own,) = queries.ways_to_reach(here.mother, on=TODAY, confidential=True).addresses
    assert own.lines == "2 Secret Street\nNE2 2ND"
    assert queries.postcode_of([here.mother.pk, here.father.pk], on=TODAY) == {
        here.father.pk: "NE1 1ST"
    }


def test_an_alert_keeps_an_open_address_off_shared_pages_too(
    here: Situation, team: Team, worker: User
) -> None:
    add_address(here.mother, AddressDetails(lines="1 Hedge Lane"), on=TODAY, by=worker)
    raise_alert(here.mother, team=team, kind="do_not_disclose_address", on=TODAY, by=worker)

    people = queries.family_people(here.family, TODAY)
    assert queries.shared_addresses(people, on=TODAY) == {}


def test_a_new_rule_takes_the_place_of_the_one_before(here: Situation, worker: User) -> None:
    set_safe_contact(here.mother, SafeContactDetails(may_call=True), on=TODAY, by=worker)
    set_safe_contact(here.mother, SafeContactDetails(may_text=True), on=TODAY, by=worker)

    rule = queries.ways_to_reach(here.mother, on=TODAY, confidential=False).rule
    assert rule is not None
    assert (rule.may_call, rule.may_text) == (False, True)
    assert here.mother.safe_contacts.count() == 2
    with pytest.raises(ContactNotPossibleError):
        set_safe_contact(here.mother, SafeContactDetails(), on=date(2026, 1, 1), by=worker)


def test_one_number_is_used_first(here: Situation, worker: User) -> None:
    for value in ("07700 900001", "07700 900002"):
        details = ContactPointDetails(kind="mobile", value=value, preferred=True)
        add_contact_point(here.mother, details, by=worker)

    points = queries.ways_to_reach(here.mother, on=TODAY, confidential=False).points
    assert [(point.value, point.preferred) for point in points] == [
        ("07700 900002", True),
        ("07700 900001", False),
    ]


def written(here: Situation, **changes: Any) -> NoteDetails:
    details = NoteDetails(
        kind="session",
        body="Wren turned to the song.",
        happened_on=TODAY,
        written_on=TODAY,
        family=here.family,
        about_person=here.baby,
    )
    return replace(details, **changes)


def test_a_signed_note_does_not_change_and_a_correction_stands_beside_it(
    here: Situation, team: Team, worker: User
) -> None:
    note = write_note(written(here), team=team, by=worker)
    change_draft(note, body="Wren turned to the sound.", by=worker)
    sign_note(note, on=TODAY, by=worker)

    with pytest.raises(NoteNotPossibleError):
        change_draft(note, body="Wren slept.", by=worker)
    with pytest.raises(NoteNotPossibleError):
        sign_note(note, on=TODAY, by=worker)
    correction = correct_note(note, body="It was the voice.", on=TODAY, by=worker)

    stored = Note.objects.get(pk=note.pk)
    assert stored.body == "Wren turned to the sound."
    assert queries.corrections_of(stored) == [correction]
    assert (correction.signed_by, correction.family) == (worker, here.family)
    assert correction not in queries.notes_of(here.family)


def test_a_draft_is_its_writer_s_and_is_not_corrected(
    here: Situation, team: Team, worker: User, django_user_model: type[User]
) -> None:
    note = write_note(written(here), team=team, by=worker)
    someone = django_user_model(email="x@example.org")

    with pytest.raises(NoteNotPossibleError):
        sign_note(note, on=TODAY, by=someone)
    with pytest.raises(NoteNotPossibleError):
        change_draft(note, body="x", by=someone)
    with pytest.raises(NoteNotPossibleError):
        correct_note(note, body="x", on=TODAY, by=worker)


@pytest.mark.parametrize(
    "changes",
    [
        {"about_person": None},
        {"kind": "poem"},
        {"body": " "},
        {"happened_on": date(2026, 3, 11)},
    ],
)
def test_a_note_that_cannot_be_is_refused(
    changes: dict[str, Any], here: Situation, team: Team, worker: User
) -> None:
    with pytest.raises(NoteNotPossibleError):
        write_note(written(here, **changes), team=team, by=worker)


def test_a_note_about_an_adult_or_two_subjects_stays_off_the_shared_story(
    here: Situation, team: Team, worker: User
) -> None:
    about_mother = written(here, about_person=here.mother, body="Her own childhood")
    write_note(about_mother, team=team, by=worker)
    both = written(here, about_relationship=here.relationship)

    assert "childhood" not in str(queries.story_entries(here.family, TODAY, worker))
    assert [note.body for note in queries.adult_notes(here.family, here.mother)] == [
        "Her own childhood"
    ]
    with pytest.raises(NoteNotPossibleError):
        write_note(both, team=team, by=worker)


def test_a_note_on_another_family_s_relationship_is_not_in_this_story(
    here: Situation, team: Team, worker: User
) -> None:
    third = family_of(team)

    assert queries.notes_of(third) == []
