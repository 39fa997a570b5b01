"""What is asked to build a case, to choose its sections and to write its words."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile

from nestling.evidence.report.given import (
    WORKFORCE_COLUMNS,
    GivenFileError,
    SentFile,
    read_access,
    read_workforce,
)
from nestling.evidence.report.inputs import Asked
from nestling.evidence.report.model import Report, Section
from nestling.evidence.report.passages import (
    MOST_CHARACTERS,
    Passage,
    PassageError,
    blocks_from,
    passages_of,
    tidy,
)
from nestling.need.presenters.map_page import mappable, share_words
from nestling.reference.areas import AreaNameError, resolve
from nestling.reference.parameters import need_parameters
from nestling.reference.provision import Statement
from nestling.ui.forms import Look

FEWEST_ROWS, MOST_ROWS, LINE = 4, 18, 75
MOST_BYTES = 10_000_000
"""A file of access for all of England by every breakdown is below this."""
MOST_FAULTS = 20


class BuildForm(forms.Form):
    """Which area, and which way of counting need the report leads with."""

    area = forms.CharField(
        label="Area",
        max_length=100,
        help_text=(
            "A council, integrated care board, region or nation of the United Kingdom: "
            "its name or its code"
        ),
    )
    scenario = forms.ChoiceField(
        label="Which count of need leads the report?",
        help_text="The others stand beside it in the table of need",
        widget=forms.RadioSelect,
    )
    access = forms.FileField(
        label="Access by age",
        required=False,
        help_text=(
            "The CSV that “nestling access” writes, with small numbers hidden already. Without it "
            "the report says that access was not given"
        ),
    )
    workforce = forms.FileField(
        label="Who is trained",
        required=False,
        help_text=f"A CSV with the columns {', '.join(WORKFORCE_COLUMNS)}",
    )
    looks: ClassVar = {"area": Look(width=20)}

    def __init__(
        self, data: Any = None, files: Any = None, *, initial: Mapping[str, Any] | None = None
    ) -> None:
        """Offer every scenario with a middle value, the usual one first and chosen."""
        usual = need_parameters().default_scenario
        super().__init__(data, files, initial={"scenario": usual.name, **(initial or {})})
        others = [one for one in mappable() if one is not usual]
        field = self.fields["scenario"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(one.name, share_words(one)) for one in (usual, *others)]

    def clean_area(self) -> str:
        """The code of the one area that is meant."""
        typed: str = self.cleaned_data["area"]
        try:
            found = resolve(typed).areas
        except AreaNameError as fault:
            raise forms.ValidationError(str(fault)) from fault
        if len(found) != 1:
            names = " and ".join(f"{area.name} ({area.code})" for area in found)
            raise forms.ValidationError(f"{typed} became {names}: choose one of them")
        return found[0].code

    def clean_access(self) -> SentFile | None:
        """The file of access by age, every fault of it said."""
        return checked(self.cleaned_data["access"], read_access)

    def clean_workforce(self) -> SentFile | None:
        """The file of who is trained, every fault of it said."""
        return checked(self.cleaned_data["workforce"], read_workforce)

    def asked(self, statements: tuple[Statement, ...], *, on: date) -> Asked:
        """What the report is made from."""
        given = self.cleaned_data
        return Asked(
            area=given["area"],
            scenario=given["scenario"],
            on=on,
            access=given["access"],
            workforce=given["workforce"],
            statements=statements,
        )


def checked(sent: UploadedFile | None, read: Callable[[SentFile], object]) -> SentFile | None:
    """A sent file that can be read; its faults, each with its line, beside the field."""
    if sent is None:
        return None
    if (sent.size or 0) > MOST_BYTES:
        raise forms.ValidationError(f"The file is larger than {MOST_BYTES // 1_000_000} MB")
    given = SentFile(name=sent.name or "the file", content=sent.read())
    try:
        read(given)
    except GivenFileError as fault:
        more = len(fault.faults) - MOST_FAULTS
        rest = [f"and {more} more lines like these"] if more > 0 else []
        raise forms.ValidationError([*fault.faults[:MOST_FAULTS], *rest]) from fault
    return given


class NewestForm(forms.Form):
    """A form that knows which version it was opened on."""

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1_000_000)


class SectionsForm(NewestForm):
    """Which sections a case holds."""

    sections = forms.MultipleChoiceField(
        label="Sections",
        widget=forms.CheckboxSelectMultiple,
        help_text="The cover, the notes and the references are always there",
        error_messages={"required": "Choose at least one section"},
    )

    looks: ClassVar = {"sections": Look(small=True, hide_label=True)}

    def __init__(self, data: Any = None, *, report: Report, **kwargs: Any) -> None:
        """Offer the sections that were built."""
        super().__init__(data, **kwargs)
        self.built = [one.id for one in report.sections]
        field = self.fields["sections"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(one.id, choice_words(one)) for one in report.sections]

    def chosen(self) -> list[str]:
        """The chosen sections in the order of the report."""
        given = set(self.cleaned_data["sections"])
        return [key for key in self.built if key in given]


def choice_words(section: Section) -> str:
    """A section by its title, and which message it is."""
    return f"{section.kicker}: {section.title}" if section.kicker else section.title


class WordsForm(NewestForm):
    """The passages of one section, each in a box of its own."""

    def __init__(
        self, data: Any = None, *, section: Section, words: Mapping[str, str], after: int
    ) -> None:
        """A box for each passage: what was written, else what was built."""
        super().__init__(data, initial={"after": after})
        self.section = section
        self.passages = {field_name(one): one for one in passages_of(section)}
        self.looks = dict.fromkeys(self.passages, Look(optional=False))
        for name, passage in self.passages.items():
            self.fields[name] = box(passage, text=words.get(passage.key, passage.text))

    def clean(self) -> dict[str, Any]:
        """Say beside its box why a text cannot stand."""
        for name in self.passages:
            try:
                blocks_from(self.cleaned_data.get(name, ""), section=self.section)
            except PassageError as fault:
                self.add_error(name, str(fault))
        return self.cleaned_data

    def words(self) -> dict[str, str]:
        """The texts that differ from what was built; an empty box puts the built text back."""
        typed = {one: tidy(self.cleaned_data[name]) for name, one in self.passages.items()}
        return {one.key: text for one, text in typed.items() if text and text != tidy(one.text)}


def field_name(passage: Passage) -> str:
    """The name of a passage's box."""
    return f"passage-{passage.key.rpartition('.')[2]}"


HINTS = {
    "text": "",
    "add": "Stands in the place of “To add locally”. Leave it empty to keep our suggestions",
    "ask": "Stands in the place of the line to fill in",
}


def box(passage: Passage, *, text: str) -> forms.CharField:
    """The box of one passage."""
    lines = sum(1 + len(row) // LINE for row in text.split("\n"))
    rows = min(max(lines + 1, FEWEST_ROWS), MOST_ROWS)
    return forms.CharField(
        label=passage.label,
        required=False,
        initial=text,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=HINTS[passage.kind],
        error_messages={"max_length": f"Keep it to {MOST_CHARACTERS:,} characters or fewer"},
    )
