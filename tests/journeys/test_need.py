"""A commissioner finds an area, tries values, states help, and takes papers away."""

import io

import pikepdf
import pytest

pytestmark = pytest.mark.browser
LEEDS = "E08000035"


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_commissioner_finds_leeds_and_reads_what_a_range_means(visit, width: str) -> None:
    reader = visit("commissioner", width=width)
    page = reader.page

    page.goto("/need/")
    reader.fine()
    reader.says("How many babies need help, area by area", "19 times out of 20")
    page.fill("[name=q]", "Narnia")
    reader.press("Find")
    reader.says("There is a problem", "no area that we hold")
    reader.fine()
    page.fill("[name=q]", "Leeds")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/need/areas/{LEEDS}/")
    reader.says("How many babies need help each year?", "Likely between")
    reader.fine()

    page.fill("[name=identified]", "140")
    reader.press("Work it out")
    reader.says("There is a problem")
    assert page.input_value("[name=identified]") == "140"
    reader.fine()
    page.fill("[name=identified]", "40")
    reader.press("Work it out")
    reader.says("With your own values.", "40 in 100")
    reader.fine()


def test_a_commissioner_states_help_and_shares_a_what_if(visit) -> None:
    reader = visit("commissioner")
    page = reader.page

    page.goto("/need/provision/add/")
    reader.press("Save")
    reader.says("There is a problem")
    reader.fine()
    page.select_option("[name=lad_code]", "E08000036")
    page.fill("[name=team_name]", "Little Minds Wakefield")
    page.check("[name=service_type][value=specialised]")
    page.fill("[name=families_per_year]", "85")
    for part, text in (("day", "1"), ("month", "4"), ("year", "2025")):
        page.fill(f"[name=as_of-{part}]", text)
    page.fill("[name=source]", "Annual report 2025")
    reader.press("Save")
    reader.says("About 85 families are seen in a year", "Annual report 2025")
    reader.fine()

    page.goto(f"/need/areas/{LEEDS}/?identified=40")
    reader.follow("Keep it under a name")
    page.fill("[name=name]", "Fewer are noticed")
    reader.fine()
    reader.press("Save")
    reader.says("“Fewer are noticed”")
    link = page.url
    colleague = visit("practitioner")
    colleague.page.goto(link)
    colleague.says("“Fewer are noticed”")


@pytest.mark.parametrize(
    "address", ["/need/", "/need/?show=provision&by=health_area", f"/need/areas/{LEEDS}/"]
)
def test_the_map_and_an_area_each_print_on_one_page(visit, address: str) -> None:
    page = visit("commissioner").page
    page.goto(address)

    paper = page.pdf(format="A4", print_background=True)

    assert len(pikepdf.open(io.BytesIO(paper)).pages) == 1


def test_a_plan_is_taken_away(visit) -> None:
    page = visit("commissioner").page
    page.goto(f"/need/areas/{LEEDS}/team/")

    with page.expect_download() as waiting:
        page.get_by_role("button", name="Make the plan").click()

    assert waiting.value.suggested_filename == f"team-{LEEDS}.pdf"
