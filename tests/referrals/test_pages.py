"""Every page for staff: who may open it, whom it shows and logs, how many statements, nonsense."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Role
from nestling.foundation.models import AccessLogEntry
from nestling.people.models import Person
from nestling.people.services import record_loss
from nestling.referrals import services
from nestling.referrals.models import Referral, ReferralState, TeamCriteria, UnmetNeed
from nestling.referrals.services import BabyGiven, CarerGiven, DecisionDetails
from tests.factories.people import TODAY
from tests.factories.referrals import ConsultationFactory, received
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
EXAMPLES = 15

SEES = {
    *(Role.PRACTITIONER, Role.CLINICAL_LEAD, Role.TEAM_ADMINISTRATOR, Role.SERVICE_MANAGER),
}
RECEIVES = SEES - {Role.SERVICE_MANAGER}
CLINICIANS = {Role.PRACTITIONER, Role.CLINICAL_LEAD}
LEADS = {Role.CLINICAL_LEAD}
ALLOWED = {
    "board": SEES,
    "receive": RECEIVES,
    "agenda": LEADS,
    "referral": SEES,
    "screen": LEADS,
    "decide": LEADS,
    "told": RECEIVES,
    "pause": CLINICIANS,
    "redirect_outcome": RECEIVES,
    "unmet_need": SEES,
    "consultations": RECEIVES,
    "consultation_add": CLINICIANS,
    "consultation_convert": RECEIVES,
    "criteria": SEES,
}
LISTS = ("board", "unmet_need", "consultations")


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 3, 10, 12, tzinfo=UTC), tick=False):
        yield


@dataclass
class Here:
    """A new referral, one that was sent elsewhere, one that waits, and a consultation."""

    new: Referral
    redirected: Referral
    waiting: Referral
    consultation: Any

    def address(self, page: str) -> str:
        """The page's address."""
        which: dict[str, Any] = {
            "told": self.redirected,
            "redirect_outcome": self.redirected,
            "pause": self.waiting,
            "consultation_convert": self.consultation,
        }
        if page in LISTS or page in ("receive", "agenda", "consultation_add", "criteria"):
            return reverse(f"referrals:{page}")
        return reverse(f"referrals:{page}", args=[which.get(page, self.new).pk])


@pytest.fixture
def lead(user_as: Callable[..., User]) -> User:
    return user_as(Role.CLINICAL_LEAD)


@pytest.fixture
def browser(lead: User, settings: Any) -> Client:
    settings.MFA_REQUIRED = False
    client = Visitor()
    client.force_login(lead, backend="nestling.accounts.signed_in.SignInBackend")
    return client


def situation(team: Team, lead: User) -> Here:
    redirected = received(team, **named("Fern", "Isla", "Redwing"))
    services.decide(
        redirected,
        DecisionDetails(outcome="redirect", reason="developmental", redirected_to="Paediatrics"),
        on=TODAY,
        by=lead,
    )
    waiting = received(team, **named("Moss", "Hettie", "Applewhite"))
    services.decide(waiting, DecisionDetails(outcome="accept"), on=TODAY, by=lead)
    consultation = ConsultationFactory.create(team=team, given_by=lead)
    return Here(received(team), redirected, waiting, consultation)


@pytest.fixture
def here(team: Team, lead: User) -> Here:
    return situation(team, lead)


def named(baby: str, carer: str, family: str) -> dict[str, Any]:
    return {
        "babies": (BabyGiven(given_name=baby, family_name=family, born_on=TODAY - DAYS),),
        "carers": (CarerGiven(kind="mother", given_name=carer, family_name=family),),
    }


DAYS = timedelta(days=40)
PERSONS = ("Quillfeather", "Ivy", "Fern", "Isla", "Moss", "Hettie")


def shown(html: str) -> set[str]:
    """The persons of the situation whom a page names."""
    return {name for name in PERSONS if re.search(rf"\b{name}\b", html)}


def logged() -> set[str]:
    """The persons and referrals whom the newest look names."""
    entry = AccessLogEntry.objects.latest("id")
    named = [pk for kind, pk in entry.records if kind == "people.person"]
    found = Person.objects.filter(pk__in=named)
    return {name for person in found for name in (person.given_name or person.family_name,)}


def logged_references() -> set[str]:
    entry = AccessLogEntry.objects.latest("id")
    named = [pk for kind, pk in entry.records if kind == "referrals.referral"]
    found = Referral.objects.filter(pk__in=named)
    return set(found.values_list("reference", flat=True))


@pytest.mark.parametrize("page", ALLOWED)
@pytest.mark.parametrize("role", Role)
def test_each_role_opens_its_pages_and_no_others(
    page: str, role: Role, here: Here, client_as: SignIn
) -> None:
    answer = client_as(role).get(here.address(page))

    allowed = role in ALLOWED[page]
    # Who opens no family is not told that a referral exists.
    assert answer.status_code in ((200,) if allowed else (403, 404))


@pytest.mark.parametrize("page", sorted(set(ALLOWED) - set(LISTS)))
def test_nobody_reaches_another_teams_rows(
    page: str, here: Here, client_as: SignIn, other_team: Team
) -> None:
    client = client_as(Role.CLINICAL_LEAD, in_team=other_team)

    answer = client.get(here.address(page))

    html = answer.content.decode()
    assert answer.status_code in (200, 404)
    assert not shown(html)
    assert here.new.reference not in html


@pytest.mark.parametrize("page", LISTS)
def test_lists_show_nothing_of_another_team(
    page: str, here: Here, client_as: SignIn, other_team: Team
) -> None:
    answer = client_as(Role.CLINICAL_LEAD, in_team=other_team).get(here.address(page))

    assert not shown(answer.content.decode())


@pytest.mark.parametrize("page", ALLOWED)
def test_the_log_names_exactly_whom_a_page_shows(
    page: str, here: Here, browser: Client, no_template_misses: None
) -> None:
    answer = browser.get(here.address(page))

    html = answer.content.decode()
    assert answer.status_code == 200
    if shown(html):
        assert shown(html) == {name for name in logged() if name in PERSONS}
    else:
        assert not AccessLogEntry.objects.exists() or not logged()


def test_the_board_logs_every_card_and_no_other_referral(here: Here, browser: Client) -> None:
    browser.get(here.address("board"))

    assert logged_references() == {
        *(here.new.reference, here.redirected.reference, here.waiting.reference)
    }


@pytest.mark.parametrize("role", [Role.TEAM_ADMINISTRATOR, Role.SERVICE_MANAGER])
def test_who_reads_no_clinical_content_reads_no_worries(
    role: Role, here: Here, client_as: SignIn
) -> None:
    client = client_as(role)

    pages = [client.get(here.address(page)).content.decode() for page in ("board", "referral")]

    assert all("does not feel real" not in html for html in pages)
    assert all("Quillfeather" in html for html in pages)


def test_a_board_card_has_one_action(here: Here, browser: Client) -> None:
    html = browser.get(here.address("board")).content.decode()

    cards = re.findall(r"<article>.*?</article>", html, re.S)
    assert cards
    assert all(card.count("<a ") <= 2 for card in cards)


def test_after_a_loss_no_card_or_page_says_an_age(here: Here, browser: Client, lead: User) -> None:
    baby = here.new.babies_link.get().baby
    record_loss(baby, loss="stillbirth", lost_on=TODAY, on=TODAY, by=lead)

    pages = [
        browser.get(here.address(page)).content.decode()
        for page in ("referral", "screen", "decide")
    ]

    said = re.compile(r"weeks|days old|months old|pregnant|Due |birthday", re.I)
    assert not [said.findall(html) for html in pages if said.search(re.sub(r"<script.*", "", html))]


@pytest.mark.parametrize("page", LISTS)
def test_a_list_runs_as_many_statements_for_three_as_for_thirty(
    page: str, here: Here, browser: Client, team: Team, lead: User
) -> None:
    declined = received(team, **named("Robin", "Hob", "Nettlefold"))
    reason = DecisionDetails(outcome="decline", reason="moved")
    services.decide(declined, reason, on=TODAY, by=lead)
    browser.get(here.address(page))
    with CaptureQueriesContext(connection) as few:
        browser.get(here.address(page))
    for number in range(27):
        referral = received(team, **named(f"Wren{number}", f"Ada{number}", f"Vale{number}"))
        if number % 2:
            services.decide(
                referral, DecisionDetails(outcome="decline", reason="moved"), on=TODAY, by=lead
            )
        ConsultationFactory.create(team=team, given_by=lead)

    with CaptureQueriesContext(connection) as many:
        browser.get(here.address(page))

    assert counted(few) == counted(many) <= 12


def counted(found: CaptureQueriesContext) -> int:
    """Statements without transaction control."""
    control = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")
    return len([query for query in found.captured_queries if not query["sql"].startswith(control)])


def test_screening_and_declining_shows_on_the_unmet_need_list(here: Here, browser: Client) -> None:
    screening = {
        "complete": "yes",
        "in_age": "yes",
        "in_area": "yes",
        "referrer_accepted": "yes",
        "next_state": "for_meeting",
    }
    browser.post(here.address("screen"), screening)
    decision = {
        "outcome": "decline",
        "decline_reason": "at_capacity",
        **date_boxes("decided_on"),
        "told": ["family", "referrer"],
        "told_how": "phone",
    }

    answer = browser.post(here.address("decide"), decision)

    html = browser.get(reverse("referrals:unmet_need")).content.decode()
    assert answer["Location"] == reverse("referrals:board")
    assert "Baby Quillfeather" in html
    assert "We have no room (closed list)" in html
    here.new.refresh_from_db()
    assert here.new.state == ReferralState.DECLINED
    assert here.new.decisions.get().told.count() == 2


def date_boxes(name: str, day: Any = TODAY) -> dict[str, int]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def test_a_decision_without_a_reason_keeps_what_was_typed(here: Here, browser: Client) -> None:
    typed = {"outcome": "decline", "rationale": "We talked for an hour", **date_boxes("decided_on")}

    answer = browser.post(here.address("decide"), typed)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose why the baby is turned away" in html
    assert "We talked for an hour" in html


def test_a_loss_is_offered_as_a_reason_only_where_one_is_recorded(
    here: Here, browser: Client, lead: User
) -> None:
    before = browser.get(here.address("decide")).content.decode()
    baby = here.new.babies_link.get().baby
    record_loss(baby, loss="stillbirth", lost_on=TODAY, on=TODAY, by=lead)

    after = browser.get(here.address("decide")).content.decode()

    assert "Loss of the pregnancy or baby" not in before
    assert "Loss of the pregnancy or baby" in after


def test_what_became_of_a_redirect_is_counted(here: Here, browser: Client) -> None:
    browser.post(here.address("redirect_outcome"), {"taken_up": "no"})

    assert UnmetNeed.objects.get().kind == "redirected_not_taken_up"


def test_the_clock_stands_still_and_goes_on(here: Here, browser: Client) -> None:
    first = browser.post(here.address("pause"), {**date_boxes("from_on"), "words": "After Easter"})
    second = browser.post(here.address("pause"), date_boxes("until_on"))

    assert (first.status_code, second.status_code) == (302, 302)
    assert here.waiting.pauses.get().until_on == TODAY


def test_a_phone_referral_of_twins_is_received(browser: Client, here: Here) -> None:
    typed = {
        "baby-given_name": "Bay",
        "baby-family_name": "Tolliver",
        "baby-born": "yes",
        **date_boxes("baby-born_on", TODAY - DAYS),
        "baby-twins": "yes",
        "baby-twin_name": "Rue",
        "carer-given_name": "Wilda",
        "carer-kind": "mother",
        "route": "professional",
        "referrer_type": "gp",
        "family_knows": "agrees",
        "urgency": "routine",
        "concern": "Rarely talks of Rue",
        **date_boxes("received_on"),
    }

    answer = browser.post(here.address("receive"), typed)

    referral = Referral.objects.get(referrer_type="gp")
    assert answer["Location"] == reverse("referrals:referral", args=[referral.pk])
    assert referral.babies_link.count() == 2


def test_a_consultation_becomes_a_referral_and_keeps_the_link(browser: Client, here: Here) -> None:
    typed = {
        "baby-family_name": "Tolliver",
        "baby-born": "yes",
        "baby-twins": "no",
        **date_boxes("baby-born_on", TODAY - DAYS),
        "route": "consultation",
        "referrer_type": "health_visitor",
        "family_knows": "agrees",
        "urgency": "routine",
        "concern": "Looks away",
        **date_boxes("received_on"),
    }

    answer = browser.post(here.address("consultation_convert"), typed)

    here.consultation.refresh_from_db()
    assert here.consultation.referral is not None
    assert str(here.consultation.referral_id) in answer["Location"]


def test_a_referrer_who_was_told_not_to_try_is_counted(browser: Client, here: Here) -> None:
    typed = {
        **date_boxes("on"),
        "minutes": "15",
        "consultee_type": "nursery",
        "age_band": "24_35_months",
        "theme": "A child of two",
        "outcome": "told_not_to_refer",
    }

    browser.post(here.address("consultation_add"), typed)

    html = browser.get(reverse("referrals:unmet_need")).content.decode()
    assert "A baby who was not named (2 years old)" in html


def test_the_unmet_need_list_is_filtered_by_kind(browser: Client, here: Here, lead: User) -> None:
    services.decide(here.new, DecisionDetails(outcome="decline", reason="moved"), on=TODAY, by=lead)

    empty = browser.get(reverse("referrals:unmet_need") + "?kind=aged_out").content.decode()
    some = browser.get(reverse("referrals:unmet_need") + "?kind=declined").content.decode()

    assert "No baby fits this filter" in empty
    assert "Baby Quillfeather" in some


def test_an_empty_unmet_need_list_says_when_it_fills(browser: Client, here: Here) -> None:
    html = browser.get(here.address("unmet_need")).content.decode()

    assert "No baby is counted here" in html


def test_a_print_for_others_names_nobody_and_reads_nobody(
    browser: Client, here: Here, lead: User
) -> None:
    services.decide(here.new, DecisionDetails(outcome="decline", reason="moved"), on=TODAY, by=lead)

    html = browser.get(reverse("referrals:unmet_need") + "?for=others").content.decode()

    assert "The family moved" in html
    assert not shown(html)
    entry = AccessLogEntry.objects.get()
    assert entry.details["count"] == 1
    assert entry.records == []


def test_the_agenda_asks_for_whom_and_leaves_names_out_for_others(
    browser: Client, here: Here, lead: User
) -> None:
    here.new.state = ReferralState.FOR_MEETING
    here.new.save(update_fields=["state"])
    agenda = here.address("agenda")

    asked = browser.get(agenda).content.decode()
    team = browser.get(f"{agenda}?for=team").content.decode()
    others = browser.get(f"{agenda}?for=others").content.decode()

    assert "For whom is it?" in asked
    assert "Quillfeather" in team
    assert "Quillfeather" not in others
    assert here.new.reference in others


CRITERIA = {
    "from_conception": "yes",
    "limit_months": "36",
    "tested_on": "received",
    "postcode_districts": "ls7, LS8",
    "threshold": "3 domains with 5\n4 domains with 4",
    "near_limit_days": "60",
    "no_contact_days": "21",
    "reopen_days": "91",
}


def test_a_lead_changes_the_rules_from_today_and_the_old_ones_stay(
    browser: Client, here: Here, team: Team, lead: User
) -> None:
    details = services.CriteriaDetails(from_conception=True, limit_months=24, tested_on="received")
    services.set_criteria(team, details, on=TODAY - DAYS, by=lead)

    answer = browser.post(here.address("criteria"), CRITERIA)

    assert answer.status_code == 302
    old, new = TeamCriteria.objects.filter(team=team).order_by("from_on")
    assert (old.until_on, new.limit_months) == (TODAY, 36)
    assert new.postcode_districts == ["LS7", "LS8"]
    assert new.threshold == [{"domains": 3, "count": 5}, {"domains": 4, "count": 4}]


def test_a_practitioner_reads_the_rules_and_cannot_change_them(
    here: Here, client_as: SignIn
) -> None:
    answer = client_as(Role.PRACTITIONER).post(here.address("criteria"), CRITERIA)

    assert answer.status_code == 403
    assert not TeamCriteria.objects.exists()


def test_a_referral_that_does_not_exist_is_not_found(browser: Client) -> None:
    assert browser.get(reverse("referrals:referral", args=[uuid4()])).status_code == 404


nonsense = st.text(max_size=40) | st.sampled_from(
    ["O’Neill", "👶🏽", "\x00", "%s{}", "x" * 20_000, "29", "0001", "99999999999", str(uuid4())]
)
NAMES = [
    *("complete", "in_age", "next_state", "missing", "words", "outcome", "decline_reason", "told"),
    *("told_how", "rationale", "deciders", "redirected_to", "decided_on-day", "decided_on-year"),
    *(
        "whom",
        "how",
        "told_on-month",
        "from_on-day",
        "from_on-year",
        "taken_up",
        "minutes",
        "theme",
    ),
    *("consultee_type", "age_band", "on-day", "on-year", "limit_months", "postcode_districts"),
    *("threshold", "opening_signs", "reopen_days", "baby-family_name", "baby-born", "baby-number"),
    *("baby-born_on-day", "baby-born_on-year", "baby-twins", "carer-kind", "carer-ways", "team"),
    *("carer-phone", "route", "referrer_type", "family_knows", "received_on-year", "concern"),
]
FORMS = [
    *("receive", "screen", "decide", "told", "pause", "redirect_outcome"),
    *("consultation_add", "consultation_convert", "criteria"),
]


@trying(max_examples=EXAMPLES)
@given(
    page=st.sampled_from(FORMS),
    typed=st.dictionaries(st.sampled_from(NAMES), nonsense, max_size=10),
)
def test_nonsense_in_a_staff_form_is_never_a_fault(
    here: Here, browser: Client, page: str, typed: dict[str, str]
) -> None:
    answer = browser.post(here.address(page), typed)

    assert answer.status_code in (302, 422)


@trying(max_examples=EXAMPLES)
@given(asked=st.dictionaries(st.sampled_from(["kind", "page", "for", "column"]), st.text()))
def test_nonsense_in_an_address_is_never_a_fault(
    here: Here, browser: Client, asked: dict[str, str]
) -> None:
    for page in (*LISTS, "agenda", "criteria"):
        assert browser.get(here.address(page), asked).status_code == 200
