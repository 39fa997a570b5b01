"""The command that stores a release for the pages, and what it refuses."""

from pathlib import Path

import pytest

from nestling.cli import main

UNTIL = ["--until", "2025-12-31"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere", *UNTIL], "there is no folder"),
        ([".", "--until", "x"], "--until x is not a date"),
        ([".", *UNTIL, "--compare-until", "2025-12-31"], "is not before --until"),
        ([".", *UNTIL, "--disclosure", "none"], "choose strict or nhs-england"),
        ([".", *UNTIL, "--areas", "town"], "--areas town: choose region"),
        ([".", *UNTIL, "--engine", "abacus"], "--engine abacus: choose"),
    ],
)
def test_wrong_words_are_refused_before_anything_is_made(
    words: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)

    status = main(["access-release", *words, "--data-dir", str(tmp_path / "service")])

    assert status == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    main(["access-release", "--help"])

    assert "nestling access-release practice --until" in capsys.readouterr().out
