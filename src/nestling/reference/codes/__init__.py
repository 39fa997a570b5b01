"""Code lists with their sources: the words of the field that a record may hold.

A list is one YAML file in this folder; `code_list` reads it once. Records keep the code, screens
show the label, and a code that has left the list keeps its label by ``until``.
"""

from functools import cache, cached_property
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, model_validator


class Code(BaseModel):
    """One entry: ``code`` is stored, ``label`` shown."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    label: str
    group: str = ""
    note: str = ""
    nations: tuple[str, ...] = ()
    source: str = ""


class CodeList(BaseModel):
    """A list of codes, what it is for, and where it comes from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    source: str
    codes: tuple[Code, ...]

    @model_validator(mode="after")
    def _each_code_once(self) -> "CodeList":
        seen = [entry.code for entry in self.codes]
        twice = sorted({code for code in seen if seen.count(code) > 1})
        if twice:
            raise ValueError(f"codes given twice: {', '.join(twice)}")
        return self

    def choices(self, *, nation: str = "") -> list[tuple[str, str]]:
        """Code and label, for a form; with a nation, only what is used there."""
        return [
            (entry.code, entry.label)
            for entry in self.codes
            if not nation or not entry.nations or nation in entry.nations
        ]

    def label(self, code: str) -> str:
        """The words for a code; a code that is not in the list is shown as it is."""
        return self._labels.get(code, code)

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {entry.code: entry.label for entry in self.codes}

    def __contains__(self, code: object) -> bool:
        return code in self._labels


@cache
def code_list(name: str) -> CodeList:
    """A code list by the name of its file.

    >>> code_list("referrer_types").label("midwife")
    'Midwife'
    """
    text = files(__name__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return CodeList.model_validate(yaml.safe_load(text))


def names() -> list[str]:
    """Every code list that there is."""
    folder = files(__name__).iterdir()
    return sorted(file.name.removesuffix(".yaml") for file in folder if file.name.endswith(".yaml"))
