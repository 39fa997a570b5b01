"""Moves of a record: who comes second is told what the first one did and keeps what they typed."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from nestling.care.models import Episode
from nestling.foundation.clock import today
from nestling.people.models import Note, Task
from nestling.referrals.models import Consultation, Decision, Referral
from tests.house.demo import House
from tests.house.editing import Desk, Page, page_in
from tests.house.typed import Values

TYPED = "Typed by the one who came second"


def opened(browser: Client, url: str, *, part: str = "") -> Page:
    """A page as it stands in front of somebody."""
    answer = browser.get(url)
    assert answer.status_code == 200, url
    none = Desk(name="", url=url, editors=("", ""), fields={}, rows=Note.objects.none, part=part)
    return page_in(answer.content.decode(), none)


def day(name: str) -> Values:
    """Today in the three boxes of a date."""
    parts = {"day": today().day, "month": today().month, "year": today().year}
    return {f"{name}-{part}": [str(number)] for part, number in parts.items()}


def told(answer: Any) -> str:
    """What the page that refuses says of the other one's act."""
    assert answer.status_code == 422
    box = BeautifulSoup(answer.content.decode(), "html.parser").find(id="two-versions")
    assert box is not None
    return " ".join(box.get_text(" ").split())


def sends(browser: Client, url: str, page: Page, **typed: list[str]) -> Any:
    """Send a form with more typed into it."""
    return browser.post(url, {**page.values, **typed})


def decision(outcome: str) -> Values:
    """A decision as the form asks for it."""
    return {"outcome": [outcome], "told": ["no_one"], "rationale": [TYPED], **day("decided_on")}


def test_a_decision_is_made_once(house: House) -> None:
    referral = house.willowbrook.referrals(state="for_meeting")[0]
    url = reverse("referrals:decide", args=[referral.pk])
    first, second = house.browser("lead"), house.browser("lead")
    mine, theirs = opened(second, url), opened(first, url)

    assert sends(first, url, theirs, **decision("accept")).status_code == 302
    answer = sends(second, url, mine, **{**decision("decline"), "decline_reason": ["capacity"]})

    said = told(answer)
    assert f"{house.user('lead').full_name} signed a decision" in said
    assert "The referral is now “Waiting”." in said
    assert TYPED in answer.content.decode()
    assert Decision.objects.filter(referral=referral).count() == 1
    assert Referral.objects.get(pk=referral.pk).state == "waiting"


def test_who_takes_up_a_wait_that_was_closed_is_told_so(house: House) -> None:
    referral = house.willowbrook.referrals(state="waiting")[0]
    take_up = reverse("care:take_up", args=[referral.pk])
    close = reverse("care:close_waiting", args=[referral.pk])
    first, second = house.browser("lead"), house.browser("practitioner")
    mine, theirs = opened(second, take_up), opened(first, close)

    assert sends(first, close, theirs, kind=["moved_away"]).status_code == 302
    answer = sends(second, take_up, mine, **day("first_session_on"))

    assert "The referral is now “Closed while waiting”." in told(answer)
    assert f'value="{today().year}"' in answer.content.decode()
    assert not Episode.objects.filter(referral=referral).exists()


@pytest.mark.parametrize("page", ["waiting_contact", "interim_offer", "referrer_update"])
def test_what_was_written_about_a_wait_that_is_over_is_kept(house: House, page: str) -> None:
    referral = house.willowbrook.referrals(state="waiting")[0]
    url = reverse(f"care:{page}", args=[referral.pk])
    close = reverse("care:close_waiting", args=[referral.pk])
    first, second = house.browser("lead"), house.browser("practitioner")
    mine, theirs = opened(second, url), opened(first, close)

    assert sends(first, close, theirs, kind=["moved_away"]).status_code == 302
    answer = sends(second, url, mine, words=[TYPED])

    assert "The referral is now “Closed while waiting”." in told(answer)
    assert TYPED in answer.content.decode()


def test_an_ending_is_written_once(house: House) -> None:
    episode = house.willowbrook.episodes(ended_on=None)[0]
    url = reverse("care:end", args=[episode.pk])
    first, second = house.browser("lead"), house.browser("practitioner")
    mine, theirs = opened(second, url), opened(first, url)
    ending = {"planned": ["yes"], "session_held": ["yes"], "stepped": ["no"]}

    reasons = BeautifulSoup(first.get(url).content, "html.parser").find_all(
        "input", attrs={"name": "reason"}
    )
    reason = {"reason": [str(reasons[0]["value"])]}

    done = sends(first, url, theirs, **ending, **reason, words=["Written first"])
    answer = sends(second, url, mine, **ending, **reason, words=[TYPED])

    assert done.status_code == 302
    said = told(answer)
    assert "The work has ended." in said
    assert "Written first" in said
    assert TYPED in answer.content.decode()
    assert Episode.objects.get(pk=episode.pk).endings.count() == 1


def test_a_consultation_becomes_one_referral(house: House) -> None:
    consultation = house.willowbrook.consultations()[0]
    url = reverse("referrals:consultation_convert", args=[consultation.pk])
    second = house.browser("lead")
    mine = opened(second, url)
    other = house.willowbrook.referrals()[0]
    Consultation.objects.filter(pk=consultation.pk).update(referral=other, version=2)

    answer = sends(second, url, mine, concern=[TYPED])

    told(answer)
    assert TYPED in answer.content.decode()
    again = opened_again(answer.content.decode())
    assert second.post(url, again).status_code == 422


def opened_again(html: str) -> Values:
    """What the page that refuses would send if it were sent as it stands."""
    desk = Desk(name="", url="", editors=("", ""), fields={}, rows=Note.objects.none)
    return page_in(html, desk).values


def test_a_task_that_a_colleague_has_done_says_so(house: House) -> None:
    family, task = next(house.willowbrook.about(Task))
    url = reverse("people:task_done", args=[family.pk, task.pk])
    first, second = house.browser("lead"), house.browser("practitioner")
    mine, theirs = opened(second, url), opened(first, url)

    assert sends(first, url, theirs).status_code == 302
    answer = sends(second, url, mine)

    assert f"{house.user('lead').full_name} said that this is done" in told(answer)
    assert Task.objects.get(pk=task.pk).done_by == house.user("lead")


def test_only_the_words_that_were_read_are_signed(house: House) -> None:
    note = next(row for _, row in house.willowbrook.notes(restricted=False, signed_on=None))
    url = reverse("people:note", args=[note.family_id, note.pk])
    writer = str(note.written_by.email).partition("@")[0]
    one_tab, another = house.browser(writer), house.browser(writer)
    to_sign, to_change = opened(one_tab, url, part="sign"), opened(another, url)

    assert sends(another, url, to_change, body=["Other words"]).status_code == 302
    answer = sends(one_tab, url, to_sign)

    told(answer)
    assert Note.objects.get(pk=note.pk).signed_on is None


def test_words_for_a_draft_never_become_a_correction_unseen(house: House) -> None:
    note = next(row for _, row in house.willowbrook.notes(restricted=False, signed_on=None))
    url = reverse("people:note", args=[note.family_id, note.pk])
    writer = str(note.written_by.email).partition("@")[0]
    one_tab, another = house.browser(writer), house.browser(writer)
    to_change, to_sign = opened(one_tab, url), opened(another, url, part="sign")

    assert sends(another, url, to_sign).status_code == 302
    answer = sends(one_tab, url, to_change, body=[TYPED])

    assert "signed this" in told(answer)
    assert TYPED in answer.content.decode()
    assert not Note.objects.filter(corrects=note).exists()


def test_a_delay_that_a_colleague_noted_is_not_read_as_its_end(house: House) -> None:
    referral = next(
        row
        for row in house.willowbrook.referrals(state="waiting")
        if not row.pauses.filter(until_on=None).exists()
    )
    url = reverse("referrals:pause", args=[referral.pk])
    first, second = house.browser("lead"), house.browser("practitioner")
    mine, theirs = opened(second, url), opened(first, url)

    assert sends(first, url, theirs, **day("from_on")).status_code == 302
    answer = sends(second, url, mine, **day("from_on"), words=[TYPED])

    assert f"{house.user('lead').full_name} stopped the clock" in told(answer)
    assert TYPED in answer.content.decode()
    assert referral.pauses.filter(until_on=None).count() == 1


def test_a_confidential_address_that_came_meanwhile_is_not_shown_to_who_may_not_read_it(
    house: House,
) -> None:
    family, carer = next(house.willowbrook.members(kind="adult"))
    url = reverse("people:contact", args=[family.pk, carer.pk])
    first, second = house.browser("lead"), house.browser("administrator")
    mine, theirs = opened(second, url, part="address"), opened(first, url, part="address")
    secret = {"address-lines": ["4 Hidden Row"], "address-confidential": ["on"]}

    assert sends(first, url, theirs, **secret).status_code == 302
    answer = sends(second, url, mine, **{"address-lines": [TYPED]})

    told(answer)
    assert "Hidden Row" not in answer.content.decode()
    assert TYPED in answer.content.decode()
