"""Write the hashed lock files: `python tools/lock.py` (needs `uv`, a development dependency).

Three files, because three readers install them: `base.txt` runs Nestling, `spark.txt` adds the
cluster engine (937 MB, needs Java 17), `dev.txt` adds what tests and documentation need. Each is
complete in itself. No index address is written: the reader's own pip settings say where packages
come from.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
COMPILE = [
    *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-header", "--no-annotate"),
]
LOCKS = {
    "base.txt": ["pyproject.toml"],
    "spark.txt": ["pyproject.toml", "--extra", "spark", "--constraint", "requirements/base.txt"],
    "dev.txt": [
        "pyproject.toml",
        "--extra",
        "spark",
        "--group",
        "dev",
        "--constraint",
        "requirements/base.txt",
    ],
}


def main(arguments: list[str]) -> int:
    """Compile each lock in turn; any words given are passed on (`--upgrade`)."""
    for name, source in LOCKS.items():
        command = [*COMPILE, *source, *arguments, "--output-file", f"requirements/{name}"]
        subprocess.run(command, cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
