"""A midwife refers a baby who is not born yet, on a phone; a father asks for help himself."""

from datetime import timedelta

import pytest

from nestling.foundation.clock import today

pytestmark = pytest.mark.browser


def test_a_midwife_refers_an_unborn_baby_on_a_phone(visit) -> None:
    midwife = visit(width="phone")
    page = midwife.page
    due = today() + timedelta(days=50)

    page.goto("/")
    midwife.fine()
    midwife.follow("I work with a family")
    page.check("[name=team][value=willowbrook]")
    midwife.fine()
    midwife.press("Start")
    page.check("[name=family_knows][value=agrees]")
    midwife.press("Continue")

    # The baby comes before any adult, and a slip of the year is said beside the date.
    midwife.says("About the baby", "Leave this page quickly")
    page.fill("[name=family_name]", "O'Quill-Ø")
    page.check("[name=born][value=no]")
    midwife.date("due_on", due.replace(year=due.year - 1, day=min(due.day, 28)))
    page.select_option("[name=due_source]", "scan")
    page.check("[name=another][value=no]")
    midwife.press("Continue")
    midwife.says("There is a problem", "Check the year")
    assert page.title().startswith("Error: ")
    assert page.input_value("[name=family_name]") == "O'Quill-Ø"
    midwife.fine()
    midwife.date("due_on", due)
    midwife.press("Continue")

    page.check("[name=known][value=yes]")
    page.fill("[name=given_name]", "Ivy")
    page.fill("[name=family_name]", "O'Quill-Ø")
    page.select_option("[name=kind]", "mother")
    page.fill("[name=phone]", "07700 900123")
    page.check("[name=ways][value=text]")
    page.check("[name=another][value=no]")
    midwife.fine()
    midwife.press("Continue")

    page.fill("[name=concern]", "She turns away at the scan 🐣")
    page.fill("[name=seen_between]", "Ivy holds herself very still.")
    midwife.press("Continue")
    page.check("[name=urgency][value=soon]")
    midwife.press("Continue")
    page.fill("[name=name]", "Tam Rook")
    page.select_option("[name=referrer_type]", "midwife")
    page.fill("[name=workplace]", "Mill Race Surgery")
    page.fill("[name=phone]", "01632 960 001")
    midwife.press("Continue")

    midwife.says("O'Quill-Ø", "She turns away at the scan 🐣", "Tam Rook")
    midwife.fine()
    midwife.press("Send")
    midwife.says("We have received it", "WB-")
    midwife.fine()

    lead = visit("lead")
    lead.page.goto("/referrals/")
    lead.says("Baby O'Quill-Ø", "weeks")
    lead.fine()


def test_a_father_asks_for_help_himself(visit) -> None:
    father = visit(width="phone")
    page = father.page
    born = today() - timedelta(days=40)

    page.goto("/")
    father.follow("I am a parent or carer")
    page.check("[name=team][value=willowbrook]")
    father.press("Start")
    father.press("Continue")
    father.says("Choose yes or no")
    father.fine()
    page.check("[name=agrees][value=yes]")
    father.press("Continue")

    # How it is safe to reply is asked before anything is sent.
    father.says("How to reach you safely")
    father.press("Continue")
    father.says("Choose at least one safe way to reply")
    page.check("[name=ways][value=text]")
    page.fill("[name=phone]", "07700 900456")
    father.fine()
    father.press("Continue")

    page.fill("[name=given_name]", "Robin")
    page.fill("[name=family_name]", "Nettlecombe")
    page.check("[name=born][value=yes]")
    father.date("born_on", born)
    page.check("[name=another][value=no]")
    father.fine()
    father.press("Continue")
    page.fill("[name=given_name]", "Hob")
    page.fill("[name=family_name]", "Nettlecombe")
    page.select_option("[name=kind]", "father")
    page.check("[name=another][value=no]")
    father.press("Continue")
    page.fill("[name=concern]", "I can’t bear it when he cries.")
    father.press("Continue")
    father.press("Continue")
    father.says("Robin", "Hob", "We will reply only in the ways that you said are safe.")
    father.fine()
    father.press("Send")
    father.says("We have received it")

    lead = visit("lead")
    lead.page.goto("/referrals/")
    lead.says("Robin Nettlecombe", "Hob Nettlecombe (father)")


def test_leaving_quickly_needs_no_script(visit) -> None:
    visitor = visit(width="phone")
    visitor.page.goto("/refer/")

    link = visitor.page.get_by_role("link", name="Leave this page quickly")

    assert link.get_attribute("href").startswith("https://")
