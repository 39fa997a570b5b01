"""Statements of help and saved what-ifs: who keeps them, who sees them, what counts."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from nestling.accounts.models import Team
from nestling.accounts.roles import Role
from nestling.foundation.models import AuditEvent
from nestling.need.models import ProvisionStatement, SavedWhatIf
from nestling.need.queries import known_statements, own_statements
from nestling.reference.provision import seen_in, shipped_statements
from tests.conftest import SignIn
from tests.factories.accounts import user_with
from tests.factories.need import LEEDS, ProvisionStatementFactory, SavedWhatIfFactory
from tests.need.pages.conftest import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_template_misses")]
ADD = "/need/provision/add/"
GIVEN = {
    "lad_code": "E08000036",
    "team_name": "Little Minds Wakefield",
    "service_type": "specialised",
    "families_per_year": "85",
    "as_of-day": "1",
    "as_of-month": "4",
    "as_of-year": "2025",
    "source": "Annual report 2025, page 4",
}


def test_a_commissioner_states_help_with_its_date_and_source(
    commissioner: Client, team: Team
) -> None:
    answer = commissioner.post(ADD, GIVEN)

    row = ProvisionStatement.objects.get()
    assert answer.headers["Location"] == reverse("need:area", args=["E08000036"])
    assert (row.organisation, row.families_per_year) == (team.organisation, 85)
    assert row.as_of == date(2025, 4, 1)
    assert AuditEvent.objects.get(record_id=row.pk).action == "provision_stated"
    assert "About 85 families are seen in a year" in words_of(
        commissioner.get("/need/areas/E08000036/")
    )


def test_a_blank_number_is_not_known_and_zero_is_zero(commissioner: Client) -> None:
    commissioner.post(ADD, GIVEN | {"families_per_year": ""})
    unknown = words_of(commissioner.get("/need/areas/E08000036/"))
    commissioner.post(ADD, GIVEN | {"families_per_year": "0", "as_of-month": "5"})
    none = words_of(commissioner.get("/need/areas/E08000036/"))

    assert "The rest is unknown, never zero." in unknown
    assert "About 0 families are seen in a year" in none


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"as_of-year": "2027"}, "The date is in the future"),
        ({"as_of-year": "0001"}, "Check the year"),
        ({"as_of-day": "31"}, "date"),
        ({"source": ""}, "Answer the question"),
        ({"team_name": "a\x1bb"}, "cannot be shown"),
        ({"team_name": "\x00"}, "Null characters"),
        ({"team_name": "ä" * 100_000}, "200"),
        ({"families_per_year": "-1"}, "0 or more"),
        ({"families_per_year": "9" * 5000}, "number"),
        ({"lad_code": "X99"}, "Choose an answer from the list"),
        ({"service_type": "💛"}, "Choose an answer from the list"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_kept(
    typed: dict[str, str], said: str, commissioner: Client
) -> None:
    answer = commissioner.post(ADD, GIVEN | typed)

    assert answer.status_code == 422
    assert said.casefold() in words_of(answer).casefold()
    assert not ProvisionStatement.objects.exists()


def test_the_newest_statement_about_a_team_counts_and_the_older_one_stays(team: Team) -> None:
    by = user_with(Role.COMMISSIONER, team=team)
    for families, day in ((90, date(2024, 1, 1)), (60, date(2025, 1, 1))):
        ProvisionStatementFactory.create(
            organisation=team.organisation,
            team_name="Little Minds",
            families_per_year=families,
            as_of=day,
        )

    counted = known_statements(own_statements(by))

    assert seen_in(LEEDS, statements=counted).families == 60
    assert ProvisionStatement.objects.count() == 2


def test_an_own_statement_takes_the_place_of_ours_in_its_district_alone(team: Team) -> None:
    by = user_with(Role.COMMISSIONER, team=team)
    ProvisionStatementFactory.create(organisation=team.organisation, unknown=True)

    counted = known_statements(own_statements(by))

    ours = [one for one in shipped_statements() if one.lad_code != LEEDS]
    assert seen_in(LEEDS, statements=counted).families is None
    assert all(one in counted for one in ours)


def test_other_kinds_of_help_are_shown_beside_and_never_added(
    commissioner: Client, team: Team
) -> None:
    ProvisionStatementFactory.create(
        organisation=team.organisation, early_help=True, lad_code="E08000036"
    )

    words = words_of(commissioner.get("/need/areas/E08000036/"))

    assert "Shown beside, not counted" in words
    assert "Families seen for each hundred babies in need: not known" in words


def test_a_statement_of_another_organisation_neither_shows_nor_counts(
    commissioner: Client, stranger: Client, team: Team
) -> None:
    row = ProvisionStatementFactory.create(
        organisation=team.organisation, lad_code="E08000036", team_name="Nightjar House"
    )

    assert "Nightjar House" in words_of(commissioner.get("/need/provision/"))
    assert "Nightjar House" not in words_of(stranger.get("/need/provision/"))
    assert "Nightjar House" not in words_of(stranger.get("/need/areas/E08000036/"))
    assert stranger.post(f"/need/provision/{row.pk}/take-back/").status_code == 404


def test_a_statement_that_is_taken_back_no_longer_counts_and_is_kept(
    commissioner: Client, team: Team
) -> None:
    row = ProvisionStatementFactory.create(organisation=team.organisation, lad_code="E08000036")

    commissioner.post(f"/need/provision/{row.pk}/take-back/")

    row.refresh_from_db()
    assert row.removed_on == date(2026, 3, 10)
    assert "Unknown is unknown" in words_of(commissioner.get("/need/areas/E08000036/"))
    assert commissioner.post(f"/need/provision/{row.pk}/take-back/").status_code == 404


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.SERVICE_MANAGER])
def test_those_who_read_figures_but_do_not_plan_may_not_state_them(
    role: Role, client_as: SignIn, team: Team
) -> None:
    client = client_as(role)
    row = ProvisionStatementFactory.create(organisation=team.organisation)

    assert client.get("/need/provision/").status_code == 200
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, GIVEN).status_code == 403
    assert client.post(f"/need/provision/{row.pk}/take-back/").status_code == 403
    assert client.post(f"/need/areas/{LEEDS}/keep/", {"name": "x"}).status_code == 403


def test_a_source_that_no_font_can_print_still_leaves_a_sheet(
    commissioner: Client, team: Team
) -> None:
    ProvisionStatementFactory.create(organisation=team.organisation, source="💛 تقرير")

    answer = commissioner.get(f"/need/areas/{LEEDS}/sheet.pdf")

    assert answer.content.startswith(b"%PDF")


def test_a_what_if_is_kept_under_a_name_and_opens_by_its_link(commissioner: Client) -> None:
    kept = commissioner.post(
        f"/need/areas/{LEEDS}/keep/?identified=40&cost_per_team_pence=500000",
        {"name": "Fewer are noticed"},
    )

    row = SavedWhatIf.objects.get()
    words = words_of(commissioner.get(kept.headers["Location"]))
    assert row.values == {"identified": 0.4, "cost_per_team_pence": 50_000_000.0}
    assert "“Fewer are noticed”, a what-if that was saved by" in words
    assert "Babies noticed, in 100: 40 in 100" in words
    assert AuditEvent.objects.get(record_id=row.pk).action == "what_if_saved"


def test_a_what_if_without_a_name_is_not_kept(commissioner: Client) -> None:
    answer = commissioner.post(f"/need/areas/{LEEDS}/keep/?identified=40", {"name": " "})

    assert answer.status_code == 422
    assert "Give the what-if a name" in words_of(answer)
    assert not SavedWhatIf.objects.exists()


def test_the_link_of_a_what_if_opens_for_the_organisation_only(
    client_as: SignIn, stranger: Client, team: Team
) -> None:
    row = SavedWhatIfFactory.create(organisation=team.organisation)
    link = f"/need/what-ifs/{row.pk}/"

    assert client_as(Role.PRACTITIONER).get(link).status_code == 200
    assert client_as(Role.SYSTEM_ADMINISTRATOR).get(link).status_code == 403
    assert stranger.get(link).status_code == 404
    assert Client().get(link).status_code == 302


def test_a_removed_what_if_no_longer_opens(commissioner: Client, team: Team) -> None:
    row = SavedWhatIfFactory.create(organisation=team.organisation)

    listed = words_of(commissioner.get("/need/what-ifs/"))
    commissioner.post(f"/need/what-ifs/{row.pk}/remove/")

    assert row.name in listed
    assert commissioner.get(f"/need/what-ifs/{row.pk}/").status_code == 404
    assert "None has been saved yet" in words_of(commissioner.get("/need/what-ifs/"))
