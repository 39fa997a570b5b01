"""A release as files: how the made-up one that comes with Nestling is kept and read."""

import gzip
import json
from importlib.resources import files
from typing import TYPE_CHECKING

from nestling.access_figures.compute import Pack

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

ABOUT, WATERFALLS, FIGURES = "about.json", "waterfalls.csv.gz", "figures-"


def practice_pack() -> Pack:
    """The figures that the engine made from `nestling demo-extract`; nobody in them is real."""
    return read_pack(files("nestling.access_figures").joinpath("practice"))


def read_pack(folder: "Traversable") -> Pack:
    """The release that a folder holds."""
    tables = sorted(
        (file for file in folder.iterdir() if file.name.startswith(FIGURES)),
        key=lambda file: file.name,
    )
    return Pack(
        figures=tuple(unpacked(file) for file in tables),
        waterfalls=unpacked(folder.joinpath(WATERFALLS)),
        about=json.loads(folder.joinpath(ABOUT).read_text(encoding="utf-8")),
    )


def packed(pack: Pack) -> dict[str, bytes]:
    """The files of a release by name; the same release gives the same bytes."""
    tables = {f"{FIGURES}{n}.csv.gz": squeezed(text) for n, text in enumerate(pack.figures)}
    about = json.dumps(pack.about, indent=1, ensure_ascii=False) + "\n"
    return {**tables, WATERFALLS: squeezed(pack.waterfalls), ABOUT: about.encode()}


def squeezed(text: str) -> bytes:
    """A packed text, without the time of its packing."""
    return gzip.compress(text.encode(), mtime=0)


def unpacked(file: "Traversable") -> str:
    """The text of a packed file."""
    return gzip.decompress(file.read_bytes()).decode("utf-8")
