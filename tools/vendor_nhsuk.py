"""Copies the design system's and htmx's built files into the package, made safe to serve alone.

Run by hand when a version changes; needs `npm` then, and never at build or run.

    .venv/bin/python tools/vendor_nhsuk.py
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

STATIC = Path(__file__).parent.parent / "src" / "nestling" / "ui" / "static" / "vendor"
NHSUK = "10.6.1"
NHSUK_JINJA = "0.10.2"  # the templates that were written for that version
HTMX = "2.0.11"

# The stylesheet's only pictures. The rest of the folder is NHS logos, favicons and unused icons.
ICONS = (
    "nhsuk-icon-arrow-down.svg",
    "nhsuk-icon-arrow-up-down.svg",
    "nhsuk-icon-arrow-up.svg",
    "nhsuk-icon-cross.svg",
)

# The package says "MIT Licence" and leaves the text in its repository, which is this.
NHSUK_LICENCE = """MIT License

Copyright (c) 2019 NHS.UK

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""

FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
SOURCE_MAP = re.compile(r"/[/*]# sourceMappingURL=\S+(?: ?\*/)?")
FRUTIGER = re.compile(r"Frutiger W01,\s*")


def safe_css(text: str) -> str:
    """The stylesheet with no web font, no source map and no address but its own folder.

    >>> safe_css("@font-face{src:url(x)}a{font-family:Frutiger W01,Arial;b:url(/assets/c.svg)}")
    'a{font-family:Arial;b:url(assets/c.svg)}'
    """
    without_fonts = FRUTIGER.sub("", FONT_FACE.sub("", text))
    relative = without_fonts.replace("url(/assets/", "url(assets/")
    return without_source_map(relative)


def without_source_map(text: str) -> str:
    """The file without the line that makes a browser ask for its source map."""
    return SOURCE_MAP.sub("", text).rstrip() + ("\n" if text.endswith("\n") else "")


def unpack(package: str, *, into: Path) -> Path:
    """Fetch one package through npm and say where its files are."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is not installed: it is needed only to vendor a new version")
    target = into / package.replace("/", "-")
    target.mkdir()
    subprocess.run([npm, "pack", "--silent", package], cwd=target, check=True, capture_output=True)
    with tarfile.open(next(target.glob("*.tgz"))) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def copy_nhsuk(package: Path, *, into: Path) -> None:
    """Write the design system's stylesheet, script, icons and licence."""
    dist = package / "dist" / "nhsuk"
    (into / "assets" / "images").mkdir(parents=True)
    css = (dist / "nhsuk-frontend.min.css").read_text(encoding="utf-8")
    (into / "nhsuk-frontend.min.css").write_text(safe_css(css), encoding="utf-8")
    js = (dist / "nhsuk-frontend.min.js").read_text(encoding="utf-8")
    (into / "nhsuk-frontend.min.js").write_text(without_source_map(js), encoding="utf-8")
    (into / "LICENSE.txt").write_text(NHSUK_LICENCE, encoding="utf-8")
    for icon in ICONS:
        shutil.copy(dist / "assets" / "images" / icon, into / "assets" / "images" / icon)


def copy_htmx(package: Path, *, into: Path) -> None:
    """Write htmx's built script and its licence."""
    into.mkdir(parents=True)
    js = (package / "dist" / "htmx.min.js").read_text(encoding="utf-8")
    (into / "htmx.min.js").write_text(without_source_map(js), encoding="utf-8")
    shutil.copy(package / "LICENSE", into / "LICENSE.txt")


def hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of each vendored file, by its path below the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.name != "manifest.json"
    }


def main() -> None:
    """Vendor both packages and write the manifest that a test checks."""
    shutil.rmtree(STATIC, ignore_errors=True)
    with tempfile.TemporaryDirectory() as scratch:
        copy_nhsuk(unpack(f"nhsuk-frontend@{NHSUK}", into=Path(scratch)), into=STATIC / "nhsuk")
        copy_htmx(unpack(f"htmx.org@{HTMX}", into=Path(scratch)), into=STATIC / "htmx")
    versions = {"nhsuk-frontend": NHSUK, "nhsuk-frontend-jinja": NHSUK_JINJA, "htmx.org": HTMX}
    manifest = {"versions": versions, "sha256": hashes(STATIC)}
    (STATIC / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    print(f"vendored {len(manifest['sha256'])} files into {STATIC}")


if __name__ == "__main__":
    main()
