"""One area's page: every answer on one scale, the reader's own values, what is not known."""

import csv
import io
from datetime import date

import pikepdf
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nestling.accounts.models import Team
from nestling.need.choices import ALL, Choices
from nestling.need.engine import study_of
from nestling.need.presenters.ranges import range_table
from nestling.need.presenters.sheet import in_words
from nestling.need.presenters.study import AreaQuestion, answer_to
from nestling.reference.parameters import need_parameters
from nestling.science.need import FigureName
from tests.factories.need import LEEDS, ProvisionStatementFactory
from tests.need.pages.conftest import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_template_misses")]
PAGE = f"/need/areas/{LEEDS}/"
SCENARIOS = tuple(need_parameters().scenarios.values())
#: One of each kind of place: county, Scottish, Welsh and Northern Irish, board, region, the UK.
PLACES = (
    *("E10000016", "S12000036", "W06000015", "N09000003", "E54000054", "E12000003", "K02000001"),
)


def test_every_scenario_stands_on_one_scale_with_a_sentence_for_its_range(
    commissioner: Client,
) -> None:
    page = BeautifulSoup(commissioner.get(PAGE).content, "html.parser")

    rows = page.select("table.need-ranges tbody tr")
    said = [row.select_one('[data-l="Likely between"] small') for row in rows]
    assert {one.title for one in SCENARIOS} == {
        str(row.th.contents[0]).replace(" (shown first)", "") for row in rows if row.th
    }
    assert all(one is not None and one.text.endswith(".") for one in said)
    assert "0 to 2,500 babies" in page.text


def test_the_figures_are_those_of_the_engine(commissioner: Client) -> None:
    found = study_of("Leeds", choices=Choices(scenario=ALL))
    need = found.figure(FigureName.NEED, scenario="disorganised_low_risk")
    assert need is not None

    words = words_of(commissioner.get(PAGE))

    low, high = (f"{round(end, -1):,.0f}" for end in (need.low, need.high))
    assert f"{round(need.median, -1):,.0f} {low} and {high}" in words


def test_a_scenario_without_a_range_says_so(commissioner: Client) -> None:
    words = words_of(commissioner.get(PAGE))

    assert "The source gives one number and no range." in words


def test_every_range_of_cost_says_what_it_means(commissioner: Client) -> None:
    words = words_of(commissioner.get(PAGE))

    assert "likely between £563,000 and £5.0 million" in words
    assert words.count("19 times out of 20") >= 3


def test_help_that_nobody_has_counted_is_not_known_and_never_zero(commissioner: Client) -> None:
    words = words_of(commissioner.get("/need/areas/E08000036/"))

    assert "not known families seen a year" in words
    assert "Unknown is unknown, never zero." in words
    assert "Families seen for each hundred babies in need: not known" in words


@pytest.mark.parametrize("code", PLACES)
def test_every_kind_of_place_has_its_page(code: str, commissioner: Client) -> None:
    answer = commissioner.get(f"/need/areas/{code}/")

    assert answer.status_code == 200
    assert "How many babies need help each year?" in words_of(answer)


def test_a_place_outside_england_says_that_the_weighting_is_not_available(
    commissioner: Client,
) -> None:
    words = words_of(commissioner.get("/need/areas/S12000036/"))

    assert "not available" in words
    assert "standing in for births" in words


def test_a_former_code_leads_to_what_took_its_place_and_an_unknown_one_is_not_found(
    commissioner: Client,
) -> None:
    former = commissioner.get("/need/areas/E07000026/")

    assert former.status_code in {302, 404}
    assert commissioner.get("/need/areas/e08000035/").headers["Location"].startswith(PAGE)
    assert commissioner.get("/need/areas/X99/").status_code == 404


def test_the_readers_own_values_change_the_answer_and_stay_in_the_form(
    commissioner: Client,
) -> None:
    answer = commissioner.get(PAGE, {"identified": "100", "accepted": "100"})

    words = words_of(answer)
    assert "With your own values." in words
    assert "Babies noticed, in 100: 100 in 100" in words
    assert 'value="100"' in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"identified": "101"}, "must be 100 or less"),
        ({"accepted": "-1"}, "must be 0 or more"),
        ({"families_per_team": "many"}, "must be a number"),
        ({"cost_per_team_pence": "1e999"}, "must be a number"),
        ({"cost_per_team_pence": "nan"}, "must be a number"),
        ({"scenario": "nonsense"}, "Choose an answer from the list"),
    ],
)
def test_a_value_that_cannot_be_is_answered_beside_its_field(
    typed: dict[str, str], said: str, commissioner: Client
) -> None:
    answer = commissioner.get(PAGE, typed)

    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    assert page.select(".nhsuk-error-message")
    assert said in words_of(answer)


def test_a_few_zeros_are_a_page_with_words(commissioner: Client) -> None:
    answer = commissioner.get(PAGE, {"identified": "0", "accepted": "0"})

    assert answer.status_code in {200, 422}


def test_districts_have_neighbours_and_boards_have_none(commissioner: Client) -> None:
    assert "Sheffield" in words_of(commissioner.get(PAGE))
    assert "Only districts are compared" in words_of(commissioner.get("/need/areas/E54000054/"))


def test_later_savings_begin_with_help_that_changes_nothing_and_name_who_gains(
    commissioner: Client,
) -> None:
    page = BeautifulSoup(commissioner.get(PAGE).content, "html.parser")

    later = page.find(id="later")
    assert later is not None
    first = later.select_one("tbody tr")
    assert first is not None
    assert first.th is not None
    assert first.th.text == "The help changes nothing"
    assert "Of that, the family" in later.text
    assert "Of that, public services" in later.text


def test_a_funnel_is_drawn_once_enough_areas_are_known(commissioner: Client, team: Team) -> None:
    few = words_of(commissioner.get(PAGE))
    for code in ("E08000036", "E08000032", "E08000019"):
        ProvisionStatementFactory.create(organisation=team.organisation, lad_code=code)

    many = commissioner.get(PAGE)

    assert "in too few areas" in few
    assert "Does it stand out from other areas?" in words_of(many)
    assert BeautifulSoup(many.content, "html.parser").select("svg.need-funnel rect.now")


def test_the_page_takes_few_statements(commissioner: Client, team: Team) -> None:
    ProvisionStatementFactory.create_batch(20, organisation=team.organisation)

    with CaptureQueriesContext(connection) as statements:
        commissioner.get(PAGE)

    assert len(statements) <= 12


def test_the_file_has_every_figure_of_every_scenario(commissioner: Client) -> None:
    answer = commissioner.get(f"{PAGE}figures.csv")

    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert {row["scenario"] for row in rows} == {one.name for one in SCENARIOS}
    assert answer.headers["Content-Disposition"] == f'attachment; filename="need-{LEEDS}.csv"'


def test_the_sheet_is_one_tagged_page(commissioner: Client) -> None:
    answer = commissioner.get(reverse("need:area_pdf", args=[LEEDS]), {"identified": "40"})

    sheet = pikepdf.open(io.BytesIO(answer.content))
    assert len(sheet.pages) == 1
    assert sheet.Root.MarkInfo.Marked
    with sheet.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_the_sheet_says_what_a_range_means_and_what_the_reader_set() -> None:
    question = AreaQuestion(
        code=LEEDS, scenario="disorganised_low_risk", values=(("identified", 0.4),)
    )

    said = in_words(answer_to(question), on=date(2026, 3, 10))

    assert "19 times out of 20" in str(said["meaning"])
    assert said["tried"] == "With values set by the reader: Babies noticed, in 100: 40 in 100."


@pytest.mark.parametrize("code", PLACES)
def test_the_sheet_of_any_place_is_one_page(code: str, commissioner: Client) -> None:
    answer = commissioner.get(f"/need/areas/{code}/sheet.pdf")

    assert len(pikepdf.open(io.BytesIO(answer.content)).pages) == 1


def test_a_range_table_puts_the_lowest_answer_first() -> None:
    answer = answer_to(AreaQuestion(code=LEEDS, scenario="policy_floor"))

    found = [str(row.best) for row in range_table(answer).rows if row.best.is_known]

    numbers = [int(one.replace(",", "")) for one in found]
    assert numbers == sorted(numbers)
