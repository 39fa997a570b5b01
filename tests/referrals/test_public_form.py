"""The public form: each way through, going back, drafts that end, floods, and nonsense."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from nestling.accounts.models import Team
from nestling.foundation.models import AccessLogEntry, AuditEvent
from nestling.people.models import Person, RiskAnswer, SafeContact
from nestling.referrals.models import Referral, ReferralDraft
from tests.factories.people import TODAY
from tests.factories.referrals import TeamCriteriaFactory
from tests.referrals.answers import (
    ADVICE,
    BABY,
    BETWEEN,
    CARER,
    PARENT,
    PROFESSIONAL,
    begin,
    fill,
    send,
    step_url,
)

pytestmark = pytest.mark.django_db
EXAMPLES = 20
"""Filled-in pages a test here tries; the thousands are for `make prove`."""
PARTS = ("What the family knows", "The baby, born", "The baby’s parents and carers")
STEPS = [*PROFESSIONAL, "baby-2", "carer-2", "advice", "reply", "you"]


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(f"{TODAY}T10:00:00Z", tick=False):
        yield


@pytest.fixture
def visitor(team: Team) -> Client:
    return Client()


def test_a_midwife_refers_an_unborn_baby(visitor: Client, no_template_misses: None) -> None:
    begin(visitor)
    fill(visitor, PROFESSIONAL)

    answer = send(visitor)

    referral = Referral.objects.get()
    assert answer["Location"] == reverse("referrals:public_receipt")
    assert referral.babies_link.get().baby.due_on == date(2026, 4, 2)
    assert referral.referrer is not None
    assert referral.referrer.name == "Hazel Finch"
    assert referral.indicators.get().sign == "earlier_removal"
    assert referral.reference in visitor.get(answer["Location"]).content.decode()


def test_a_father_asks_for_help_and_says_how_it_is_safe_to_reply(visitor: Client) -> None:
    begin(visitor, "parent")
    fill(visitor, PARENT)

    send(visitor)

    referral = Referral.objects.get()
    rule = SafeContact.objects.get()
    assert referral.route == "self"
    assert (rule.may_text, rule.may_call) == (True, False)
    assert rule.words == "Only from 9am to 11am"
    assert rule.person_id == referral.referred_by_person_id


def test_advice_first_asks_for_no_family(visitor: Client) -> None:
    begin(visitor)
    fill(visitor, ADVICE)

    send(visitor)

    assert Referral.objects.get().age_band == "pregnancy"
    assert not Person.objects.exists()


def test_the_agreement_is_asked_first_and_the_baby_before_any_adult(visitor: Client) -> None:
    begin(visitor)

    html = visitor.get(step_url("agreement")).content.decode()

    places = [html.index(words) for words in PARTS]
    assert places == sorted(places)


def test_a_parent_says_how_to_reply_before_anything_else_is_asked(visitor: Client) -> None:
    begin(visitor, "parent")

    answer = visitor.post(step_url("agreement"), PARENT["agreement"])

    assert answer["Location"] == step_url("reply")


def test_twins_are_asked_for_one_after_the_other_with_the_same_dates(visitor: Client) -> None:
    begin(visitor)
    visitor.post(step_url("agreement"), PROFESSIONAL["agreement"])
    answer = visitor.post(step_url("baby"), {**BABY, "another": "twin"})

    html = visitor.get(answer["Location"]).content.decode()

    assert answer["Location"] == step_url("baby-2")
    assert 'value="Quillfeather"' in html
    assert 'value="2026"' in html


def test_twins_are_numbered(visitor: Client) -> None:
    begin(visitor)
    twin = {key: BABY[key] for key in BABY if key not in ("lives_with", "noticed")}
    pages = {
        "agreement": PROFESSIONAL["agreement"],
        "baby": {**BABY, "another": "twin"},
        "baby-2": twin,
        **{key: PROFESSIONAL[key] for key in ("carer", "between", "practical", "referrer")},
    }
    fill(visitor, pages)

    send(visitor)

    orders = Person.objects.babies().values_list("birth_order", flat=True)
    assert sorted(filter(None, orders)) == [1, 2]


def test_several_carers_are_asked_for(visitor: Client) -> None:
    begin(visitor)
    father = {"given_name": "Hob", "kind": "father", "another": "no"}
    pages = {
        **{key: PROFESSIONAL[key] for key in ("agreement", "baby")},
        "carer": {**CARER, "another": "yes"},
        "carer-2": father,
        **{key: PROFESSIONAL[key] for key in ("between", "practical", "referrer")},
    }
    fill(visitor, pages)

    send(visitor)

    kinds = Referral.objects.get().relationships_link.values_list("relationship__kind", flat=True)
    assert sorted(kinds) == ["father", "mother"]


def test_a_carer_may_not_be_known_yet(visitor: Client) -> None:
    begin(visitor)
    fill(visitor, {**PROFESSIONAL, "carer": {"known": "no"}})

    send(visitor)

    assert Referral.objects.get().babies_link.count() == 1
    assert not Person.objects.filter(kind="adult").exists()


def test_domestic_abuse_is_filed_behind_its_own_door(visitor: Client) -> None:
    begin(visitor)
    told = {**PROFESSIONAL["practical"], "domestic_abuse": "past", "domestic_abuse_words": "x"}
    fill(visitor, {**PROFESSIONAL, "practical": told})

    send(visitor)

    assert RiskAnswer.objects.get().restricted


def test_a_team_with_a_threshold_asks_for_counts(visitor: Client, team: Team) -> None:
    TeamCriteriaFactory.create(team=team, threshold=[{"domains": 3, "count": 5}])
    begin(visitor)
    fill(visitor, {**PROFESSIONAL, "between": {**BETWEEN, "count_emotional": "4"}})

    send(visitor)

    assert Referral.objects.get().indicators.get(domain="emotional").count == 4


def test_going_back_shows_what_was_answered(visitor: Client) -> None:
    begin(visitor)
    fill(visitor, PROFESSIONAL)

    html = visitor.get(step_url("between")).content.decode()

    assert "She looks away at scans." in html
    assert 'value="earlier_removal" checked' in html


def test_going_back_to_the_door_and_in_again_keeps_the_answers(visitor: Client) -> None:
    begin(visitor)
    fill(visitor, PROFESSIONAL)

    html = visitor.get(reverse("referrals:public_start")).content.decode()
    begin(visitor)

    assert "Go on with what you wrote" in html
    assert "Quillfeather" in visitor.get(step_url("baby")).content.decode()


def test_coming_in_as_someone_else_begins_anew(visitor: Client) -> None:
    begin(visitor)
    fill(visitor, {"agreement": PROFESSIONAL["agreement"], "baby": BABY})

    begin(visitor, "parent")

    assert "Quillfeather" not in visitor.get(step_url("baby")).content.decode()
    assert ReferralDraft.objects.count() == 1


def test_a_change_from_the_check_comes_back_to_it(visitor: Client) -> None:
    begin(visitor)
    fill(visitor, PROFESSIONAL)

    answer = visitor.post(step_url("baby") + "?back=check", {**BABY, "given_name": "Fern"})

    assert answer["Location"] == reverse("referrals:public_check")
    assert "Fern" in visitor.get(answer["Location"]).content.decode()


def test_a_change_that_opens_a_new_page_goes_there(visitor: Client) -> None:
    begin(visitor)
    fill(visitor, PROFESSIONAL)

    answer = visitor.post(step_url("baby") + "?back=check", {**BABY, "another": "twin"})

    assert answer["Location"] == step_url("baby-2")


def test_nothing_is_sent_while_a_page_is_unanswered(visitor: Client) -> None:
    begin(visitor)
    fill(visitor, {key: PROFESSIONAL[key] for key in ("agreement", "baby")})

    answer = send(visitor)

    assert answer.status_code == 422
    assert not Referral.objects.exists()
    assert "Not answered yet." in answer.content.decode()


def test_a_parent_who_does_not_agree_is_told_another_way(visitor: Client, team: Team) -> None:
    team.phone = "01632 960 123"
    team.save()
    begin(visitor, "parent")

    answer = visitor.post(step_url("agreement"), {"agrees": "no"})

    assert answer.status_code == 422
    assert "01632 960 123" in answer.content.decode()


def test_a_due_date_long_ago_says_how_long_and_keeps_what_was_typed(visitor: Client) -> None:
    begin(visitor)
    typed = {**BABY, "due_on-day": "10", "due_on-month": "5", "due_on-year": "2025"}

    answer = visitor.post(step_url("baby"), typed)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "The due date is 10 months ago. Check the year" in html
    assert 'value="2025"' in html
    assert "<title>Error: " in html.replace("\n", "").replace("  ", "")


def test_a_safe_way_needs_its_number(visitor: Client) -> None:
    begin(visitor, "parent")

    answer = visitor.post(step_url("reply"), {"ways": ["text"], "phone": ""})

    assert "Enter a phone number that is safe to use" in answer.content.decode()


def test_a_draft_is_sealed_and_leaves_no_audit_event(visitor: Client) -> None:
    begin(visitor)
    fill(visitor, {"agreement": PROFESSIONAL["agreement"], "baby": BABY})

    raw = ReferralDraft.objects.extra(select={"raw": "answers"}).values_list("raw", flat=True)
    assert "Quillfeather" not in raw[0]
    assert not AuditEvent.objects.exists()


def test_the_browser_holds_nothing_but_its_session(visitor: Client) -> None:
    begin(visitor)
    fill(visitor, {"agreement": PROFESSIONAL["agreement"], "baby": BABY})

    assert set(visitor.cookies) <= {"sessionid", "csrftoken", "messages"}
    session = visitor.session
    assert session.session_key is not None
    assert "Quillfeather" not in str(dict(session))
    assert session.session_key not in ReferralDraft.objects.get().session_hash


def test_another_browser_finds_no_draft(visitor: Client) -> None:
    begin(visitor)

    answer = Client().get(step_url("baby"))

    assert answer["Location"] == reverse("referrals:public_start")


def test_after_a_day_the_draft_is_gone_and_says_so(visitor: Client) -> None:
    begin(visitor)
    fill(visitor, {"agreement": PROFESSIONAL["agreement"]})
    ReferralDraft.objects.update(expires_at="2026-03-10T09:59:00Z")

    answer = visitor.post(step_url("baby"), BABY)

    html = answer.content.decode()
    assert answer.status_code == 410
    assert "24 hours" in html
    assert "Active at 36 weeks." in html


def test_expired_drafts_of_others_are_deleted_when_someone_begins(visitor: Client) -> None:
    begin(visitor)
    ReferralDraft.objects.update(expires_at="2026-03-10T09:59:00Z")

    begin(Client())

    assert ReferralDraft.objects.count() == 1


def test_sending_throws_the_draft_away(visitor: Client) -> None:
    begin(visitor)
    fill(visitor, PROFESSIONAL)

    send(visitor)

    assert not ReferralDraft.objects.exists()
    assert send(visitor).status_code in (302, 410)
    assert Referral.objects.count() == 1


def test_stopping_deletes_what_was_written(visitor: Client) -> None:
    begin(visitor)
    fill(visitor, {"agreement": PROFESSIONAL["agreement"]})

    visitor.post(reverse("referrals:public_stop"))

    assert not ReferralDraft.objects.exists()


def test_a_receipt_without_a_referral_leads_to_the_door(visitor: Client) -> None:
    answer = visitor.get(reverse("referrals:public_receipt"))

    assert answer["Location"] == reverse("referrals:public_start")


@pytest.mark.parametrize("step", ["agreement", "baby", "carer", "between", "practical", "referrer"])
def test_each_page_can_be_left_quickly_and_is_not_stored(visitor: Client, step: str) -> None:
    begin(visitor)

    answer = visitor.get(step_url(step))

    assert "Leave this page quickly" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_the_public_form_fetches_no_ones_record(visitor: Client) -> None:
    begin(visitor)
    fill(visitor, PROFESSIONAL)
    visitor.get(reverse("referrals:public_check"))
    send(visitor)
    visitor.get(reverse("referrals:public_receipt"))

    assert not AccessLogEntry.objects.exists()


def test_a_flood_of_referrals_is_asked_to_wait_and_loses_nothing(
    visitor: Client, settings: Any
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PUBLIC_REFERRAL_RATE = "2/h"
    cache.clear()
    for _ in range(2):
        begin(visitor)
        fill(visitor, PROFESSIONAL)
        send(visitor)
    settings.PUBLIC_REFERRAL_RATE = "3/h"
    begin(visitor)
    fill(visitor, PROFESSIONAL)
    settings.PUBLIC_REFERRAL_RATE = "2/h"

    answer = send(visitor)

    assert answer.status_code == 429
    assert Referral.objects.count() == 2
    assert ReferralDraft.objects.exists()


def test_without_a_team_the_door_is_closed(db: None) -> None:
    answer = Client().get(reverse("referrals:public_start"))

    assert "No team here takes referrals" in answer.content.decode()


def test_the_team_is_chosen_where_there_are_two(
    visitor: Client, team: Team, other_team: Team
) -> None:
    answer = visitor.post(reverse("referrals:public_start"), {"audience": "parent"})
    assert answer.status_code == 422

    visitor.post(reverse("referrals:public_start"), {"audience": "parent", "team": other_team.slug})

    assert ReferralDraft.objects.get().team == other_team


def test_a_link_may_say_who_asks(visitor: Client) -> None:
    html = visitor.get(reverse("referrals:public_start") + "?as=parent").content.decode()

    assert 'value="parent" checked' in html


def test_a_page_of_the_other_audience_is_not_found(visitor: Client) -> None:
    begin(visitor)

    assert visitor.get(step_url("reply")).status_code == 404
    assert visitor.get(step_url("nonsense")).status_code == 404


nonsense = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "O’Neill-Łukić",
            "👶🏽",
            "\x00",
            "%s%(x)s{}",
            "<script>",
            "x" * 100_000,
            "31",
            "29",
            "0001",
        ]
    ),
)
FIELDS = sorted(
    {name for pages in (PROFESSIONAL, ADVICE, PARENT) for page in pages.values() for name in page}
    | {"born_on-day", "born_on-month", "born_on-year", "email", "count_emotional", "twins"}
)


@trying(max_examples=EXAMPLES)
@given(
    step=st.sampled_from(STEPS),
    audience=st.sampled_from(["professional", "parent"]),
    typed=st.dictionaries(st.sampled_from(FIELDS), nonsense, max_size=8),
    given_name=nonsense,
)
def test_nonsense_is_never_a_fault_and_never_lost(
    team: Team, step: str, audience: str, typed: dict[str, str], given_name: str
) -> None:
    visitor = Client(raise_request_exception=True)
    begin(visitor, audience)
    pages = {"professional": PROFESSIONAL, "parent": PARENT}[audience]
    base = pages.get(step, {})

    answer = visitor.post(step_url(step), {**base, "given_name": given_name, **typed})

    assert answer.status_code in (302, 404, 422)
    if answer.status_code == 302:
        assert visitor.get(step_url(step)).status_code == 200
        assert visitor.get(reverse("referrals:public_check")).status_code == 200


@trying(max_examples=EXAMPLES)
@given(
    day=st.dates(date(1, 1, 1), date(9999, 12, 31))
    | st.dates(TODAY - timedelta(days=400), TODAY + timedelta(days=400)),
    born=st.sampled_from(["yes", "no"]),
)
def test_any_real_date_is_taken_or_explained(team: Team, day: date, born: str) -> None:
    visitor = Client()
    begin(visitor)
    name = {"yes": "born_on", "no": "due_on"}[born]
    parts = {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": f"{day.year:04d}"}

    answer = visitor.post(step_url("baby"), {**BABY, "born": born, **parts})

    assert answer.status_code in (302, 422)
    if answer.status_code == 422:
        assert f'value="{day.year:04d}"' in answer.content.decode()
