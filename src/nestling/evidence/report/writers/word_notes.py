"""Real footnotes in a Word file: a part of its own, with a mark in the text for each."""

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from nestling.evidence.report.model import Note

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r>'
    "</w:p></w:footnote>"
)
TEXT_STYLE = (
    '<w:style {ns} w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/>'
    '<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="20"/></w:pPr>'
    '<w:rPr><w:sz w:val="16"/></w:rPr></w:style>'
)
MARK_STYLE = (
    '<w:style {ns} w:type="character" w:styleId="FootnoteReference">'
    '<w:name w:val="footnote reference"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
)
STYLES = (TEXT_STYLE, MARK_STYLE)


class Footnotes:
    """The footnotes of a document, written as their marks are placed."""

    def __init__(self, document: "Document") -> None:
        """Add the part, empty but for its two lines, and the two styles."""
        for style in STYLES:
            document.styles.element.append(parse_xml(style.format(ns=nsdecls("w"))))
        self.texts: list[str] = []
        self.places: dict[int, int] = {}
        self.part = LatePart(self, document)
        document.part.relate_to(self.part, RELATIONSHIP_TYPE.FOOTNOTES)

    def mark(self, paragraph: "Paragraph", note: "Note") -> None:
        """A mark in the text, and the note at the foot of that page."""
        if note.number in self.places:
            refer_back(paragraph, self.places[note.number])
            return
        self.texts.append(f"{note.text} {note.address}".strip())
        self.places[note.number] = len(self.texts)
        reference = element("w:footnoteReference", id=str(len(self.texts)))
        name, number = bookmark(len(self.texts)), str(len(self.texts))
        paragraph._p.append(element("w:bookmarkStart", id=number, name=name))
        raised_run(paragraph).append(reference)
        paragraph._p.append(element("w:bookmarkEnd", id=number))

    def xml(self) -> str:
        """The whole part."""
        notes = "".join(note_xml(number, text) for number, text in enumerate(self.texts, start=1))
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            f"<w:footnotes {nsdecls('w')}>{SEPARATORS}{notes}</w:footnotes>"
        )


def bookmark(number: int) -> str:
    """The name under which the mark of a footnote is found again."""
    return f"_note{number}"


def refer_back(paragraph: "Paragraph", number: int) -> None:
    """The number of a footnote that was marked before, as a field that leads to it."""
    raised_run(paragraph).append(element("w:fldChar", fldCharType="begin"))
    code = OxmlElement("w:instrText")
    code.text = f" NOTEREF {bookmark(number)} \\f \\h "
    raised_run(paragraph).append(code)
    raised_run(paragraph).append(element("w:fldChar", fldCharType="separate"))
    shown = OxmlElement("w:t")
    shown.text = str(number)
    raised_run(paragraph).append(shown)
    raised_run(paragraph).append(element("w:fldChar", fldCharType="end"))


def raised_run(paragraph: "Paragraph") -> Any:
    """An empty run in the style of a footnote's mark."""
    run = paragraph.add_run()._r
    run.get_or_add_rPr().append(element("w:rStyle", val="FootnoteReference"))
    return run


def element(tag: str, /, **attributes: str) -> Any:
    """An element of WordprocessingML with its attributes."""
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def note_xml(number: int, text: str) -> str:
    """One footnote."""
    return (
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
        '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
    )


class LatePart(Part):
    """A part whose bytes are asked for when the file is saved."""

    def __init__(self, footnotes: Footnotes, document: "Document") -> None:
        """Stand where Word looks for footnotes."""
        super().__init__(
            PackURI("/word/footnotes.xml"), CONTENT_TYPE, package=document.part.package
        )
        self.footnotes = footnotes

    @property
    def blob(self) -> bytes:
        """The footnotes written so far."""
        return self.footnotes.xml().encode()
