"""The pages about duplicates in a browser: nothing that axe objects to, nothing too wide."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Browser

from nestling.accounts.models import Team, User
from nestling.accounts.roles import Role
from nestling.people.models import PersonMerge
from tests.factories.people import DuplicatePairFactory, PersonFactory, PersonTeamFactory, join
from tests.people.situation import Situation
from tests.people.test_look import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_the_pages_about_duplicates_pass_axe_on_a_phone(
    chromium: Browser,
    browser: Client,
    here: Situation,
    other_team: Team,
    user_as: Callable[..., User],
) -> None:
    browser.force_login(
        user_as(Role.CLINICAL_LEAD), backend="nestling.accounts.signed_in.SignInBackend"
    )
    for team in (here.family.team, other_team):
        double = PersonFactory.create(
            organisation=team.organisation, baby=True, family_name="OfWren", given_name="Wren"
        )
        PersonTeamFactory.create(person=double, team=team)
        if team == here.family.team:
            join(here.other_family, double, role="baby")
            DuplicatePairFactory.create(low=here.baby, high=double)
            compared = f"/duplicates/{here.baby.pk}/{double.pk}/"
    words = {"role": "baby", "given_name": "Wren", "family_name": "OfWren", "born_on-day": 12}
    words |= {"born_on-month": 11, "born_on-year": 2025}
    answers = {
        "known": browser.post(here.address("person_add"), words),
        "list": browser.get("/duplicates/"),
        "both": browser.get(compared),
        "fault": browser.post(compared, {"part": "merge"}),
        "merged": browser.post(compared, {"part": "merge", "reason": "One letter"}, follow=True),
    }
    answers["apart"] = browser.get(f"/merges/{PersonMerge.objects.get().pk}/")

    found = {
        name: faults_of(answer.content.decode(), chromium=chromium)
        for name, answer in answers.items()
    }

    assert found == dict.fromkeys(found, ([], 0))
