"""The engine of need stays usable without a web service: none of its modules needs Django."""

import subprocess
import sys

import pytest

MODULES = (
    *("as_json", "as_text", "asked", "choices", "compare", "decisions", "engine", "notes"),
    *("pictures", "plan", "savings", "sites", "sites_shown"),
)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_of_the_engine_loads_no_django(name: str) -> None:
    asked = f"import sys, nestling.need.{name}; print('django' in sys.modules)"

    loaded = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )

    assert loaded.stdout.strip() == "False"
