"""The loader that every room's reference files share."""

from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import Field, TypeAdapter

from nestling.reference.base import Entry, ReferenceDataError, Words, load, read_yaml, validated


class Fruit(Entry):
    name: Words
    price: Decimal
    seasons: dict[int, str] = Field(default_factory=dict)


def written(folder: Path, text: str) -> Path:
    path = folder / "fruit.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def reasons(error: ReferenceDataError) -> list[str]:
    return str(error).splitlines()


def test_a_number_with_a_point_is_read_exactly(tmp_path: Path) -> None:
    fruit = load(written(tmp_path, "name: fig\nprice: 7.70\nseasons: {1: spring}\n"), Fruit)

    assert str(fruit.price) == "7.70"


def test_every_fault_of_a_file_is_named_in_the_order_of_its_lines(tmp_path: Path) -> None:
    path = written(tmp_path, "price: dear\nname: ' '\ncolour: green\n")

    with pytest.raises(ReferenceDataError) as raised:
        load(path, Fruit)

    assert [reason.split(": ")[0] for reason in reasons(raised.value)] == [
        "fruit.yaml:1",
        "fruit.yaml:2",
        "fruit.yaml:3",
    ]


def test_a_list_of_entries_can_be_read(tmp_path: Path) -> None:
    document = read_yaml(written(tmp_path, "- {name: fig, price: 1}\n- {name: plum}\n"))

    with pytest.raises(ReferenceDataError, match=r"fruit\.yaml:2: “1.price” is missing"):
        validated(document, TypeAdapter(list[Fruit]))


def test_a_missing_key_is_placed_on_the_part_that_lacks_it(tmp_path: Path) -> None:
    document = read_yaml(written(tmp_path, "a: 1\nb:\n  c: 2\n"))

    assert document.line_of(("b", "c")) == 3
    assert document.line_of(("b", "d", 4)) == 2
    assert document.line_of(("z",)) == 1


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "the file is empty"),
        ("name: fig\nprice: .inf\n", 2, ".inf is not a decimal number"),
        ("name: [fig\n", 2, "cannot be read as YAML"),
        ("name: fig\nname: plum\n", 2, "“name” stands twice"),
        ("name: fig\n? [a]\n: 1\n", 2, "cannot be read as YAML"),
        ("name: !!python/object:x y\n", 1, "cannot be read as YAML"),
        ("- 1\n", 1, "“the file”"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_why(
    text: str, line: int, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(ReferenceDataError) as raised:
        load(written(tmp_path, text), Fruit)

    assert reasons(raised.value)[0].startswith(f"fruit.yaml:{line}: ")
    assert reason in str(raised.value)
