"""Pages at work: what is typed arrives, what is wrong comes back with its words."""

from typing import Any

import pytest
from django.test import Client

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Role
from nestling.foundation.models import AccessLogEntry
from nestling.people import queries
from nestling.people.models import Note, Person, RiskAnswer, Task
from nestling.people.services import set_identifier
from nestling.ui.versions import CHANGED
from tests.factories.people import TODAY, PersonFactory, family_of, nhs_number
from tests.people.situation import Situation, situation

pytestmark = pytest.mark.django_db


def typed_day(name: str, day: str) -> dict[str, str]:
    """Three boxes of a date field."""
    year, month, date = day.split("-")
    return {f"{name}-day": date, f"{name}-month": month, f"{name}-year": year}


@pytest.fixture
def expecting(team: Team, worker: User) -> Situation:
    """The same families, the first baby not born yet."""
    return situation(team, writer=worker, unborn=True)


def test_a_birth_is_recorded_on_the_page(browser: Client, expecting: Situation) -> None:
    Person.objects.filter(pk=expecting.baby.pk).update(due_on="2026-03-12")
    sent = {"given_name": "Wren", "family_name": "O’Neill", "number": nhs_number(3)}

    answer = browser.post(
        expecting.address("birth"), {**sent, **typed_day("born_on", "2026-03-09")}
    )

    assert answer.status_code == 302
    baby = Person.objects.get(pk=expecting.baby.pk)
    assert (str(baby.born_on), str(baby.due_on)) == ("2026-03-09", "2026-03-12")
    assert list(Person.objects.named("oneill")) == [baby]


def test_a_birth_that_cannot_be_comes_back_with_all_that_was_typed(
    browser: Client, expecting: Situation
) -> None:
    number = nhs_number(3)[:-1] + str((int(nhs_number(3)[-1]) + 1) % 10)
    sent = {"given_name": "Zoë 🐣", "family_name": "O’Neill", "number": number}

    answer = browser.post(
        expecting.address("birth"), {**sent, **typed_day("born_on", "2025-02-29")}
    )

    html = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Zoë 🐣", "O’Neill", number, 'value="29"', "must be a real date"):
        assert words in html
    assert "One of the 10 numbers of this NHS number is wrong" in html
    assert "30 weeks pregnant" in html


def test_a_refused_birth_leaves_the_header_as_it_was(browser: Client, expecting: Situation) -> None:
    taken = nhs_number(5)
    set_identifier(expecting.mother, system="nhs", value=taken, by=None)
    Person.objects.filter(pk=expecting.baby.pk).update(due_on="2026-03-12")
    sent = {"family_name": "Thistle", "number": taken, **typed_day("born_on", "2026-03-09")}

    html = browser.post(expecting.address("birth"), sent).content.decode()

    assert "Another record already has this number" in html
    assert "weeks 5 days pregnant" in html


def test_after_a_loss_no_page_of_the_room_says_an_age(browser: Client, here: Situation) -> None:
    browser.post(here.address("loss"), {"loss": "infant_death"})

    for page in ("birth", "contact", "risks", "note_add", "mark", "person_edit", "task_add"):
        html = browser.get(here.address(page)).content.decode()
        assert "A loss is recorded" in html
        for words in ("weeks 6 days", "months old", "Life ruler", "12 November"):
            assert words not in html


def test_a_due_date_far_off_is_questioned_in_plain_words(
    browser: Client, expecting: Situation
) -> None:
    address = expecting.address("person_edit", person=expecting.baby.pk)
    sent = {"family_name": "Thistle", "due_source": "scan", **typed_day("due_on", "2025-05-10")}

    html = browser.post(address, sent).content.decode()

    assert "The due date is 10 months ago. Check the year" in html


def test_details_of_a_parent_are_kept_and_found_again(browser: Client, here: Situation) -> None:
    sent = {
        "given_name": "Juniper",
        "family_name": "Łukasz-O’Dea",
        "language": "pl",
        "interpreter": "yes",
        "ethnicity": "white_other",
        "access_needs": "Large print",
        **typed_day("born_on", "1994-02-28"),
    }

    answer = browser.post(here.address("person_edit"), sent)

    assert answer.status_code == 302
    mother = Person.objects.get(pk=here.mother.pk)
    assert (mother.language, mother.interpreter, mother.access_needs) == (
        "pl",
        "yes",
        "Large print",
    )
    assert list(Person.objects.named("o'dea")) == [mother]


def test_a_stale_page_is_refused_and_keeps_what_was_typed(
    browser: Client, here: Situation, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = queries.open_member

    def meanwhile(*given: Any) -> Person:
        found = real(*given)
        Person.objects.filter(pk=found.pk).update(version=99)
        return found

    monkeypatch.setattr(queries, "open_member", meanwhile)
    answer = browser.post(here.address("person_edit"), {"given_name": "Ivy"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert CHANGED in html
    assert 'value="Ivy"' in html


def test_a_grandmother_joins_and_her_relationship_is_asked_next(
    browser: Client, here: Situation
) -> None:
    answer = browser.post(
        here.address("person_add"), {"role": "carer", "given_name": "Sage", "family_name": "Dray"}
    )
    sage = Person.objects.get(given_name="Sage")
    tie = {
        "baby": str(here.baby.pk),
        "carer": str(sage.pk),
        "kind": "grandparent",
        "parental_responsibility": "no",
        "lives_with": "no",
    }

    assert answer["Location"].endswith(f"/relationships/add/?carer={sage.pk}")
    assert browser.post(answer["Location"], tie).status_code == 302
    people = queries.family_people(here.family, TODAY)
    assert "grandparent" in {row.kind for row in people.relationships}


def test_a_father_known_already_is_added_as_the_same_person(
    browser: Client, here: Situation, team: Team
) -> None:
    set_identifier(here.father, system="nhs", value=nhs_number(4), by=None)
    third = family_of(team)
    address = here.address("person_add", family=third.pk)
    sent = {"role": "carer", "number": nhs_number(4)}

    refused = browser.post(address, {**sent, "given_name": "Rowan"})
    added = browser.post(address, {**sent, "already_known": "on"})

    assert refused.status_code == 422
    assert added.status_code == 302
    assert here.father in queries.family_people(third, TODAY).carers


def test_a_person_of_another_team_is_not_reached_by_their_number(
    browser: Client, here: Situation
) -> None:
    stranger = PersonFactory.create(organisation=here.family.team.organisation, given_name="Nettle")
    set_identifier(stranger, system="nhs", value=nhs_number(4), by=None)
    sent = {"role": "carer", "number": nhs_number(4), "already_known": "on"}

    html = browser.post(here.address("person_add"), sent).content.decode()

    assert "Nobody whom you work with has this number" in html
    assert "Nettle" not in html


def test_asking_again_keeps_not_asked_and_absent_apart(browser: Client, here: Situation) -> None:
    sent = {"B6_answer": "absent", "B4_answer": "present", "B4_words": "Since January"}

    browser.post(here.address("risks"), {**sent, **typed_day("asked_on", "2026-03-10")})
    html = browser.get(here.address("risks")).content.decode()

    assert RiskAnswer.objects.count() == 2
    rows = [row for row in html.split("<tr>") if "Cries a great deal" in row or "Born early" in row]
    assert [("Absent" in row, "Not asked" in row) for row in rows[:2]] == [
        (False, True),
        (True, False),
    ]
    assert "Since January" in html


def test_an_adult_s_own_answers_stand_on_that_adult_s_page_only(
    browser: Client, here: Situation
) -> None:
    sent = {"P12_answer": "present", "P12_words": "Told me on Monday"}
    browser.post(here.address("adult_risks"), {**sent, **typed_day("asked_on", "2026-03-10")})

    assert "Told me on Monday" in browser.get(here.address("adult_risks")).content.decode()
    shared = browser.get(here.address("risks")).content.decode()
    other = browser.get(here.address("adult_risks", person=here.mother.pk)).content.decode()
    assert "Told me on Monday" not in shared + other
    assert "Domestic abuse" not in shared + other


def test_restricted_entries_open_with_a_reason_that_is_logged(
    browser: Client, here: Situation
) -> None:
    sent = {"reason": "Home visit today", "part": "add", "about": str(here.mother.pk)}
    added = browser.post(here.address("restricted"), {**sent, "answer": "present", "words": "Grey"})

    closed = browser.get(here.address("restricted")).content.decode()
    opened = browser.post(here.address("restricted"), {"reason": "Home visit today"})

    assert added.status_code == 302
    assert "Grey" not in closed
    assert "Grey" in opened.content.decode()
    entry = AccessLogEntry.objects.latest("id")
    assert (entry.action, entry.reason) == ("opened", "Home visit today")
    for page in ("risks", "adult_risks", "note_add", "contact"):
        assert "Grey" not in browser.get(here.address(page, **_mother(page, here))).content.decode()


def _mother(page: str, here: Situation) -> dict[str, object]:
    return {"person": here.mother.pk} if page in ("adult_risks", "contact") else {}


def test_a_restricted_entry_typed_wrong_comes_back(browser: Client, here: Situation) -> None:
    sent = {"reason": "A visit is planned", "part": "add", "words": "What she told"}

    answer = browser.post(here.address("restricted"), sent)

    assert answer.status_code == 422
    assert "What she told" in answer.content.decode()


def test_a_restricted_note_has_no_page_of_its_own(browser: Client, here: Situation) -> None:
    Note.objects.filter(pk=here.note.pk).update(restricted=True)

    assert browser.get(here.address("note"))["Location"] == here.address("restricted")


def test_a_note_is_kept_signed_and_corrected(browser: Client, here: Situation) -> None:
    note = here.address("note")

    browser.post(note, {"body": "Wren sang back."})
    browser.post(note, {"part": "sign"})
    browser.post(note, {"body": "It was a hum."})
    html = browser.get(note).content.decode()

    assert Note.objects.get(pk=here.note.pk).body == "Wren sang back."
    for words in ("Wren sang back.", "It was a hum.", "Signed by", "Add a correction"):
        assert words in html


def test_a_draft_is_read_but_not_signed_by_a_colleague(
    client_as: Any, here: Situation, team: Team
) -> None:
    colleague = client_as(Role.CLINICAL_LEAD)

    assert "Sign this note" not in colleague.get(here.address("note")).content.decode()
    assert colleague.post(here.address("note"), {"part": "sign"}).status_code == 403


def test_a_new_note_goes_to_its_own_page_as_a_draft(browser: Client, here: Situation) -> None:
    sent = {"about": f"relationship:{here.relationship.pk}", "kind": "session", "body": "Played"}

    answer = browser.post(
        here.address("note_add"), {**sent, **typed_day("happened_on", "2026-03-10")}
    )

    note = Note.objects.get(about_relationship=here.relationship)
    assert answer["Location"] == here.address("note", pk=note.pk)
    assert (note.body, note.family, note.signed_on) == ("Played", here.family, None)


def test_a_safe_contact_rule_a_number_and_an_address_are_saved_apart(
    browser: Client, here: Situation
) -> None:
    page = here.address("contact")

    browser.post(page, {"part": "safe", "safe-may_text": "on", "safe-words": "Own phone"})
    browser.post(page, {"part": "point", "point-kind": "mobile", "point-value": "07700 900123"})
    browser.post(
        page,
        {"part": "address", "address-lines": "2 Secret Street", "address-confidential": "on"},
    )
    html = browser.get(page).content.decode()

    for words in ("Own phone", "07700 900123", "2 Secret Street", "Confidential: do not say"):
        assert words in html


def test_a_number_that_is_none_comes_back_with_its_words(browser: Client, here: Situation) -> None:
    answer = browser.post(
        here.address("contact"), {"part": "point", "point-kind": "email", "point-value": "juniper"}
    )

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter an email address, like name@example.org" in html
    assert 'value="juniper"' in html


def test_a_confidential_address_is_not_shown_to_an_administrator(
    browser: Client, client_as: Any, here: Situation
) -> None:
    hidden = {"address-lines": "2 Secret Street", "address-confidential": "on"}
    browser.post(here.address("contact"), {"part": "address", **hidden})

    html = client_as(Role.TEAM_ADMINISTRATOR).get(here.address("contact")).content.decode()

    assert "Secret Street" not in html


def test_an_agreement_is_recorded_and_withdrawn(browser: Client, here: Situation) -> None:
    sent = {
        "code": "C4",
        "about": str(here.baby.pk),
        "given_by": str(here.father.pk),
        "capacity": "parental_responsibility",
        "answer": "given",
        "method": "spoken",
        **typed_day("given_on", "2026-03-01"),
    }

    refused = browser.post(here.address("agreement_add"), sent)
    given = browser.post(here.address("agreement_add"), {**sent, "method": "written"})
    row = next(row for row in queries.agreements_table(here.family) if row.code == "C4").answers[0]
    withdrawn = browser.post(
        here.address("agreement_withdraw", pk=row.pk), typed_day("withdrawn_on", "2026-03-10")
    )

    assert "Filming needs an agreement in writing" in refused.content.decode()
    assert (given.status_code, withdrawn.status_code) == (302, 302)
    assert not queries.has_agreed(here.family, "C4", baby=here.baby, on=TODAY)


def test_a_status_is_recorded_in_the_nation_s_terms(browser: Client, here: Situation) -> None:
    page = here.address("safeguarding_add")
    sent = {"status": "child_in_need", "words": "Review in May"}

    browser.post(page, {**sent, **typed_day("from_on", "2026-03-01")})
    html = browser.get(page).content.decode()

    assert "Review in May" in html
    assert "Since 1 March 2026" in html
    assert "Compulsory supervision order" not in html


def test_someone_leaves_a_relationship_ends_and_a_helper_comes(
    browser: Client, here: Situation
) -> None:
    tie = {"kind": "father", "parental_responsibility": "yes", "lives_with": "no"}

    answers = [
        browser.post(here.address("member_end"), typed_day("until_on", "2026-03-10")),
        browser.post(
            here.address("relationship_edit"), {**tie, **typed_day("until_on", "2026-03-09")}
        ),
        browser.post(here.address("network_add"), {"name": "Opal Dray", "role": "gp"}),
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    people = queries.family_people(here.family, TODAY)
    assert here.sister not in people.everyone
    assert here.relationship not in people.relationships
    assert [row.professional.name for row in people.network] == ["Opal Dray"]


def test_a_task_is_made_and_done(browser: Client, here: Situation, worker: User) -> None:
    sent = {
        "words": "Post the leaflet",
        "kind": "other",
        "about": f"person:{here.baby.pk}",
        "assigned_to": str(worker.pk),
        **typed_day("due_on", "2026-03-20"),
    }
    browser.post(here.address("task_add"), sent)
    task = Task.objects.get(words="Post the leaflet")

    browser.post(here.address("task_done", pk=task.pk))

    task.refresh_from_db()
    assert (task.assigned_to, task.done_by) == (worker, worker)


def test_a_mark_is_put_and_taken_away(browser: Client, here: Situation, worker: User) -> None:
    browser.post(here.address("mark"), {"words": "Ring on Thursday"})
    assert queries.my_marks(worker) == {here.family.pk: "Ring on Thursday"}

    browser.post(here.address("mark"), {"part": "unmark"})

    assert queries.my_marks(worker) == {}


def test_a_loss_is_recorded_with_as_little_as_one_answer(browser: Client, here: Situation) -> None:
    answer = browser.post(here.address("loss"), {"loss": "infant_death"})

    assert answer.status_code == 302
    assert Person.objects.get(pk=here.baby.pk).is_lost
