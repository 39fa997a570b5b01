"""The plan as a workbook: one sheet for each table, numbers as numbers."""

import io
import re
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from nestling.need.plan.words import PlanInWords, Table

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WIDTH, WIDE = 18, 100
NUMBER = re.compile(r"^£?-?[\d,]+(\.\d+)?$")
POUNDS = '"£"#,##0'


def xlsx_of(plan: PlanInWords) -> bytes:
    """A cover with words, then a sheet for each table, each starting in A1 with its caption."""
    book = Workbook()
    cover = book.active
    if cover is None:
        raise TypeError("a new workbook has a sheet")
    _cover(cover, plan)
    sheets = {
        "Staff": plan.staff,
        "Years": plan.years,
        "Waits": plan.waits,
        "Months": plan.months,
        "Costs": plan.costs,
    }
    for name, table in sheets.items():
        _sheet(book.create_sheet(name), table)
    out = io.BytesIO()
    book.properties.title = plan.title
    book.properties.creator = "Nestling"
    book.save(out)
    return out.getvalue()


def _cover(sheet: "Worksheet", plan: PlanInWords) -> None:
    sheet.title = "Plan"
    sheet.column_dimensions["A"].width = WIDE
    sheet.append([plan.title])
    sheet["A1"].font = Font(bold=True, size=14)
    for title, lines in (
        ("", (plan.lead, *plan.sentences)),
        ("Assumptions", plan.assumptions),
        ("Sources", plan.sources),
        ("Notes", plan.notes),
    ):
        if title:
            sheet.append([title])
            sheet.cell(row=sheet.max_row, column=1).font = Font(bold=True)
        for line in lines:
            sheet.append([line])
            sheet.cell(row=sheet.max_row, column=1).alignment = Alignment(wrap_text=True)


def _sheet(sheet: "Worksheet", table: Table) -> None:
    sheet.append([table.caption])
    sheet["A1"].font = Font(bold=True)
    sheet.append(list(table.head))
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    for row in table.rows:
        sheet.append([value(text) for text in row])
        for place, text in enumerate(row, start=1):
            if text.startswith("£"):
                sheet.cell(row=sheet.max_row, column=place).number_format = POUNDS
    for place in range(1, len(table.head) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTH * (2 if place == 1 else 1)
    sheet.freeze_panes = "A3"


def value(text: str) -> str | float:
    """A cell as a number where it is one; text that would start a formula stays text.

    >>> value("£1,250"), value("12.5"), value("Year 1"), value("=1+1")
    (1250.0, 12.5, 'Year 1', "'=1+1")
    """
    if NUMBER.match(text):
        return float(text.replace("£", "").replace(",", ""))
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
