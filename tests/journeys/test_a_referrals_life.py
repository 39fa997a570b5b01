"""From the board to a refusal; from a decision through wait and birth to an ending; a loss."""

import re
from datetime import timedelta

import pytest

from nestling.foundation.clock import today

pytestmark = pytest.mark.browser
AGE = re.compile(r"\d+ (?:weeks?|days?|months?)(?: \d+ days?)? (?:old|pregnant)")


def receive(visitor, *, family_name: str, born_days_ago: int | None = None) -> str:
    """Staff write a referral down by the short form; the address of its page."""
    page = visitor.page
    page.goto("/referrals/new/")
    visitor.fine()
    page.select_option("[name=route]", "professional")
    page.select_option("[name=referrer_type]", "health_visitor")
    page.fill("[name=name]", "Opal Dray")
    page.check("[name=family_knows][value=agrees]")
    page.check("[name=urgency][value=routine]")
    page.check("[name=baby-twins][value=no]")
    page.fill("[name=baby-family_name]", family_name)
    if born_days_ago is None:
        page.check("[name=baby-born][value=no]")
        visitor.date("baby-due_on", today() + timedelta(days=30))
        page.select_option("[name=baby-due_source]", "scan")
    else:
        page.fill("[name=baby-given_name]", "Sky")
        page.check("[name=baby-born][value=yes]")
        visitor.date("baby-born_on", today() - timedelta(days=born_days_ago))
    page.fill("[name=carer-given_name]", "Merrin")
    page.fill("[name=carer-family_name]", family_name)
    page.select_option("[name=carer-kind]", "mother")
    page.fill("[name=concern]", "Hard to look at each other.")
    visitor.press("Save the referral")
    visitor.says(family_name)
    return str(page.url)


def screen_for_meeting(visitor, referral: str) -> None:
    """The lead reads a referral and takes it to the meeting."""
    page = visitor.page
    page.goto(referral)
    visitor.follow("Screen")
    visitor.fine()
    for answer in ("complete", "in_age", "in_area", "referrer_accepted"):
        page.check(f"[name={answer}][value=yes]")
    page.check("[name=next_state][value=for_meeting]")
    visitor.press("Save the screening")


def accept(visitor, referral: str) -> None:
    """The meeting accepts, and the family and referrer are told by phone."""
    page = visitor.page
    page.goto(referral)
    visitor.follow("Decide")
    page.check("[name=outcome][value=accept]")
    page.check("[name=told][value=family]")
    page.check("[name=told][value=referrer]")
    page.select_option("[name=told_how]", "phone")
    visitor.press("Sign the decision")


def test_turned_away_with_a_reason_and_counted(visit) -> None:
    lead = visit("lead")
    referral = receive(lead, family_name="Drywater", born_days_ago=100)
    screen_for_meeting(lead, referral)
    lead.fine()

    lead.page.goto(referral)
    lead.follow("Decide")
    lead.page.check("[name=outcome][value=decline]")
    lead.press("Sign the decision")
    lead.says("There is a problem")
    lead.fine()
    lead.page.select_option("[name=decline_reason]", "at_capacity")
    lead.page.check("[name=told][value=family]")
    lead.page.select_option("[name=told_how]", "phone")
    lead.press("Sign the decision")
    lead.says("Turned away")
    lead.fine()

    lead.page.goto("/unmet-need/")
    lead.says("Sky Drywater", "We have no room (closed list)")
    lead.fine()


def test_accepted_waiting_born_taken_up_and_ended_with_a_step_down(visit) -> None:
    lead = visit("lead")
    referral = receive(lead, family_name="Hollybank")
    screen_for_meeting(lead, referral)
    accept(lead, referral)

    worker = visit("practitioner")
    page = worker.page
    page.goto("/waiting/")
    worker.says("Baby Hollybank", "of the pregnancy")
    worker.fine()
    worker.follow("Baby Hollybank")
    worker.says("pregnant")
    worker.fine()

    worker.follow("Record the birth of Baby Hollybank")
    worker.fine()
    worker.date("born_on", today() + timedelta(days=2))
    worker.press("Save")
    worker.says("There is a problem")
    worker.fine()
    worker.date("born_on", today() - timedelta(days=1))
    page.fill("[name=given_name]", "Wren")
    worker.press("Save")
    worker.says("Wren Hollybank", "1 day old")

    worker.page.goto("/waiting/")
    worker.says("Wren Hollybank", "Born: triage again")
    worker.follow("Wren Hollybank")
    worker.follow("Take up")
    worker.fine()
    page.locator("[name=relationships]").first.check()
    page.get_by_label("Who works with them?").select_option(label="Asha Fenwick")
    page.check("[name=funders][value=icb]")
    worker.date("first_session_on", today())
    worker.press("Take up")
    worker.says("Assessment")
    worker.fine()

    worker.follow("End the work")
    worker.fine()
    page.check("[name=reason][value=goals_met]")
    page.check("[name=planned][value=yes]")
    page.check("[name=session_held][value=yes]")
    worker.date("last_contact_on", today())
    page.check("[name=stepped][value=yes]")
    page.select_option("[name=destination]", "family_hub_group")
    page.check("[name=accepted][value=yes]")
    worker.press("End the work")
    worker.says("Goals met", "Family hub group")
    worker.fine()


def test_after_a_loss_nothing_is_sent_and_no_page_says_an_age(visit, site) -> None:
    lead = visit("lead")
    referral = receive(lead, family_name="Swallowfield")
    screen_for_meeting(lead, referral)
    accept(lead, referral)
    page = lead.page
    page.goto("/waiting/")
    lead.follow("Baby Swallowfield")
    family = page.url
    assert AGE.search(page.inner_text("main"))

    lead.follow("Record a loss of Baby Swallowfield")
    lead.fine()
    lead.press("Save")
    lead.says("There is a problem")
    page.check("[name=loss][value=stillbirth]")
    lead.date("lost_on", today())
    lead.press("Save")

    for address in (family, f"{family}story/", f"{family}print/", "/search/?q=Swallowfield"):
        page.goto(address)
        lead.says("Swallowfield")
        assert not AGE.search(page.inner_text("main")), address
        lead.fine()
    for address in ("/waiting/", "/families/", "/referrals/"):
        page.goto(address)
        for row in page.locator("tr, article, li").filter(has_text="Swallowfield").all():
            assert not AGE.search(row.inner_text()), address

    baby = "SELECT id FROM people_person WHERE family_name = ? AND kind = 'baby'"
    about = f"about_id IN ({baby})"
    sent = f"SELECT count(*) FROM people_outboxmessage WHERE state <> 'held_back' AND {about}"
    tasks = (
        f"SELECT count(*) FROM people_task WHERE done_on IS NULL AND about_person_id IN ({baby})"
    )
    assert site.count(sent, "Swallowfield") == 0
    assert site.count(tasks, "Swallowfield") == 0
