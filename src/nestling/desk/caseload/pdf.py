"""The caseload as a PDF that only its passphrase opens (AES with 256 bits, in any PDF reader)."""

import io
import json
import secrets
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Final

import pikepdf
import typst

from nestling.desk.caseload.rows import TeamCaseload
from nestling.science.ages import day_words

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = "nestling.desk.caseload"
FONTS = "nestling.evidence.report"
INTRO = (
    "This copy is for the time when Nestling cannot be reached.",
    "Read each rule on safe contact before you ring, write or visit.",
    "Records that are locked or sealed are not in this copy.",
)
AES_256: Final = 6
"""The revision of the PDF standard's encryption that is AES with a 256-bit key."""


class CopyCheckError(Exception):
    """The copy that was written does not open, or does not hold what it should."""


def headings_of(teams: "Sequence[TeamCaseload]") -> list[str]:
    """The heading of each family, in the order of the pages."""
    return [family.heading for team in teams for family in team.families]


def typeset(teams: "Sequence[TeamCaseload]", *, organisation: str, at: datetime) -> bytes:
    """The pages, readable by a screen reader (PDF/UA-1), not yet sealed."""
    day = day_words(at.date())
    given = {
        "title": f"Caseload of {day}",
        "header": f"CONFIDENTIAL. {organisation}. For the staff of its teams only.",
        "footer": f"As at {at:%H:%M} on {day}. Destroy this copy when there is a newer one.",
        "intro": [f"{family_count(len(headings_of(teams)))} in work or waiting.", *INTRO],
        "teams": [asdict(team) | {"lead": lead_words(team)} for team in teams],
    }
    template = files(HERE).joinpath("caseload.typ").read_bytes()
    with as_file(files(FONTS) / "fonts") as fonts:
        made = typst.compile(
            template,
            sys_inputs={"caseload": json.dumps(given, default=str)},
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(fonts)]),
            pdf_standards="ua-1",
        )
    return bytes(made)


def lead_words(team: TeamCaseload) -> str:
    """How many families, and the team's phone."""
    phone = f" Team phone {team.phone}." if team.phone else ""
    return f"{family_count(len(team.families))}.{phone}"


def family_count(count: int) -> str:
    """A number of families in words."""
    return "1 family" if count == 1 else f"{count} families"


def seal(plain: bytes, *, passphrase: str) -> bytes:
    """The same pages, which open with the passphrase alone."""
    sealed = io.BytesIO()
    encryption = pikepdf.Encryption(
        owner=secrets.token_urlsafe(24), user=passphrase, R=AES_256, aes=True, metadata=True
    )
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        pdf.save(sealed, encryption=encryption)
    return sealed.getvalue()


def check(sealed: bytes, *, passphrase: str, headings: list[str]) -> int:
    """Open a sealed copy as its reader will, and read its families back; how many pages it has.

    Raises:
        CopyCheckError: it opens without the passphrase or not with it, or a family is missing.
    """
    try:
        pikepdf.open(io.BytesIO(sealed)).close()
    except pikepdf.PasswordError:
        pass
    else:
        raise CopyCheckError("the copy opens without its passphrase")
    try:
        with pikepdf.open(io.BytesIO(sealed), password=passphrase) as pdf:
            if pdf.encryption.R != AES_256:
                raise CopyCheckError("the copy is not sealed with AES-256")
            found, pages = list(families_in(pdf)), len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise CopyCheckError("the copy does not open with its passphrase") from error
    if found != headings:
        raise CopyCheckError(f"{len(found)} families were read back, not {len(headings)}")
    return pages


def families_in(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The families that a PDF's own table of contents names: its third level."""
    with pdf.open_outline() as outline:
        for title in outline.root:
            for team in title.children:
                yield from (family.title for family in team.children)
