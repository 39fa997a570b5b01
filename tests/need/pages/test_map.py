"""The map of need: its shades, its table, its search, and the outlines that it keeps."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nestling.accounts.models import Team
from nestling.accounts.roles import Role
from nestling.need.pictures import KINDS, MapFigure, MapKind, MapQuestion, map_values
from nestling.need.presenters import map_page, shapes
from nestling.reference.areas import areas
from tests.conftest import SignIn
from tests.factories.need import LEEDS, ProvisionStatementFactory
from tests.need.pages.conftest import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_template_misses")]
MAP = "/need/"
STATEMENTS = 12


def test_the_map_says_how_many_babies_and_what_a_range_means(commissioner: Client) -> None:
    words = words_of(commissioner.get(MAP))

    assert "If 15 in 100 babies need specialised help" in words
    assert "born in the UK each year, likely between 64,000 and 142,000" in words
    assert "8 to 24 in 100" in words
    assert "19 times out of 20" in words


@pytest.mark.parametrize("figure", MapFigure)
@pytest.mark.parametrize("kind", MapKind)
def test_every_figure_is_drawn_for_every_kind_of_area(
    figure: MapFigure, kind: MapKind, commissioner: Client
) -> None:
    response = commissioner.get(MAP, {"show": figure.value, "by": kind.value})

    page = BeautifulSoup(response.content, "html.parser")
    drawn = page.select("svg.nl-map > path")
    names = {area.name for one in KINDS[kind] for area in areas().of_type(one)}
    assert {path.title.text.split(":")[0] for path in drawn if path.title} == names


def test_the_picture_has_a_summary_and_none_of_its_areas_takes_the_focus(
    commissioner: Client,
) -> None:
    picture = BeautifulSoup(commissioner.get(MAP).content, "html.parser").select_one("svg.nl-map")

    assert picture is not None
    assert "in Kent, over 218 areas" in str(picture["aria-label"])
    assert picture["role"] == "img"
    assert not picture.select("a, [tabindex]")


def test_london_is_drawn_once_more_and_larger(commissioner: Client) -> None:
    found = shapes.outlines(MapKind.LAD)

    assert len(found.london) == 33
    assert all(one.code.startswith("E09") for one in found.london)


def test_the_table_holds_fifty_rows_a_page_and_every_area_over_its_pages(
    commissioner: Client,
) -> None:
    met = set()
    for number in range(1, 6):
        page = BeautifulSoup(commissioner.get(MAP, {"page": str(number)}).content, "html.parser")
        rows = page.select("table tbody th a")
        assert len(rows) <= 50
        met |= {row.text for row in rows}

    assert len(met) == 218


def test_the_table_sorts_by_link_and_what_is_not_known_comes_last_either_way(
    commissioner: Client,
) -> None:
    for order in ("value", "-value"):
        answer = commissioner.get(MAP, {"show": "gap", "order": order})
        first = BeautifulSoup(answer.content, "html.parser").select_one("table tbody tr")

        assert first is not None
        assert "Leeds" in first.text
        assert "not known" not in first.text


def test_a_part_of_a_name_narrows_the_table_and_a_whole_name_opens_the_area(
    commissioner: Client,
) -> None:
    part = words_of(commissioner.get(MAP, {"q": "yorkshire"}))
    whole = commissioner.get(MAP, {"q": "Leeds"})

    assert "North Yorkshire" in part
    assert "Kent" not in part.split("Births a year")[1]
    assert whole.headers["Location"] == reverse("need:area", args=[LEEDS])


def test_a_name_that_is_no_area_is_answered_beside_the_field(commissioner: Client) -> None:
    answer = commissioner.get(MAP, {"q": "Narnia"})

    assert answer.status_code == 422
    assert "no area that we hold" in words_of(answer)
    assert 'value="Narnia"' in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"show": "nonsense", "by": "\x00", "scenario": "💛"},
        {"page": "9" * 400, "order": "--"},
        {"page": "-1"},
        {"q": "ä" * 5000},
        {"q": "\x00"},
        {"chosen": "<b>"},
    ],
)
def test_nonsense_in_the_address_is_a_page_with_words(
    query: dict[str, str], commissioner: Client
) -> None:
    assert commissioner.get(MAP, query).status_code in {200, 422}


def test_a_map_takes_few_statements_however_much_is_stated(
    commissioner: Client, team: Team
) -> None:
    ProvisionStatementFactory.create_batch(30, organisation=team.organisation)
    commissioner.get(MAP)

    with CaptureQueriesContext(connection) as statements:
        commissioner.get(MAP)

    assert len(statements) <= STATEMENTS


def test_the_file_of_a_map_has_every_area_and_leaves_the_unknown_empty(
    commissioner: Client,
) -> None:
    answer = commissioner.get("/need/map.csv", {"show": "provision"})

    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    by_name = {row["name"]: row for row in rows}
    assert len(rows) == 218
    assert by_name["Kent"]["provision"] == ""
    assert float(by_name["Leeds"]["provision"]) == pytest.approx(100 * 130 / (8471 * 0.15))


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.TEAM_ADMINISTRATOR])
def test_a_role_without_figures_is_refused(role: Role, client_as: SignIn) -> None:
    assert client_as(role).get(MAP).status_code == 403


def test_the_map_page_shades_by_the_same_values_that_it_tells(commissioner: Client) -> None:
    question = MapQuestion(figure=MapFigure.NEED, scenario="disorganised_low_risk")

    rows = {row.code: row.value for row in map_page.rows_of(question)}

    assert rows == {one.code: one.value for one in map_values(question)}


def test_outlines_are_drawn_once_for_a_version_of_the_boundaries(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_disk = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(tmp_path),
        }
    }
    drawn = []
    really = shapes.drawn

    def counted(kind: MapKind) -> shapes.Outlines:
        drawn.append(kind)
        return really(kind)

    monkeypatch.setattr(shapes, "drawn", counted)
    with override_settings(CACHES=on_disk):
        for edition in ("one", "one", "two"):
            shapes.kept.cache_clear()
            shapes.kept(MapKind.HEALTH_AREA, edition)
        caches["default"].clear()
    shapes.kept.cache_clear()

    assert len(drawn) == 2
