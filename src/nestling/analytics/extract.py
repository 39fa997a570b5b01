"""A folder that holds a national extract: which file is which table, and what is wrong with it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from nestling.reference.access import ExtractTable, extract_tables

if TYPE_CHECKING:
    from collections.abc import Iterable

SUFFIXES = {".parquet": "parquet", ".csv": "csv", ".csv.gz": "csv"}
BLOCK = 1 << 20


class ExtractError(Exception):
    """The extract cannot be used: one plain line a fault."""

    def __init__(self, faults: "str | Iterable[str]") -> None:
        """Keep the faults, one line each."""
        self.faults = [faults] if isinstance(faults, str) else list(faults)
        super().__init__("; ".join(self.faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The files of one table and how they are written."""

    table: ExtractTable
    root: Path
    files: tuple[Path, ...]
    form: str

    @property
    def name(self) -> str:
        """The table's official name."""
        return self.table.name

    @property
    def is_partitioned(self) -> bool:
        """True for a folder of ``column=value`` folders."""
        return any(
            "=" in part for file in self.files for part in file.relative_to(self.root).parts[:-1]
        )


def find_sources(folder: Path) -> dict[str, Source]:
    """Every table of the extract that the folder holds.

    Raises ``ExtractError`` where the folder is none, a table is there twice or its files cannot be
    told apart.
    """
    if not folder.is_dir():
        raise ExtractError(f"{folder} is not a folder")
    places = {name: candidates(folder, name) for name in extract_tables()}
    twice = [
        f"{name} is given twice: {' and '.join(path.name for path in paths)}"
        for name, paths in places.items()
        if len(paths) > 1
    ]
    if twice:
        raise ExtractError(twice)
    return {name: source_of(paths[0], name) for name, paths in places.items() if paths}


def candidates(folder: Path, name: str) -> list[Path]:
    """The entries of the folder that carry a table's name."""
    return sorted(
        path for path in folder.iterdir() if path.name in {name, *(name + s for s in SUFFIXES)}
    )


def source_of(path: Path, name: str) -> Source:
    """One table's files, all written in one way."""
    files = sorted(filter(is_data, path.rglob("*"))) if path.is_dir() else [path]
    forms = {form_of(file) for file in files}
    if not files or forms == {None}:
        raise ExtractError(f"{name} holds no Parquet or CSV file")
    if len(forms) > 1:
        raise ExtractError(f"{name} mixes Parquet and CSV files")
    root = path if path.is_dir() else path.parent
    source = Source(
        table=extract_tables()[name], root=root, files=tuple(files), form=str(forms.pop())
    )
    check_footers(source)
    return source


def is_data(path: Path) -> bool:
    """True for a data file: markers such as ``_SUCCESS`` and hidden files are none."""
    return path.is_file() and not path.name.startswith(("_", "."))


def form_of(path: Path) -> str | None:
    """How a file is written, by the end of its name."""
    return next((form for end, form in SUFFIXES.items() if path.name.endswith(end)), None)


def check_footers(source: Source) -> None:
    """Raise ``ExtractError`` for a Parquet file that is cut short or is none."""
    if source.form != "parquet":
        return
    faults = [fault for file in source.files if (fault := footer_fault(source.name, file))]
    if faults:
        raise ExtractError(faults)


def footer_fault(name: str, file: Path) -> str | None:
    """What is wrong with the end of a Parquet file, where its list of columns stands."""
    try:
        pq.read_metadata(file)
    except (pa.ArrowInvalid, OSError):
        return f"{name}: {file.name} cannot be read as Parquet; it may be cut short"
    return None


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
