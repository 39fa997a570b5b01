"""Practitioners as workers: own facts, leave, certificates, and who sees them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from nestling.accounts.models import Team
from nestling.accounts.roles import Role
from nestling.foundation.clock import today
from nestling.staff.models import Leave, Practitioner
from nestling.staff.services import (
    CertificateDetails,
    WorkingFacts,
    add_certificate,
    keep_working_facts,
    may_deliver,
    may_rate,
)

pytestmark = pytest.mark.django_db
FACTS = WorkingFacts(profession="psychotherapist", wte_hundredths=60, languages=["en", "pl"])


def test_someone_keeps_their_own_facts(client_as) -> None:
    client = client_as(Role.PRACTITIONER)

    answer = client.post(
        reverse("staff:me"),
        {"profession": "health_visitor", "wte_hundredths": "0.6", "languages": ["en", "pa"]},
    )

    kept = Practitioner.objects.get()
    assert answer.status_code == 302
    assert (kept.profession, kept.wte_hundredths) == ("health_visitor", 60)
    assert kept.languages == ["en", "pa"]


def test_more_than_whole_time_is_refused_and_stays_typed(client_as) -> None:
    client = client_as(Role.PRACTITIONER)

    answer = client.post(
        reverse("staff:me"), {"profession": "health_visitor", "wte_hundredths": "1.4"}
    )

    assert answer.status_code == 422
    assert 'value="1.4"' in answer.content.decode()


def test_leave_and_certificates_are_added(client_as, user_as) -> None:
    client = client_as(Role.PRACTITIONER)
    client.post(reverse("staff:me"), {"profession": "midwife"})
    own = Practitioner.objects.get()

    client.post(
        reverse("staff:leave_add", args=[own.pk]),
        {
            "from_on-day": "1",
            "from_on-month": "5",
            "from_on-year": "2026",
            "until_on-day": "8",
            "until_on-month": "5",
            "until_on-year": "2026",
            "planned": "on",
        },
    )
    client.post(
        reverse("staff:certificate_add", args=[own.pk]),
        {
            "title": "VIG",
            "subject": "vig",
            "issued_on-day": "1",
            "issued_on-month": "5",
            "issued_on-year": "2024",
        },
    )

    page = client.get(reverse("staff:practitioner", args=[own.pk])).content.decode()
    assert "1 May 2026 to 8 May 2026" in page
    assert "VIG. Issued 1 May 2024." in page


@pytest.mark.parametrize(("day", "away"), [(1, True), (8, True), (9, False)])
def test_both_ends_of_leave_count(day: int, away: bool) -> None:
    leave = Leave(from_on=date(2026, 5, 1), until_on=date(2026, 5, 8))

    assert leave.covers(date(2026, 5, day)) is away


def test_leave_that_ends_before_it_begins_is_refused(client_as) -> None:
    client = client_as(Role.PRACTITIONER)
    client.post(reverse("staff:me"), {"profession": "midwife"})
    own = Practitioner.objects.get()

    answer = client.post(
        reverse("staff:leave_add", args=[own.pk]),
        {
            "from_on-day": "8",
            "from_on-month": "5",
            "from_on-year": "2026",
            "until_on-day": "1",
            "until_on-month": "5",
            "until_on-year": "2026",
        },
    )

    assert answer.status_code == 422
    assert "must not be before the first" in answer.content.decode()


def test_a_lead_sees_the_team_s_practitioners_and_not_another_s(
    client_as, user_as, other_team: Team
) -> None:
    ours = keep_working_facts(user_as(Role.PRACTITIONER), FACTS, by=None)
    theirs = keep_working_facts(user_as(Role.PRACTITIONER, in_team=other_team), FACTS, by=None)
    client = client_as(Role.CLINICAL_LEAD)

    page = client.get(reverse("staff:team")).content.decode()

    assert ours.user.full_name in page
    assert theirs.user.full_name not in page
    assert client.get(reverse("staff:practitioner", args=[theirs.pk])).status_code == 404


def test_a_practitioner_does_not_see_the_team_s_list(client_as) -> None:
    assert client_as(Role.PRACTITIONER).get(reverse("staff:team")).status_code == 403


def test_a_certificate_lets_rate_until_it_runs_out(user_as) -> None:
    user = user_as(Role.PRACTITIONER)
    practitioner = keep_working_facts(user, FACTS, by=None)
    day = today()
    add_certificate(
        practitioner,
        CertificateDetails(
            subject="kips", title="KIPS", issued_on=day, expires_on=day + timedelta(days=10)
        ),
        by=None,
    )

    assert may_rate(user, "kips", on=day)
    assert not may_rate(user, "kips", on=day - timedelta(days=1))
    assert not may_rate(user, "kips", on=day + timedelta(days=10))
    assert not may_deliver(user, "vig", on=day)
