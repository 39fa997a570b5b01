"""Write the generated pages of the handbook: `python tools/generate_docs.py`.

Every module in `tools/generators` has a `generate(docs)` that writes its own pages below
`docs/reference`; a test runs this and fails when a page in the repository is stale.
"""

import importlib.util
import sys
from pathlib import Path

TOOLS = Path(__file__).parent
DOCS = TOOLS.parent / "docs"


def main(docs: Path = DOCS) -> int:
    """Run each generator in the order of its name."""
    for path in sorted((TOOLS / "generators").glob("[a-z]*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        if spec is None or spec.loader is None:
            raise ImportError(f"cannot read {path}")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.generate(docs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
