"""The four writers: no figure differs between them, and each file is what it should be."""

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import docx
import pikepdf
import pytest
from bs4 import BeautifulSoup

from nestling.evidence.report.model import Paragraph, Words
from nestling.evidence.report.writers import html, markdown, pdf
from tests.evidence.areas import TWO, html_of, pdf_of, report_of, word_of

if TYPE_CHECKING:
    from pathlib import Path

    from docx.text.paragraph import Paragraph as WordParagraph

#: A figure as it is printed: pounds, a share, a count with separators, millions.
FIGURE = re.compile(r"£?\d+(?:,\d{3})*(?:\.\d+)?(?:%| (?:million|billion))?")


def squeezed(text: str) -> str:
    """Text on one line, without the signs that keep a mark at its word."""
    return " ".join(text.replace("\u2060", "").replace("\u00ad", "").split())


def html_text(content: bytes) -> str:
    soup = BeautifulSoup(content, "html.parser")
    for part in soup(["svg", "style", "sup", "nav"]):
        part.decompose()
    notes = soup.find(class_="notes")
    if notes:
        notes.decompose()
    return squeezed(soup.get_text(" "))


def words_of(paragraph: "WordParagraph") -> str:
    """The text of a paragraph without the marks of its notes."""
    return "".join(run.text for run in paragraph.runs if run.style.name != "footnote reference")


def word_text(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    parts = [words_of(paragraph) for paragraph in document.paragraphs]
    parts += [
        words_of(paragraph)
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
    ]
    return squeezed(" ".join(parts))


def pdf_text(content: bytes, tmp_path: "Path") -> str:
    file = tmp_path / "report.pdf"
    file.write_bytes(content)
    done = subprocess.run(  # noqa: S603 - our own file, a tool found by its name
        [shutil.which("pdftotext") or "pdftotext", str(file), "-"],
        check=True,
        capture_output=True,
        text=True,
    )
    return squeezed(done.stdout)


@pytest.mark.parametrize("area", TWO)
def test_html_and_word_print_every_figure_as_often_as_the_report_does(area: str) -> None:
    report = report_of(area)
    wanted = Counter(number for text in report.numbers() for number in FIGURE.findall(text))

    for text in (html_text(html_of(area)), word_text(word_of(area))):
        printed = Counter(FIGURE.findall(text))
        missing = {number: n for number, n in wanted.items() if printed[number] < n}
        assert missing == {}


@pytest.mark.parametrize("area", TWO)
def test_html_and_word_print_the_same_figures(area: str) -> None:
    in_html = Counter(FIGURE.findall(html_text(html_of(area))))
    in_word = Counter(FIGURE.findall(word_text(word_of(area))))

    assert in_html - in_word == Counter()
    assert in_word - in_html == Counter()


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
@pytest.mark.parametrize("area", TWO)
def test_the_pdf_prints_every_line_of_figures_as_the_report_does(
    area: str, tmp_path: "Path"
) -> None:
    report = report_of(area)
    text = pdf_text(pdf_of(area), tmp_path)
    printed = Counter(FIGURE.findall(text))

    wanted = Counter(number for words in report.numbers() for number in FIGURE.findall(words))

    assert {number: n for number, n in wanted.items() if printed[number] < n} == {}


@pytest.mark.parametrize("area", TWO)
def test_the_pdf_is_tagged_titled_and_in_its_language(area: str) -> None:
    report = report_of(area)

    with pikepdf.open(io.BytesIO(pdf_of(area))) as file:
        assert str(file.docinfo["/Title"]) == report.title
        assert str(file.Root.Lang) == "en-GB"
        assert bool(file.Root.MarkInfo.Marked)
        assert file.Root.StructTreeRoot is not None
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        with file.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_every_picture_of_the_pdf_has_an_alternative() -> None:
    with pikepdf.open(io.BytesIO(pdf_of("Leeds"))) as file:
        figures = [
            node
            for node in file.objects
            if isinstance(node, pikepdf.Dictionary) and node.get("/S") == pikepdf.Name.Figure
        ]

        assert len(figures) == 4
        assert all(str(node.get("/Alt", "")) for node in figures)


def test_the_pdf_holds_only_the_shipped_font() -> None:
    with pikepdf.open(io.BytesIO(pdf_of("Leeds"))) as file:
        names = {
            str(node["/BaseFont"]).split("+")[-1]
            for node in file.objects
            if isinstance(node, pikepdf.Dictionary) and "/BaseFont" in node
        }

    assert names <= {"LiberationSans", "LiberationSans-Bold", "LiberationSans-Italic"}


def test_html_has_one_title_headings_in_order_and_links_that_lead_somewhere() -> None:
    soup = BeautifulSoup(html_of("Leeds"), "html.parser")
    levels = [int(tag.name[1]) for tag in soup.find_all(re.compile(r"^h[1-6]$"))]
    ids = [tag["id"] for tag in soup.find_all(id=True)]

    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(ids) == len(set(ids))
    assert all(
        str(link["href"])[1:] in ids
        for link in soup.find_all("a", href=True)
        if str(link["href"]).startswith("#")
    )


def test_html_fetches_nothing() -> None:
    soup = BeautifulSoup(html_of("Leeds"), "html.parser")

    assert soup.find_all(["script", "link", "img", "iframe"]) == []


def test_word_has_real_footnotes_headings_and_alternative_texts() -> None:
    report = report_of("Leeds")
    content = word_of("Leeds")
    document = docx.Document(io.BytesIO(content))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        footnotes = file.read("word/footnotes.xml").decode()
        body = file.read("word/document.xml").decode()

    marks = len(re.findall("w:footnoteReference ", body))
    assert marks == len(re.findall(r'<w:footnote w:id="[1-9]', footnotes))
    assert [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"][:2] == [
        "In one page",
        "The first 1001 days shape what comes after",
    ]
    assert len(re.findall(r'<wp:docPr [^>]*descr="[^"]+"', body)) == 4
    assert document.core_properties.title == report.title
    assert document.core_properties.language == "en-GB"


def test_word_tables_repeat_their_head() -> None:
    content = word_of("Leeds")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        body = file.read("word/document.xml").decode()

    assert body.count("w:tblHeader") == 2


def test_markdown_has_every_note_once_and_every_mark_a_note() -> None:
    text = markdown.write(report_of("Leeds")).decode()
    marks, notes = (
        set(re.findall(r"\[\^(\d+)\](?!:)", text)),
        re.findall(r"(?m)^\[\^(\d+)\]:", text),
    )

    assert len(notes) == len(set(notes))
    assert marks == set(notes)


def test_what_a_reader_types_is_never_markup() -> None:
    line = (Words(text='#set "x" *a* <b>'),)
    report = report_of("Rutland")
    odd = type(report)(
        **{
            name: getattr(report, name)
            for name in report.__dataclass_fields__
            if name not in ("cover", "sections")
        },
        cover=(Paragraph(line=line),),
        sections=(),
    )

    assert b"&lt;b&gt;" in html.write(odd)
    assert b"\\*a\\*" in markdown.write(odd)
    assert pdf.write(odd).startswith(b"%PDF")
