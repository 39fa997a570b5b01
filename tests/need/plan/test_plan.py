"""Tests of a team's plan and of the documents that say it."""

import io

import pikepdf
import pytest
from docx import Document
from openpyxl import load_workbook

from nestling.need.asked import study_area
from nestling.need.plan import PlanQuestion, plan_team
from nestling.need.plan.docx import docx_of
from nestling.need.plan.pdf import pdf_of
from nestling.need.plan.words import PlanInWords, between, in_words
from nestling.need.plan.xlsx import xlsx_of
from nestling.reference.parameters.staffing import staffing_file
from nestling.science.draws import Figure
from nestling.science.staffing import Cost, CostBasis

LEEDS = study_area("E08000035")
#: The longest name of a district, and a county.
OTHERS = ("N09000002", "E06000058", "E10000016")


def words(question: PlanQuestion | None = None) -> PlanInWords:
    return in_words(plan_team(LEEDS, question))


def all_costs() -> dict[str, Cost]:
    items = [role.name for role in staffing_file().roles]
    return {
        item: Cost(
            item=item,
            pence_a_year=5_000_000,
            per=CostBasis.WTE,
            as_of="2026-04",
            source="A pay scale of some length, table three, spine point nine",
        )
        for item in items
    }


def test_a_plan_is_for_the_families_who_would_come() -> None:
    plan = plan_team(LEEDS)

    assert plan.staffing.families == plan.demand.median
    assert plan.staffing.practitioners_wte == pytest.approx(plan.demand.median / 26.25)


def test_a_plan_may_be_for_fewer_families_whose_list_then_grows() -> None:
    plan = plan_team(LEEDS, PlanQuestion(families=100))

    assert plan.staffing.teams == 1
    assert plan.forecasts.planned[-1].waiting > plan.forecasts.planned[12].waiting


def test_families_waiting_now_stand_on_the_list() -> None:
    now = plan_team(LEEDS, PlanQuestion(waiting=50)).forecasts.planned[0].waiting

    assert now == pytest.approx(plan_team(LEEDS).forecasts.planned[0].waiting + 50)


def test_costs_that_nobody_entered_are_said_to_be_so() -> None:
    assert {row[-1] for row in words().years.rows} == {"not entered"}


def test_costs_of_every_role_give_each_year_its_cost() -> None:
    rows = words(PlanQuestion(costs=all_costs())).years.rows

    assert all(row[-1].startswith("£") for row in rows)


def test_our_assumptions_are_marked_as_ours_and_the_users_as_theirs() -> None:
    said = words(PlanQuestion(values={"hours_per_family": 24})).assumptions

    assert "Hours for one family, with notes and liaison: 24 (set by you)." in said
    assert "Working weeks in a year: 42 (our assumption)." in said


def test_a_figure_without_an_interval_is_said_alone() -> None:
    assert between(Figure(median=5, mean=5, low=5, high=5, mcse=0)) == "5"


@pytest.mark.parametrize("code", ["E08000035", *OTHERS])
def test_the_pdf_is_one_tagged_page_with_title_and_language(code: str) -> None:
    plan = plan_team(study_area(code), PlanQuestion(costs=all_costs()))

    pdf = pikepdf.open(io.BytesIO(pdf_of(in_words(plan))))

    assert len(pdf.pages) == 1
    assert str(pdf.Root.Lang) == "en-GB"
    assert pdf.Root.MarkInfo.Marked
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert plan.area.name in metadata["dc:title"]


def test_the_same_plan_gives_the_same_pdf() -> None:
    assert pdf_of(words()) == pdf_of(words())


def test_the_word_file_has_every_table_with_a_head_row() -> None:
    word = Document(io.BytesIO(docx_of(words())))

    assert len(word.tables) == 5
    assert word.paragraphs[0].text == "A parent-infant team for Leeds"
    assert all("tblHeader" in table.rows[0]._tr.xml for table in word.tables)


def test_the_workbook_has_numbers_as_numbers() -> None:
    book = load_workbook(io.BytesIO(xlsx_of(words(PlanQuestion(costs=all_costs())))))

    assert book.sheetnames == ["Plan", "Staff", "Years", "Waits", "Months", "Costs"]
    assert len(list(book["Months"].rows)) == 2 + 36
    assert isinstance(book["Staff"]["C3"].value, int | float)
    assert book["Costs"]["B3"].number_format == '"£"#,##0'


def test_a_source_that_looks_like_a_formula_stays_text() -> None:
    cost = Cost(
        item="premises",
        pence_a_year=100,
        per=CostBasis.TEAM,
        as_of="2026",
        source="=HYPERLINK(1)",
    )

    book = load_workbook(io.BytesIO(xlsx_of(words(PlanQuestion(costs={"premises": cost})))))

    sources = [row[4].value for row in book["Costs"].rows]
    assert "'=HYPERLINK(1)" in sources
